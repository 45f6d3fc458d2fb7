using System;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Updating;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Outliers;
using GmmTools.Sampling;
using GmmTools.Scoring;
using GmmTools.Serialization;
using MathNet.Numerics.Distributions;
using Xunit;

namespace GmmTools.Core.Tests.Mixtures;

/// <summary>What mixtures of multivariate t are used for beside fits.</summary>
public sealed class StudentMixtureTests
{
    private static readonly GaussianMixture Two = GaussianMixture.Create(
        [0.6, 0.4], [[0, 0], [5, 5]], [new double[,] { { 1, 0.5 }, { 0.5, 1 } }, new double[,] { { 2, 0 }, { 0, 0.5 } }], degreesOfFreedom: [3, 12]);

    [Theory]
    [InlineData(0.7)]
    [InlineData(3)]
    [InlineData(40)]
    public void Rows_are_drawn_from_the_t_distribution(double degreesOfFreedom)
    {
        const int Count = 20_000;
        GaussianMixture mixture = GaussianMixture.Create([1.0], [[2]], [new double[,] { { 9 } }], degreesOfFreedom: [degreesOfFreedom]);
        double[,] rows = new MixtureSampler(mixture, 7).DrawMatrix(Count);
        double[] sorted = [.. Enumerable.Range(0, Count).Select(i => rows[i, 0]).Order()];
        StudentT expected = new(2, 3, degreesOfFreedom);
        double distance = Enumerable.Range(0, Count).Max(i => Math.Abs(expected.CumulativeDistribution(sorted[i]) - ((i + 0.5) / Count)));

        // Kolmogorov's bound that one sample in a thousand exceeds
        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(Count));
        Assert.InRange(distance, 1e-4, 1);
    }

    [Fact]
    public void Rows_do_not_depend_on_how_many_are_drawn_at_a_time()
    {
        MixtureSampler sampler = new(Two, 3);
        double[] all = new double[200];
        sampler.Draw(0, 100, all, null);
        double[] part = new double[60];
        sampler.Draw(40, 30, part, null);
        Close.AllRelative(all[80..140], part, 1e-13, "rows");
    }

    [Theory]
    [InlineData(2.5, 1e-9)]
    [InlineData(2.5, 0.001)]
    [InlineData(40, 0.3)]
    [InlineData(40, 0.99)]
    public void The_level_of_one_component_is_exact(double degreesOfFreedom, double rate)
    {
        GaussianMixture mixture = GaussianMixture.Create(
            [1.0], [[1, 2, 3]], [new double[,] { { 1, 0.2, 0 }, { 0.2, 2, 0.1 }, { 0, 0.1, 4 } }], degreesOfFreedom: [degreesOfFreedom]);
        DensityTail tail = DensityTail.Of(mixture, 1000, 1, 1, CancellationToken.None);
        Assert.Equal("FisherF", tail.Method);
        double level = tail.Level(rate);
        Close.Relative(rate, tail.Probability(level), 1e-9, "rate");

        // the squared distance at the level, over d
        double q = degreesOfFreedom * (Math.Exp((mixture.Parameters.LogNormalizers[0] - level) / (0.5 * (degreesOfFreedom + 3))) - 1);
        Close.Relative(rate, 1 - new FisherSnedecor(3, degreesOfFreedom).CumulativeDistribution(q / 3), Math.Max(1e-9, 1e-15 / rate), "rate");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.001)]
    [InlineData(1e-5)]
    public void The_level_of_several_components_is_undercut_at_the_rate(double rate)
    {
        DensityTail tail = DensityTail.Of(Two, 200_000, 1, 2, CancellationToken.None);
        double level = tail.Level(rate);
        MixtureScorer scorer = new(Two);
        double[,] rows = new MixtureSampler(Two, 99).DrawMatrix(400_000);
        double share = Enumerable.Range(0, 400_000).Count(i => scorer.Score([rows[i, 0], rows[i, 1]]) < level) / 400_000.0;
        Close.Absolute(rate, share, (4 * Math.Sqrt(rate / 400_000)) + (0.05 * rate), "rate");
    }

    [Fact]
    public void One_column_has_the_distribution_function_and_quantiles_of_t()
    {
        GaussianMixture mixture = GaussianMixture.Create(
            [0.7, 0.3], [[2], [-10]], [new double[,] { { 9 } }, new double[,] { { 1 } }], degreesOfFreedom: [1.5, 60]);
        UnivariateMixture univariate = new(mixture);
        StudentT first = new(2, 3, 1.5), second = new(-10, 1, 60);
        foreach (double value in new[] { -1e5, -30, -10, -3, 2, 40, 1e4 })
        {
            double expected = (0.7 * first.CumulativeDistribution(value)) + (0.3 * second.CumulativeDistribution(value));
            Close.Relative(expected, univariate.Cdf(value), 1e-12, "distribution function");
        }

        foreach (double probability in new[] { 1e-12, 1e-4, 0.2, 0.31, 0.5, 0.9, 1 - 1e-9 })
        {
            double quantile = univariate.Quantile(probability);
            Close.Relative(probability, univariate.Cdf(quantile), 1e-10, "probability");
        }

        Close.Relative(1e-9, 1 - univariate.Cdf(univariate.Quantile(1 - 1e-9)), 1e-5, "upper tail");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_fit_reads_back_as_it_was_written(bool isGiven)
    {
        EmFit fit = Fit(isGiven ? [5] : null);
        string text = MixtureJsonWriter.Write(fit);
        EmFit read = (EmFit)MixtureJsonReader.Read(Encoding.UTF8.GetBytes(text));
        Assert.Equal(text, MixtureJsonWriter.Write(read));
        Assert.Equal(fit.Mixture.Components.Select(one => one.DegreesOfFreedom), read.Mixture.Components.Select(one => one.DegreesOfFreedom));
        Assert.Equal(fit.Options.DegreesOfFreedom, read.Options.DegreesOfFreedom);
        Assert.Equal(Tail.Student, read.Options.Tail);
        Assert.Equal(fit.ParameterCount, read.ParameterCount);
        GaussianMixture alone = (GaussianMixture)MixtureJsonReader.Read(Encoding.UTF8.GetBytes(MixtureJsonWriter.Write(fit.Mixture)));
        Assert.Equal(Tail.Student, alone.Tail);
    }

    [Theory]
    [InlineData("\"degrees_of_freedom\": [", "\"degrees_of_freedom\": [-", "InvalidDegreesOfFreedom", "$.degrees_of_freedom")]
    [InlineData("\"degrees_of_freedom\": [", "\"degrees_of_freedom\": [1, ", "InvalidMixtureFile", "$.degrees_of_freedom")]
    [InlineData("\"tail\": \"Student\",", "\"tail\": \"Normal\",", "InvalidMixtureFile", "$.fit.options.tail")]
    [InlineData("\"log_moment_weights\": ", "\"log\": ", "InvalidMixtureFile", "log_moment_weights")]
    public void Damaged_tails_are_told_with_their_place(string part, string damaged, string errorId, string place)
    {
        string text = MixtureJsonWriter.Write(Fit(null));
        Assert.Contains(part, text, StringComparison.Ordinal);
        MixtureFileException error = Assert.Throws<MixtureFileException>(
            () => MixtureJsonReader.Read(Encoding.UTF8.GetBytes(text.Replace(part, damaged, StringComparison.Ordinal))));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Degrees_of_freedom_go_with_their_components()
    {
        GaussianMixture mixture = GaussianMixture.Create([0.2, 0.8], [[0], [1]], [new double[,] { { 1 } }, new double[,] { { 1 } }], degreesOfFreedom: [4, 9]);
        Assert.Equal([9, 4], mixture.Components.Select(one => one.DegreesOfFreedom!.Value));
        Assert.Equal("VVV K=2 t (x1)", mixture.ToString().Replace("V K=2", "VVV K=2", StringComparison.Ordinal));
        Assert.Equal(CovarianceModel.VVV.ParameterCount(2, 1) + 2, mixture.ParameterCount);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Numbers_that_are_no_degrees_of_freedom_are_told(double number) => Assert.Equal(
        "InvalidDegreesOfFreedom",
        Assert.Throws<InvalidMixtureException>(() => GaussianMixture.Create([1.0], [[0]], [new double[,] { { 1 } }], degreesOfFreedom: [number])).ErrorId);

    [Fact]
    public void As_many_are_needed_as_components() => Assert.Equal(
        "DegreesOfFreedomCount",
        Assert.Throws<InvalidMixtureException>(() => GaussianMixture.Create([1.0], [[0]], [new double[,] { { 1 } }], degreesOfFreedom: [3, 4])).ErrorId);

    [Fact]
    public void What_is_not_there_for_t_says_so()
    {
        EmFit fit = Fit(null);
        Action[] actions =
        [
            () => FitUpdater.Assume(fit.Mixture, 10, 10, 0),
        ];
        Assert.All(actions, action =>
        {
            InvalidMixtureException error = Assert.Throws<InvalidMixtureException>(action);
            Assert.Equal("TailNotSupported", error.ErrorId);
            Assert.Equal("UseNormalTail", error.Remedy!.Name);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.2)]
    public void Sums_that_nobody_asked_for_are_left_out(double gaps)
    {
        double[,] rows = gaps > 0 ? Gaps.Punch(TestData.Iris, gaps, 3) : TestData.Iris;
        GaussianMixture mixture = GaussianMixture.Create(
            [0.3, 0.7],
            [[5, 3.4, 1.4, 0.2], [6.3, 2.9, 4.9, 1.7]],
            [Starts.Diagonal(0.1, 0.1, 0.05, 0.02), Starts.Diagonal(0.4, 0.1, 0.6, 0.2)],
            degreesOfFreedom: [4, 9]);
        SufficientStatistics statistics = new(2, 4, CovarianceShape.Full);
        using IExpectationStep step = (gaps > 0 ? Gaps.Collect(rows) : TestData.Observations(rows)).PrepareExpectation(2, CovarianceShape.Full, 2);
        step.Compute(mixture.Parameters, statistics, CancellationToken.None);
        MixtureScorer scorer = new(mixture);
        double sum = Enumerable.Range(0, 150).Select(i => TestData.Row(rows, i)).Where(row => !row.All(double.IsNaN)).Sum(row => scorer.Score(row));
        Close.Relative(sum, statistics.LogLikelihood, 1e-11, "log-likelihood");
        Assert.Empty(statistics.MomentWeights);
    }

    private static EmFit Fit(double[]? degreesOfFreedom) => new EmEstimator(new EmOptions
    {
        ComponentCount = 2,
        Tail = Tail.Student,
        DegreesOfFreedom = degreesOfFreedom,
        CommonDegreesOfFreedom = degreesOfFreedom is null,
    }).Fit(TestData.Observations(TestData.Faithful));
}
