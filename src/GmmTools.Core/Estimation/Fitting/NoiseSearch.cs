using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Noise;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// The best fit with noise. A start is a mixture of rows that are held not to be noise, found by the search that fits without noise use:
/// rows whose neighbours are near (<see cref="NeighbourCleaning"/>), all rows, and then the rows that the best fit so far does not
/// take for noise, as long as that leads higher. So no move or repair of the search knows of noise. The best run goes on among all rows.
/// </summary>
internal sealed class NoiseSearch
{
    /// <summary>Rows that starts are found among.</summary>
    private const int MaxRows = 20_000;

    /// <summary>Which neighbours tell rows of clusters from noise, in increasing order.</summary>
    private static readonly int[] Neighbours = [10, 25];

    /// <summary>How often the rows that a fit takes for none of the noise are fitted anew.</summary>
    private const int MaxRounds = 5;

    /// <summary>The weight of noise in a start that has found none; never so much that a fit without noise is forgotten.</summary>
    private const double LeastWeight = 0.01;
    private const double MostWeight = 0.9;

    /// <summary>What a trial may still be short of, per row.</summary>
    private const double TrialTolerance = 1e-6;

    private readonly IObservations _observations;
    private readonly InMemoryObservations _rows;
    private readonly PooledMoments _pooled;
    private readonly EmOptions _options;
    private readonly SoundRows _sound;
    private readonly RunLimits _limits;
    private readonly Func<int, Action<EmTrace, double>?> _report;
    private readonly SearchHints? _hints;
    private readonly FitJournal? _journal;
    private readonly List<EmStart> _starts = [];
    private MixtureParameters? _firstStart;
    private EmRun? _best;

    /// <param name="observations">All rows.</param>
    /// <param name="pooled">Their moments.</param>
    /// <param name="options">What to estimate; the box of the noise is known.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="report">Gives the progress report of a start, numbered from 1.</param>
    /// <param name="hints">What other models found, or null.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    public NoiseSearch(
        IObservations observations,
        PooledMoments pooled,
        EmOptions options,
        RunLimits limits,
        Func<int, Action<EmTrace, double>?> report,
        SearchHints? hints,
        FitJournal? journal)
    {
        _observations = observations;
        _pooled = pooled;
        _options = options;
        _limits = limits;
        _report = report;
        _hints = hints;
        _journal = journal;
        _rows = observations.Sample(MaxRows, SplitMix64.Derive(options.Seed, 0), limits.CancellationToken);
        _sound = new SoundRows(_rows, options, Trial, hints, journal);
    }

    private RunLimits Trial => _limits.Coarser(TrialTolerance, int.MaxValue);

    /// <summary>Whether the starts are tried on all rows.</summary>
    private bool CoversAllRows => _rows.Count == _observations.Count && !_observations.HasGaps;

    /// <summary>The best run; when the time is up, the best found until then.</summary>
    /// <param name="record">Told what became of the starts.</param>
    public EmRun Find(StartRecord record)
    {
        try
        {
            using EmRunner runner = CreateRunner(_rows);
            TryStarts(runner);
            EmRun run = CoversAllRows ? runner.Continue(_best!, _limits, _report(_starts.Count), _journal?.Open()) : RunOnAllRows();
            Tell(record);
            return run;
        }
        catch (OperationCanceledException) when (_limits.IsTimeUp && _firstStart is not null)
        {
            Tell(record);
            using EmRunner runner = CreateRunner(_observations);
            return _best is not null && CoversAllRows
                ? _best.EndedBy(StopReason.TimeLimit)
                : runner.Score(_best?.Mixture ?? _firstStart, _limits.UserToken);
        }
    }

    private EmRun RunOnAllRows()
    {
        using EmRunner runner = CreateRunner(_observations);
        return runner.Run(_best!.Mixture, _limits, _report(_starts.Count), _journal?.Open());
    }

    private void Tell(StartRecord record)
    {
        record.Starts = _starts;
        record.CoversAllRows = CoversAllRows;
        record.BestStartCount = _best is null ? 0 : Math.Max(1, _starts.Count(start => start.LogLikelihood >= _best.LogLikelihood - (10 * TrialTolerance * _rows.TotalWeight)));
    }

    private EmRunner CreateRunner(IObservations observations) => new(
        observations,
        _pooled,
        EstimationModel.Create(_options, _pooled, observations.TotalWeight),
        RunRules.Of(_options),
        _options.ThreadCount,
        keepsStatistics: true);

    private void TryStarts(EmRunner runner)
    {
        // the bulk of a column may be a single value
        double[] whole = _pooled.StandardDeviations();
        double[] scales = [.. _pooled.Bulk.StandardDeviations().Select((width, j) => width > 0 ? width : whole[j])];
        foreach (bool[] isNoise in NeighbourCleaning.Find(_rows, scales, Neighbours, _options.ThreadCount, _limits.CancellationToken))
        {
            TryWithout(runner, isNoise, "NeighbourCleaning");
        }

        TryWithout(runner, new bool[_rows.Count], "AllRows");
        foreach (MixtureParameters mixture in _hints?.Contained(_options) ?? [])
        {
            Try(runner, mixture, "ContainedModel");
        }

        for (int round = 0; round < MaxRounds && _best is not null; round++)
        {
            EmRun before = _best;
            TryWithout(runner, FindNoise(before.Mixture), "NoiseRemoved");
            if (!(_best.BoundedLogLikelihood > before.BoundedLogLikelihood + (TrialTolerance * _rows.TotalWeight)))
            {
                break;
            }
        }

        if (_best is null)
        {
            throw new InvalidOperationException("Rows that passed all checks led to no start.");
        }
    }

    /// <summary>Fits the rows that are not noise, and goes on from there with noise. Rows that do not determine such a mixture are no start.</summary>
    private void TryWithout(EmRunner runner, bool[] isNoise, string name)
    {
        if (_sound.Fit(isNoise, quick: _starts.Count > 0, _report(_starts.Count + 1)) is MixtureParameters mixture)
        {
            double share = isNoise.Count(value => value) / (double)isNoise.Length;
            Try(runner, WithNoise(mixture, Math.Max(LeastWeight, Math.Min(MostWeight, share))), name);
        }
    }

    private void Try(EmRunner runner, MixtureParameters start, string name)
    {
        _firstStart ??= start;
        int number = _starts.Count + 1;
        EmRun run = runner.Run(start, Trial.Holding(), _report(number), _journal?.Open());
        _starts.Add(run.ToStart(number, name));
        _best = _best is null || run.IsBetterThan(_best) ? run : _best;
    }

    private MixtureParameters WithNoise(MixtureParameters mixture, double weight)
    {
        MixtureParameters start = mixture.Clone();
        start.AddBackground(_options.NoiseBox!, weight);
        return start;
    }

    /// <summary>The rows that are more probably noise than not.</summary>
    private bool[] FindNoise(MixtureParameters mixture)
    {
        RowScorer<NormalLink> scorer = new(mixture.Terms);
        double[] row = new double[mixture.Dimension];
        bool[] isNoise = new bool[_rows.Count];
        for (int i = 0; i < isNoise.Length; i++)
        {
            _rows.CopyRow(i, row);
            scorer.Score(row);
            isNoise[i] = scorer.BackgroundResponsibility > 0.5;
        }

        return isNoise;
    }
}
