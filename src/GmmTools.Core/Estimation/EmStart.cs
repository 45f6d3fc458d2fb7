namespace GmmTools.Estimation;

/// <summary>What became of one start.</summary>
public sealed class EmStart
{
    internal EmStart(int number, string initialization, EmRun run)
    {
        Start = number;
        Initialization = initialization;
        LogLikelihood = run.LogLikelihood - run.LogPrior;
        IterationCount = run.IterationCount;
        StopReason = run.StopReason;
        CollapseCount = run.CollapseCount;
        IsSpurious = !run.IsSound;
    }

    /// <summary>Number of the start, from 1.</summary>
    public int Start { get; }

    /// <summary>How the start was found.</summary>
    public string Initialization { get; }

    /// <summary>Log-likelihood that it reached, over the rows that it was tried on.</summary>
    public double LogLikelihood { get; }

    /// <summary>Iterations that it took.</summary>
    public int IterationCount { get; }

    /// <summary>Why it stopped.</summary>
    public StopReason StopReason { get; }

    /// <summary>How often a component of it collapsed or starved.</summary>
    public int CollapseCount { get; }

    /// <summary>Whether it led to components that describe a few rows in a plane or are held at the covariance floor, so that it counts
    /// less than one that did not.</summary>
    public bool IsSpurious { get; }
}
