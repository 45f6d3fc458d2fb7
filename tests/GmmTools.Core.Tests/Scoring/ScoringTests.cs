using System;
using System.Linq;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;
using MathNet.Numerics.Distributions;
using Xunit;

namespace GmmTools.Core.Tests.Scoring;

/// <summary>Scores against closed forms, far out in the tails, and in sum.</summary>
public sealed class ScoringTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    [InlineData(-7)]
    [InlineData(30)]
    public void One_normal_density_in_one_dimension(double x)
    {
        MixtureScorer scorer = new(GaussianMixture.Create([1], [[2]], [Starts.Diagonal(9)]));
        Close.Relative(Normal.PDFLn(2, 3, x), scorer.Score([x]), 1e-14, "log-density");
        Assert.Equal(1, scorer.Responsibilities[0]);
        Assert.Equal(0, scorer.Entropy);
        Assert.Equal(1, scorer.Component);
        Assert.Equal(1, scorer.Probability);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2.5)]
    [InlineData(5)]
    public void Two_normal_densities_in_one_dimension(double x)
    {
        MixtureScorer scorer = new(GaussianMixture.Create([0.7, 0.3], [[0], [5]], [Starts.Diagonal(1), Starts.Diagonal(4)]));
        double first = 0.7 * Normal.PDF(0, 1, x);
        double second = 0.3 * Normal.PDF(5, 2, x);
        Close.Relative(Math.Log(first + second), scorer.Score([x]), 1e-13, "log-density");
        double share = first / (first + second);
        Close.Relative(share, scorer.Responsibilities[0], 1e-13, "responsibility");
        Close.Absolute(-((share * Math.Log(share)) + ((1 - share) * Math.Log(1 - share))), scorer.Entropy, 1e-13, "entropy");
        Assert.Equal(first > second ? 1 : 2, scorer.Component);
        Assert.Equal(scorer.Responsibilities.Max(), scorer.Probability);
    }

    [Fact]
    public void Any_mixture_scores_as_the_textbook_writes_it() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 5], Gen.ULong).Holds((dimension, componentCount, seed) =>
        {
            GaussianMixture mixture = RandomMixture.Draw(componentCount, dimension, 5, seed);
            ReferenceMixture reference = ReferenceMixture.Of(mixture);
            double condition = reference.Covariances.Max(covariance => covariance.ConditionNumber());
            double[,] rows = TestData.Draw(20, componentCount, dimension, seed, 5);
            MixtureScorer scorer = new(mixture);
            for (int i = 0; i < 20; i++)
            {
                double score = scorer.Score(TestData.Row(rows, i));

                // the reference inverts the matrix, which costs the digits of its condition
                Close.Absolute(reference.LogDensity(ReferenceMixture.RowOf(rows, i)), score, 1e-13 * condition * (1 + Math.Abs(score)), "log-density");
                Close.Absolute(1, scorer.Responsibilities.Sum(), 1e-14, "sum of the responsibilities");
                Assert.InRange(scorer.Entropy, 0, Math.Log(componentCount) + 1e-12);
            }
        },
        iter: 100);

    [Theory]
    [InlineData(1e6)]
    [InlineData(-1e6)]
    [InlineData(1e100)]
    [InlineData(1e150)]
    public void Rows_far_out_have_a_finite_score(double x)
    {
        MixtureScorer scorer = new(GaussianMixture.Create([0.7, 0.3], [[0], [5]], [Starts.Diagonal(1), Starts.Diagonal(4)]));
        double score = scorer.Score([x]);

        // the wider component alone counts
        Close.Relative(Math.Log(0.3 / 2) - (0.5 * Math.Log(2 * Math.PI)) - (0.125 * (x - 5) * (x - 5)), score, 1e-14, "log-density");
        Assert.Equal([0, 1], scorer.Responsibilities);
        Assert.Equal(0, scorer.Entropy);
        Assert.Equal(2, scorer.Component);
    }

    [Fact]
    public void A_row_beyond_the_range_of_doubles_is_improbable_and_not_NaN()
    {
        MixtureScorer scorer = new(GaussianMixture.Create([0.7, 0.3], [[0], [5]], [Starts.Diagonal(1), Starts.Diagonal(4)]));
        Assert.Equal(double.NegativeInfinity, scorer.Score([1e200]));
        Assert.Equal([0, 1], scorer.Responsibilities);
        Assert.Equal(0, scorer.Entropy);
    }

    [Fact]
    public void A_component_of_weight_zero_takes_no_part()
    {
        MixtureScorer with = new(GaussianMixture.Create([1, 0], [[0], [5]], [Starts.Diagonal(1), Starts.Diagonal(4)]));
        Close.Relative(Normal.PDFLn(0, 1, 5), with.Score([5]), 1e-14, "log-density");
        Assert.Equal([1, 0], with.Responsibilities);
    }

    [Fact]
    public void A_row_of_another_length_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new MixtureScorer(RandomMixture.Draw(2, 2, 5, 1)).Score([1, 2, 3]));
        Assert.StartsWith("The row has 3 numbers, the mixture 2 columns.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_equally_probable_components_the_first_is_named()
    {
        GaussianMixture mixture = GaussianMixture.Create([0.4, 0.4, 0.2], [[1], [1], [9]], [Starts.Diagonal(1), Starts.Diagonal(1), Starts.Diagonal(1)]);
        MixtureScorer scorer = new(mixture);
        scorer.Score([1.5]);
        Assert.Equal((1, scorer.Responsibilities[0]), (scorer.Component, scorer.Probability));
        Assert.Equal(scorer.Responsibilities[0], scorer.Responsibilities[1]);
        Assert.Equal([1], new BlockScorer(mixture).Score(RowBlock.FromRow([1.5], 1)).Components);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_summary_is_the_sum_of_the_rows(int dimension)
    {
        GaussianMixture mixture = RandomMixture.Draw(3, dimension, 5, 2);
        double[,] rows = TestData.Draw(3000, 3, dimension, 2, 5);
        MixtureScorer scorer = new(mixture);
        double sum = 0;
        double entropy = 0;
        for (int i = 0; i < 3000; i++)
        {
            sum += scorer.Score(TestData.Row(rows, i));
            entropy += scorer.Entropy;
        }

        LikelihoodSummary summary = LikelihoodSummary.Measure(mixture, TestData.Observations(rows), 2, default);
        Close.Relative(sum, summary.LogLikelihood, 1e-12, "log-likelihood");
        Close.Relative(sum / 3000, summary.MeanLogLikelihood, 1e-12, "mean log-likelihood");
        Close.Relative((-2 * sum) + (mixture.ParameterCount * Math.Log(3000)), summary.Bic, 1e-12, "BIC");
        Close.Relative((-2 * sum) + (2 * mixture.ParameterCount), summary.Aic, 1e-12, "AIC");
        Close.Relative(summary.Bic + (2 * entropy), summary.Icl, 1e-12, "ICL");
        Assert.Equal(3000, summary.RowCount);
    }

    [Fact]
    public void Row_weights_count_in_the_summary()
    {
        GaussianMixture mixture = RandomMixture.Draw(2, 1, 5, 3);
        InMemoryObservations rows = TestData.Chunked(TestData.Column(1, 2, 3), null, [2, 0.5, 0]);
        MixtureScorer scorer = new(mixture);
        double expected = (2 * scorer.Score([1])) + (0.5 * scorer.Score([2]));
        LikelihoodSummary summary = LikelihoodSummary.Measure(mixture, rows, 1, default);
        Close.Relative(expected, summary.LogLikelihood, 1e-13, "log-likelihood");
        Assert.Equal(2, summary.RowCount);
        Assert.Equal(2.5, summary.TotalWeight);
    }
    [Fact]
    public void A_summary_says_what_became_of_the_rows_that_were_read()
    {
        LikelihoodSummary summary = LikelihoodSummary.Measure(RandomMixture.Draw(2, 1, 5, 3), TestData.Observations(TestData.Draw(50, 2, 1, 1)), 1, default);
        Assert.Equal((50L, 0L, 0L), (summary.ReadRowCount, summary.OmittedRowCount, summary.IncompleteRowCount));
        LikelihoodSummary counted = summary.WithIntake(new RowIntake(60, 7, 3));
        Assert.Equal((60L, 7L, 3L), (counted.ReadRowCount, counted.OmittedRowCount, counted.IncompleteRowCount));
        Assert.Equal((50L, summary.LogLikelihood), (counted.RowCount, counted.LogLikelihood));
        Assert.Equal(50, summary.ReadRowCount);
    }

    [Fact]
    public void Rows_of_ever_new_patterns_score_as_the_columns_that_they_have()
    {
        // independent columns: a log-density is the sum over those observed; 511 patterns are more than are kept
        double[] mean = [.. Enumerable.Range(0, 9).Select(j => 0.5 * j)];
        double[] variance = [.. Enumerable.Range(0, 9).Select(j => 1.0 + j)];
        MixtureScorer scorer = new(GaussianMixture.Create([1], [mean], [Starts.Diagonal(variance)]));
        BlockScorer blocks = new(GaussianMixture.Create([1], [mean], [Starts.Diagonal(variance)]));
        for (int round = 0; round < 2; round++)
        {
            for (int pattern = 1; pattern < 512; pattern++)
            {
                double[] row = [.. Enumerable.Range(0, 9).Select(j => (pattern >> j) % 2 == 0 ? double.NaN : j - 2.0)];
                double expected = Enumerable.Range(0, 9).Where(j => !double.IsNaN(row[j])).Sum(j => Normal.PDFLn(mean[j], Math.Sqrt(variance[j]), row[j]));
                Close.Relative(expected, scorer.Score(row), 1e-13, "log-density");
                Close.Relative(expected, blocks.Score(RowBlock.FromRow(row, 1)).LogDensities[0], 1e-12, "log-density in a block");
            }
        }
    }
}
