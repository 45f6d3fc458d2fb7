using System.Collections.Generic;
using GmmTools.Mixtures;

namespace GmmTools.Estimation;

/// <summary>The outcome of one run of EM from one start.</summary>
internal sealed class EmRun
{
    private IReadOnlyList<SpuriousComponent>? _spurious;

    /// <param name="mixture">The mixture that is kept.</param>
    /// <param name="totalWeight">Sum of the row weights.</param>
    /// <param name="trace">What the run has gone through.</param>
    /// <param name="stopReason">Why it ended.</param>
    public EmRun(MixtureParameters mixture, double totalWeight, EmTrace trace, StopReason stopReason)
    {
        Mixture = mixture;
        TotalWeight = totalWeight;
        LogLikelihood = trace.LogLikelihood;
        Entropy = trace.Entropy;
        EstimatedRemainder = trace.EstimatedRemainder;
        IterationCount = trace.IterationCount;
        CollapseCount = trace.CollapseCount;
        FlooredCount = trace.FlooredCount;
        ReachedCap = trace.ReachedCap;
        LogLikelihoodTrace = [.. trace.LogLikelihoods];
        StopReason = stopReason;
    }

    public MixtureParameters Mixture { get; private set; }

    /// <summary>Sum of the weights of the rows that it ran over.</summary>
    public double TotalWeight { get; }

    public double LogLikelihood { get; }

    /// <summary>Components that owe their likelihood to a few rows.</summary>
    public IReadOnlyList<SpuriousComponent> Spurious => _spurious ??= SpuriousCheck.Find(Mixture, TotalWeight);

    /// <summary>Whether the likelihood says something: no component is spurious or held at the covariance floor.</summary>
    public bool IsSound => FlooredCount == 0 && Spurious.Count == 0;

    public double Entropy { get; }

    /// <summary>Log-likelihood estimated to remain; NaN when unknown.</summary>
    public double EstimatedRemainder { get; }

    public int IterationCount { get; }

    /// <summary>Components that collapsed or starved and were put back elsewhere.</summary>
    public int CollapseCount { get; }

    /// <summary>Components held at the covariance floor at the end.</summary>
    public int FlooredCount { get; }

    /// <summary>Whether the inner iteration of the last M-step reached its cap.</summary>
    public bool ReachedCap { get; }

    public IReadOnlyList<double> LogLikelihoodTrace { get; }

    public StopReason StopReason { get; private set; }

    /// <summary>The same run, said to have ended for another reason.</summary>
    public EmRun EndedBy(StopReason reason)
    {
        EmRun copy = (EmRun)MemberwiseClone();
        copy.StopReason = reason;
        return copy;
    }

    /// <summary>The same run in other units.</summary>
    public EmRun WithMixture(MixtureParameters mixture)
    {
        EmRun copy = (EmRun)MemberwiseClone();
        copy.Mixture = mixture;
        return copy;
    }
}
