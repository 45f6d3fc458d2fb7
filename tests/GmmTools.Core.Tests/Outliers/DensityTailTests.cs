using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Outliers;
using Xunit;

namespace GmmTools.Core.Tests.Outliers;

/// <summary>Tails in closed form, the arithmetic of sampled ones, and of ranks.</summary>
public sealed class DensityTailTests
{
    /// <summary>Two components that are one standard normal of the plane, which the sample does not know: P(p(X) ≤ c) = 2π·c.</summary>
    private static readonly GaussianMixture Twice = GaussianMixture.Create([0.6, 0.4], [[0, 0], [0, 0]], [Starts.Diagonal(1, 1), Starts.Diagonal(1, 1)]);

    private static readonly double Peak = -Math.Log(2 * Math.PI);

    [Theory]
    [InlineData(0.5)]
    [InlineData(3.0)]
    [InlineData(40.0)]
    [InlineData(900.0)]
    public void The_tail_of_two_four_and_six_degrees_has_a_closed_form(double value)
    {
        double half = 0.5 * value;
        Close.Relative(Math.Exp(-half), ChiSquare.UpperTail(value, 2), 1e-12, "2 degrees");
        Close.Relative(Math.Exp(-half) * (1 + half), ChiSquare.UpperTail(value, 4), 1e-12, "4 degrees");
        Close.Relative(Math.Exp(-half) * (1 + half + (0.5 * half * half)), ChiSquare.UpperTail(value, 6), 1e-12, "6 degrees");
    }

    [Theory]
    [InlineData(0.9999)]
    [InlineData(0.5)]
    [InlineData(0.01)]
    [InlineData(1e-12)]
    [InlineData(1e-300)]
    public void The_quantile_of_two_degrees_is_a_logarithm(double probability) =>
        Close.Relative(-2 * Math.Log(probability), ChiSquare.UpperQuantile(probability, 2), probability > 0.9 ? 1e-10 : 1e-13, "quantile");

    /// <summary>By R's qchisq(p, d, lower.tail = FALSE).</summary>
    [Theory]
    [InlineData(0.05, 1, 3.841458820694124)]
    [InlineData(0.05, 3, 7.814727903251179)]
    [InlineData(0.001, 10, 29.58829844507442)]
    public void Quantiles_are_those_of_R(double probability, int degrees, double expected) =>
        Close.Relative(expected, ChiSquare.UpperQuantile(probability, degrees), 1e-12, "quantile");

    [Fact]
    public void All_lies_beyond_the_mean_and_nothing_beyond_infinity()
    {
        Assert.Equal(1, ChiSquare.UpperTail(0, 3));
        Assert.Equal(1, ChiSquare.UpperTail(-1, 3));
        Assert.Equal(0, ChiSquare.UpperTail(double.PositiveInfinity, 3));
    }

    [Fact]
    public void One_normal_distribution_is_exact()
    {
        DensityTail tail = DensityTail.Of(RandomMixture.Draw(1, 2, 4, 3), 5000, 1, 1, CancellationToken.None);
        Assert.Equal(("ChiSquare", 0, 0.0), (tail.Method, tail.SampleCount, tail.RateError(0.01)));

        GaussianMixture plane = GaussianMixture.Create([1], [[3, -2]], [Starts.Diagonal(1, 1)]);
        DensityTail exact = DensityTail.Of(plane, 5000, 1, 1, CancellationToken.None);
        Close.Relative(Peak + Math.Log(0.01), exact.Level(0.01), 1e-12, "level");
        Close.Relative(0.01, exact.Probability(Peak + Math.Log(0.01)), 1e-12, "probability");
        Assert.Equal(1, exact.Probability(Peak + 1));
    }

    [Fact]
    public void A_sample_says_what_it_is_and_gives_levels_that_its_own_weights_keep()
    {
        const int Count = 5000;
        DensityTail tail = DensityTail.Of(Twice, Count, 1, 1, CancellationToken.None);
        Assert.Equal(("Sampling", Count), (tail.Method, tail.SampleCount));
        foreach (double rate in new[] { 0.9, 0.5, 0.1, 0.01, 1e-3 })
        {
            // a row weighs 1/0.4 at most, since so large a share is drawn from the mixture itself
            double probability = tail.Probability(tail.Level(rate));
            Assert.InRange(probability, rate - (2.5 / Count), rate);
            Close.Absolute(rate, 2 * Math.PI * Math.Exp(tail.Level(rate)), 5 * tail.RateError(rate), "rate by the closed form");
        }

        Assert.InRange(tail.Level(2), Peak - 0.01, Peak);
        Assert.Equal(1, tail.Probability(Peak + 1), 0.1);
    }

