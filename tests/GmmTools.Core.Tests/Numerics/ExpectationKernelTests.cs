using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Numerics.Vectors;
using GmmTools.Sampling;
using Xunit;

namespace GmmTools.Core.Tests.Numerics;

/// <summary>Every vector width agrees with the plain kernel, also where a width is emulated in software.</summary>
public sealed class ExpectationKernelTests
{
    public static IEnumerable<object[]> Cases() =>
        from dimension in new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 32 }
        from componentCount in new[] { 1, 2, 5 }
        from shape in new[] { CovarianceShape.Full, CovarianceShape.Diagonal }
        from weighted in new[] { false, true }
        select new object[] { dimension, componentCount, shape, weighted };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Vector_kernels_agree_with_the_plain_kernel(int dimension, int componentCount, CovarianceShape shape, bool weighted)
    {
        RowChunk rows = RandomRows(1000 + dimension, dimension, weighted);
        MixtureParameters mixture = RandomMixture.Draw(componentCount, dimension, 5, 7).ToParameters().ToShape(shape);
        Assert.Equal(-1, mixture.TryFactorize());
        SufficientStatistics expected = Accumulate(new ScalarExpectationKernel<NormalLink>(dimension), rows, mixture);
        AssertClose(expected, Accumulate(Kernel512(componentCount, dimension, shape), rows, mixture));
        AssertClose(expected, Accumulate(Kernel256(componentCount, dimension, shape), rows, mixture));
        AssertClose(expected, Accumulate(Kernel128(componentCount, dimension, shape), rows, mixture));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_kernel_made_for_few_rows_gives_the_same_bits(int dimension, int componentCount, CovarianceShape shape, bool weighted)
    {
        RowChunk rows = RandomRows(70 + dimension, dimension, weighted);
        MixtureParameters mixture = RandomMixture.Draw(componentCount, dimension, 5, 7).ToParameters().ToShape(shape);
        Assert.Equal(-1, mixture.TryFactorize());
        SufficientStatistics expected = Accumulate(LinkKind.Normal.CreateKernel(componentCount, dimension, shape), rows, mixture);
        SufficientStatistics actual = Accumulate(LinkKind.Normal.CreateKernel(componentCount, dimension, shape, rows.Count), rows, mixture);
        Assert.Equal(expected.LogLikelihood, actual.LogLikelihood);
        Assert.Equal(expected.Weights, actual.Weights);
        Assert.Equal(expected.FirstMoments, actual.FirstMoments);
        Assert.Equal(expected.Scatters, actual.Scatters);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(17)]
    [InlineData(32)]
    public void Rows_that_do_not_matter_to_a_component_are_left_out_without_a_trace(int dimension)
    {
        GaussianMixture apart = RandomMixture.Draw(6, dimension, 40, 3);
        double[,] matrix = new MixtureSampler(apart, 5).DrawMatrix(1000);
        double[] columns = [.. from j in Enumerable.Range(0, dimension) from i in Enumerable.Range(0, 1000) select matrix[i, j]];
        RowChunk rows = new(columns, 1000, null);
        MixtureParameters mixture = apart.ToParameters();
        Assert.Equal(-1, mixture.TryFactorize());
        SufficientStatistics expected = Accumulate(new ScalarExpectationKernel<NormalLink>(dimension), rows, mixture);
        AssertClose(expected, Accumulate(Kernel512(6, dimension, CovarianceShape.Full), rows, mixture));
        AssertClose(expected, Accumulate(Kernel256(6, dimension, CovarianceShape.Full), rows, mixture));
        AssertClose(expected, Accumulate(Kernel128(6, dimension, CovarianceShape.Full), rows, mixture));
    }

    [Fact]
    public void A_component_of_weight_zero_takes_no_rows()
    {
        RowChunk rows = RandomRows(100, 2, false);
        MixtureParameters mixture = RandomMixture.Draw(2, 2, 5, 7).ToParameters();
        mixture.Weights[0] = 1;
        mixture.Weights[1] = 0;
        mixture.TryFactorize();
        SufficientStatistics statistics = Accumulate(Kernel512(2, 2, CovarianceShape.Full), rows, mixture);
        Assert.Equal(0, statistics.Weights[1]);
        Assert.Equal(100, statistics.Weights[0], 1e-12);
        Assert.True(double.IsFinite(statistics.LogLikelihood));
    }

    [Fact]
    public void Statistics_of_two_parts_add_up_to_those_of_the_whole()
    {
        MixtureParameters mixture = RandomMixture.Draw(3, 4, 5, 7).ToParameters();
        double[] all = RandomRows(600, 4, false).Values;
        RowChunk[] parts = [Part(all, 600, 4, 0, 250), Part(all, 600, 4, 250, 350)];
        SufficientStatistics whole = Accumulate(Kernel512(3, 4, CovarianceShape.Full), new RowChunk(all, 600, null), mixture);
        SufficientStatistics sum = Accumulate(Kernel512(3, 4, CovarianceShape.Full), parts[0], mixture);
        sum.Add(Accumulate(Kernel512(3, 4, CovarianceShape.Full), parts[1], mixture));
        AssertClose(whole, sum);
    }

    private static VectorExpectationKernel<Vector512Operations, Vector512<double>, NormalLink> Kernel512(int k, int d, CovarianceShape shape) =>
        new(k, d, shape);

    private static VectorExpectationKernel<Vector256Operations, Vector256<double>, NormalLink> Kernel256(int k, int d, CovarianceShape shape) =>
        new(k, d, shape);

    private static VectorExpectationKernel<Vector128Operations, Vector128<double>, NormalLink> Kernel128(int k, int d, CovarianceShape shape) =>
        new(k, d, shape);

    private static SufficientStatistics Accumulate(ExpectationKernel kernel, RowChunk rows, MixtureParameters mixture)
    {
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape);
        kernel.Accumulate(rows, mixture.Terms, statistics);
        return statistics;
    }

    private static RowChunk RandomRows(int count, int dimension, bool weighted)
    {
        SplitMix64 random = new(99);
        double[] values = [.. Enumerable.Range(0, count * dimension).Select(_ => 6 * random.NextNormal())];
        double[]? weights = weighted ? [.. Enumerable.Range(0, count).Select(_ => Math.Floor(4 * random.NextDouble()))] : null;
        return new RowChunk(values, count, weights);
    }

    private static RowChunk Part(double[] values, int rows, int dimension, int first, int count)
    {
        double[] part = new double[count * dimension];
        for (int j = 0; j < dimension; j++)
        {
            Array.Copy(values, (j * rows) + first, part, j * count, count);
        }

        return new RowChunk(part, count, null);
    }

    private static void AssertClose(SufficientStatistics expected, SufficientStatistics actual)
    {
        Assert.Equal(expected.TotalWeight, actual.TotalWeight);
        AssertRelative(expected.LogLikelihood, actual.LogLikelihood, Math.Abs(expected.LogLikelihood));
        AssertRelative(expected.Entropy, actual.Entropy, 1 + expected.Entropy);
        AssertAllRelative(expected.Weights, actual.Weights);
        AssertAllRelative(expected.FirstMoments, actual.FirstMoments);
        AssertAllRelative(expected.Scatters, actual.Scatters);
    }

    private static void AssertAllRelative(double[] expected, double[] actual)
    {
        double scale = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            AssertRelative(expected[i], actual[i], scale);
        }
    }

    private static void AssertRelative(double expected, double actual, double scale) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-12 * scale, $"expected {expected:R}, got {actual:R}");
}
