using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Guided;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Noise;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Views;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// Fits a Gaussian mixture by expectation-maximization from several starts and keeps the best. The starts of many rows are tried
/// on a sample, and the best goes on with all rows.
/// </summary>
public sealed partial class EmEstimator
{
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
    /// <param name="cancellationToken">Stops the work; nothing is returned then. A time limit returns the best so far; one that passes before
    /// anything was found is exceeded by one pass over the rows, which scores a start.</param>
    /// <returns>The fit.</returns>
    /// <exception cref="EstimationException">The rows do not determine such a mixture.</exception>
    /// <exception cref="InvalidObservationException">A column is unfit.</exception>
    /// <exception cref="CheckpointException">The checkpoint cannot be written or read, or belongs to another fit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EmFit Fit(IObservations observations, CancellationToken cancellationToken = default)
    {
        string name = $"{_options.CovarianceModel.Name()},{_options.ComponentCount}";
        using Checkpoint? checkpoint = Checkpoint.Open(_options, observations, [name], cancellationToken);
        EmFit fit = Fit(observations, null, null, checkpoint?.Journal(name), cancellationToken);
        if (fit.StopReason != StopReason.TimeLimit)
        {
            checkpoint?.Complete();
        }

        return checkpoint?.Warning is string warning ? fit.WithWarning(warning) : fit;
    }

