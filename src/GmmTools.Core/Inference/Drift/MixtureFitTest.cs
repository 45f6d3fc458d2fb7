using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Inference.Drift;

/// <summary>
/// Whether rows look like those that a mixture describes, and what differs: the score test (Rao, Mathematical Proceedings of the Cambridge Philosophical
/// Society 44 (1948) 50-57) of every weight, mean, standard deviation and correlation, and of the mass where the mixture has little, by the largest of the
/// standardised scores. Its distribution for a window of the given size is that among windows drawn from the mixture (Barnard, Journal of the Royal Statistical
/// Society B 25 (1963) 294), so that the false-alarm rate is kept in small windows too, and over all the scores together (single-step maximum: Westfall and
/// Young, Resampling-Based Multiple Testing, 1993).
/// </summary>
/// <remarks>Scores have mean 0 over the rows that a mixture was fitted to, and what is not known of a mixture that was estimated from N rows adds n/N to the
/// variance of those of n others: the standard errors allow for it. Prepared windows are kept; an instance serves one thread.</remarks>
public sealed class MixtureFitTest
{
    /// <summary>The share of the baseline's rows that lie where it has little.</summary>
    private const double TailShare = 0.01;

    /// <summary>The share that lie so far from all others that a few such rows are more than chance.</summary>
    private const double FarShare = 1e-4;

    /// <summary>Means of so many rows are normal enough for windows of more to be like windows of so many.</summary>
    private const int LargestWindow = 2000;

    /// <summary>Fewer blocks tell nothing of their scatter.</summary>
    private const int FewestBlocks = 10;

    private const int SampleRows = 200_000;
    private const int LargestSample = 2_000_000;
    private const int RowsPerItem = 8192;

    private readonly GaussianMixture _mixture;
    private readonly FitTestOptions _options;
    private readonly Dictionary<int, double[]> _windows = [];
    private RowFeatures? _features;
    private double[] _deviations = [];
    private int _sampleCount;

    /// <summary>Prepares to test.</summary>
    /// <param name="mixture">The baseline.</param>
    /// <param name="options">How.</param>
    /// <exception cref="EstimationException">The rate is not above 0 and below 1 (InvalidFalseAlarmRate), no p-value could be below it
    /// (FalseAlarmRateTooSmall), or the length of a block is not positive (InvalidBlockLength).</exception>
    /// <exception cref="InvalidMixtureException">The mixture is trimmed (TrimmingNotSupported).</exception>
    public MixtureFitTest(GaussianMixture mixture, FitTestOptions options)
    {
        _mixture = mixture ?? throw new ArgumentNullException(nameof(mixture));
        _options = options ?? throw new ArgumentNullException(nameof(options));
        mixture.RefuseTrimming("A test of all rows");
        options.Validate();
        if (options.BlockLength < 1)
        {
            throw new EstimationException("InvalidBlockLength", "The length of a block must be at least 1.", options.BlockLength);
        }
    }

    /// <summary>What makes the verdicts less certain than they say; null where there is nothing.</summary>
    public string? Warning => BaselineSize.Warn(_mixture, _options.BaselineCount, "sound windows fail more often than stated");

    /// <summary>Tests rows.</summary>
    /// <param name="rows">Rows with the mixture's columns in the mixture's order, in the order in which they came. What is missing of a row counts as what is
    /// expected, so that gaps take power from the test but do not raise the rate.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The verdict.</returns>
    /// <exception cref="EstimationException">Rows carry weights beside blocks (WeightsNotSupported), or there are too few rows for the blocks
    /// (TooFewBlocks).</exception>
    public FitVerdict Test(IObservations rows, CancellationToken cancellationToken)
    {
        _ = rows ?? throw new ArgumentNullException(nameof(rows));
        Check(rows);
        long count = Math.Max(1, (long)Math.Round(rows.TotalWeight));
        Calibrate(count, cancellationToken);
        double[] windows = FindWindows(WindowSize(count), cancellationToken);
        FeatureMeans window = new(_features!, _options.BlockLength);
        window.Take(rows.EnumerateWeighted(), cancellationToken);
        double[] scores = new double[_features!.Count];
        double statistic = Score(window, (1 / _options.BaselineCount) + (1.0 / _sampleCount), scores);
        return new FitVerdict(
            statistic, PValue(windows, statistic), _options.FalseAlarmRate, _options.ReplicateCount, rows.Count, FindCauses(window, scores, windows));
    }

    private void Check(IObservations rows)
    {
        if (_options.BlockLength > 1 && rows.EnumerateWeighted().Any(row => row.Weight != 1))
        {
            throw new EstimationException("WeightsNotSupported", "Rows that count several times have no order within blocks.", _options.BlockLength);
        }

        if (_options.BlockLength > 1 && rows.Count < (long)FewestBlocks * _options.BlockLength)
        {
            throw new EstimationException(
                "TooFewBlocks",
                FormattableString.Invariant($"{Counted.Of(rows.Count, "row")} make {Counted.Of(rows.Count / _options.BlockLength, "block")} of {_options.BlockLength}, but at least {FewestBlocks} are needed to see how much blocks differ."),
                _options.BlockLength);
        }
    }

    private int WindowSize(long count) => (int)Math.Min(count, Math.Max(LargestWindow, 2L * FewestBlocks * _options.BlockLength));

    private double PValue(double[] windows, double statistic) => (1.0 + windows.Count(value => value >= statistic)) / (windows.Length + 1.0);

    private List<FitDeviation> FindCauses(FeatureMeans window, double[] scores, double[] windows)
    {
        double[] means = [.. window.Sums.Select(sum => sum / window.TotalWeight)];
        return [.. Enumerable.Range(0, scores.Length)
            .Select(f => _features!.Describe(f, means, scores[f], PValue(windows, Math.Abs(scores[f]))))
            .Where(cause => cause.PValue <= _options.FalseAlarmRate)
            .OrderByDescending(cause => Math.Abs(cause.Score))];
    }

