using System;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;
using GmmTools.Outliers;
using GmmTools.Sampling;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Outliers;

/// <summary>Alarms come as often as they are asked to, and name what is wrong.</summary>
public sealed class OutlierDetectorTests
{
    private const int FreshRows = 200_000;

    [Theory]
    [InlineData(1, 1, 0.01)]
    [InlineData(1, 3, 0.01)]
    [InlineData(2, 3, 0.001)]
    [InlineData(3, 3, 0.01)]
    [InlineData(4, 3, 0.001)]
    [InlineData(5, 3, 0.01)]
    [InlineData(6, 3, 0.001)]
    [InlineData(7, 3, 0.01)]
    [InlineData(8, 1, 0.001)]
    [InlineData(8, 3, 0.001)]
    [InlineData(8, 16, 0.01)]
    [InlineData(2, 500, 0.001)]
    public void Fresh_rows_of_the_mixture_are_alarms_at_the_rate_asked_for(int dimension, int componentCount, double rate)
    {
        GaussianMixture mixture = RandomMixture.Draw(componentCount, dimension, 4, 11);
        OutlierDetector detector = Detector(mixture, rate);
        int alarms = CountAlarms(detector, mixture, new MixtureSampler(mixture, 99), FreshRows);

        // the count is binomial; the level itself has the error that it states
        double error = Math.Sqrt((rate * (1 - rate) / FreshRows) + Math.Pow(detector.Level.StandardError!.Value, 2));
        Close.Absolute(rate, (double)alarms / FreshRows, 4 * error, "alarm rate");
        Assert.InRange(detector.Level.StandardError.Value, 0, 0.05 * rate);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void The_sample_agrees_with_the_closed_form_far_into_the_tail(int dimension)
    {
        // two components that are one: the sample does not know
        GaussianMixture one = RandomMixture.Draw(1, dimension, 4, 3);
        MixtureParameters source = one.ToParameters();
        MixtureParameters twice = new(2, dimension, CovarianceShape.Full);
        for (int k = 0; k < 2; k++)
        {
            twice.Weights[k] = 0.5;
            source.Means.CopyTo(twice.Means, k * source.Means.Length);
            source.Covariances.CopyTo(twice.Covariances, k * source.Covariances.Length);
        }

        ComponentDensityTail exact = new(one.ToParameters());
        SampledDensityTail sampled = SampledDensityTail.Draw(new GaussianMixture(twice), 100_000, 1, 2, CancellationToken.None);
        foreach (double rate in new[] { 0.5, 0.1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8 })
        {
            double level = exact.Level(rate);
            Close.Relative(rate, exact.Probability(level), 1e-11, "exact");
            Close.Absolute(rate, sampled.Probability(level), 5 * sampled.RateError(rate), "sampled");
            Close.Absolute(rate, exact.Probability(sampled.Level(rate)), 5 * sampled.RateError(rate), "rate of the sampled level");
            Assert.InRange(sampled.RateError(rate) / rate, 0, 0.05);
        }
    }

    [Fact]
    public void Rates_beyond_the_sample_rest_on_a_bound()
    {
        GaussianMixture mixture = GaussianMixture.Create([0.5, 0.5], [[0.0], [20.0]], [Starts.Diagonal(1), Starts.Diagonal(1)]);
        SampledDensityTail sampled = SampledDensityTail.Draw(mixture, 1000, 1, 1, CancellationToken.None);
        Assert.True(double.IsNaN(sampled.RateError(1e-40)));

        // half of the rows on either side of either component, as the components hardly overlap; the two tails between them are not outside
        Close.Relative(1e-40, sampled.Probability(sampled.Level(1e-40)), 1e-9, "bound");
        double previous = 1;
        for (double level = -2; level > -800; level -= 7)
        {
            double probability = sampled.Probability(level);
            Assert.InRange(probability, 0, previous);
            previous = probability;
        }

        Assert.Equal(0, sampled.Probability(double.NegativeInfinity));
    }

    [Fact]
    public void The_level_does_not_depend_on_threads_but_on_the_seed()
    {
        GaussianMixture mixture = RandomMixture.Draw(3, 2, 4, 11);
        double one = Detector(mixture, 0.01, new OutlierOptions { ThreadCount = 1, SampleCount = 10_000 }).Level.LogDensity;
        Assert.Equal(one, Detector(mixture, 0.01, new OutlierOptions { ThreadCount = 5, SampleCount = 10_000 }).Level.LogDensity);
        Assert.NotEqual(one, Detector(mixture, 0.01, new OutlierOptions { Seed = 2, SampleCount = 10_000 }).Level.LogDensity);
    }

    [Fact]
    public void Rows_with_gaps_are_alarms_at_the_same_rate()
    {
        GaussianMixture mixture = RandomMixture.Draw(3, 3, 4, 11);
        double[,] rows = Gaps.Punch(new MixtureSampler(mixture, 5).DrawMatrix(40_000), 0.3, 6);
        OutlierDetector detector = Detector(mixture, 0.01);
        RowBlock block = Block(rows);
        RowScores scores = new BlockScorer(mixture).Score(block);
        int[] judged = [.. Enumerable.Range(0, 40_000).Where(i => TestData.Row(rows, i).Any(double.IsNaN) && !TestData.Row(rows, i).All(double.IsNaN))];
        int alarms = judged.Count(i => detector.Judge(block, scores, i) is not null);
        Close.Absolute(0.01, (double)alarms / judged.Length, 4 * Math.Sqrt(0.01 * 0.99 / judged.Length), "alarm rate");
    }

    [Fact]
    public void Training_rows_keep_the_rate_where_the_mixture_does_not_fit()
    {
        // heavy tails: a mixture of one component undercuts its own level far too often
        GaussianMixture truth = GaussianMixture.Create([0.9, 0.1], [[0.0], [0.0]], [Starts.Diagonal(1), Starts.Diagonal(25)]);
        GaussianMixture model = GaussianMixture.Create([1], [[0.0]], [Starts.Diagonal(3.4)]);
        double[,] training = new MixtureSampler(truth, 5).DrawMatrix(20_000);
        OutlierDetector detector = Detector(model, 0.01, new OutlierOptions { Training = TestData.Observations(training) });
        Assert.Equal("Training", detector.Level.Method);
        int alarms = CountAlarms(detector, model, new MixtureSampler(truth, 6), FreshRows);
        Close.Absolute(0.01, (double)alarms / FreshRows, 4 * Math.Sqrt(0.01 * 0.99 * ((1.0 / 20_000) + (1.0 / FreshRows))), "alarm rate");
        int own = CountAlarms(Detector(model, 0.01), model, new MixtureSampler(truth, 6), FreshRows);
        Assert.True(own > 3 * alarms);
    }

    [Fact]
    public void The_probability_of_a_training_row_is_its_rank()
    {
        TrainingDensityTail tail = new([-5, -1, -3]);
        Assert.Equal(0.25, tail.Probability(-6));
        Assert.Equal(0.5, tail.Probability(-5));
        Assert.Equal(1, tail.Probability(0));
        Assert.Equal(-5, tail.Level(0.25));
        Assert.Equal(-3, tail.Level(0.5));
        Assert.Equal(double.NegativeInfinity, tail.Level(0.2));
    }

    [Fact]
    public void Contributions_sum_to_one_and_name_the_column()
    {
        GaussianMixture mixture = GaussianMixture.Create(
            [0.5, 0.5], [[0, 0, 0], [100, 0, 0]], [Correlated(), Correlated()]);
        OutlierDetector detector = Detector(mixture, 0.001);
        double[,] rows = { { 0, 9, 0 }, { 100, 0, -8 }, { 0, 5, -5 }, { 0, 0, 0 } };
        RowBlock block = Block(rows);
        RowScores scores = new BlockScorer(mixture).Score(block);
        OutlierVerdict[] verdicts = [.. Enumerable.Range(0, 3).Select(i => detector.Judge(block, scores, i)!)];
        Assert.All(verdicts, verdict => Close.Absolute(1, verdict.Contributions.Sum(), 1e-12, "sum of the shares"));
        Assert.True(verdicts[0].Contributions[1] > 0.7);
        Assert.True(verdicts[1].Contributions[2] > 0.7);

        // y and z are correlated by 0.8, so that 5 and −5 together are very far: 2·25/(1 − 0.8)
        Close.Relative(Math.Sqrt(250), verdicts[2].Distance, 1e-12, "distance");
        Close.Absolute(0.5, verdicts[2].Contributions[1], 1e-12, "share");
        Assert.Null(detector.Judge(block, scores, 3));
    }

    [Fact]
    public void Rows_beyond_numbers_are_outliers_of_probability_zero()
    {
        GaussianMixture mixture = GaussianMixture.Create([0.7, 0.3], [[0, 0], [5, 5]], [Correlated2(), Correlated2()]);
        OutlierDetector detector = Detector(mixture, 0.001);
        RowBlock block = Block(new double[,] { { 1e200, 0 }, { -1e308, 1e308 } });
        RowScores scores = new BlockScorer(mixture).Score(block);
        OutlierVerdict verdict = detector.Judge(block, scores, 0)!;
        Assert.Equal(0, verdict.TailProbability);
        Assert.True(double.IsFinite(verdict.Distance));
        Assert.All(detector.Judge(block, scores, 1)!.Contributions, share => Assert.InRange(share, 0, 1));
    }

    [Theory]
    [InlineData(0, 100_000, "InvalidFalseAlarmRate")]
    [InlineData(1, 100_000, "InvalidFalseAlarmRate")]
    [InlineData(double.NaN, 100_000, "InvalidFalseAlarmRate")]
    [InlineData(0.01, 999, "InvalidSampleCount")]
    public void Wrong_options_are_named(double rate, int sampleCount, string errorId) => Assert.Equal(
        errorId,
        Assert.Throws<OutlierException>(() => Detector(RandomMixture.Draw(2, 1, 4, 1), rate, new OutlierOptions { SampleCount = sampleCount })).ErrorId);

    [Fact]
    public void Too_few_training_rows_are_told()
    {
        OutlierException error = Assert.Throws<OutlierException>(() => Detector(
            RandomMixture.Draw(2, 1, 4, 1), 0.001, new OutlierOptions { Training = TestData.Observations(TestData.Draw(998, 2, 1, 1)) }));
        Assert.Equal("TooFewTrainingRows", error.ErrorId);
        Assert.Contains("at least 999", error.Message, StringComparison.Ordinal);
        Detector(RandomMixture.Draw(2, 1, 4, 1), 0.001, new OutlierOptions { Training = TestData.Observations(TestData.Draw(999, 2, 1, 1)) });
    }

    [Fact]
    public void Sampling_stops_when_it_is_told_to()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => new OutlierDetector(RandomMixture.Draw(2, 2, 4, 1), new OutlierOptions(), stop.Token));
    }

    private static double[,] Correlated() => new[,] { { 1, 0, 0 }, { 0, 1, 0.8 }, { 0, 0.8, 1 } };

    private static double[,] Correlated2() => new[,] { { 1, 0.5 }, { 0.5, 1 } };

    private static OutlierDetector Detector(GaussianMixture mixture, double rate, OutlierOptions? options = null)
    {
        options ??= new OutlierOptions();
        options.FalseAlarmRate = rate;
        return new OutlierDetector(mixture, options, CancellationToken.None);
    }

    private static int CountAlarms(OutlierDetector detector, GaussianMixture model, MixtureSampler sampler, int count)
    {
        double[] rows = new double[count * model.Dimension];
        sampler.Draw(0, count, rows, null);
        RowBlock block = RowBlock.FromRows(rows, count, model.Dimension);
        RowScores scores = new BlockScorer(model).Score(block);
        return Enumerable.Range(0, count).Count(i => detector.Judge(block, scores, i) is not null);
    }

    private static RowBlock Block(double[,] rows)
    {
        RowBlockBuilder builder = new(rows.GetLength(1), rows.GetLength(0), null);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            builder.Add(TestData.Row(rows, i), i + 1);
        }

        return builder.Take();
    }
}
