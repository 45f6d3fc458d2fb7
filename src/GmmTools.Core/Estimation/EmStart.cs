using GmmTools.Numerics;

namespace GmmTools.Estimation;

/// <summary>What became of one start.</summary>
public sealed class EmStart
{
    /// <summary>The least that a start takes in a state: six numbers and a text.</summary>
    internal const int MinNumbers = 6;

    /// <summary>A start that ended, in this session or another.</summary>
    internal EmStart(
        int start, string initialization, double logLikelihood, int iterationCount, StopReason stopReason, int collapseCount, bool isSpurious)
    {
        Start = start;
        Initialization = initialization;
        LogLikelihood = logLikelihood;
        IterationCount = iterationCount;
        StopReason = stopReason;
        CollapseCount = collapseCount;
        IsSpurious = isSpurious;
    }

    private EmStart()
    {
    }

    /// <summary>Number of the start, from 1.</summary>
    public int Start { get; private set; }

    /// <summary>How the start was found.</summary>
    public string Initialization { get; private set; } = string.Empty;

    /// <summary>Log-likelihood that it reached, over the rows that it was tried on.</summary>
    public double LogLikelihood { get; private set; }

    /// <summary>Iterations that it took.</summary>
    public int IterationCount { get; private set; }

    /// <summary>Why it stopped.</summary>
    public StopReason StopReason { get; private set; }

    /// <summary>How often a component of it collapsed or starved.</summary>
    public int CollapseCount { get; private set; }

    /// <summary>Whether it led to components that describe a few rows in a plane or are held at the covariance floor, so that it counts
    /// less than one that did not.</summary>
    public bool IsSpurious { get; private set; }

    /// <summary>Writes a start, or reads one.</summary>
    internal static EmStart Exchange(StateExchange state, EmStart? start)
    {
        start ??= new EmStart();
        start.Start = state.Count(start.Start, "the number of a start", min: 1);
        start.Initialization = state.Text(start.Initialization);
        start.LogLikelihood = state.Finite(start.LogLikelihood, "the log-likelihood of a start");
        start.IterationCount = state.Count(start.IterationCount, "the number of iterations of a start");
        start.StopReason = state.Name(start.StopReason);
        start.CollapseCount = state.Count(start.CollapseCount, "the number of collapses of a start");
        start.IsSpurious = state.Flag(start.IsSpurious);
        return start;
    }
}
