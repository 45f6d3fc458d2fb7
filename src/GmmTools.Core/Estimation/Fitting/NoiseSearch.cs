using System;
using System.Linq;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>The best fit with noise.</summary>
internal sealed class NoiseSearch : SoundRowSearch
{
    /// <summary>Rows that starts are found among.</summary>
    private const int MaxRows = 20_000;

    /// <summary>The weight of noise in a start that has found none; never so much that a fit without noise is forgotten.</summary>
    private const double LeastWeight = 0.01;
    private const double MostWeight = 0.9;

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
        : this(
            observations,
            observations.Sample(MaxRows, SplitMix64.Derive(options.Seed, 0), limits.CancellationToken),
            pooled,
            options,
            limits,
            report,
            hints,
            journal)
    {
    }

    private NoiseSearch(
        IObservations observations,
        InMemoryObservations rows,
        PooledMoments pooled,
        EmOptions options,
        RunLimits limits,
        Func<int, Action<EmTrace, double>?> report,
        SearchHints? hints,
        FitJournal? journal)
        : base(observations, rows, rows, pooled, options, limits, report, hints, journal)
    {
    }

    /// <inheritdoc/>
    private protected override string RoundName => "NoiseRemoved";

    /// <inheritdoc/>
    private protected override MixtureParameters Begin(MixtureParameters mixture, bool[] isLeftOut)
    {
        double share = isLeftOut.Count(value => value) / (double)isLeftOut.Length;
        MixtureParameters start = mixture.Clone();
        start.AddBackground(Options.NoiseBox!, Math.Max(LeastWeight, Math.Min(MostWeight, share)));
        return start;
    }

    /// <summary>The rows that are more probably noise than not.</summary>
    private protected override bool[] FindOthers(MixtureParameters mixture)
    {
        RowScorer<NormalLink> scorer = new(mixture.Terms);
        double[] row = new double[mixture.Dimension];
        bool[] isNoise = new bool[Rows.Count];
        for (int i = 0; i < isNoise.Length; i++)
        {
            Rows.CopyRow(i, row);
            scorer.Score(row);
            isNoise[i] = scorer.BackgroundResponsibility > 0.5;
        }

        return isNoise;
    }
}
