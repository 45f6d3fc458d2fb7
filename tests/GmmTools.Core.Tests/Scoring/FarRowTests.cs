using System.Collections.Generic;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Scoring;

/// <summary>Rows so far out that the square of their distance is no number: they belong to the nearest component in Mahalanobis distance.</summary>
public sealed class FarRowTests
{
    [Theory]
    [InlineData(1e160, 2)]
    [InlineData(-1e160, 1)]
    [InlineData(1e300, 2)]
    [InlineData(-1.7e308, 1)]
    public void Of_equal_components_the_nearer_mean_takes_the_row(double x, int component) =>
        AssertTakes(GaussianMixture.Create([0.9, 0.1], [[0], [10]], [Starts.Diagonal(1), Starts.Diagonal(1)]), [x], component);

    [Theory]
    [InlineData(1e160)]
    [InlineData(-1e300)]
    public void The_wider_component_takes_the_row(double x) =>
        AssertTakes(GaussianMixture.Create([0.9, 0.05, 0.05], [[0], [10], [0]], [Starts.Diagonal(1), Starts.Diagonal(4), Starts.Diagonal(2)]), [x], 2);

    /// <summary>Along (1, 1) the first component is wide, along (1, −1) the second.</summary>
    [Theory]
    [InlineData(1e200, 1e200, 1)]
    [InlineData(1e200, -1e200, 2)]
    [InlineData(-1e308, 1e308, 2)]
    public void Correlations_decide(double x, double y, int component) =>
        AssertTakes(GaussianMixture.Create([0.5, 0.5], [[0, 0], [1, 1]], [Correlated(0.9), Correlated(-0.9)]), [x, y], component);

    /// <summary>Equal in the column in which the row is far: the other column decides, as if the first were not there.</summary>
    [Theory]
    [InlineData(1e160)]
    [InlineData(-1e300)]
    public void What_components_have_in_common_does_not_count(double x)
    {
        GaussianMixture mixture = GaussianMixture.Create([0.7, 0.3], [[3, 0], [3, 2]], [Starts.Diagonal(1, 1), Starts.Diagonal(1, 1)]);
        MixtureScorer other = new(GaussianMixture.Create([0.7, 0.3], [[0], [2]], [Starts.Diagonal(1), Starts.Diagonal(1)]));
        other.Score([1.2]);
        MixtureScorer scorer = new(mixture);
        Assert.Equal(double.NegativeInfinity, scorer.Score([x, 1.2]));
        Assert.All(scorer.Responsibilities.Zip(other.Responsibilities), pair => Close.Relative(pair.Second, pair.First, 1e-12, "responsibility"));
    }

    [Fact]
    public void Equal_components_share_by_weight()
    {
        MixtureScorer scorer = new(GaussianMixture.Create([0.75, 0.25], [[1], [1]], [Starts.Diagonal(2), Starts.Diagonal(2)]));
        scorer.Score([1e300]);
        Close.Relative(0.75, scorer.Responsibilities[0], 1e-14, "responsibility");
        Close.Relative(0.25, scorer.Responsibilities[1], 1e-14, "responsibility");
    }

    /// <summary>Differences and products on the way are no numbers, but the density is.</summary>
    [Fact]
    public void The_log_density_is_finite_where_its_value_is()
    {
        double wide = 1e150;
        GaussianMixture mixture = GaussianMixture.Create([1], [[-1e308, 0]], [new double[,] { { wide * wide, 0 }, { 0, 1 } }]);
        MixtureScorer far = new(mixture);
        Assert.Equal(double.NegativeInfinity, far.Score([1e308, 0]));
        GaussianMixture line = GaussianMixture.Create([1], [[0, 0]], [new double[,] { { 1e300, 0.999e300 }, { 0.999e300, 1e300 } }]);
        double score = new MixtureScorer(line).Score([1e300, 1e300]);

        // |u|² = 2·1e600/(1.999e300): beyond 1e154 as a distance, but not as its square
        Close.Relative(-1e300 / 1.999, score, 1e-9, "log-density");
    }

    private static double[,] Correlated(double correlation) => new double[,] { { 1, correlation }, { correlation, 1 } };

    /// <summary>One row alone, and among others on the vectorised kernels.</summary>
    private static void AssertTakes(GaussianMixture mixture, double[] row, int component)
    {
        MixtureScorer scorer = new(mixture);
        scorer.Score(row);
        Assert.Equal(component, scorer.Component);
        Assert.Equal(1, scorer.Responsibilities.Sum(), 1e-15);
        Assert.Equal(1, scorer.Probability);
        double[,] rows = new double[40, row.Length];
        for (int j = 0; j < row.Length; j++)
        {
            rows[17, j] = row[j];
        }

        RowScores scores = new BlockScorer(mixture).Score(Block(rows), withResponsibilities: true);
        Assert.Equal((component, 1.0), (scores.Components[17], scores.Probabilities[17]));
        Assert.Equal(1, Enumerable.Range(0, mixture.ComponentCount).Sum(k => scores.Responsibilities![(k * 40) + 17]), 1e-15);
    }

    private static RowBlock Block(double[,] rows)
    {
        List<RowBlock> blocks = [];
        RowBlockBuilder builder = new(rows.GetLength(1), rows.GetLength(0), blocks.Add);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            builder.Add(TestData.Row(rows, i), i + 1);
        }

        builder.Flush();
        return Assert.Single(blocks);
    }
}
