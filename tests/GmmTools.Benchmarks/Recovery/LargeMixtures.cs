using System;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Benchmarks.Recovery;

/// <summary>Mixtures of many components, drawn at random.</summary>
internal static class LargeMixtures
{
    /// <summary>Half the width of the interval of the means, as New-GaussianMixture -Random has it.</summary>
    private const double Range = 10;

    /// <summary>Distance from a centre to the nearest other, in standard deviations, for half of the components.</summary>
    private const double NearDistance = 3;
    private const double FarDistance = 6;

    /// <summary>The largest weight over the smallest, and the largest volume per axis over the smallest.</summary>
    private const double WeightRatio = 20;
    private const double SpreadRatio = 10;

    /// <summary>Degrees of freedom per column of covariances that are not far from round.</summary>
    private const int FreedomPerColumn = 4;

    /// <summary>What can be drawn: the mixtures of New-GaussianMixture -Random, clusters that overlap, clusters of very different size.</summary>
    public static string[] Kinds { get; } = ["random", "overlapping", "sizes"];

    /// <summary>Draws a mixture of a kind.</summary>
    public static GaussianMixture Draw(string kind, int componentCount, int dimension, ulong seed) => kind switch
    {
        "random" => RandomMixture.Draw(componentCount, dimension, Range, seed),
        "overlapping" => Draw(componentCount, dimension, seed, NearDistance, 1, 1),
        "sizes" => Draw(componentCount, dimension, seed, FarDistance, WeightRatio, SpreadRatio),
        _ => throw new ArgumentException($"There is no kind '{kind}'.", nameof(kind)),
    };

    private static GaussianMixture Draw(
        int componentCount, int dimension, ulong seed, double distance, double weightRatio, double spreadRatio)
    {
        SplitMix64 random = new(seed);
        double[][] means = [.. Enumerable.Range(0, componentCount).Select(_ => Enumerable.Range(0, dimension).Select(_ => random.NextDouble()).ToArray())];
        double scale = distance / MedianNearestDistance(means);
        double[] weights = new double[componentCount];
        double[][,] covariances = new double[componentCount][,];
        for (int k = 0; k < componentCount; k++)
        {
            means[k] = [.. means[k].Select(x => scale * x)];
            weights[k] = Math.Pow(weightRatio, -random.NextDouble());
            covariances[k] = DrawCovariance(dimension, Math.Pow(spreadRatio, random.NextDouble() - 0.5), random);
        }

        double sum = weights.Sum();
        return GaussianMixture.Create([.. weights.Select(weight => weight / sum)], means, covariances);
    }

    /// <summary>The median over the points of the distance to the nearest other.</summary>
    private static double MedianNearestDistance(double[][] points) => points
        .Select(point => points.Where(other => other != point).Min(other => Math.Sqrt(point.Zip(other, (x, y) => (x - y) * (x - y)).Sum())))
        .Order().ElementAt(points.Length / 2);

    /// <summary>The covariance of a few normal vectors of the given variance.</summary>
    private static double[,] DrawCovariance(int dimension, double variance, SplitMix64 random)
    {
        int freedom = FreedomPerColumn * (dimension + 1);
        double[,] covariance = new double[dimension, dimension];
        double[] vector = new double[dimension];
        for (int n = 0; n < freedom; n++)
        {
            for (int i = 0; i < dimension; i++)
            {
                vector[i] = random.NextNormal();
                for (int j = 0; j <= i; j++)
                {
                    covariance[i, j] += variance * vector[i] * vector[j] / freedom;
                    covariance[j, i] = covariance[i, j];
                }
            }
        }

        return covariance;
    }
}
