using System;
using System.Linq;
using System.Runtime.Intrinsics;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Numerics.Vectors;
using Xunit;

namespace GmmTools.Core.Tests.Numerics;

/// <summary>Distances by every vector width agree with plain arithmetic, also where a width is emulated in software.</summary>
public sealed class DistanceKernelTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(31, 2)]
    [InlineData(32, 3)]
    [InlineData(500, 8)]
    [InlineData(333, 17)]
    public void Vector_kernels_agree_with_the_plain_kernel(int count, int dimension)
    {
        double[] points = Numbers(count * dimension, 1);
        AssertAgreement(new ScalarDistanceKernel(points, dimension), new VectorDistanceKernel<Vector512Operations, Vector512<double>>(points, dimension));
        AssertAgreement(new ScalarDistanceKernel(points, dimension), new VectorDistanceKernel<Vector256Operations, Vector256<double>>(points, dimension));
        AssertAgreement(new ScalarDistanceKernel(points, dimension), new VectorDistanceKernel<Vector128Operations, Vector128<double>>(points, dimension));
    }

    [Fact]
    public void Of_centres_at_the_same_distance_the_first_is_the_nearest()
    {
        DistanceKernel kernel = DistanceKernel.Create([0, 1, 2, 3], 1);
        double[] labels = new double[kernel.PaddedCount];
        kernel.Nearest([1.5, 1.5, -1.5], labels);
        Assert.Equal([0, 0, 0, 0], labels[..4]);
    }

    private static void AssertAgreement(DistanceKernel expected, DistanceKernel actual)
    {
        double[] weights = new double[expected.PaddedCount];
        Numbers(expected.Count, 2).CopyTo(weights, 0);
        double[] nearestExpected = new double[expected.PaddedCount];
        double[] nearestActual = new double[expected.PaddedCount];
        double[]? soFar = null;
        for (int centre = 0; centre < 3; centre++)
        {
            double[] place = Numbers(expected.Dimension, 3 + (ulong)centre);
            double sum = expected.Distances(place, weights, soFar, nearestExpected);
            Assert.Equal(1, actual.Distances(place, weights, soFar is null ? null : nearestActual, nearestActual) / sum, 1e-12);
            AssertClose(nearestExpected, nearestActual);
            soFar = nearestExpected;
        }

        double[] centres = Numbers(7 * expected.Dimension, 9);
        expected.Nearest(centres, nearestExpected);
        actual.Nearest(centres, nearestActual);
        Assert.Equal(nearestExpected[..expected.Count], nearestActual[..expected.Count]);
    }

    private static void AssertClose(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * Math.Max(1e-3, Math.Abs(pair.First))));

    private static double[] Numbers(int count, ulong seed)
    {
        SplitMix64 random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())];
    }
}
