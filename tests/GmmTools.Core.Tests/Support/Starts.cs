using System;
using System.Linq;
using GmmTools.Mixtures;

namespace GmmTools.Core.Tests.Support;

/// <summary>Deterministic starts, so that a test controls where EM begins.</summary>
internal static class Starts
{
    /// <summary>
    /// K components of equal weight: means at rows at equal steps through the order of the first column, covariances a K-th of the
    /// columns' variances along the axes (of their mean for all columns when spherical), so that every covariance model holds.
    /// </summary>
    public static GaussianMixture Spread(double[,] rows, int componentCount, bool spherical = false)
    {
        int count = rows.GetLength(0);
        int dimension = rows.GetLength(1);
        int[] order = [.. Enumerable.Range(0, count).OrderBy(i => rows[i, 0])];
        double[] variances = [.. Enumerable.Range(0, dimension).Select(j => Variance(rows, j) / componentCount)];
        double mean = variances.Average();
        double[][] means = [.. Enumerable.Range(0, componentCount)
            .Select(k => TestData.Row(rows, order[((2 * k) + 1) * count / (2 * componentCount)]))];
        return GaussianMixture.Create(
            EqualWeights(componentCount),
            means,
            [.. means.Select(_ => Diagonal([.. variances.Select(variance => spherical ? mean : variance)]))]);
    }

    public static double[] EqualWeights(int componentCount) => [.. Enumerable.Repeat(1.0 / componentCount, componentCount)];

    public static double[,] Diagonal(params double[] variances)
    {
        double[,] matrix = new double[variances.Length, variances.Length];
        for (int j = 0; j < variances.Length; j++)
        {
            matrix[j, j] = variances[j];
        }

        return matrix;
    }

    /// <summary>The image of a mixture under x ↦ scale·x + shift, column by column.</summary>
    public static GaussianMixture Map(GaussianMixture mixture, double[] scale, double shift) => GaussianMixture.Create(
        [.. mixture.Components.Select(component => component.Weight)],
        [.. mixture.Components.Select(component => component.Mean.Select((mean, j) => (scale[j] * mean) + shift).ToArray())],
        [.. mixture.Components.Select(component => Scale(component.Covariance, scale))]);

    /// <summary>The same components in another order.</summary>
    public static GaussianMixture Permute(GaussianMixture mixture, int[] order) => GaussianMixture.Create(
        [.. order.Select(k => mixture.Components[k].Weight)],
        [.. order.Select(k => mixture.Components[k].Mean)],
        [.. order.Select(k => mixture.Components[k].Covariance)]);

    private static double[,] Scale(double[,] covariance, double[] scale)
    {
        double[,] scaled = new double[scale.Length, scale.Length];
        for (int i = 0; i < scale.Length; i++)
        {
            for (int j = 0; j < scale.Length; j++)
            {
                scaled[i, j] = covariance[i, j] * (scale[i] * scale[j]);
            }
        }

        return scaled;
    }

    private static double Variance(double[,] rows, int column)
    {
        double[] values = [.. Enumerable.Range(0, rows.GetLength(0)).Select(i => rows[i, column])];
        double mean = values.Average();
        return values.Average(value => Math.Pow(value - mean, 2));
    }
}
