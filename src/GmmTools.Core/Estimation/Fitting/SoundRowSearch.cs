using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Noise;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// The best fit in which some rows belong to no component. A start is the best mixture of rows that are held to be sound, found by the search that other
/// fits use, so that none of its moves or repairs knows of the others: rows whose neighbours are near (<see cref="NeighbourCleaning"/>), all rows, and then
/// the rows that the best fit so far takes for sound, as long as that leads higher. The best run goes on among all rows.
/// </summary>
internal abstract class SoundRowSearch
{
    /// <summary>What a trial may still be short of, per row.</summary>
    private protected const double TrialTolerance = 1e-6;

    /// <summary>How often the rows that a fit takes for sound are fitted anew.</summary>
    private const int MaxRounds = 5;

    /// <summary>Which neighbours tell rows of clusters from others, in increasing order.</summary>
    private static readonly int[] Neighbours = [10, 25];

    private readonly IObservations _observations;
    private readonly IObservations _trialRows;
    private readonly EmOptions _plain;
    private readonly SearchHints? _hints;
    private readonly List<EmStart> _starts = [];
    private MixtureParameters? _firstStart;

    /// <param name="observations">All rows.</param>
    /// <param name="rows">Those of them that starts are found among.</param>
    /// <param name="trialRows">The same as the fit sees them.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="options">What to estimate.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="report">Gives the progress report of a start, numbered from 1.</param>
    /// <param name="hints">What other models found, or null.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    private protected SoundRowSearch(
        IObservations observations,
        InMemoryObservations rows,
        IObservations trialRows,
        PooledMoments pooled,
        EmOptions options,
        RunLimits limits,
        Func<int, Action<EmTrace, double>?> report,
        SearchHints? hints = null,
        FitJournal? journal = null)
    {
        _observations = observations;
        Rows = rows;
        _trialRows = trialRows;
        Pooled = pooled;
        Options = options;
        Limits = limits;
        Report = report;
        _hints = hints;
        Journal = journal;
        _plain = options.Clone();
        _plain.Noise = false;
        _plain.NoiseVolume = null;
        _plain.NoiseBox = null;
        _plain.TrimFraction = null;
        _plain.EigenvalueRatio = null;
        _plain.CollapsePolicy = CollapsePolicy.Reseed;
    }

    private protected InMemoryObservations Rows { get; }

    private protected PooledMoments Pooled { get; }

    private protected EmOptions Options { get; }

    private protected RunLimits Limits { get; }

    /// <summary>Where the runs are kept, or null.</summary>
    private protected FitJournal? Journal { get; }

    private protected Func<int, Action<EmTrace, double>?> Report { get; }

    private protected RunLimits Trial => Limits.Coarser(TrialTolerance, int.MaxValue);

    /// <summary>The best run so far.</summary>
    private protected EmRun? Best { get; private set; }

    /// <summary>What starts are called that come of the rows that a fit takes for sound.</summary>
    private protected abstract string RoundName { get; }

    /// <summary>Whether the starts are tried on all rows.</summary>
    private bool CoversAllRows => Rows.Count == _observations.Count && !_observations.HasGaps;

    /// <summary>The best run; when the time is up, the best found until then.</summary>
    /// <param name="record">Told what became of the starts.</param>
    public EmRun Find(StartRecord record)
    {
        try
        {
            using EmRunner runner = CreateRunner(_trialRows);
            TryStarts(runner);
            EmRun run = CoversAllRows ? runner.Continue(Best!, Limits, Report(_starts.Count), Journal?.Open()) : RunOnAllRows();
            Tell(record);
            return run;
        }
        catch (OperationCanceledException) when (Limits.IsTimeUp && _firstStart is not null)
        {
            Tell(record);
            using EmRunner runner = CreateRunner(_observations);
            return Best is not null && CoversAllRows
                ? Best.EndedBy(StopReason.TimeLimit)
                : runner.Score(Best?.Mixture ?? _firstStart, Limits.UserToken);
        }
    }

    /// <summary>Tries all starts.</summary>
    /// <param name="runner">Runs among the rows that starts are found among.</param>
    private protected virtual void TryStarts(EmRunner runner)
    {
        // the bulk of a column may be a single value
        double[] whole = Pooled.StandardDeviations();
        double[] scales = [.. Pooled.Bulk.StandardDeviations().Select((width, j) => width > 0 ? width : whole[j])];
        foreach (bool[] isFar in NeighbourCleaning.Find(Rows, scales, Neighbours, Options.ThreadCount, Limits.CancellationToken))
        {
            TryWithout(runner, isFar, "NeighbourCleaning");
        }

        TryWithout(runner, new bool[Rows.Count], "AllRows");
        foreach (MixtureParameters mixture in _hints?.Contained(Options) ?? [])
        {
            Try(runner, mixture, "ContainedModel");
        }

        for (int round = 0; round < MaxRounds && Best is not null; round++)
        {
            EmRun before = Best;
            TryWithout(runner, FindOthers(before.Mixture), RoundName);
            if (!(Best.BoundedLogLikelihood > before.BoundedLogLikelihood + (TrialTolerance * _trialRows.TotalWeight)))
            {
                break;
            }
        }

        if (Best is null)
        {
            throw new InvalidOperationException("Rows that passed all checks led to no start.");
        }
    }

    /// <summary>For each row whether a fit takes it for none that is sound.</summary>
    /// <param name="mixture">The mixture of the fit.</param>
    private protected abstract bool[] FindOthers(MixtureParameters mixture);

    /// <summary>A start of a mixture of sound rows.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="isLeftOut">For each row whether it is not held to be sound.</param>
    private protected virtual MixtureParameters Begin(MixtureParameters mixture, bool[] isLeftOut) => mixture;

    /// <summary>Notes that a run could begin here, in case there is no time for any.</summary>
    private protected void Note(MixtureParameters start) => _firstStart ??= start;

    /// <summary>Notes a start and its run.</summary>
    private protected void Note(EmRun run, string name)
    {
        _starts.Add(run.ToStart(_starts.Count + 1, name));
        Keep(run);
    }

    private protected void Keep(EmRun run) => Best = Best is null || run.IsBetterThan(Best) ? run : Best;

    private EmRun RunOnAllRows()
    {
        using EmRunner runner = CreateRunner(_observations);
        return runner.Run(Best!.Mixture, Limits, Report(_starts.Count), Journal?.Open());
    }

    private void Tell(StartRecord record)
    {
        record.Starts = _starts;
        record.CoversAllRows = CoversAllRows;
        record.BestStartCount = Best is null ? 0 : Math.Max(1, _starts.Count(start => start.LogLikelihood >= Best.LogLikelihood - (10 * TrialTolerance * _trialRows.TotalWeight)));
    }

    private EmRunner CreateRunner(IObservations observations) => new(
        observations,
        Pooled,
        EstimationModel.Create(Options, Pooled, observations.TotalWeight),
        RunRules.Of(Options),
        Options.ThreadCount,
        keepsStatistics: true);

    /// <summary>Fits the rows that are not left out, and goes on from there. Rows that do not determine such a mixture are no start.</summary>
    private void TryWithout(EmRunner runner, bool[] isLeftOut, string name)
    {
        if (FitSound(isLeftOut, quick: _starts.Count > 0, Report(_starts.Count + 1)) is MixtureParameters mixture)
        {
            Try(runner, Begin(mixture, isLeftOut), name);
        }
    }

    private void Try(EmRunner runner, MixtureParameters start, string name)
    {
        Note(start);
        Note(runner.Run(start, Trial.Holding(), Report(_starts.Count + 1), Journal?.Open()), name);
    }

    /// <summary>The best mixture of the sound rows; null where these do not determine one.</summary>
    /// <param name="isLeftOut">For each row whether it is not held to be sound.</param>
    /// <param name="quick">Whether a quick search will do, as other starts are at hand.</param>
    /// <param name="report">The progress report, or null.</param>
    private MixtureParameters? FitSound(bool[] isLeftOut, bool quick, Action<EmTrace, double>? report)
    {
        InMemoryObservations? sound = Choose(isLeftOut);
        if (sound is null)
        {
            return null;
        }

        try
        {
            ObservationChecks.CheckRows(sound, _plain);
            PooledMoments pooled = PooledMoments.Compute(sound, _plain.CovarianceModel.Shape(), _plain.ThreadCount, Limits.CancellationToken);
            ObservationChecks.CheckColumns(sound, pooled);
            if (_plain.ComponentCount == 1)
            {
                return pooled.ToSingleComponent(_plain.CovarianceModel);
            }

            SearchHints? hints = quick || _hints?.IsQuick == true ? new SearchHints { IsQuick = true } : null;
            using StartSearch search = new(sound, pooled, _plain, Trial, _ => report, hints, Journal);
            return search.Find()[0].Mixture;
        }
        catch (GmmToolsException exception) when (FitOutcomes.IsOfRows(exception))
        {
            return null;
        }
    }

    /// <summary>The sound rows; null where there are none.</summary>
    private InMemoryObservations? Choose(bool[] isLeftOut)
    {
        if (!Array.Exists(isLeftOut, value => value))
        {
            return Rows;
        }

        ObservationsBuilder builder = new(Rows.Property, weighted: true);
        double[] row = new double[Rows.Property.Count];
        int count = 0;
        for (int i = 0; i < isLeftOut.Length; i++)
        {
            if (!isLeftOut[i])
            {
                Rows.CopyRow(i, row);
                builder.Add(row, Rows.WeightOf(i));
                count++;
            }
        }

        return count == 0 ? null : builder.Build();
    }
}