    [Fact]
    public void The_error_of_a_rate_is_the_scatter_among_samples()
    {
        foreach (double rate in new[] { 0.3, 0.01 })
        {
            List<double> rates = [];
            List<double> errors = [];
            for (ulong seed = 1; seed <= 80; seed++)
            {
                SampledDensityTail tail = SampledDensityTail.Draw(Twice, 2000, seed, 1, CancellationToken.None);
                rates.Add(2 * Math.PI * Math.Exp(tail.Level(rate)));
                errors.Add(tail.RateError(rate));
            }

            double mean = rates.Average();
            double deviation = Math.Sqrt(rates.Sum(value => (value - mean) * (value - mean)) / 79);

            // the deviation of 80 values is known to 8 %
            Close.Relative(deviation, errors.Average(), 0.3, "error");
            Close.Absolute(rate, mean, 4 * deviation / Math.Sqrt(80), "rate");
        }
    }

    [Fact]
    public void Beyond_the_sample_the_bound_is_that_of_each_component()
    {
        GaussianMixture apart = GaussianMixture.Create([0.5, 0.5], [[0.0], [50.0]], [Starts.Diagonal(1), Starts.Diagonal(4)]);
        SampledDensityTail tail = SampledDensityTail.Draw(apart, 2000, 1, 1, CancellationToken.None);

        // P(χ² ≥ 2·log(wₖ·Nₖ(μₖ)/c)), each with its weight
        double level = -150;
        double narrow = 2 * (Math.Log(0.5) - (0.5 * Math.Log(2 * Math.PI)) - level);
        double wide = 2 * (Math.Log(0.25) - (0.5 * Math.Log(2 * Math.PI)) - level);
        double expected = (0.5 * ChiSquare.UpperTail(narrow, 1)) + (0.5 * ChiSquare.UpperTail(wide, 1));
        Close.Relative(expected, tail.Probability(level), 1e-12, "bound");
        Close.Relative(level, tail.Level(expected), 1e-10, "level of the bound");
        Assert.True(double.IsNaN(tail.RateError(expected)));
        Assert.Null(new OutlierLevel(expected, tail).StandardError);
    }

    [Fact]
    public void A_probability_of_the_sample_is_the_rate_of_its_own_level()
    {
        SampledDensityTail tail = SampledDensityTail.Draw(Twice, 2000, 1, 1, CancellationToken.None);
        foreach (double rate in new[] { 0.5, 0.1, 0.02 })
        {
            // one of the sums of the weights, so that the level lies midway between the two rows beside it
            double probability = tail.Probability(Math.Log(rate / (2 * Math.PI)));
            Assert.Equal(probability, tail.Probability(tail.Level(probability)));
            Assert.Equal(probability, tail.Probability(Math.BitDecrement(tail.Level(probability))));
            Close.Relative(rate, probability, 0.3, "rate");
        }
    }

    [Fact]
    public void The_most_probable_row_is_one_of_those_up_to_its_own_density()
    {
        // where all weights together are less than 1, so that nothing else bounds them
        SampledDensityTail[] tails = [.. Enumerable.Range(1, 10)
            .Select(seed => SampledDensityTail.Draw(Twice, 1000, (ulong)seed, 1, CancellationToken.None))
            .Where(tail => tail.Probability(Peak + 1) < 1)];
        Assert.NotEmpty(tails);
        Assert.All(tails, tail => Assert.Equal(tail.Probability(Peak + 1), tail.Probability(tail.Level(2))));
    }

    [Theory]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    public void Samples_of_about_a_block_have_all_of_their_rows(int count)
    {
        SampledDensityTail tail = SampledDensityTail.Draw(Twice, count, 1, 1, CancellationToken.None);
        Assert.Equal(count, tail.SampleCount);
        Close.Absolute(0.1, 2 * Math.PI * Math.Exp(tail.Level(0.1)), 5 * tail.RateError(0.1), "rate by the closed form");
    }

    [Fact]
    public void Levels_rest_on_the_bound_where_there_is_no_error_to_state()
    {
        // of two components that are one the bound is twice the probability
        SampledDensityTail tail = SampledDensityTail.Draw(Twice, 2000, 1, 1, CancellationToken.None);
        int bounded = 0;
        for (double rate = 1e-40; rate < 0.1; rate *= 1.03)
        {
            bool atBound = Math.Abs(tail.Level(rate) - Math.Log(rate / (4 * Math.PI))) < 1e-9;
            Assert.Equal(atBound, double.IsNaN(tail.RateError(rate)));
            Assert.True(atBound || tail.Probability(tail.Level(rate)) <= rate);
            bounded += atBound ? 1 : 0;
        }

        Assert.InRange(bounded, 1, 3000);
    }

