namespace GmmTools.Shared.Fuzz;

/// <summary>An input that went wrong.</summary>
/// <param name="Target">What read it.</param>
/// <param name="Seed">What it was made from: the same seed makes it again.</param>
/// <param name="Reason">What went wrong.</param>
/// <param name="Input">The input.</param>
internal sealed record FuzzFinding(FuzzTarget Target, int Seed, string Reason, byte[] Input)
{
    public override string ToString() => $"{Target.Name}, seed {Seed}: {Reason}";
}