    /// <summary>Finds the level, and the means and deviations of the features, from a sample of the mixture.</summary>
    private void Calibrate(long count, CancellationToken cancellationToken)
    {
        int wanted = (int)Math.Min(LargestSample, Math.Max(SampleRows, 4 * count));
        if (_sampleCount >= wanted)
        {
            return;
        }

        _windows.Clear();
        _sampleCount = (wanted + RowsPerItem - 1) / RowsPerItem * RowsPerItem;
        ulong seed = SplitMix64.Derive(_options.Seed, 0);
        double[] densities = new double[_sampleCount];
        RowFeatures anyLevel = new(_mixture, double.NegativeInfinity, double.NegativeInfinity);
        ForEach(anyLevel, _sampleCount / RowsPerItem, seed, 1, (means, sampler, item) => means.DrawLogDensities(
            sampler, (long)item * RowsPerItem, densities, item * RowsPerItem, RowsPerItem), cancellationToken);
        Array.Sort(densities);
        _features = new RowFeatures(_mixture, densities[(int)(TailShare * _sampleCount)], densities[(int)(FarShare * _sampleCount)]);
        double[][] sums = new double[_sampleCount / RowsPerItem][];
        double[][] squares = new double[sums.Length][];
        ForEach(_features, sums.Length, seed, 1, (means, sampler, item) =>
        {
            squares[item] = new double[_features.Count];
            means.Draw(sampler, (long)item * RowsPerItem, RowsPerItem, squares[item]);
            sums[item] = (double[])means.Sums.Clone();
        }, cancellationToken);
        double[] expected = Mean(sums, _sampleCount);
        _features.Expected = expected;
        _deviations = [.. Mean(squares, _sampleCount).Zip(expected, (square, mean) => Math.Sqrt(Math.Max(0, square - (mean * mean))))];
    }

    private static double[] Mean(double[][] sums, double count)
    {
        double[] total = new double[sums[0].Length];
        foreach (double[] part in sums)
        {
            for (int f = 0; f < total.Length; f++)
            {
                total[f] += part[f] / count;
            }
        }

        return total;
    }

    /// <summary>The statistics of windows of the mixture itself.</summary>
    private double[] FindWindows(int size, CancellationToken cancellationToken)
    {
        if (_windows.TryGetValue(size, out double[]? known))
        {
            return known;
        }

        double[] statistics = new double[_options.ReplicateCount];
        ForEach(_features!, statistics.Length, SplitMix64.Derive(_options.Seed, (ulong)size), _options.BlockLength, (means, sampler, item) =>
        {
            means.Draw(sampler, (long)item * size, size);
            statistics[item] = Score(means, 1.0 / _sampleCount, new double[_features!.Count]);
        }, cancellationToken);
        return _windows[size] = statistics;
    }

    private void ForEach(
        RowFeatures features, int count, ulong seed, int blockLength, Action<FeatureMeans, MixtureSampler, int> work, CancellationToken cancellationToken)
    {
        using WorkerTeam team = new(Math.Min(_options.ThreadCount, count));
        FeatureMeans?[] means = new FeatureMeans?[team.ThreadCount];
        MixtureSampler?[] samplers = new MixtureSampler?[team.ThreadCount];
        team.Run(count, (thread, item) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            work(means[thread] ??= new FeatureMeans(features, blockLength), samplers[thread] ??= new MixtureSampler(_mixture, seed), item);
        });
    }

    /// <summary>The standardised scores of a window, and the largest of their absolute values.</summary>
    /// <param name="window">The window.</param>
    /// <param name="unknown">What is added to 1/n: variance of what is not known of the mixture, in units of that of one row.</param>
    /// <param name="scores">Overwritten.</param>
    private double Score(FeatureMeans window, double unknown, double[] scores)
    {
        double n = window.TotalWeight;
        double largest = 0;
        for (int f = 0; f < scores.Length; f++)
        {
            double inflation = Inflation(window, f);
            double mean = window.Sums[f] / n;
            double expected = _features!.Expected[f];
            scores[f] = _deviations[f] <= 1e-9 * Math.Max(1, Math.Abs(expected)) ? 0
                : f == _features.NewMass || f == _features.FarMass ? Math.Max(0, RootDeviance(mean, expected, n)) / Math.Sqrt(inflation * (1 + (n * unknown)))
                : (mean - expected) / (_deviations[f] * Math.Sqrt(inflation * ((1 / n) + unknown)));
            largest = Math.Max(largest, Math.Abs(scores[f]));
        }

        return largest;
    }

    /// <summary>By how much the means of blocks scatter more than those of independent rows.</summary>
    private double Inflation(FeatureMeans window, int feature)
    {
        if (_options.BlockLength == 1)
        {
            return 1;
        }

        double length = _options.BlockLength;
        double mean = window.Sums[feature] / window.TotalWeight;
        double variance = ((window.BlockSquares[feature] / (window.BlockCount * length)) - (length * mean * mean)) * window.BlockCount / (window.BlockCount - 1.0);
        return Math.Max(1, variance / (_deviations[feature] * _deviations[feature]));
    }

    /// <summary>The signed root of the deviance of a share: nearly normal also where few rows are expected.</summary>
    private static double RootDeviance(double share, double expected, double count)
    {
        double deviance = Term(share, expected) + Term(1 - share, 1 - expected);
        return Math.Sign(share - expected) * Math.Sqrt(Math.Max(0, 2 * count * deviance));

        static double Term(double observed, double of) => observed <= 0 ? 0 : observed * Math.Log(observed / of);
    }
}
