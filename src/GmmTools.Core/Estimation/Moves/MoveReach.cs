namespace GmmTools.Estimation.Moves;

/// <summary>How far moves are looked for.</summary>
/// <param name="MinShare">Shares of rows below this are left out where moves are judged.</param>
/// <param name="PartnersPerComponent">Pairs looked at closely for each component: those with the partners that seem cheapest.</param>
/// <param name="DoubtFactor">A move is in doubt that would gain if its split gained so many times as much, and one more for each parameter of a
/// component: what is gained when the other components follow, or what other rows of the same kind might say.</param>
internal sealed record MoveReach(double MinShare, int PartnersPerComponent, double DoubtFactor)
{
    /// <summary>Moves that gain, or nearly so, with all other components as they are.</summary>
    public static MoveReach Narrow { get; } = new(0.005, 2, 2);

    /// <summary>Moves that may gain when their neighbours follow.</summary>
    public static MoveReach Wide { get; } = new(0.001, 4, 20);
}
