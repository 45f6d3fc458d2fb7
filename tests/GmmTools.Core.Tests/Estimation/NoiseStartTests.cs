using System;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Noise;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Where fits with noise begin, and the box in which noise is uniform.</summary>
public sealed class NoiseStartTests
{
    [Theory]
    [InlineData(2, 10)]
    [InlineData(2, 25)]
    [InlineData(5, 10)]
    public void Rows_with_near_neighbours_are_told_from_uniform_ones(int dimension, int neighbour)
    {
        // two clusters of 300 rows and 200 rows all over a box fifty times as wide
        SplitMix64 random = new(4);
        double[,] rows = new double[800, dimension];
        for (int i = 0; i < 800; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                rows[i, j] = i >= 600 ? 100 * (random.NextDouble() - 0.5) : random.NextNormal() + (i < 300 ? 10 : -15);
            }
        }

        double[] ones = [.. Enumerable.Repeat(1.0, dimension)];
        bool[] isNoise = NeighbourCleaning.Find(TestData.Observations(rows), ones, [neighbour], 2, CancellationToken.None)[0];
        Assert.Equal(isNoise, NeighbourCleaning.Find(TestData.Observations(rows), ones, [neighbour], 1, CancellationToken.None)[0]);
        Assert.Equal(isNoise, NeighbourCleaning.Find(TestData.Observations(rows), ones, [3, neighbour, 40], 2, CancellationToken.None)[1]);
        Assert.InRange(isNoise.Skip(600).Count(value => value), 185, 200);
        Assert.InRange(isNoise.Take(600).Count(value => value), 0, 30);
    }

    [Fact]
    public void Too_few_rows_have_no_noise_and_equal_rows_are_none()
    {
        Assert.DoesNotContain(true, NeighbourCleaning.Find(TestData.Observations(TestData.Column(1, 2, 3, 900)), [1], [10], 1, CancellationToken.None)[0]);
        double[,] equal = TestData.Column([.. Enumerable.Repeat(4.0, 40), 1, 9]);
        Assert.Equal(
            [.. Enumerable.Repeat(false, 40), true, true], NeighbourCleaning.Find(TestData.Observations(equal), [1], [10], 1, CancellationToken.None)[0]);
    }

    [Fact]
    public void The_box_is_the_smaller_one_and_holds_all_rows()
    {
        // a narrow band along a diagonal
        SplitMix64 random = new(8);
        double[,] rows = new double[500, 2];
        for (int i = 0; i < 500; i++)
        {
            double along = 10 * random.NextDouble();
            double across = random.NextDouble() - 0.5;
            rows[i, 0] = along - across;
            rows[i, 1] = 1000 * (along + across);
        }

        InMemoryObservations observations = TestData.Observations(rows);
        UniformBackground box = NoiseBox.Find(observations, new EmOptions { Noise = true }, null, 0, CancellationToken.None);
        Close.Relative(20 * 1000, Math.Exp(-box.LogDensity), 0.05, "volume");
        double[] edges = [.. box.Edges];
        double determinant = Math.Abs((edges[0] * edges[3]) - (edges[1] * edges[2]));
        Close.Relative(Math.Exp(-box.LogDensity), determinant, 1e-10, "volume of the edges");
        for (int i = 0; i < 500; i++)
        {
            // places along the edges, by Cramer's rule
            double x = rows[i, 0] - box.Centre[0];
            double y = rows[i, 1] - box.Centre[1];
            double signed = (edges[0] * edges[3]) - (edges[1] * edges[2]);
            Assert.InRange(((x * edges[3]) - (y * edges[2])) / signed, -0.5 - 1e-9, 0.5 + 1e-9);
            Assert.InRange(((y * edges[0]) - (x * edges[1])) / signed, -0.5 - 1e-9, 0.5 + 1e-9);
        }
    }

    [Fact]
    public void Where_columns_depend_on_each_other_the_box_lies_along_them()
    {
        double[,] rows = TestData.Map(new double[50, 2], (_, _) => 0);
        for (int i = 0; i < 50; i++)
        {
            rows[i, 0] = i;
            rows[i, 1] = 3 * i;
        }

        UniformBackground box = NoiseBox.Find(TestData.Observations(rows), new EmOptions { Noise = true }, null, 0, CancellationToken.None);
        Assert.Empty(box.Edges);
        Close.Relative(49 * 147, Math.Exp(-box.LogDensity), 1e-12, "volume");
    }
}
