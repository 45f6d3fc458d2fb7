namespace GmmTools.Estimation;

/// <summary>Why the iterations ended.</summary>
public enum StopReason
{
    /// <summary>The log-likelihood that is estimated to remain, per unit of row weight, fell below the tolerance.</summary>
    Converged,

    /// <summary>The limit of iterations was reached first.</summary>
    MaxIteration,

    /// <summary>The time was up; the mixture is the best so far.</summary>
    TimeLimit,

    /// <summary>A component collapsed, and that ends a run by policy or since the next iteration would have lowered the log-likelihood; the
    /// mixture is the one before that.</summary>
    Collapsed,

    /// <summary>There was nothing to iterate: a model search found that the rows do not determine such a mixture. Of a
    /// <see cref="FitFailure"/>, never of a fit.</summary>
    NotFitted,
}
