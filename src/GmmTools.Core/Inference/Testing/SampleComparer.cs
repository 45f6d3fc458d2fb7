using System;
using System.Collections.Generic;
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
public sealed class SampleComparer(int replicateCount, ulong seed, int threadCount)
{
    /// <summary>With so many replicates as large as the observed value, a p-value is known to a tenth of itself.</summary>
    private const int EnoughExceeding = 100;

    /// <summary>Sums of the same rows in another order differ by rounding.</summary>
    private const double Rounding = 1e-9;

    private const double Level = 0.95;

    /// <summary>Compares pairs of samples, and adjusts the p-values for their number.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The differences, in the same order.</returns>
    public IReadOnlyList<SampleDifference> Compare(
        IReadOnlyList<(WeightedValues Reference, WeightedValues Sample)> pairs, CancellationToken cancellationToken)
    {
        _ = pairs ?? throw new ArgumentNullException(nameof(pairs));
        SampleDifference[] differences = new SampleDifference[pairs.Count];
        FitPool pool = new(threadCount);
        for (int i = 0; i < pairs.Count; i++)
        {
            int place = i;
            pool.Add(FormattableString.Invariant($"{i}"), [], context => differences[place] = Compare(
                pairs[place].Reference, pairs[place].Sample, SplitMix64.Derive(seed, (ulong)place), cancellationToken));
        }

        pool.Run(cancellationToken);
        double[] adjusted = FalseDiscoveryRate.Adjust([.. differences.Select(difference => difference.PValue)]);
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i].AdjustedPValue = adjusted[i];
        }

        return differences;
    }

    private SampleDifference Compare(WeightedValues reference, WeightedValues sample, ulong ownSeed, CancellationToken cancellationToken)
    {
        SampleDifference difference = new()
        {
            ReferenceCount = reference.TotalWeight,
            Count = sample.TotalWeight,
            ReferenceMean = reference.Mean(),
            Mean = sample.Mean(),
        };
        int before = reference.Values.Count;
        int after = sample.Values.Count;
        if (before < 2 || after < 2)
        {
            difference.Note = before == 0 ? "not in the reference" : after == 0 ? "in the reference only" : "fewer than 2 rows";
            return difference;
        }

        double first = reference.SquaredError();
        double second = sample.SquaredError();
        double error = Math.Sqrt(first + second);
        difference.StandardError = error;
        double freedom = error == 0 ? 1
            : 1 / ((first / (first + second) * (first / (first + second)) / (before - 1)) + (second / (first + second) * (second / (first + second)) / (after - 1)));
        double reach = error == 0 ? 0 : error * StudentT.InvCDF(0, 1, freedom, 0.5 * (1 + Level));
        difference.Lower = difference.Difference - reach;
        difference.Upper = difference.Difference + reach;
        difference.PValue = Permute(reference, sample, ownSeed, cancellationToken);
        return difference;
    }

    private double Permute(WeightedValues reference, WeightedValues sample, ulong ownSeed, CancellationToken cancellationToken)
    {
        // the smaller sample comes first: only its rows are drawn
        (WeightedValues small, WeightedValues large) = reference.Values.Count <= sample.Values.Count ? (reference, sample) : (sample, reference);
        double[] values = [.. small.Values, .. large.Values];
        double[] weights = [.. small.Weights, .. large.Weights];
        double center = values.Select(value => value / values.Length).Sum();
        double scale = values.Max(value => Math.Abs(value - center));
        if (scale == 0)
        {
            return 1;
        }

        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (values[i] - center) / scale;
        }

        int size = small.Values.Count;
        Sums all = Sums.Of(values, weights, values.Length);
        double observed = Statistic(Sums.Of(values, weights, size), all) * (1 - Rounding);
        SplitMix64 random = new(ownSeed);
        int exceeding = 0;
        for (int replicate = 1; replicate <= replicateCount; replicate++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int i = 0; i < size; i++)
            {
                int j = i + random.NextIndex(values.Length - i);
                (values[i], values[j]) = (values[j], values[i]);
                (weights[i], weights[j]) = (weights[j], weights[i]);
            }

            exceeding += Statistic(Sums.Of(values, weights, size), all) >= observed ? 1 : 0;
            if (exceeding == EnoughExceeding && replicate < replicateCount)
            {
                return (double)exceeding / replicate;
            }
        }

        return (exceeding + 1.0) / (replicateCount + 1.0);
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

        public static Sums Of(double[] values, double[] weights, int count)
        {
            double weight = 0, first = 0, squaredWeight = 0, squaredFirst = 0, second = 0;
            for (int i = 0; i < count; i++)
            {
                double w = weights[i];
                double x = values[i];
                weight += w;
                first += w * x;
                squaredWeight += w * w;
                squaredFirst += w * w * x;
                second += w * w * x * x;
            }

            return new Sums(count, weight, first, squaredWeight, squaredFirst, second);
        }

        public Sums Less(Sums other) => new(
            Count - other.Count, Weight - other.Weight, First - other.First, SquaredWeight - other.SquaredWeight, SquaredFirst - other.SquaredFirst, Second - other.Second);
    }
}
