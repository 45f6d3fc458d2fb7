using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Noise;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// The best trimmed fit. Each run alternates between trimming the rows that its mixture finds least probable and a step of EM for the others, so
/// that the trimmed log-likelihood never falls. It has many maxima, hence several kinds of start: few random rows per component, with a few steps
/// each, of which the best go on (García-Escudero, Gordaliza and Mayo-Iscar 2014); and what the search for fits without trimming finds among rows whose
/// neighbours are near, among all rows, and among the rows that the best fit so far keeps, as long as that leads higher.
/// </summary>
internal sealed class TrimmedSearch
{
    /// <summary>Rows that starts are found among.</summary>
    private const int MaxRows = 5000;

    /// <summary>Random starts for each start that is asked for, the steps that each is given first, and how many go on.</summary>
    private const int RandomStarts = 20;
    private const int FirstSteps = 6;
    private const int RefinedRuns = 8;

    /// <summary>Which neighbours tell rows of clusters from others, in increasing order.</summary>
    private static readonly int[] Neighbours = [10, 25];

    /// <summary>How often the rows that a fit keeps are fitted anew.</summary>
    private const int MaxRounds = 5;

    /// <summary>What a trial may still be short of, per row.</summary>
    private const double TrialTolerance = 1e-6;

    private readonly IObservations _trimmed;
    private readonly InMemoryObservations _rows;
    private readonly TrimmedObservations _trimmedRows;
    private readonly PooledMoments _pooled;
    private readonly EmOptions _options;
    private readonly RunLimits _limits;
    private readonly Func<int, Action<EmTrace, double>?> _report;
    private readonly SoundRows _sound;
    private readonly List<EmStart> _starts = [];
    private readonly bool _coversAllRows;
    private MixtureParameters? _firstStart;
    private EmRun? _best;

    /// <param name="trimmed">The rows, which trim themselves.</param>
    /// <param name="rows">Those of them, whole, that starts are found among.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="options">What to estimate; the units of the columns are known.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="report">Gives the progress report of a start, numbered from 1.</param>
    public TrimmedSearch(
        IObservations trimmed, InMemoryObservations rows, PooledMoments pooled, EmOptions options, RunLimits limits, Func<int, Action<EmTrace, double>?> report)
    {
        _trimmed = trimmed;
        _rows = rows;
        _trimmedRows = rows.Trim(options.TrimFraction!.Value);
        _coversAllRows = rows.Count == trimmed.Count;
        _pooled = pooled;
        _options = options;
        _limits = limits;
        _report = report;
        _sound = new SoundRows(rows, options, Trial, null, null);
    }

    private RunLimits Trial => _limits.Coarser(TrialTolerance, int.MaxValue).Holding();

    /// <summary>The rows that starts are found among: all when they are few, else a sample.</summary>
    /// <param name="observations">The rows, whole.</param>
    /// <param name="options">What to estimate.</param>
    /// <param name="limits">When to stop.</param>
    public static InMemoryObservations Sample(IObservations observations, EmOptions options, RunLimits limits) =>
        observations.Sample(MaxRows, SplitMix64.Derive(options.Seed, 0), limits.CancellationToken);

    /// <summary>The best run; when the time is up, the best found until then.</summary>
    /// <param name="record">Told what became of the starts.</param>
    public EmRun Find(StartRecord record)
    {
        try
        {
            using EmRunner runner = CreateRunner(_trimmedRows);
            TryRandomRows(runner);
            TrySoundRows(runner);
            EmRun run = _coversAllRows ? runner.Continue(_best!, _limits.Holding(), _report(_starts.Count), null) : RunOnAllRows();
            Tell(record);
            return run;
        }
        catch (OperationCanceledException) when (_limits.IsTimeUp && _firstStart is not null)
        {
            Tell(record);
            using EmRunner runner = CreateRunner(_trimmed);
            return _best is not null && _coversAllRows
                ? _best.EndedBy(StopReason.TimeLimit)
                : runner.Score(_best?.Mixture ?? _firstStart, _limits.UserToken);
        }
    }

    private EmRun RunOnAllRows()
    {
        using EmRunner runner = CreateRunner(_trimmed);
        return runner.Run(_best!.Mixture, _limits.Holding(), _report(_starts.Count), null);
    }

    private void Tell(StartRecord record)
    {
        record.Starts = _starts;
        record.CoversAllRows = _coversAllRows;
        record.BestStartCount = _best is null ? 0 : Math.Max(1, _starts.Count(start => start.LogLikelihood >= _best.LogLikelihood - (10 * TrialTolerance * _trimmedRows.TotalWeight)));
    }

