using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Runs;

/// <summary>The outcome of one run of EM from one start.</summary>
internal sealed class EmRun
{
    private IReadOnlyList<SpuriousComponent>? _spurious;

    /// <param name="mixture">The mixture that is kept.</param>
    /// <param name="totalWeight">Sum of the row weights.</param>
    /// <param name="trace">What the run has gone through.</param>
    /// <param name="stopReason">Why it ended.</param>
    /// <param name="flatGain">What its log-likelihood owes to flat components.</param>
    public EmRun(MixtureParameters mixture, double totalWeight, EmTrace trace, StopReason stopReason, double flatGain)
    {
        FlatGain = flatGain;
        Mixture = mixture;
        TotalWeight = totalWeight;
        LogLikelihood = trace.LogLikelihood;
        LogPrior = trace.LogPrior;
        Entropy = trace.Entropy;
        EstimatedRemainder = trace.EstimatedRemainder;
        IterationCount = trace.IterationCount;
        CollapseCount = trace.CollapseCount;
        FlooredCount = trace.FlooredCount;
        ReachedCap = trace.ReachedCap;
        LogLikelihoodTrace = [.. trace.LogLikelihoods];
        StopReason = stopReason;
    }

    private EmRun(MixtureParameters mixture)
    {
        Mixture = mixture;
    }

    public MixtureParameters Mixture { get; private set; }

    /// <summary>Sum of the weights of the rows that it ran over.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>Statistics of the rows under the mixture; null where they were not kept.</summary>
    public SufficientStatistics? Statistics { get; set; }

    /// <summary>What the run maximised: the log-likelihood, or with a prior the log posterior.</summary>
    public double LogLikelihood { get; private set; }

    /// <summary>What the log-likelihood owes to components of a few rows, or held at the floor, being flat.</summary>
    public double FlatGain { get; private set; }

    /// <summary>By what runs over the same rows are compared: the log-likelihood without what has no bound in it.</summary>
    public double BoundedLogLikelihood => LogLikelihood - FlatGain;

    /// <summary>The log prior in it, up to a constant; 0 without a prior.</summary>
    public double LogPrior { get; private set; }

    /// <summary>Components that owe their likelihood to a few rows.</summary>
    public IReadOnlyList<SpuriousComponent> Spurious => _spurious ??= SpuriousCheck.Find(Mixture, TotalWeight);

    /// <summary>Whether the likelihood says something: no component is spurious, held at the covariance floor or about to
    /// collapse.</summary>
    public bool IsSound => FlooredCount == 0 && Collapsed.Count == 0 && Spurious.Count == 0;

    public double Entropy { get; private set; }

    /// <summary>Log-likelihood estimated to remain; NaN when unknown.</summary>
    public double EstimatedRemainder { get; private set; }

    public int IterationCount { get; private set; }

    /// <summary>Components that collapsed or starved and were put back elsewhere.</summary>
    public int CollapseCount { get; private set; }

    /// <summary>Components held at the covariance floor at the end.</summary>
    public int FlooredCount { get; private set; }

    /// <summary>Whether the inner iteration of the last M-step reached its cap.</summary>
    public bool ReachedCap { get; private set; }

    public IReadOnlyList<double> LogLikelihoodTrace { get; private set; } = [];

    public StopReason StopReason { get; private set; }

    /// <summary>Components, from 0, of which the next M-step would have made collapsed ones, where that ends a run.</summary>
    public IReadOnlyList<int> Collapsed { get; set; } = [];

    /// <summary>Components that were asked for and removed, since they collapsed.</summary>
    public int DroppedCount { get; private set; }

    /// <summary>Writes a run, or reads one.</summary>
    /// <param name="state">The state.</param>
    /// <param name="run">The run; null to read one.</param>
    public static EmRun Exchange(StateExchange state, EmRun? run)
    {
        EmRun exchanged = run ?? new EmRun(null!);
        exchanged.Mixture = MixtureParameters.Exchange(state, run?.Mixture);
        if (state.Flag(exchanged.Statistics is not null))
        {
            MixtureParameters mixture = exchanged.Mixture;
            FurtherSums further = (FurtherSums)state.Count((int)(exchanged.Statistics?.Further ?? FurtherSums.None), "the kind of further sums", max: (int)(FurtherSums.MomentWeights | FurtherSums.BackgroundWeight));
            exchanged.Statistics ??= new SufficientStatistics(mixture.ComponentCount, mixture.Dimension, mixture.Shape, further);
            exchanged.Statistics.Exchange(state);
        }

        exchanged.TotalWeight = state.Finite(exchanged.TotalWeight, "the total weight");
        exchanged.LogLikelihood = state.Finite(exchanged.LogLikelihood, "the log-likelihood");
        exchanged.FlatGain = state.Finite(exchanged.FlatGain, "what is owed to flat components");
        exchanged.LogPrior = state.Finite(exchanged.LogPrior, "the log prior");
        exchanged.Entropy = state.Finite(exchanged.Entropy, "the entropy");
        exchanged.EstimatedRemainder = state.FiniteOrUnknown(exchanged.EstimatedRemainder, "the estimated remainder");
        exchanged.IterationCount = state.Count(exchanged.IterationCount, "the number of iterations");
        exchanged.CollapseCount = state.Count(exchanged.CollapseCount, "the number of collapses");
        exchanged.FlooredCount = state.Count(exchanged.FlooredCount, "the number of floored components");
        exchanged.DroppedCount = state.Count(exchanged.DroppedCount, "the number of dropped components");
        exchanged.ReachedCap = state.Flag(exchanged.ReachedCap);
        exchanged.StopReason = state.Name(exchanged.StopReason);
        exchanged.LogLikelihoodTrace = state.List(exchanged.LogLikelihoodTrace, "log-likelihoods");
        exchanged.ExchangeCollapsed(state);
        exchanged.CheckOutcome(state);
        return exchanged;
    }

