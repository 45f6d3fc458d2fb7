using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;

namespace GmmTools.Outliers;

/// <summary>
/// Finds rows whose density is below the level that the mixture itself undercuts at a stated rate. That region is the smallest of all that
/// hold a row with probability 1 − rate. Rows with gaps are judged by the marginal mixture of what they have, which has a level of its own.
/// Serves one thread.
/// </summary>
public sealed class OutlierDetector
{
    private readonly GaussianMixture _mixture;
    private readonly OutlierOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly PatternGroups<View> _views;
    private readonly View _whole;
    private readonly double[] _row;

    /// <summary>Finds the level.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="options">How; the training rows must have the columns of the mixture, in its order.</param>
    /// <param name="cancellationToken">Stops the sampling, now and for rows with gaps.</param>
    /// <exception cref="OutlierException">The rate is not above 0 and below 1 (InvalidFalseAlarmRate), the sample is too small
    /// (InvalidSampleCount), or there are too few training rows for the rate (TooFewTrainingRows).</exception>
    /// <exception cref="InvalidMixtureException">The mixture has noise (NoiseNotSupported) or is trimmed (TrimmingNotSupported): outliers are told by its components
    /// alone.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public OutlierDetector(GaussianMixture mixture, OutlierOptions options, CancellationToken cancellationToken)
    {
        Check(options);
        mixture.RefuseNoise("The level of outliers");
        mixture.RefuseTrimming("The level of outliers");
        _mixture = mixture;
        _options = options;
        _cancellationToken = cancellationToken;
        _row = new double[mixture.Dimension];
        _views = new PatternGroups<View>(mixture.Dimension, CreateView);
        _whole = new View(mixture, [.. Enumerable.Range(0, mixture.Dimension)], FindTail(mixture, null), options.FalseAlarmRate);
        if (double.IsNegativeInfinity(_whole.Level))
        {
            throw new OutlierException(
                "TooFewTrainingRows",
                FormattableString.Invariant($"{Counted.Of(_whole.Tail.SampleCount, "training row", "is", "are")} too few for a rate of {options.FalseAlarmRate}, which takes at least {Math.Ceiling(1 / options.FalseAlarmRate) - 1:F0}."),
                options.FalseAlarmRate);
        }

        Level = new OutlierLevel(options.FalseAlarmRate, _whole.Tail);
    }

    /// <summary>The level for rows without gaps.</summary>
    public OutlierLevel Level { get; }

    /// <summary>Says what there is to say of a row, if it is an outlier.</summary>
    /// <param name="block">The block that has the row.</param>
    /// <param name="scores">The scores of the block.</param>
    /// <param name="index">The row, from 0.</param>
    /// <returns>The verdict; null when the row is none.</returns>
    public OutlierVerdict? Judge(RowBlock block, RowScores scores, int index)
    {
        View view = _whole;
        if (block.HasGaps)
        {
            block.CopyRow(index, _row);
            view = Array.Exists(_row, double.IsNaN) ? _views.Find(_row) : _whole;
        }

        double logDensity = scores.LogDensities[index];
        if (!(logDensity < view.Level))
        {
            return null;
        }

        block.CopyRow(index, _row);
        double[] observed = [.. view.Columns.Select(column => _row[column])];
        double[] shares = new double[observed.Length];
        double distance = view.Shares(scores.Components[index] - 1).Measure(observed, shares);
        double[] contributions = [.. Enumerable.Repeat(double.NaN, _row.Length)];
        for (int j = 0; j < shares.Length; j++)
        {
            contributions[view.Columns[j]] = shares[j];
        }

        return new OutlierVerdict(view.Tail.Probability(logDensity), distance, contributions);
    }

    private static void Check(OutlierOptions options)
    {
        if (!(options.FalseAlarmRate > 0) || !(options.FalseAlarmRate < 1))
        {
            throw new OutlierException(
                "InvalidFalseAlarmRate",
                FormattableString.Invariant($"The false alarm rate is {options.FalseAlarmRate:R}. It must be above 0 and below 1, such as 0.001."),
                options.FalseAlarmRate);
        }

        if (options.SampleCount < 1000)
        {
            throw new OutlierException(
                "InvalidSampleCount",
                FormattableString.Invariant($"A sample of {Counted.Of(options.SampleCount, "row")} is too small to find the level. Draw at least 1000."),
                options.SampleCount);
        }
    }

    private View CreateView(MissingPattern pattern)
    {
        GaussianMixture marginal = _mixture.Marginal(pattern.Observed);
        return new View(marginal, pattern.Observed, FindTail(marginal, pattern.Observed), _options.FalseAlarmRate);
    }

    private DensityTail FindTail(GaussianMixture mixture, int[]? columns) =>
        _options.Training is not null ? new TrainingDensityTail(ScoreTraining(mixture, columns))
        : DensityTail.Of(mixture, _options.SampleCount, _options.Seed, _options.ThreadCount, _cancellationToken);

    /// <summary>Log-densities of the training rows that have the columns.</summary>
    private double[] ScoreTraining(GaussianMixture mixture, int[]? columns)
    {
        List<double> logDensities = [];
        BlockScorer scorer = new(mixture);
        RowBlockBuilder builder = new(mixture.Dimension, ChunkLayout.RowsPerStreamedBlock(mixture.Dimension), block =>
        {
            _cancellationToken.ThrowIfCancellationRequested();
            logDensities.AddRange(scorer.Score(block).LogDensities);
        });
        foreach (double[] row in RowsOf(_options.Training!))
        {
            double[] chosen = columns is null ? row : [.. columns.Select(column => row[column])];
            if (!Array.Exists(chosen, double.IsNaN))
            {
                builder.Add(chosen, 1);
            }
        }

        builder.Flush();
        return [.. logDensities];
    }

    private static IEnumerable<double[]> RowsOf(IObservations observations) => observations.EnumerateWeighted().Select(pair => pair.Row);

    /// <summary>What is known of rows of one pattern.</summary>
    private sealed class View(GaussianMixture mixture, int[] columns, DensityTail tail, double rate)
    {
        private readonly DistanceShares?[] _shares = new DistanceShares?[mixture.ComponentCount];

        public int[] Columns { get; } = columns;

        public DensityTail Tail { get; } = tail;

        public double Level { get; } = tail.Level(rate);

        public DistanceShares Shares(int component) => _shares[component] ??= new DistanceShares(mixture.Parameters, component);
    }
}
