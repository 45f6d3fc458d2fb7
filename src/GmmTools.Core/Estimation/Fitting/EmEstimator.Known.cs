using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Guided;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <content>Fits where something is known beforehand: the class of some rows, or some of the components.</content>
public sealed partial class EmEstimator
{
    /// <summary>Runs of the search that are led to convergence.</summary>
    private const int LedRuns = 2;

    private IObservations Label(IObservations observations)
    {
        IReadOnlyList<int> labels = _options.KnownComponents!.Labels;
        return labels.Count == observations.Count
            ? observations.Label(labels)
            : throw new EstimationException(
                "LabelCountMismatch",
                FormattableString.Invariant($"{Counted.Of(labels.Count, "label", "was", "were")} given for {Counted.Of(observations.Count, "row")}. Give one per row, blank where it is not known."),
                labels.Count);
    }

    private EmRun SearchLabelled(
        IObservations observations, PooledMoments pooled, EmOptions options, RunLimits limits, SearchHints? hints, StartRecord record, FitJournal? journal)
    {
        LabelledSearch search = new(observations, pooled, options, limits, start => Report(start, options.RestartCount, false), journal);
        return Lead(search.Find(hints?.Contained(options) ?? [], record), observations, pooled, options, limits, record, journal);
    }

    private EmRun SearchGrown(
        IObservations observations, PooledMoments pooled, MixtureParameters given, EmOptions options, RunLimits limits, StartRecord record, FitJournal? journal)
    {
        GrownSearch search = new(observations, pooled, given, options, limits, start => Report(start, options.RestartCount, false), journal);
        return Lead(search.Find(record), observations, pooled, options, limits, record, journal);
    }

    /// <summary>The best of the runs that a search found among some rows, led to convergence among all of them.</summary>
    private EmRun Lead(
        IReadOnlyList<EmRun> found, IObservations observations, PooledMoments pooled, EmOptions options, RunLimits limits, StartRecord record, FitJournal? journal)
    {
        if (!record.CoversAllRows)
        {
            return RunOnAllRows(observations, pooled, [.. found.Take(LedRuns).Select(run => run.Mixture)], limits, journal);
        }

        EmRun? best = null;
        try
        {
            using EmRunner runner = CreateRunner(options, observations, pooled);
            foreach (EmRun run in found.Take(LedRuns))
            {
                EmRun led = runner.Continue(run, limits, Report(1, 1, true), journal?.Open());
                best = best is null || led.IsBetterThan(best) ? led : best;
            }
        }
        catch (OperationCanceledException) when (limits.IsTimeUp)
        {
            // what was found so far will do
        }

        return best ?? found[0].EndedBy(StopReason.TimeLimit);
    }
}