    private EmRunner CreateRunner(IObservations observations) => new(
        observations, _pooled, EstimationModel.Create(_options, _pooled, observations.TotalWeight), RunRules.Of(_options), _options.ThreadCount);

    /// <summary>A few steps from each of many starts; the best go on, and are told of.</summary>
    private void TryRandomRows(EmRunner runner)
    {
        RunLimits first = _limits.Coarser(0, FirstSteps).Holding();
        List<(EmRun Run, int Number)> runs = [];
        for (int number = 1; number <= RandomStarts * _options.RestartCount; number++)
        {
            MixtureParameters start = Draw(new SplitMix64(SplitMix64.Derive(_options.Seed, (ulong)number)));
            _firstStart ??= start;
            EmRun run = runner.Run(start, first, _report(number), null);
            runs.Add((run, number));
            Keep(run);
        }

        foreach ((EmRun run, int number) in runs.OrderByDescending(item => item.Run.BoundedLogLikelihood).Take(RefinedRuns))
        {
            EmRun refined = runner.Continue(run, Trial, _report(number), null);
            _starts.Add(refined.ToStart(_starts.Count + 1, "RandomRows"));
            Keep(refined);
        }
    }

    private void TrySoundRows(EmRunner runner)
    {
        // the bulk of a column may be a single value
        double[] whole = _pooled.StandardDeviations();
        double[] scales = [.. _pooled.Bulk.StandardDeviations().Select((width, j) => width > 0 ? width : whole[j])];
        foreach (bool[] isFar in NeighbourCleaning.Find(_rows, scales, Neighbours, _options.ThreadCount, _limits.CancellationToken))
        {
            TryWithout(runner, isFar, "NeighbourCleaning");
        }

        TryWithout(runner, new bool[_rows.Count], "AllRows");
        for (int round = 0; round < MaxRounds; round++)
        {
            EmRun before = _best!;
            TryWithout(runner, _trimmedRows.FindTrimmed(before.Mixture, _options.ThreadCount, _limits.CancellationToken), "KeptRows");
            if (!(_best!.BoundedLogLikelihood > before.BoundedLogLikelihood + (TrialTolerance * _trimmedRows.TotalWeight)))
            {
                break;
            }
        }
    }

    /// <summary>Fits the rows that are not left out, and goes on from there with trimming. Rows that do not determine such a mixture are no start.</summary>
    private void TryWithout(EmRunner runner, bool[] isLeftOut, string name)
    {
        int number = _starts.Count + 1;
        if (_sound.Fit(isLeftOut, quick: true, _report(number)) is MixtureParameters start)
        {
            EmRun run = runner.Run(start, Trial, _report(number), null);
            _starts.Add(run.ToStart(number, name));
            Keep(run);
        }
    }

    private void Keep(EmRun run) => _best = _best is null || run.IsBetterThan(_best) ? run : _best;

    /// <summary>Components of d + 1 random rows each, which are of equal weight; what the rows do not span, the restriction widens.</summary>
    private MixtureParameters Draw(SplitMix64 random)
    {
        int count = _options.ComponentCount;
        int dimension = _pooled.Dimension;
        MixtureParameters mixture = new(count, dimension, _options.CovarianceModel.Shape());
        double[][] rows = new double[dimension + 1][];
        for (int k = 0; k < count; k++)
        {
            mixture.Weights[k] = 1.0 / count;
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = new double[dimension];
                _rows.CopyRow(random.NextIndex((int)_rows.Count), rows[i]);
            }

            for (int j = 0; j < dimension; j++)
            {
                mixture.Means[(k * dimension) + j] = rows.Average(row => row[j]);
            }

            SetCovariance(mixture, k, rows);
        }

        return mixture;
    }

    private void SetCovariance(MixtureParameters mixture, int component, double[][] rows)
    {
        bool anyWidth = false;
        for (int i = 0; i < mixture.Dimension; i++)
        {
            for (int j = mixture.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
            {
                double meanI = mixture.Means[(component * mixture.Dimension) + i];
                double meanJ = mixture.Means[(component * mixture.Dimension) + j];
                double covariance = rows.Average(row => (row[i] - meanI) * (row[j] - meanJ));
                mixture.Covariances[mixture.CovarianceIndex(component, i, j)] = covariance;
                anyWidth |= i == j && covariance > 0;
            }
        }

        // the same row many times, or rows that repeat
        for (int i = 0; i < mixture.CovarianceLength && !anyWidth; i++)
        {
            mixture.Covariances[(component * mixture.CovarianceLength) + i] = _pooled.Covariance[i] / mixture.ComponentCount;
        }
    }
}
