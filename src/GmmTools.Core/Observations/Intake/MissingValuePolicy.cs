namespace GmmTools.Observations.Intake;

/// <summary>What becomes of rows of which cells are missing.</summary>
public enum MissingValuePolicy
{
    /// <summary>They are an error.</summary>
    Error,

    /// <summary>They are left out and counted.</summary>
    Omit,

    /// <summary>What was observed of them is used: the likelihood is that of the observed cells.</summary>
    Marginalize,
}
