namespace GmmTools.Estimation;

/// <summary>Where an estimation stands; sent once per iteration from the thread that computes it.</summary>
public readonly struct EmProgress
{
    internal EmProgress(int start, int startCount, bool refining, int iteration, int maxIteration, double logLikelihood, double gain)
    {
        Start = start;
        StartCount = startCount;
        IsRefining = refining;
        Iteration = iteration;
        MaxIteration = maxIteration;
        LogLikelihood = logLikelihood;
        Gain = gain;
    }

    /// <summary>Number of the start, from 1.</summary>
    public int Start { get; }

    /// <summary>Number of starts in all.</summary>
    public int StartCount { get; }

    /// <summary>Whether the best starts are being run to convergence, after all have been tried.</summary>
    public bool IsRefining { get; }

    /// <summary>Iterations done in this run.</summary>
    public int Iteration { get; }

    /// <summary>Limit of iterations.</summary>
    public int MaxIteration { get; }

    /// <summary>Log-likelihood now.</summary>
    public double LogLikelihood { get; }

    /// <summary>What the last iteration gained; NaN at first.</summary>
    public double Gain { get; }
}
