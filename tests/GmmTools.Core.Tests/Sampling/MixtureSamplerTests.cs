using System;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Sampling;
using MathNet.Numerics.Distributions;
using Xunit;

namespace GmmTools.Core.Tests.Sampling;

/// <summary>Drawn rows have the mixture's moments and shares, and depend on the seed alone. Bounds are five standard errors.</summary>
public sealed class MixtureSamplerTests
{
    private const int Count = 200_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_component_has_its_share_mean_and_covariance(int dimension)
    {
        GaussianMixture mixture = RandomMixture.Draw(3, dimension, 10, 4);
        double[] values = new double[Count * dimension];
        int[] components = new int[Count];
        new MixtureSampler(mixture, 5).Draw(0, Count, values, components);
        foreach (GaussianComponent component in mixture.Components)
        {
            int[] rows = [.. Enumerable.Range(0, Count).Where(i => components[i] == component.Component)];
            double share = rows.Length / (double)Count;
            double shareError = Math.Sqrt(component.Weight * (1 - component.Weight) / Count);
            Close.Absolute(component.Weight, share, 5 * shareError, "share");
            AssertMoments(component, rows, values, dimension);
        }
    }

    [Fact]
    public void Rows_do_not_depend_on_how_many_are_drawn_at_a_time()
    {
        GaussianMixture mixture = RandomMixture.Draw(3, 3, 10, 6);
        double[] whole = new double[1000 * 3];
        int[] components = new int[1000];
        new MixtureSampler(mixture, 7).Draw(0, 1000, whole, components);
        MixtureSampler sampler = new(mixture, 7);
        int first = 0;
        foreach (int count in new[] { 1, 2, 3, 5, 8, 13, 64, 100, 804 })
        {
            double[] part = new double[count * 3];
            int[] partComponents = new int[count];
            sampler.Draw(first, count, part, partComponents);
            Assert.Equal(components[first..(first + count)], partComponents);

            // the vectorised normals and the scalar ones of the last few differ in the last bits
            Close.AllRelative(whole[(first * 3)..((first + count) * 3)], part, 1e-13, "rows");
            first += count;
        }

        Assert.Equal(1000, first);
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        GaussianMixture mixture = RandomMixture.Draw(2, 2, 10, 8);
        Assert.Equal(new MixtureSampler(mixture, 1).DrawMatrix(50), new MixtureSampler(mixture, 1).DrawMatrix(50));
        Assert.NotEqual(new MixtureSampler(mixture, 1).DrawMatrix(50), new MixtureSampler(mixture, 2).DrawMatrix(50));
    }

    [Fact]
    public void A_matrix_holds_the_rows_that_are_drawn_one_by_one()
    {
        GaussianMixture mixture = RandomMixture.Draw(2, 3, 10, 9);
        double[,] matrix = new MixtureSampler(mixture, 3).DrawMatrix(5000);
        MixtureSampler sampler = new(mixture, 3);
        double[] row = new double[3];
        foreach (int i in new[] { 0, 1, 4095, 4096, 4999 })
        {
            sampler.Draw(i, 1, row, null);
            Close.AllRelative(row, TestData.Row(matrix, i), 1e-13, "row");
        }
    }

    [Fact]
    public void Single_columns_are_normal_by_Kolmogorov_and_Smirnov()
    {
        const int Rows = 100_000;
        GaussianMixture mixture = GaussianMixture.Create([1], [[3]], [Starts.Diagonal(4)]);
        double[,] rows = new MixtureSampler(mixture, 10).DrawMatrix(Rows);
        double[] sorted = [.. Enumerable.Range(0, Rows).Select(i => rows[i, 0]).Order()];
        double distance = 0;
        for (int i = 0; i < Rows; i++)
        {
            double expected = Normal.CDF(3, 2, sorted[i]);
            distance = Math.Max(distance, Math.Max(Math.Abs(expected - (i / (double)Rows)), Math.Abs(expected - ((i + 1) / (double)Rows))));
        }

        // 1.95/√n is exceeded by chance once in a thousand; the seed is fixed
        Assert.InRange(distance * Math.Sqrt(Rows), 0.2, 1.95);
    }

    [Fact]
    public void Tails_are_as_heavy_as_they_should_be()
    {
        const int Rows = 1_000_000;
        GaussianMixture mixture = GaussianMixture.Create([1], [[0, 0]], [Starts.Diagonal(1, 1)]);
        double[] values = new double[Rows * 2];
        new MixtureSampler(mixture, 11).Draw(0, Rows, values, null);
        foreach (double bound in new[] { 1.0, 2, 3, 4 })
        {
            double expected = 2 * Rows * Normal.CDF(0, 1, -bound);
            Close.Absolute(expected, values.Count(value => value > bound), 5 * Math.Sqrt(expected), "above");
            Close.Absolute(expected, values.Count(value => value < -bound), 5 * Math.Sqrt(expected), "below");
        }
    }

    [Fact]
    public void Neighbouring_rows_and_columns_are_uncorrelated()
    {
        GaussianMixture mixture = GaussianMixture.Create([1], [[0, 0, 0]], [Starts.Diagonal(1, 1, 1)]);
        double[] values = new double[Count * 3];
        new MixtureSampler(mixture, 12).Draw(0, Count, values, null);
        foreach (int lag in new[] { 1, 2, 3, 4, 6, 8, 16, 24 })
        {
            double sum = 0;
            for (int i = lag; i < values.Length; i++)
            {
                sum += values[i] * values[i - lag];
            }

            Close.Absolute(0, sum / values.Length, 5 / Math.Sqrt(values.Length), FormattableString.Invariant($"correlation at lag {lag}"));
        }
    }

    [Fact]
    public void Wrong_calls_are_refused()
    {
        MixtureSampler sampler = new(RandomMixture.Draw(1, 2, 1, 1), 1);
        Assert.Throws<ArgumentException>(() => sampler.Draw(0, 10, new double[19], null));
        Assert.Throws<OperationCanceledException>(() => sampler.DrawMatrix(10, new CancellationToken(true)));
        Assert.Equal(0, sampler.DrawMatrix(0).GetLength(0));
    }

    private static void AssertMoments(GaussianComponent component, int[] rows, double[] values, int dimension)
    {
        for (int i = 0; i < dimension; i++)
        {
            double mean = rows.Average(row => values[(row * dimension) + i]);
            Close.Absolute(component.Mean[i], mean, 5 * component.StandardDeviation[i] / Math.Sqrt(rows.Length), "mean");
            for (int j = 0; j <= i; j++)
            {
                double covariance = rows.Average(
                    row => (values[(row * dimension) + i] - component.Mean[i]) * (values[(row * dimension) + j] - component.Mean[j]));
                double[,] sigma = component.Covariance;
                double error = Math.Sqrt(((sigma[i, i] * sigma[j, j]) + (sigma[i, j] * sigma[i, j])) / rows.Length);
                Close.Absolute(sigma[i, j], covariance, 5 * error, "covariance");
            }
        }
    }
}
