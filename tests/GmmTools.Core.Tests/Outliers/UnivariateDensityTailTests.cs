using System;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Outliers;
using Xunit;

namespace GmmTools.Core.Tests.Outliers;

/// <summary>Tails of mixtures of one column: against closed forms, the sum over a fine grid, and another level of the same density.</summary>
public sealed class UnivariateDensityTailTests
{
    [Theory]
    [InlineData(1.0)]
    [InlineData(2.5)]
    [InlineData(12.0)]
    [InlineData(37.0)]
    public void Components_that_are_one_have_the_tail_of_one(double z)
    {
        DensityTail tail = Of([0.7, 0.3], [5, 5], [2, 2]);
        DensityTail one = Of([1], [5], [2]);
        Assert.Equal("Univariate", tail.Method);
        Assert.Equal("ChiSquare", one.Method);
        double level = -(0.5 * z * z) - Math.Log(2) - (0.5 * Math.Log(2 * Math.PI));
        Close.Relative(one.Probability(level), tail.Probability(level), 1e-9, "tail");
        Close.Relative(one.Level(one.Probability(level)), tail.Level(one.Probability(level)), 1e-9, "level");
    }

    [Theory]
    [InlineData(0.5, 0.5, 0.0, 6.0, 1.0, 1.0)]
    [InlineData(0.9, 0.1, 0.0, 3.0, 1.0, 0.2)]
    [InlineData(0.6, 0.4, 0.0, 1.0, 3.0, 0.1)]
    [InlineData(0.99, 0.01, 0.0, 100.0, 1.0, 5.0)]
    public void The_tail_is_the_sum_over_a_grid(double first, double second, double mean1, double mean2, double deviation1, double deviation2)
    {
        GaussianMixture mixture = Create([first, second], [mean1, mean2], [deviation1, deviation2]);
        DensityTail tail = new UnivariateDensityTail(mixture);
        double widest = Math.Max(deviation1, deviation2);
        (double low, double high) = (mean1 - (12 * widest), mean2 + (12 * widest));
        const int Steps = 2_000_000;
        double step = (high - low) / Steps;
        double[] densities = [.. Enumerable.Range(0, Steps).Select(i => Density(low + ((i + 0.5) * step)))];
        foreach (double share in new[] { 0.9, 0.5, 0.1, 1e-2, 1e-4 })
        {
            double level = Math.Log(share * densities.Max());
            double expected = densities.Where(density => density <= Math.Exp(level)).Sum() * step;

            // four crossings at most, each within a step
            Close.Absolute(expected, tail.Probability(level), 4 * step * Math.Exp(level), $"share {share}");
        }

        foreach (double rate in new[] { 0.3, 0.01, 1e-3, 1e-9, 1e-100 })
        {
            Close.Relative(rate, tail.Probability(tail.Level(rate)), 1e-9, $"rate {rate}");
            Assert.Equal(0, tail.RateError(rate));
        }

        double Density(double x) => Bell(x, first, mean1, deviation1) + Bell(x, second, mean2, deviation2);
    }

    [Fact]
    public void A_valley_between_far_components_counts_with_its_own_small_probability()
    {
        DensityTail tail = Of([0.5, 0.5], [0, 100], [1, 1]);

        // each component as if it were alone: two tails of half the mass each
        double level = Math.Log(0.5) - (0.5 * 900) - (0.5 * Math.Log(2 * Math.PI));
        DensityTail one = Of([1], [0], [1]);
        Close.Relative(one.Probability(level - Math.Log(0.5)), tail.Probability(level), 1e-9, "30 deviations out");
    }

    [Fact]
    public void The_sampled_tail_of_t_agrees_within_its_error()
    {
        GaussianMixture mixture = GaussianMixture.Create([0.7, 0.3], [[0], [8]], [Starts.Diagonal(1), Starts.Diagonal(4)], degreesOfFreedom: [3, 10]);
        DensityTail exact = DensityTail.Of(mixture, 1000, 1, 1, CancellationToken.None);
        DensityTail sampled = SampledDensityTail.Draw(mixture, 400_000, 1, 2, CancellationToken.None);
        Assert.Equal("Univariate", exact.Method);
        foreach (double rate in new[] { 0.1, 0.01, 0.001 })
        {
            Close.Absolute(rate, exact.Probability(sampled.Level(rate)), 5 * sampled.RateError(rate), $"rate {rate}");
        }
    }

    [Fact]
    public void Random_mixtures_agree_with_samples_of_them()
    {
        for (ulong seed = 1; seed <= 8; seed++)
        {
            GaussianMixture mixture = RandomMixture.Draw(2 + (int)(seed % 5), 1, 4, seed);
            DensityTail exact = DensityTail.Of(mixture, 1000, 1, 1, CancellationToken.None);
            DensityTail sampled = SampledDensityTail.Draw(mixture, 200_000, seed, 2, CancellationToken.None);
            foreach (double rate in new[] { 0.5, 0.05, 0.001 })
            {
                Close.Absolute(rate, exact.Probability(sampled.Level(rate)), 5 * sampled.RateError(rate), $"seed {seed}, rate {rate}");
            }
        }
    }

    private static double Bell(double x, double weight, double mean, double deviation)
    {
        double z = (x - mean) / deviation;
        return weight / deviation / Math.Sqrt(2 * Math.PI) * Math.Exp(-0.5 * z * z);
    }

    private static DensityTail Of(double[] weights, double[] means, double[] deviations) =>
        DensityTail.Of(Create(weights, means, deviations), 1000, 1, 1, CancellationToken.None);

    private static GaussianMixture Create(double[] weights, double[] means, double[] deviations) =>
        GaussianMixture.Create(weights, [.. means.Select(mean => new[] { mean })], [.. deviations.Select(deviation => Starts.Diagonal(deviation * deviation))]);
}
