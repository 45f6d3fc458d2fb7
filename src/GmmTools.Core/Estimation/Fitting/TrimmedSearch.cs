using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// The best trimmed fit. Each run alternates between trimming the rows that its mixture finds least probable and a step of EM for the others, so
/// that the trimmed log-likelihood never falls. It has many maxima, hence one more kind of start: few random rows per component, with a few steps
/// each, of which the best go on (García-Escudero, Gordaliza and Mayo-Iscar 2014).
/// </summary>
internal sealed class TrimmedSearch : SoundRowSearch
{
    /// <summary>Rows that starts are found among.</summary>
    private const int MaxRows = 5000;

    /// <summary>Random starts for each start that is asked for, the steps that each is given first, and how many go on.</summary>
    private const int RandomStarts = 20;
    private const int FirstSteps = 6;
    private const int RefinedRuns = 8;

    private readonly TrimmedObservations _trimmedRows;

    /// <param name="trimmed">The rows, which trim themselves.</param>
    /// <param name="rows">Those of them, whole, that starts are found among.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="options">What to estimate; the units of the columns are known.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="report">Gives the progress report of a start, numbered from 1.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    public TrimmedSearch(
        IObservations trimmed,
        InMemoryObservations rows,
        PooledMoments pooled,
        EmOptions options,
        RunLimits limits,
        Func<int, Action<EmTrace, double>?> report,
        FitJournal? journal)
        : this(trimmed, rows, rows.Trim(options.TrimFraction!.Value), pooled, options, limits, report, journal)
    {
    }

    private TrimmedSearch(
        IObservations trimmed,
        InMemoryObservations rows,
        TrimmedObservations trimmedRows,
        PooledMoments pooled,
        EmOptions options,
        RunLimits limits,
        Func<int, Action<EmTrace, double>?> report,
        FitJournal? journal)
        : base(trimmed, rows, trimmedRows, pooled, options, limits.Holding(), report, null, journal) => _trimmedRows = trimmedRows;

    /// <inheritdoc/>
    private protected override string RoundName => "KeptRows";

    /// <summary>The rows that starts are found among: all when they are few, else a sample.</summary>
    /// <param name="observations">The rows, whole.</param>
    /// <param name="options">What to estimate.</param>
    /// <param name="limits">When to stop.</param>
    public static InMemoryObservations Sample(IObservations observations, EmOptions options, RunLimits limits) =>
        observations.Sample(MaxRows, SplitMix64.Derive(options.Seed, 0), limits.CancellationToken);

    /// <inheritdoc/>
    private protected override void TryStarts(EmRunner runner)
    {
        TryRandomRows(runner);
        base.TryStarts(runner);
    }

    /// <inheritdoc/>
    private protected override bool[] FindOthers(MixtureParameters mixture) =>
        _trimmedRows.FindTrimmed(mixture, Options.ThreadCount, Limits.CancellationToken);

    /// <summary>A few steps from each of many starts; the best go on, and are told of.</summary>
    private void TryRandomRows(EmRunner runner)
    {
        RunLimits first = Limits.Coarser(0, FirstSteps);
        List<(EmRun Run, int Number)> runs = [];
        for (int number = 1; number <= RandomStarts * Options.RestartCount; number++)
        {
            MixtureParameters start = Draw(new SplitMix64(SplitMix64.Derive(Options.Seed, (ulong)number)));
            Note(start);
            EmRun run = runner.Run(start, first, Report(number), Journal?.Open());
            runs.Add((run, number));
            Keep(run);
        }

        foreach ((EmRun run, int number) in runs.OrderByDescending(item => item.Run.BoundedLogLikelihood).Take(RefinedRuns))
        {
            Note(runner.Continue(run, Trial, Report(number), Journal?.Open()), "RandomRows");
        }
    }

    /// <summary>Components of d + 1 random rows each, which are of equal weight; what the rows do not span, the restriction widens.</summary>
    private MixtureParameters Draw(SplitMix64 random)
    {
        int count = Options.ComponentCount;
        int dimension = Pooled.Dimension;
        MixtureParameters mixture = new(count, dimension, Options.CovarianceModel.Shape());
        double[][] rows = new double[dimension + 1][];
        for (int k = 0; k < count; k++)
        {
            mixture.Weights[k] = 1.0 / count;
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] = new double[dimension];
                Rows.CopyRow(random.NextIndex((int)Rows.Count), rows[i]);
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
            mixture.Covariances[(component * mixture.CovarianceLength) + i] = Pooled.Covariance[i] / mixture.ComponentCount;
        }
    }
}
