using System;
using System.Diagnostics;
using System.Threading;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Views;

namespace GmmTools.Estimation.Fitting;

/// <content>Fits that leave the least probable rows out.</content>
public sealed partial class EmEstimator
{
    private EmFit FitTrimmed(IObservations observations, FitJournal? journal, CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using CancellationTokenSource timed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        TimeLimitClock.Start(timed, _options.TimeLimit);
        TrimmedObservations trimmed = observations.Trim(_options.TrimFraction!.Value);
        RunLimits limits = new(_options.ToleranceFor(trimmed.TotalWeight), _options.MaxIteration, timed.Token, cancellationToken);
        ObservationChecks.CheckRows(trimmed, _options);
        PooledMoments? pooled = null;
        StartRecord record = new();
        EmRun best;
        bool isHeld = false;
        try
        {
            pooled = PooledMoments.Compute(observations, _options.CovarianceModel.Shape(), _options.ThreadCount, limits.CancellationToken);
            ObservationChecks.CheckColumns(observations, pooled);
            best = _options.Standardize
                ? FindBestScaledRun(observations, trimmed, new ColumnScales(pooled.StandardDeviations()), limits, record, journal, out isHeld)
                : FindBestTrimmedRun(observations, trimmed, pooled, GivenMixture(), limits, record, journal, out isHeld);
        }
        catch (OperationCanceledException) when (limits.IsTimeUp)
        {
            best = new TimelyStart(trimmed, _options, pooled).Score(limits.UserToken);
            record = new StartRecord();
        }

        // the statistics are of no use without the rows, since others may be trimmed then
        best.Statistics = null;
        double level = trimmed.FindLevel(best.Mixture, _options.ThreadCount, limits.UserToken);
        EmFit fit = EmFitReport.Create(trimmed, pooled, _options, best, record, watch.Elapsed, new MixtureTrimming(_options.TrimFraction.Value, level));

        // who gives a ratio knows what it does
        return isHeld && _options.EigenvalueRatio is null
            ? fit.WithWarning(FormattableString.Invariant($"The eigenvalues of the covariances are held within a factor of {EmOptions.DefaultEigenvalueRatio} of each other, but the components would differ more in width. Allow a larger ratio if they are clusters, and not a few rows in a line or plane."))
            : fit;
    }

    /// <summary>Fits columns of unit variance, and takes the mixture back to their own units.</summary>
    private EmRun FindBestScaledRun(
        IObservations observations, TrimmedObservations trimmed, ColumnScales scales, RunLimits limits, StartRecord record, FitJournal? journal, out bool isHeld)
    {
        ScaledObservations scaled = new(observations, scales);
        PooledMoments pooled = PooledMoments.Compute(scaled, _options.CovarianceModel.Shape(), _options.ThreadCount, limits.CancellationToken);
        MixtureParameters? start = GivenMixture();
        EmRun best = FindBestTrimmedRun(
            scaled, new ScaledObservations(trimmed, scales), pooled, start is null ? null : scales.Divided(start), limits, record, journal, out isHeld);
        MixtureParameters original = best.Mixture.Clone();
        scales.Multiply(best.Mixture, original);
        return best.WithMixture(original, null);
    }

    /// <param name="whole">All rows.</param>
    /// <param name="trimmed">The same rows, which trim themselves.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="given">The start that was given, or null.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="record">Told what became of the starts.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    /// <param name="isHeld">Whether the restriction of the eigenvalues holds the mixture.</param>
    private EmRun FindBestTrimmedRun(
        IObservations whole,
        IObservations trimmed,
        PooledMoments pooled,
        MixtureParameters? given,
        RunLimits limits,
        StartRecord record,
        FitJournal? journal,
        out bool isHeld)
    {
        InMemoryObservations rows = TrimmedSearch.Sample(whole, _options, limits);
        EmOptions options = _options.Clone();
        options.ColumnUnits = ColumnSpreads.Of(rows, pooled);
        EmRun best = FindKnownRun(journal, pooled, record) ?? DropCollapsed(
            given is not null || options.InitialResponsibilities is not null
                ? RunFromStart(trimmed, pooled, given, options, limits, record, journal)
                : new TrimmedSearch(trimmed, rows, pooled, options, limits, start => Report(start, start, false), journal).Find(record),
            trimmed,
            pooled,
            options,
            limits,
            journal);
        if (best.StopReason != StopReason.TimeLimit)
        {
            journal?.Complete(best, record);
        }

        isHeld = EstimationModel.Create(options, pooled, trimmed.TotalWeight) is RestrictedModel model && model.Holds(best.Mixture);
        return best;
    }

    /// <summary>The run that was kept when the fit was done before, in a work of several fits that goes on; else null.</summary>
    private EmRun? FindKnownRun(FitJournal? journal, PooledMoments pooled, StartRecord record)
    {
        EmRun? known = journal?.FindBest(_options, pooled.Dimension);
        if (known is not null)
        {
            (record.Starts, record.BestStartCount, record.CoversAllRows) = (journal!.Record.Starts, journal.Record.BestStartCount, journal.Record.CoversAllRows);
        }

        return known;
    }
}
