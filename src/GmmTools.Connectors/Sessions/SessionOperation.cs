namespace GmmTools.Connectors.Sessions;

/// <summary>What rows in a session are asked for.</summary>
internal enum SessionOperation
{
    /// <summary>The sums of an E-step.</summary>
    Expectation,

    /// <summary>Rows to find a start from.</summary>
    Sample,

    /// <summary>The least probable rows.</summary>
    LeastProbable,

    /// <summary>The rows themselves, some at a time.</summary>
    Rows,
}
