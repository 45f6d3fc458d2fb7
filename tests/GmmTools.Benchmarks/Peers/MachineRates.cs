namespace GmmTools.Benchmarks.Peers;

/// <summary>What one core of the machine can do in a second.</summary>
internal sealed record MachineRates(double MultiplyAdds, double Exponentials)
{
    /// <summary>Milliseconds that one core needs at least for an iteration.</summary>
    public double Floor(PeerCase problem) =>
        1000 * ((problem.Operations / MultiplyAdds) + ((double)problem.RowCount * problem.ComponentCount / Exponentials));
}
