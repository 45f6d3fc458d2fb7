using System.Collections.Generic;
using GmmTools.Mixtures;

namespace GmmTools.Estimation;

/// <summary>The outcome of one run of EM from one start.</summary>
internal sealed class EmRun
{
    public EmRun(MixtureParameters mixture, EmTrace trace, StopReason stopReason)
    {
        Mixture = mixture;
        LogLikelihood = trace.LogLikelihood;
        Entropy = trace.Entropy;
        EstimatedRemainder = trace.EstimatedRemainder;
        IterationCount = trace.IterationCount;
        CollapseCount = trace.CollapseCount;
        FlooredCount = trace.FlooredCount;
        LogLikelihoodTrace = [.. trace.LogLikelihoods];
        StopReason = stopReason;
    }

    public MixtureParameters Mixture { get; }

    public double LogLikelihood { get; }

    public double Entropy { get; }

    /// <summary>Log-likelihood estimated to remain; NaN when unknown.</summary>
    public double EstimatedRemainder { get; }

    public int IterationCount { get; }

    /// <summary>Components that collapsed or starved and were put back elsewhere.</summary>
    public int CollapseCount { get; }

    /// <summary>Components held at the covariance floor at the end.</summary>
    public int FlooredCount { get; }

    public IReadOnlyList<double> LogLikelihoodTrace { get; }

    public StopReason StopReason { get; private set; }

    /// <summary>The same run, said to have ended for another reason.</summary>
    public EmRun EndedBy(StopReason reason)
    {
        EmRun copy = (EmRun)MemberwiseClone();
        copy.StopReason = reason;
        return copy;
    }
}
