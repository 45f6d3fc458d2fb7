using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Numerics.Vectors;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Scoring;

/// <summary>Blocks score as single rows do, on every vector width, with gaps and without, and far out.</summary>
public sealed class BlockScorerTests
{
    public static IEnumerable<object[]> Cases() =>
        from dimension in new[] { 1, 2, 3, 8, 13 }
        from componentCount in new[] { 1, 2, 7 }
        from shape in new[] { CovarianceShape.Full, CovarianceShape.Diagonal }
        select new object[] { dimension, componentCount, shape };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_vector_width_scores_as_the_plain_kernel(int dimension, int componentCount, CovarianceShape shape)
    {
        MixtureParameters mixture = RandomMixture.Draw(componentCount, dimension, 5, 7).ToParameters().ToShape(shape);
        Assert.Equal(-1, mixture.TryFactorize());
        RowChunk rows = TestData.Observations(TestData.Draw(1000 + dimension, componentCount, dimension, 8, 5)).Chunks[0];
        RowScores expected = Score(new ScalarExpectationKernel<NormalLink>(dimension), rows, mixture);
        AssertSame(expected, Score(new VectorExpectationKernel<Vector512Operations, Vector512<double>, NormalLink>(componentCount, dimension, shape), rows, mixture));
        AssertSame(expected, Score(new VectorExpectationKernel<Vector256Operations, Vector256<double>, NormalLink>(componentCount, dimension, shape), rows, mixture));
        AssertSame(expected, Score(new VectorExpectationKernel<Vector128Operations, Vector128<double>, NormalLink>(componentCount, dimension, shape), rows, mixture));
    }

    [Fact]
    public void Rows_with_gaps_score_as_one_by_one() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[1, 4], Gen.Int[1, 300], Gen.Double[0, 0.9], Gen.ULong).Holds((dimension, componentCount, count, share, seed) =>
        {
            GaussianMixture mixture = RandomMixture.Draw(componentCount, dimension, 5, seed);
            double[,] rows = Gaps.Punch(TestData.Draw(count, componentCount, dimension, seed, 5), share, seed + 3);
            RowBlock block = Block(rows);
            RowScores scores = new BlockScorer(mixture).Score(block, withResponsibilities: true);
            MixtureScorer single = new(mixture);
            for (int i = 0; i < count; i++)
            {
                double expected = single.Score(TestData.Row(rows, i));
                Close.Absolute(expected, scores.LogDensities[i], 1e-9 * (1 + Math.Abs(expected)), "log-density");
                Close.Absolute(single.Probability, scores.Probabilities[i], 1e-9, "probability");
                for (int k = 0; k < componentCount; k++)
                {
                    Close.Absolute(single.Responsibilities[k], scores.Responsibilities![(k * count) + i], 1e-9, "responsibility");
                }
            }
        },
        iter: 60);

    [Fact]
    public void Rows_beyond_the_squares_of_numbers_are_told_from_those_within()
    {
        GaussianMixture mixture = GaussianMixture.Create([0.7, 0.3], [[0.0], [5.0]], [Starts.Diagonal(1), Starts.Diagonal(4)]);
        double[,] rows = TestData.Column([.. Enumerable.Range(0, 40).Select(i => i == 17 ? 1e200 : i)]);
        RowScores scores = new BlockScorer(mixture).Score(Block(rows), withResponsibilities: true);
        Assert.Equal(double.NegativeInfinity, scores.LogDensities[17]);
        Assert.Equal((2, 1.0), (scores.Components[17], scores.Probabilities[17]));
        Assert.Equal((0, 1), (scores.Responsibilities![17], scores.Responsibilities[57]));
        Assert.All(scores.LogDensities.Where((_, i) => i != 17), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Many_components_and_extreme_scales()
    {
        GaussianMixture mixture = RandomMixture.Draw(500, 2, 10, 1);
        GaussianMixture scaled = GaussianMixture.Create(
            [.. mixture.Components.Select(component => component.Weight)],
            [.. mixture.Components.Select(component => new[] { 1e12 * component.Mean[0], 1e-12 * component.Mean[1] })],
            [.. mixture.Components.Select(component => new double[,]
            {
                { 1e24 * component.Covariance[0, 0], component.Covariance[0, 1] },
                { component.Covariance[0, 1], 1e-24 * component.Covariance[1, 1] },
            })]);
        double[,] rows = TestData.Draw(600, 500, 2, 1);
        RowScores scores = new BlockScorer(mixture).Score(Block(rows));
        RowScores there = new BlockScorer(scaled).Score(Block(TestData.Map(rows, (value, j) => j == 0 ? 1e12 * value : 1e-12 * value)));
        Assert.Equal(scores.Components, there.Components);
        for (int i = 0; i < 600; i++)
        {
            Close.Absolute(scores.LogDensities[i], there.LogDensities[i], 1e-7, "log-density");
        }
    }

    [Fact]
    public void Rows_of_another_number_of_columns_are_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new BlockScorer(RandomMixture.Draw(2, 3, 5, 1)).Score(RowBlock.FromRow([1, 2], 1)));
        Assert.StartsWith("The rows do not have the 3 columns of the mixture.", error.Message, StringComparison.Ordinal);
    }

    private static RowBlock Block(double[,] rows)
    {
        int dimension = rows.GetLength(1);
        List<RowBlock> blocks = [];
        RowBlockBuilder builder = new(dimension, rows.GetLength(0), blocks.Add);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            builder.Add(TestData.Row(rows, i), i + 1);
        }

        builder.Flush();
        return Assert.Single(blocks);
    }

    private static RowScores Score(ExpectationKernel kernel, RowChunk rows, MixtureParameters mixture)
    {
        RowScores scores = new(rows.Count, mixture.ComponentCount, true);
        kernel.Score(rows, mixture.Terms, scores);
        return scores;
    }

    private static void AssertSame(RowScores expected, RowScores actual)
    {
        Assert.Equal(expected.Components, actual.Components);
        Close.AllRelative(expected.LogDensities, actual.LogDensities, 1e-12, "log-densities");
        Close.AllRelative(expected.Probabilities, actual.Probabilities, 1e-11, "probabilities");
        Close.AllRelative(expected.Responsibilities!, actual.Responsibilities!, 1e-11, "responsibilities");
    }
}
