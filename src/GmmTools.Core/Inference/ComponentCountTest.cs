using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Inference.Replicates;
using GmmTools.Inference.Testing;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Selection;

namespace GmmTools.Inference;

/// <summary>
/// Tests K components against K + 1, from a first K on until a null hypothesis is not rejected: the statistic is twice the difference of the log-likelihoods,
/// and its distribution is that of rows drawn from the mixture of K components, to which both are fitted as they were to the rows. McLachlan, Applied
/// Statistics 36 (1987) 318-324. So a covariance model is tested against one that contains it, too.
/// </summary>
public sealed class ComponentCountTest
{
    private readonly ComponentCountOptions _options;
    private readonly Action<FitPoolProgress>? _progress;

    /// <summary>Creates a test.</summary>
    /// <param name="options">What to test.</param>
    /// <param name="progress">Called when a replicate is done, from any thread; must be quick. Or null.</param>
    /// <exception cref="EstimationException">An option is out of its domain.</exception>
    public ComponentCountTest(ComponentCountOptions options, Action<FitPoolProgress>? progress = null)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _options.Validate();
        _progress = progress;
    }

    /// <summary>Tests rows.</summary>
    /// <param name="observations">The rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The tests in order. The number of components of the last is the one that was not rejected, unless it says that it was.</returns>
    /// <exception cref="EstimationException">The rows do not determine a mixture.</exception>
    /// <exception cref="InvalidObservationException">A column is unfit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<LikelihoodRatioResult> Test(IObservations observations, CancellationToken cancellationToken = default)
    {
        Stopwatch watch = Stopwatch.StartNew();
        List<LikelihoodRatioResult> results = [];
        EmFit? known = null;
        for (int count = _options.ComponentCount; _options.Against is not null || count < _options.MaximumComponentCount; count++)
        {
            (LikelihoodRatioResult result, EmFit larger) = Test(observations, count, known, watch, cancellationToken);
            results.Add(result);
            known = larger;
            if (!result.IsRejected || _options.Against is not null)
            {
                break;
            }
        }

        return results;
    }

    private (LikelihoodRatioResult Result, EmFit Larger) Test(
        IObservations observations, int count, EmFit? known, Stopwatch watch, CancellationToken cancellationToken)
    {
        NestedFits fits = new(
            OptionsFor(count, _options.CovarianceModel),
            _options.Against is CovarianceModel against ? OptionsFor(count, against) : OptionsFor(count + 1, _options.CovarianceModel));
        EmFit smaller = known ?? fits.FitSmaller(observations, null, _options.ThreadCount, cancellationToken);
        EmFit larger = fits.FitLarger(observations, smaller, _options.ThreadCount, cancellationToken);
        double observed = NestedFits.Statistic(smaller, larger);
        MixtureResampling resampling = new(observations, smaller.Mixture);
        TimeSpan? left = _options.TimeLimit - watch.Elapsed;
        ReplicateRuns runs = new(observations, _options.ThreadCount, left < TimeSpan.Zero ? TimeSpan.Zero : left, _progress);
        SequentialPValue sequence = new(observed, _options.ReplicateCount, _options.Significance, _options.TakesAll);
        ulong seed = SplitMix64.Derive(_options.Seed, (ulong)count);
        IReadOnlyList<object> made = runs.Make<object>(
            _options.ReplicateCount,
            (number, context) => fits.Measure(
                resampling.Draw(SplitMix64.Derive(seed, (ulong)number + 1), context.CancellationToken),
                smaller.Mixture,
                context.ThreadCount,
                context.CancellationToken),
            _options.TakesAll ? null : statistics => sequence.IsEnough([.. statistics.Cast<double>()]),
            cancellationToken);
        double[] statistics = [.. made.Cast<double>()];
        (double p, int used, int exceeding, int failed, bool isEarly) = sequence.Evaluate(statistics);
        double[] counted = [.. statistics.Where(one => !double.IsNaN(one)).Take(used)];
        LikelihoodRatioResult result = new()
        {
            ComponentCount = smaller.ComponentCount,
            AgainstComponentCount = larger.ComponentCount,
            CovarianceModel = smaller.CovarianceModel,
            AgainstCovarianceModel = larger.CovarianceModel,
            RowCount = observations.Count,
            LogLikelihood = smaller.BoundedLogLikelihood,
            AgainstLogLikelihood = larger.BoundedLogLikelihood,
            Statistic = observed,
            PValue = p,
            IsRejected = p <= _options.Significance,
            Significance = _options.Significance,
            ReplicateCount = used,
            ExceedingCount = exceeding,
            NegativeCount = counted.Count(one => one < 0),
            FailedCount = failed,
            IsEarly = isEarly,
            Warnings = [.. Warn(observed, larger, runs, used, failed)],
        };
        return (result, larger);
    }

    private EmOptions OptionsFor(int count, CovarianceModel model) => new()
    {
        ComponentCount = count,
        CovarianceModel = model,
        Seed = _options.Seed,
        RestartCount = _options.RestartCount,
        ThreadCount = _options.ThreadCount,
    };

    private IEnumerable<string> Warn(double observed, EmFit larger, ReplicateRuns runs, int used, int failed)
    {
        if (observed < 0)
        {
            yield return FormattableString.Invariant(
                $"The fit of {Counted.Of(larger.ComponentCount, "component")} ({larger.CovarianceModel.Name()}) ended lower than the one that it contains, by {-0.5 * observed:G3}: its starts were bad, and the test says nothing. Allow more starts.");
        }

        if (larger.IsSpurious)
        {
            yield return FormattableString.Invariant(
                $"A component of the fit of {Counted.Of(larger.ComponentCount, "component")} is flat on a few rows, so its likelihood says little. Use a more restricted covariance model.");
        }

        if (runs.IsTimeUp)
        {
            yield return FormattableString.Invariant(
                $"The time limit ended the work after {used} of {Counted.Of(_options.ReplicateCount, "replicate")}; the p-value is that of these.");
        }

        if (failed > 0)
        {
            yield return FormattableString.Invariant($"{Counted.Of(failed, "replicate")} could not be fitted and {(failed == 1 ? "is" : "are")} left out.");
        }
    }
}
