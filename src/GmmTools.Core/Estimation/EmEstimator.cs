using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation;

/// <summary>
/// Fits a Gaussian mixture by expectation-maximization from several starts: every start is run until it is clear where it leads,
/// the best few are run to convergence, the best of them is the fit.
/// </summary>
public sealed class EmEstimator
{
    /// <summary>Starts are looked for among this many rows at most; a sample stands for more.</summary>
    private const int MostRowsForStarts = 20_000;

    /// <summary>What a start may still be short of, per row, when it is compared with the others.</summary>
    private const double TrialTolerance = 1e-4;

    private const int TrialIterations = 200;

    /// <summary>How many of the tried starts are run to convergence.</summary>
    private const int RefinedCount = 3;

    private readonly EmOptions _options;
    private readonly Action<EmProgress>? _progress;

    /// <summary>Creates an estimator.</summary>
    /// <param name="options">What to estimate.</param>
    /// <param name="progress">Called once per iteration, from any thread; must be quick. Or null.</param>
    /// <exception cref="EstimationException">An option is out of its domain.</exception>
    public EmEstimator(EmOptions options, Action<EmProgress>? progress = null)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _options.Validate();
        _progress = progress;
    }

    /// <summary>Fits the mixture.</summary>
    /// <param name="observations">The rows.</param>
    /// <param name="cancellationToken">Stops the work; nothing is returned then. A time limit returns the best so far.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="EstimationException">The rows do not determine such a mixture.</exception>
    /// <exception cref="InvalidObservationException">A column is unfit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EmFit Fit(IObservations observations, CancellationToken cancellationToken = default)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using CancellationTokenSource timed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (_options.TimeLimit is TimeSpan limit)
        {
            timed.CancelAfter(limit);
        }

        RunLimits limits = new(_options.Tolerance, _options.MaxIteration, timed.Token, cancellationToken);
        ObservationChecks.CheckRows(observations, _options);
        try
        {
            PooledMoments pooled = PooledMoments.Compute(
                observations, _options.CovarianceModel.Shape(), _options.ThreadCount, limits.CancellationToken);
            ObservationChecks.CheckColumns(observations, pooled);
            List<EmStart> starts = [];
            EmRun best = FindBestRun(observations, pooled, limits, starts);
            return EmFitReport.Create(observations, _options, best, starts, watch.Elapsed);
        }
        catch (OperationCanceledException exception) when (limits.IsTimeUp)
        {
            throw new EstimationException(
                "TimeLimitTooShort",
                FormattableString.Invariant($"The time limit of {_options.TimeLimit} passed before a single iteration was done. Allow more time."),
                _options.TimeLimit,
                exception);
        }
    }

    private EmRun FindBestRun(IObservations observations, PooledMoments pooled, RunLimits limits, List<EmStart> starts)
    {
        if (_options.ComponentCount == 1 || _options.InitialMixture is not null)
        {
            using EmRunner runner = new(observations, pooled, _options, _options.ThreadCount);
            EmRun run = runner.Run(GivenStart(pooled), limits, Report(1, 1, true));
            starts.Add(new EmStart(1, _options.InitialMixture is null ? "Moments" : "InitialModel", run));
            return run;
        }

        List<EmRun> trials = TryStarts(observations, pooled, limits, starts);
        return Refine(observations, pooled, trials, limits);
    }

    /// <summary>Runs every start on rows in memory until it is clear where it leads.</summary>
    private List<EmRun> TryStarts(IObservations observations, PooledMoments pooled, RunLimits limits, List<EmStart> starts)
    {
        InMemoryObservations rows = observations.Sample(
            MostRowsForStarts, SplitMix64.Derive(_options.Seed, 0), limits.CancellationToken);
        MaximizationStep step = MaximizationStep.Create(_options.CovarianceModel);
        IInitializer[] initializers =
        [
            new KMeansInitializer(rows, pooled, step, _options.ComponentCount, whiten: false, _options.FixedWeights),
            new KMeansInitializer(rows, pooled, step, _options.ComponentCount, whiten: true, _options.FixedWeights),
        ];
        RunLimits trialLimits = limits.Coarser(TrialTolerance, TrialIterations);
        List<EmRun> trials = [];
        using EmRunner runner = new(rows, pooled, _options, _options.ThreadCount);
        for (int start = 1; start <= _options.RestartCount && !(limits.IsTimeUp && trials.Count > 0); start++)
        {
            IInitializer initializer = initializers[(start - 1) % initializers.Length];
            SplitMix64 random = new(SplitMix64.Derive(_options.Seed, (ulong)start));
            try
            {
                MixtureParameters mixture = initializer.Initialize(random, limits.CancellationToken);
                EmRun run = runner.Run(mixture, trialLimits, Report(start, _options.RestartCount, false));
                trials.Add(run);
                starts.Add(new EmStart(start, initializer.Name, run));
            }
            catch (OperationCanceledException) when (limits.IsTimeUp && trials.Count > 0)
            {
                // the starts tried so far will do
            }
        }

        return trials;
    }

    /// <summary>Runs the best of the tried starts to convergence on all rows.</summary>
    private EmRun Refine(IObservations observations, PooledMoments pooled, List<EmRun> trials, RunLimits limits)
    {
        EmRun[] chosen =
            [.. trials.OrderBy(run => run.FlooredCount > 0).ThenByDescending(run => run.LogLikelihood).Take(RefinedCount)];
        using EmRunner runner = new(observations, pooled, _options, _options.ThreadCount);
        EmRun? best = null;
        for (int i = 0; i < chosen.Length; i++)
        {
            try
            {
                EmRun run = runner.Run(chosen[i].Mixture, limits, Report(i + 1, chosen.Length, true));
                best = run.IsBetterThan(best) ? run : best;
            }
            catch (OperationCanceledException) when (limits.IsTimeUp && best is not null)
            {
                break;
            }
        }

        return best!;
    }

    private MixtureParameters GivenStart(PooledMoments pooled)
    {
        if (_options.InitialMixture is null)
        {
            return pooled.ToSingleComponent();
        }

        MixtureParameters start = _options.InitialMixture.Parameters.ToShape(_options.CovarianceModel.Shape());
        _options.FixedWeights?.CopyTo(start.Weights, 0);
        return start;
    }

    private Action<EmTrace, double>? Report(int start, int startCount, bool refining)
    {
        if (_progress is null)
        {
            return null;
        }

        return (trace, gain) => _progress(
            new EmProgress(start, startCount, refining, trace.IterationCount, _options.MaxIteration, trace.LogLikelihood, gain));
    }
}
