using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using GmmTools.Numerics;
using GmmTools.Selection;
using MathNet.Numerics.Distributions;

namespace GmmTools.Inference.Testing;

/// <summary>
/// Compares the means of pairs of samples by permutation of Welch's statistic: exact where rows are exchangeable, and right in large samples where only the
/// means are equal (Janssen, Statistics and Probability Letters 36 (1997) 9-21). A test ends early when so many replicates are as large that the p-value is
/// known well enough, and p is then h/l (Besag and Clifford, Biometrika 78 (1991) 301-304), which holds its level too.
/// </summary>
/// <param name="replicateCount">The most permutations of a comparison.</param>
/// <param name="seed">Seed of the permutations.</param>
/// <param name="threadCount">The most threads to use; the result does not depend on it.</param>
/// <param name="timeLimit">Time after which the permutations that there are have to do; null for no limit.</param>
/// <param name="progress">Called when a comparison is done, from any thread; must be quick. Or null.</param>
internal sealed class SampleComparer(
    int replicateCount, ulong seed, int threadCount, TimeSpan? timeLimit = null, Action<FitPoolProgress>? progress = null)
{
    /// <summary>With so many replicates as large as the observed value, a p-value is known to a tenth of itself.</summary>
    private const int EnoughExceeding = 100;

    /// <summary>Sums of the same rows in another order differ by rounding.</summary>
    private const double Rounding = 1e-9;

    private const double Level = 0.95;

    /// <summary>Pairs that are listed at a time.</summary>
    private const int ListSize = 1024;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private int _unfinishedCount;

    /// <summary>Number of comparisons that the time limit ended.</summary>
    public int UnfinishedCount => _unfinishedCount;

    /// <summary>Whether there are enough rows on both sides for a test.</summary>
    /// <param name="pair">A pair of samples.</param>
    public static bool IsComparable((WeightedValues Reference, WeightedValues Sample) pair) => pair.Reference.Count >= 2 && pair.Sample.Count >= 2;

    /// <summary>Compares pairs of samples, and adjusts the p-values for their number.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The differences, in the same order.</returns>
    public IReadOnlyList<SampleDifference> Compare(
        IReadOnlyList<(WeightedValues Reference, WeightedValues Sample)> pairs, CancellationToken cancellationToken)
    {
        SampleDifference[] differences = new SampleDifference[pairs.Count];
        for (int first = 0; first < pairs.Count; first += ListSize)
        {
            int before = first;
            FitPool pool = new(threadCount, null, progress is null ? null : done => progress(new FitPoolProgress(before + done.Done, pairs.Count, done.Latest)));
            for (int i = first; i < Math.Min(pairs.Count, first + ListSize); i++)
            {
                int place = i;
                pool.Add(FormattableString.Invariant($"{i + 1}"), [], context => differences[place] = Compare(
                    pairs[place], SplitMix64.Derive(seed, (ulong)place), context.CancellationToken));
            }

            pool.Run(cancellationToken);
        }

        double[] adjusted = FalseDiscoveryRate.Adjust([.. differences.Select(difference => difference.PValue)]);
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i].AdjustedPValue = adjusted[i];
        }

        return differences;
    }

    private SampleDifference Compare((WeightedValues Reference, WeightedValues Sample) pair, ulong ownSeed, CancellationToken cancellationToken)
    {
        (WeightedValues reference, WeightedValues sample) = pair;
        SampleDifference difference = new()
        {
            ReferenceRowCount = reference.TotalWeight,
            RowCount = sample.TotalWeight,
            ReferenceMean = reference.Mean(),
            Mean = sample.Mean(),
            ReferenceMedian = reference.Median(),
            Median = sample.Median(),
        };
        if (!IsComparable(pair))
        {
            difference.Note = reference.Count == 0 ? "no reference" : sample.Count == 0 ? "no rows" : "too few rows";
            return difference;
        }

        AddInterval(difference, reference, sample);
        difference.PValue = Permute(reference, sample, ownSeed, cancellationToken);
        return difference;
    }

    /// <summary>The interval of Welch, with the degrees of freedom of Satterthwaite.</summary>
    private static void AddInterval(SampleDifference difference, WeightedValues reference, WeightedValues sample)
    {
        double first = reference.SquaredError();
        double second = sample.SquaredError();
        double error = Math.Sqrt(first + second);
        double share = error == 0 ? 0 : first / (first + second);
        double freedom = error == 0 ? 1 : 1 / ((share * share / (reference.Count - 1)) + ((1 - share) * (1 - share) / (sample.Count - 1)));
        double reach = error == 0 ? 0 : error * StudentT.InvCDF(0, 1, freedom, 0.5 * (1 + Level));
        difference.StandardError = error;
        difference.Lower = difference.Difference - reach;
        difference.Upper = difference.Difference + reach;
    }

    private double Permute(WeightedValues reference, WeightedValues sample, ulong ownSeed, CancellationToken cancellationToken)
    {
        // the smaller sample comes first: only its rows are drawn
        (WeightedValues small, WeightedValues large) = reference.Count <= sample.Count ? (reference, sample) : (sample, reference);
        (double Value, double Weight)[] rows = [.. small.Rows, .. large.Rows];
        double center = rows.Select(row => row.Value / rows.Length).Sum();
        double scale = rows.Max(row => Math.Abs(row.Value - center));
        if (scale == 0)
        {
            return 1;
        }

        for (int i = 0; i < rows.Length; i++)
        {
            rows[i].Value = (rows[i].Value - center) / scale;
        }

        int size = small.Count;
        Sums all = Sums.Of(rows, rows.Length);
        double observed = Statistic(Sums.Of(rows, size), all) * (1 - Rounding);
        SplitMix64 random = new(ownSeed);
        int exceeding = 0;
        int replicate = 0;
        while (replicate < replicateCount)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_watch.Elapsed > timeLimit)
            {
                Interlocked.Increment(ref _unfinishedCount);
                break;
            }

            for (int i = 0; i < size; i++)
            {
                int j = i + random.NextIndex(rows.Length - i);
                (rows[i], rows[j]) = (rows[j], rows[i]);
            }

            replicate++;
            exceeding += Statistic(Sums.Of(rows, size), all) >= observed ? 1 : 0;
            if (exceeding == EnoughExceeding && replicate < replicateCount)
            {
                return (double)exceeding / replicate;
            }
        }

        return (exceeding + 1.0) / (replicate + 1.0);
    }

    /// <summary>The squared difference of the means by its squared standard error.</summary>
    private static double Statistic(Sums part, Sums all)
    {
        Sums rest = all.Less(part);
        double difference = part.Mean - rest.Mean;
        double error = part.SquaredError + rest.SquaredError;

        // what is left of equal values by rounding is no scatter
        return difference * difference / Math.Max(error, 1e-24);
    }

    /// <summary>Sums over rows, by which their mean and its standard error are known.</summary>
    private readonly record struct Sums(int Count, double Weight, double First, double SquaredWeight, double SquaredFirst, double Second)
    {
        public double Mean => First / Weight;

        public double SquaredError => Math.Max(0, Second - (2 * Mean * SquaredFirst) + (Mean * Mean * SquaredWeight))
            / (Weight * Weight) * Count / (Count - 1.0);

        public static Sums Of((double Value, double Weight)[] rows, int count)
        {
            double weight = 0, first = 0, squaredWeight = 0, squaredFirst = 0, second = 0;
            for (int i = 0; i < count; i++)
            {
                (double x, double w) = rows[i];
                double product = w * x;
                weight += w;
                first += product;
                squaredWeight += w * w;
                squaredFirst += w * product;
                second += product * product;
            }

            return new Sums(count, weight, first, squaredWeight, squaredFirst, second);
        }

        public Sums Less(Sums other) => new(
            Count - other.Count, Weight - other.Weight, First - other.First, SquaredWeight - other.SquaredWeight, SquaredFirst - other.SquaredFirst, Second - other.Second);
    }
}
