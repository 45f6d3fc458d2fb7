using System;

namespace GmmTools.Numerics;

/// <summary>Why numbers cannot be the statistics of rows. Statistics that others wrote are checked before anything is estimated from them.</summary>
internal sealed class StatisticsFault
{
    /// <summary>How far sums may be apart that are equal but for rounding, relative to the whole.</summary>
    private const double RoundingShare = 1e-6;

    /// <summary>By how much an eigenvalue may be below 0 by rounding, where variances are scaled to 1.</summary>
    private const double EigenvalueRounding = 1e-8;

    /// <summary>A component of less weight has moments that are mostly rounding.</summary>
    private const double MinWeight = 1e-8;

    private StatisticsFault(string member, int component, string what)
    {
        Member = member;
        Component = component;
        What = what;
    }

    /// <summary>Which of the sums is wrong, by its name in a file.</summary>
    public string Member { get; }

    /// <summary>The component, from 0; -1 for a sum over all of them.</summary>
    public int Component { get; }

    /// <summary>What is wrong with it, and what is expected.</summary>
    public string What { get; }

    /// <summary>The first fault; null where the numbers can be statistics.</summary>
    /// <param name="statistics">The statistics, all finite.</param>
    public static StatisticsFault? Find(SufficientStatistics statistics)
    {
        if (!(statistics.TotalWeight > 0))
        {
            return new StatisticsFault("total_weight", -1, FormattableString.Invariant($"is {statistics.TotalWeight:R}, but a total weight must be more than 0"));
        }

        double sum = statistics.BackgroundWeight;
        if (!(sum >= 0))
        {
            return new StatisticsFault("background_weight", -1, FormattableString.Invariant($"is {sum:R}, but a weight must be at least 0"));
        }

        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            double weight = statistics.Weights[k];
            if (!(weight >= 0))
            {
                return new StatisticsFault("weights", k, FormattableString.Invariant($"is {weight:R}, but a weight must be at least 0"));
            }

            sum += weight;
        }

        return Math.Abs(sum - statistics.TotalWeight) <= RoundingShare * statistics.TotalWeight
            ? FindInMoments(statistics)
            : new StatisticsFault(
                "weights", -1, FormattableString.Invariant($"sum to {sum:R}, but the total weight is {statistics.TotalWeight:R}"));
    }

    /// <inheritdoc/>
    public override string ToString() => Component < 0 ? $"{Member} {What}" : FormattableString.Invariant($"{Member}[{Component}] {What}");

    private static StatisticsFault? FindInMoments(SufficientStatistics statistics)
    {
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            int offset = k * statistics.ScatterLength;
            for (int j = 0; j < statistics.Dimension; j++)
            {
                double scatter = statistics.Scatters[offset + (statistics.Shape == CovarianceShape.Full ? PackedMatrix.Index(j, j) : j)];
                if (!(scatter >= 0))
                {
                    return new StatisticsFault(
                        "scatters", k, FormattableString.Invariant($"has {scatter:R} for column {j + 1}, but a sum of squares must be at least 0"));
                }
            }

            if (statistics.MomentWeight(k) >= MinWeight && !CanBeMoments(statistics, k))
            {
                return new StatisticsFault(
                    "scatters",
                    k,
                    "is not positive semidefinite about the mean of the component, but a sum of products of rows must be");
            }
        }

        return null;
    }

    /// <summary>Whether the matrix of the weight, the first moments and the scatter, a sum of (1, x)(1, x)ᵀ, is positive semidefinite.</summary>
    private static bool CanBeMoments(SufficientStatistics statistics, int component)
    {
        int d = statistics.Dimension;
        double weight = statistics.MomentWeight(component);
        int scatters = component * statistics.ScatterLength;
        int moments = component * d;
        if (statistics.Shape == CovarianceShape.Diagonal)
        {
            for (int j = 0; j < d; j++)
            {
                // dividing first keeps large and small squares finite
                double moment = Math.Abs(statistics.FirstMoments[moments + j]);
                if (!(moment <= (1 + EigenvalueRounding) * Math.Sqrt(weight) * Math.Sqrt(statistics.Scatters[scatters + j])))
                {
                    return false;
                }
            }

            return true;
        }

        double[] scale = new double[d + 1];
        double[] matrix = new double[PackedMatrix.Length(d + 1)];
        scale[0] = Math.Sqrt(weight);
        matrix[0] = 1 + EigenvalueRounding;
        for (int i = 0; i < d; i++)
        {
            double root = Math.Sqrt(statistics.Scatters[scatters + PackedMatrix.Index(i, i)]);
            scale[i + 1] = root > 0 ? root : 1;
            matrix[PackedMatrix.Index(i + 1, 0)] = statistics.FirstMoments[moments + i] / scale[0] / scale[i + 1];
            for (int j = 0; j <= i; j++)
            {
                matrix[PackedMatrix.Index(i + 1, j + 1)] = statistics.Scatters[scatters + PackedMatrix.Index(i, j)] / scale[i + 1] / scale[j + 1];
            }

            matrix[PackedMatrix.Index(i + 1, i + 1)] += EigenvalueRounding;
        }

        return PackedMatrix.TryCholesky(matrix, 0, matrix, 0, d + 1);
    }
}