    /// <summary>What is told of the start that the run came from.</summary>
    /// <param name="number">Number of the start, from 1.</param>
    /// <param name="initialization">How it was found.</param>
    public EmStart ToStart(int number, string initialization) =>
        new(number, initialization, LogLikelihood - LogPrior, IterationCount, StopReason, CollapseCount, !IsSound);

    /// <summary>Whether the run estimated a mixture of the size of another.</summary>
    public bool HasSizeOf(MixtureParameters size) => IsOfSize(size.ComponentCount, size.Dimension, size.Shape);

    /// <summary>Whether a fit with such options can end with this run, perhaps without some of the components.</summary>
    public bool IsOf(EmOptions options, int dimension) =>
        IsOfSize(options.ComponentCount - DroppedCount, dimension, options.CovarianceModel.Shape())
        && IterationCount <= (long)options.MaxIteration * options.ComponentCount;

    private bool IsOfSize(int componentCount, int dimension, CovarianceShape shape) =>
        Mixture.ComponentCount == componentCount && Mixture.Dimension == dimension && Mixture.Shape == shape;

    private void ExchangeCollapsed(StateExchange state)
    {
        double[] collapsed = state.List([.. Collapsed.Select(k => (double)k)], "collapsed components");
        for (int i = 0; i < collapsed.Length; i++)
        {
            double k = collapsed[i];
            state.Check(
                k >= 0 && k < Mixture.ComponentCount && k == Math.Floor(k) && (i == 0 || k > collapsed[i - 1]), $"{k} is not a collapsed component");
        }

        Collapsed = [.. collapsed.Select(k => (int)k)];
    }

    /// <summary>What the parts of an outcome must have in common.</summary>
    private void CheckOutcome(StateExchange state)
    {
        int count = LogLikelihoodTrace.Count;
        state.Check(TotalWeight > 0, $"the total weight is {TotalWeight}");
        state.Check(StopReason is not (StopReason.TimeLimit or StopReason.NotFitted), $"a run that is kept ended with {StopReason}");
        state.Check(count > 0 && LogLikelihoodTrace[count - 1] == LogLikelihood, "the log-likelihood is not the last of the iterations");
        state.Check(count <= IterationCount + 1L, $"there are {count} log-likelihoods for {IterationCount} iterations");
    }

    /// <summary>Whether this run is to be kept rather than another over the same rows.</summary>
    public bool IsBetterThan(EmRun other) => (Collapsed.Count > 0) == (other.Collapsed.Count > 0)
        ? BoundedLogLikelihood > other.BoundedLogLikelihood
        : Collapsed.Count == 0;

    /// <summary>The same run after another of more components, of which some were removed.</summary>
    public EmRun After(EmRun other)
    {
        EmRun copy = (EmRun)MemberwiseClone();
        copy.CollapseCount += other.CollapseCount;
        copy.IterationCount += other.IterationCount;
        copy.DroppedCount = other.DroppedCount + other.Collapsed.Count;
        return copy;
    }

    /// <summary>The mixture without the components that collapsed, the weights of the others enlarged; not factorised.</summary>
    public MixtureParameters WithoutCollapsed()
    {
        int[] kept = [.. Enumerable.Range(0, Mixture.ComponentCount).Where(k => !Collapsed.Contains(k))];
        MixtureParameters mixture = new(kept.Length, Mixture.Dimension, Mixture.Shape);
        mixture.CopyBackground(Mixture);
        mixture.DegreesOfFreedom = Mixture.DegreesOfFreedom is double[] degrees ? [.. kept.Select(k => degrees[k])] : null;
        double total = kept.Sum(k => Mixture.Weights[k]);
        for (int place = 0; place < kept.Length; place++)
        {
            int k = kept[place];
            mixture.Weights[place] = (1 - Mixture.BackgroundWeight) * (Mixture.Weights[k] / total);
            Array.Copy(Mixture.Means, k * mixture.Dimension, mixture.Means, place * mixture.Dimension, mixture.Dimension);
            Array.Copy(
                Mixture.Covariances, k * mixture.CovarianceLength, mixture.Covariances, place * mixture.CovarianceLength, mixture.CovarianceLength);
        }

        return mixture;
    }

    /// <summary>The same run, said to have ended for another reason.</summary>
    public EmRun EndedBy(StopReason reason)
    {
        EmRun copy = (EmRun)MemberwiseClone();
        copy.StopReason = reason;
        return copy;
    }

    /// <summary>The same run in other units.</summary>
    public EmRun WithMixture(MixtureParameters mixture, SufficientStatistics? statistics)
    {
        EmRun copy = (EmRun)MemberwiseClone();
        copy.Mixture = mixture;
        copy.Statistics = statistics;
        return copy;
    }
}
