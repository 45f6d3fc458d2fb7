using System;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Scoring;

namespace GmmTools.Benchmarks.Drift;

/// <summary>The tests that others use for the same question.</summary>
internal static class DriftPeers
{
    private const int Permutations = 199;

    /// <summary>Kolmogorov and Smirnov's test of each column against the known baseline; the smallest p-value times the number of columns.</summary>
    /// <param name="marginals">The baseline's columns.</param>
    /// <param name="window">n × d.</param>
    public static double KolmogorovSmirnov(UnivariateMixture[] marginals, double[,] window)
    {
        int n = window.GetLength(0);
        double least = 1;
        for (int j = 0; j < marginals.Length; j++)
        {
            double[] values = [.. Enumerable.Range(0, n).Select(i => window[i, j]).OrderBy(value => value)];
            double distance = Enumerable.Range(0, n).Max(i =>
            {
                double cdf = marginals[j].Cdf(values[i]);
                return Math.Max(cdf - ((double)i / n), ((i + 1.0) / n) - cdf);
            });

            // Stephens' approximation of the distribution
            double scaled = distance * (Math.Sqrt(n) + 0.12 + (0.11 / Math.Sqrt(n)));
            double tail = 2 * Enumerable.Range(1, 100).Sum(k => (k % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * k * k * scaled * scaled));
            least = Math.Min(least, Math.Clamp(tail, 0, 1));
        }

        return Math.Min(1, least * marginals.Length);
    }

    /// <summary>The energy test of two samples (Székely and Rizzo 2004), by permutation; columns are divided by their deviation in the baseline.</summary>
    public static double Energy(GaussianMixture baseline, double[,] reference, double[,] window, ulong seed)
    {
        int n = window.GetLength(0);
        int all = n + reference.GetLength(0);
        float[,] distances = Distances(baseline, reference, window);
        int[] order = [.. Enumerable.Range(0, all)];
        double observed = Between(distances, order, n);
        ulong state = SplitMix64.StreamStart(seed);
        int atLeast = 0;
        for (int replicate = 0; replicate < Permutations; replicate++)
        {
            for (int i = all - 1; i > 0; i--)
            {
                state = unchecked(state + SplitMix64.Increment);
                int other = (int)(SplitMix64.ToUnitInterval(SplitMix64.Mix(state)) * (i + 1));
                (order[i], order[other]) = (order[other], order[i]);
            }

            atLeast += Between(distances, order, n) >= observed ? 1 : 0;
        }

        return (atLeast + 1.0) / (Permutations + 1.0);
    }

    private static float[,] Distances(GaussianMixture baseline, double[,] reference, double[,] window)
    {
        int n = window.GetLength(0);
        int all = n + reference.GetLength(0);
        int d = baseline.Dimension;
        double[] deviations = [.. Enumerable.Range(0, d).Select(j => Math.Sqrt(baseline.Components.Sum(of => of.Weight * (of.Covariance[j, j] + (of.Mean[j] * of.Mean[j])))
            - Math.Pow(baseline.Components.Sum(of => of.Weight * of.Mean[j]), 2)))];
        double At(int row, int j) => (row < n ? window[row, j] : reference[row - n, j]) / deviations[j];
        float[,] distances = new float[all, all];
        for (int i = 0; i < all; i++)
        {
            for (int other = 0; other < i; other++)
            {
                double sum = 0;
                for (int j = 0; j < d; j++)
                {
                    double difference = At(i, j) - At(other, j);
                    sum += difference * difference;
                }

                distances[i, other] = distances[other, i] = (float)Math.Sqrt(sum);
            }
        }

        return distances;
    }

    private static double Between(float[,] distances, int[] order, int n)
    {
        int all = order.Length;
        double across = 0;
        double within = 0;
        double others = 0;
        for (int i = 0; i < all; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double distance = distances[order[i], order[j]];
                _ = i < n ? within += distance : j >= n ? others += distance : across += distance;
            }
        }

        double m = all - n;
        return (2 * across / (n * m)) - (2 * within / ((double)n * n)) - (2 * others / (m * m));
    }
}