    [Fact]
    public void A_component_without_weight_bounds_nothing()
    {
        GaussianMixture three = GaussianMixture.Create([0.6, 0.4, 0], [[0, 0], [0, 0], [9, 9]], [Starts.Diagonal(1, 1), Starts.Diagonal(1, 1), Starts.Diagonal(1, 1)]);
        double expected = SampledDensityTail.Draw(Twice, 1000, 1, 1, CancellationToken.None).Probability(-200);
        Assert.Equal(expected, SampledDensityTail.Draw(three, 1000, 1, 1, CancellationToken.None).Probability(-200));
    }

    [Fact]
    public void Ranks_have_the_error_of_a_beta_distribution_and_end_at_the_last_row()
    {
        TrainingDensityTail tail = new([-1, -2, -2, -4]);
        Assert.Equal(("Training", 4), (tail.Method, tail.SampleCount));
        Assert.Equal([0.2, 0.4, 0.8, 0.8, 1.0], new[] { -5.0, -4, -2, -1.5, -1 }.Select(tail.Probability));
        Assert.Equal([-4.0, -2, -2, -1, -1], new[] { 0.2, 0.4, 0.6, 0.8, 0.9999 }.Select(tail.Level));
        Close.Relative(Math.Sqrt(0.3 * 0.7 / 6), tail.RateError(0.3), 1e-15, "error");
        OutlierLevel level = new(0.2, tail);
        Assert.Equal((0.2, -4.0, "Training", 4), (level.FalseAlarmRate, level.LogDensity, level.Method, level.SampleCount));
        Assert.Equal(tail.RateError(0.2), level.StandardError);
    }

    [Fact]
    public void Shares_of_a_distance_are_even_at_the_mean_and_of_those_that_are_infinitely_far()
    {
        MixtureParameters mixture = GaussianMixture.Create([0.5, 0.5], [[0, 0, 0], [1, 2, 3]], [Starts.Diagonal(1, 4, 9), Starts.Diagonal(4, 1, 1)]).ToParameters();
        DistanceShares second = new(mixture, 1);
        double[] shares = new double[3];
        Assert.Equal(0, second.Measure([1, 2, 3], shares));
        Assert.Equal([1 / 3.0, 1 / 3.0, 1 / 3.0], shares);
        Close.Relative(Math.Sqrt(1 + 4 + 9), second.Measure([3, 4, 0], shares), 1e-14, "distance");
        Close.AllRelative([1 / 14.0, 4 / 14.0, 9 / 14.0], shares, 1e-14, "shares");
        Assert.Equal(double.PositiveInfinity, second.Measure([double.PositiveInfinity, 0, double.NegativeInfinity], shares));
        Assert.Equal([0.5, 0, 0.5], shares);
        Close.Relative(Math.Sqrt(0.5) * 1e308, new DistanceShares(mixture, 0).Measure([0.5e308, 1e308, 0], shares), 1e-14, "distance without overflow");
    }

    [Fact]
    public void Shares_of_correlated_columns_are_those_of_the_symmetric_root()
    {
        // R = [1 r; r 1] has the inverse root with a = (1/√(1+r) + 1/√(1−r))/2 on the diagonal and b = (1/√(1+r) − 1/√(1−r))/2 beside it
        const double Correlation = 0.6;
        double a = 0.5 * ((1 / Math.Sqrt(1 + Correlation)) + (1 / Math.Sqrt(1 - Correlation)));
        double b = 0.5 * ((1 / Math.Sqrt(1 + Correlation)) - (1 / Math.Sqrt(1 - Correlation)));
        GaussianMixture mixture = GaussianMixture.Create([1], [[1, 1]], [new double[,] { { 4, 2 * 3 * Correlation }, { 2 * 3 * Correlation, 9 } }]);
        double[] shares = new double[2];
        double distance = new DistanceShares(mixture.ToParameters(), 0).Measure([5, 7], shares);
        double first = Math.Pow((a * 2) + (b * 2), 2);
        double second = Math.Pow((b * 2) + (a * 2), 2);
        Close.Relative(Math.Sqrt(first + second), distance, 1e-13, "distance");
        distance = new DistanceShares(mixture.ToParameters(), 0).Measure([3, 10], shares);
        first = Math.Pow((a * 1) + (b * 3), 2);
        second = Math.Pow((b * 1) + (a * 3), 2);
        Close.Relative(Math.Sqrt(first + second), distance, 1e-13, "distance");
        Close.AllRelative([first / (first + second), second / (first + second)], shares, 1e-13, "shares");
    }
}