    /// <summary>Fits the mixture as part of a search over many models.</summary>
    /// <param name="observations">The rows.</param>
    /// <param name="pooled">Moments of all rows if they are known, or null.</param>
    /// <param name="hints">What other models found, or null.</param>
    /// <param name="journal">Where its runs are kept, or null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    internal EmFit Fit(
        IObservations observations, PooledMoments? pooled, SearchHints? hints, FitJournal? journal, CancellationToken cancellationToken)
    {
        if (_options.TrimFraction is not null)
        {
            return FitTrimmed(observations, journal, cancellationToken);
        }

        if (journal?.FindBest(_options, observations.Property.Count) is EmRun known)
        {
            pooled ??= PooledMoments.Compute(observations, _options.CovarianceModel.Shape(), _options.ThreadCount, cancellationToken);
            return EmFitReport.Create(observations, pooled, _options, known, journal!.Record, TimeSpan.Zero);
        }

        observations = _options.HasLabels ? Label(observations) : observations;
        Stopwatch watch = Stopwatch.StartNew();
        using CancellationTokenSource timed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeLimitClock.Start(timed, _options.TimeLimit);
        RunLimits limits = new(_options.ToleranceFor(observations.TotalWeight), _options.MaxIteration, timed.Token, cancellationToken);
        ObservationChecks.CheckRows(observations, _options);
        try
        {
            pooled ??= PooledMoments.Compute(
                observations, _options.CovarianceModel.Shape(), _options.ThreadCount, limits.CancellationToken);
            ObservationChecks.CheckColumns(observations, pooled);
            StartRecord record = new();
            EmRun best = _options.Standardize
                ? FindBestScaledRun(observations, new ColumnScales(pooled.StandardDeviations()), limits, hints, record, journal)
                : FindBestRun(observations, pooled, GivenMixture(), WithBox(observations, pooled, null, limits), limits, hints, record, journal);
            if (best.StopReason != StopReason.TimeLimit)
            {
                best.Statistics ??= limits.IsTimeUp ? null : ComputeStatistics(observations, best.Mixture, limits.UserToken);
                journal?.Complete(best, record);
            }

            return EmFitReport.Create(observations, pooled, _options, best, record, watch.Elapsed);
        }
        catch (OperationCanceledException) when (limits.IsTimeUp)
        {
            EmRun start = new TimelyStart(observations, _options, pooled).Score(limits.UserToken);
            return EmFitReport.Create(observations, pooled, _options, start, new StartRecord(), watch.Elapsed);
        }
    }

    /// <summary>The statistics that the rows have under a mixture, which an update goes on from.</summary>
    private SufficientStatistics ComputeStatistics(IObservations observations, MixtureParameters mixture, CancellationToken cancellationToken)
    {
        mixture.Terms.LabelTerms = _options.LabelTerms(mixture.ComponentCount);
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape, mixture.FurtherSums);
        using IExpectationStep expectation = observations.PrepareExpectation(mixture.ComponentCount, mixture.Shape, _options.ThreadCount);
        expectation.Compute(mixture, statistics, cancellationToken);
        return statistics;
    }

    /// <summary>Fits columns of unit variance, and takes the mixture back to their own units.</summary>
    private EmRun FindBestScaledRun(
        IObservations observations, ColumnScales scales, RunLimits limits, SearchHints? hints, StartRecord record, FitJournal? journal)
    {
        ScaledObservations scaled = new(observations, scales);
        PooledMoments pooled = PooledMoments.Compute(
            scaled, _options.CovarianceModel.Shape(), _options.ThreadCount, limits.CancellationToken);
        MixtureParameters? start = GivenMixture();
        EmRun best = FindBestRun(
            scaled, pooled, start is null ? null : scales.Divided(start), WithBox(scaled, pooled, scales, limits), limits, hints?.Map(scales.Divided, scales.Divided), record, journal);
        MixtureParameters original = best.Mixture.Clone();
        scales.Multiply(best.Mixture, original);
        return best.WithMixture(original, best.Statistics is null ? null : scales.Multiplied(best.Statistics));
    }

    /// <summary>The options with the box of the noise that they ask for, in the units of the rows.</summary>
    private EmOptions WithBox(IObservations observations, PooledMoments pooled, ColumnScales? scales, RunLimits limits)
    {
        if (!_options.Noise)
        {
            return _options;
        }

        EmOptions options = _options.Clone();
        options.NoiseBox = _options.NoiseBox is UniformBackground known
            ? scales?.Divided(known) ?? known
            : NoiseBox.Find(observations, _options, pooled, scales?.LogVolume ?? 0, limits.CancellationToken);
        return options;
    }

    private EmRun FindBestRun(
        IObservations observations,
        PooledMoments pooled,
        MixtureParameters? given,
        EmOptions options,
        RunLimits limits,
        SearchHints? hints,
        StartRecord record,
        FitJournal? journal)
    {
        bool isGiven = given is not null || options.InitialResponsibilities is not null;
        EmRun best = options.AdditionalComponentCount > 0
            ? SearchGrown(observations, pooled, given!, options, limits, record, journal)
            : isGiven || (options.ComponentCount == 1 && !options.Noise)
            ? RunFromStart(observations, pooled, given, options, limits, record, journal)
            : options.HasLabels
            ? SearchLabelled(observations, pooled, options, limits, hints, record, journal)
            : options.Noise
            ? new NoiseSearch(observations, pooled, options, limits, start => Report(start, start, false), hints, journal).Find(record)
            : SearchBestRun(observations, pooled, limits, hints, record, journal);
        return DropCollapsed(best, observations, pooled, options, limits, journal);
    }

    /// <summary>The one run from a start that is given, or where there is only one.</summary>
    private EmRun RunFromStart(
        IObservations observations,
        PooledMoments pooled,
        MixtureParameters? given,
        EmOptions options,
        RunLimits limits,
        StartRecord record,
        FitJournal? journal)
    {
        string name = given is not null ? "InitialModel" : _options.InitialResponsibilities is not null ? "InitialResponsibility" : "Moments";

        // the user's own start is made and scored at least, whatever the time
        MixtureParameters start = given ?? CreateStart(observations, pooled, options, limits.UserToken);
        start = options.HasLabels ? new LabelAlignment(observations, options.KnownComponents!.Labels, options.KnownComponents).Align(start, options.FixedWeights, limits.UserToken) : start;
        using EmRunner runner = CreateRunner(options, observations, pooled);
        EmRun run = RunInTime(runner, start, limits.Holding(), journal);
        record.Starts = [run.ToStart(1, name)];
        record.BestStartCount = 1;
        return run;
    }

    /// <summary>A run from a start, which is scored at least when the time is up.</summary>
    private EmRun RunInTime(EmRunner runner, MixtureParameters start, RunLimits limits, FitJournal? journal)
    {
        try
        {
            return runner.Run(start, limits, Report(1, 1, true), journal?.Open());
        }
        catch (OperationCanceledException) when (limits.IsTimeUp)
        {
            return runner.Score(start, limits.UserToken);
        }
    }

    private EmRun SearchBestRun(
        IObservations observations, PooledMoments pooled, RunLimits limits, SearchHints? hints, StartRecord record, FitJournal? journal)
    {
        bool hasGaps = observations.HasGaps;
        hints = hasGaps ? hints?.WithoutMinLogLikelihood() : hints;
        using StartSearch search = new(
            observations, pooled, _options, limits, start => Report(start, _options.RestartCount, false), hints, journal);
        IReadOnlyList<EmRun> found = search.Find();
        record.Starts = search.Starts;
        record.BestStartCount = search.BestStartCount;
        record.CoversAllRows = search.CoversAllRows;
        if (hasGaps)
        {
            // the search saw the rows with their gaps filled, which may have changed the order of what it found
            return RunOnAllRows(observations, pooled, [.. found.Select(run => run.Mixture), .. hints?.Contained(_options) ?? []], limits, journal);
        }

        return search.CoversAllRows ? found[0] : RunOnAllRows(observations, pooled, [search.Complete(observations, found[0])], limits, journal);
    }

    /// <summary>Takes mixtures found among a sample to convergence on all rows, and returns the best; when the time is up, scores the
    /// first at least.</summary>
    private EmRun RunOnAllRows(
        IObservations observations, PooledMoments pooled, IReadOnlyList<MixtureParameters> found, RunLimits limits, FitJournal? journal)
    {
        using EmRunner runner = CreateRunner(_options, observations, pooled);
        EmRun? best = null;
        try
        {
            foreach (MixtureParameters start in found)
            {
                EmRun run = runner.Run(start, limits, Report(1, 1, true), journal?.Open());
                best = best is null || run.IsBetterThan(best) ? run : best;
            }

            return best!;
        }
        catch (OperationCanceledException) when (limits.IsTimeUp)
        {
            return best ?? runner.Score(found[0], limits.UserToken);
        }
    }

    /// <summary>Goes on without the components that collapsed, as often as some do, where that is the policy.</summary>
    private EmRun DropCollapsed(
        EmRun run, IObservations observations, PooledMoments pooled, EmOptions requested, RunLimits limits, FitJournal? journal)
    {
        while (_options.CollapsePolicy == CollapsePolicy.Drop && run.Collapsed.Count > 0 && run.Collapsed.Count < run.Mixture.ComponentCount)
        {
            MixtureParameters start = run.WithoutCollapsed();
            EmOptions options = requested.Clone();
            options.ComponentCount = start.ComponentCount;
            using EmRunner runner = CreateRunner(options, observations, pooled);
            run = RunInTime(runner, start, limits, journal).After(run);
        }

        return run;
    }

    private static EmRunner CreateRunner(EmOptions options, IObservations observations, PooledMoments pooled)
    {
        EstimationModel model = EstimationModel.Create(options, pooled, observations.TotalWeight);
        return new EmRunner(observations, pooled, model, RunRules.Of(options), options.ThreadCount, keepsStatistics: true);
    }

    private static MixtureParameters CreateStart(
        IObservations observations, PooledMoments pooled, EmOptions options, CancellationToken cancellationToken) =>
        options.InitialResponsibilities is null
            ? pooled.ToSingleComponent(options.CovarianceModel)
            : ResponsibilityStart.Create(
                observations, options.InitialResponsibilities, EstimationModel.Create(options, pooled, observations.TotalWeight), options.FixedWeights, cancellationToken);

    /// <summary>The mixture to start from, in the units of the rows; null when none is given.</summary>
    private MixtureParameters? GivenMixture()
    {
        if (_options.InitialMixture is null)
        {
            return null;
        }

        GaussianMixture initial = _options.Noise ? _options.InitialMixture : _options.InitialMixture.Sound;
        MixtureParameters start = initial.Parameters.ToShape(_options.CovarianceModel.Shape());
        start.DegreesOfFreedom = _options.Tail == Tail.Student ? start.DegreesOfFreedom : null;
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
