using System;
using System.Linq;
using System.Threading;
using GmmTools.Comparison;
using GmmTools.Core.Tests.Support;
using GmmTools.Merging;
using GmmTools.Mixtures;
using GmmTools.Outliers;
using GmmTools.Sampling;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Mixtures;

/// <summary>What mixtures with noise can do, and what they refuse.</summary>
public sealed class MixtureNoiseTests
{
    private static readonly MixtureNoise Along = new(0.25, [1, -2], [8, 20]);

    /// <summary>A square turned by 45°, of side 10.</summary>
    private static readonly MixtureNoise Turned = new(0.4, [3, 4], [10, 10], [7.0710678118654755, 7.0710678118654755, -7.0710678118654755, 7.0710678118654755]);

    [Fact]
    public void Weights_and_noise_sum_to_one()
    {
        GaussianMixture mixture = Mixture(Along);
        Assert.Equal(0.25, mixture.Noise!.Weight);
        Close.Relative(160, mixture.Noise.Volume, 1e-14);
        Assert.Equal(12, mixture.ParameterCount);
        Assert.Equal(2.0 / 3, mixture.WithoutNoise!.Components[0].Weight, 1e-14);
        Assert.Null(mixture.WithoutNoise.Noise);
        Assert.Equal("WeightSum", Assert.Throws<InvalidMixtureException>(() => GaussianMixture.Create(
            [0.5, 0.5], [[0, 0], [4, 1]], [Starts.Diagonal(1, 1), Starts.Diagonal(2, 1)], null, Along)).ErrorId);
        Assert.Equal("DimensionMismatch", Assert.Throws<InvalidMixtureException>(() => GaussianMixture.Create(
            [0.75], [[0.0]], [Starts.Diagonal(1)], null, Along)).ErrorId);
        Assert.Equal("InvalidNoise", Assert.Throws<InvalidMixtureException>(() => new MixtureNoise(0.1, [0, 1], [0, 1])).ErrorId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Rows_drawn_from_noise_fill_its_box(bool turned)
    {
        GaussianMixture mixture = Mixture(turned ? Turned : Along);
        const int Count = 40_000;
        double[] values = new double[2 * Count];
        int[] components = new int[Count];
        new MixtureSampler(mixture, 5).Draw(0, Count, values, components);
        int[] noise = [.. Enumerable.Range(0, Count).Where(i => components[i] == 0)];
        Close.Absolute(mixture.Noise!.Weight, noise.Length / (double)Count, 0.01, "share of noise");
        double[] first;
        double[] second;
        if (turned)
        {
            // along the edges, which are at right angles
            first = [.. noise.Select(i => (values[2 * i] - 3 + values[(2 * i) + 1] - 4) / Math.Sqrt(2))];
            second = [.. noise.Select(i => (values[(2 * i) + 1] - 4 - values[2 * i] + 3) / Math.Sqrt(2))];
        }
        else
        {
            first = [.. noise.Select(i => values[2 * i] - 1)];
            second = [.. noise.Select(i => values[(2 * i) + 1] + 2)];
        }

        double[] widths = turned ? [10, 10] : [8, 20];
        Assert.InRange(first.Max(), 0.49 * widths[0], 0.5 * widths[0]);
        Assert.InRange(-first.Min(), 0.49 * widths[0], 0.5 * widths[0]);
        Assert.InRange(second.Max(), 0.49 * widths[1], 0.5 * widths[1]);
        Close.Relative(widths[0] * widths[0] / 12, first.Average(value => value * value), 0.03, "variance along the first edge");
        Close.Relative(widths[1] * widths[1] / 12, second.Average(value => value * value), 0.03, "variance along the second edge");
        Close.Absolute(0, first.Zip(second, (a, b) => a * b).Average() / (widths[0] * widths[1] / 12), 0.03, "correlation");
    }

    [Fact]
    public void Marginal_times_conditional_is_the_joint_density()
    {
        GaussianMixture mixture = Mixture(Along);
        MixtureScorer joint = new(mixture);
        MixtureScorer marginal = new(mixture.Marginal([0]));
        foreach (double x in new[] { -2.5, 0, 3, 4.9 })
        {
            MixtureScorer conditional = new(mixture.Conditional([0], [x]));
            foreach (double y in new[] { -11, -1, 0.5, 7.9 })
            {
                Close.Absolute(joint.Score([x, y]), marginal.Score([x]) + conditional.Score([y]), 1e-12, "log-density");
            }
        }

        // where a cell is missing, scoring takes the marginal
        Close.Absolute(marginal.Score([3]), joint.Score([3, double.NaN]), 1e-12, "log-density");
    }

    [Fact]
    public void Columns_in_another_order_keep_the_box()
    {
        GaussianMixture mixture = Mixture(Turned);
        GaussianMixture turned = mixture.Marginal([1, 0]);
        double[] edge = [.. mixture.Noise!.Edge];
        Assert.Equal([edge[1], edge[0], edge[3], edge[2]], turned.Noise!.Edge);
        Assert.Equal([4.0, 3.0], turned.Noise.Center);
        Assert.Empty(mixture.Marginal([1]).Noise!.Edge);
    }

    [Fact]
    public void A_row_of_noise_is_of_component_0()
    {
        MixtureScorer scorer = new(Mixture(Along));
        scorer.Score([-2.9, 7]);
        Assert.Equal(0, scorer.Component);
        Assert.InRange(scorer.Probability, 0.999, 1);
        Assert.Equal(scorer.NoiseProbability, scorer.Probability);
        scorer.Score([0, 0]);
        Assert.Equal(1, scorer.Component);
    }

    [Fact]
    public void The_distribution_function_counts_the_noise()
    {
        GaussianMixture mixture = Mixture(Along).Marginal([1]);
        UnivariateMixture univariate = new(mixture);
        UnivariateMixture sound = new(mixture.WithoutNoise!);
        foreach (double y in new[] { -20, -11.5, -3, 0, 1.2, 7.9, 30 })
        {
            double ofNoise = Math.Max(0, Math.Min(1, (y + 12) / 20));
            Close.Absolute((0.75 * sound.Cdf(y)) + (0.25 * ofNoise), univariate.Cdf(y), 1e-13, "cdf");
        }

        foreach (double p in new[] { 1e-6, 0.001, 0.1, 0.5, 0.9, 0.999, 1 - 1e-6 })
        {
            Close.Absolute(p, univariate.Cdf(univariate.Quantile(p)), 1e-12, "probability of the quantile");
        }
    }

    [Fact]
    public void What_is_there_for_components_only_says_so()
    {
        GaussianMixture mixture = Mixture(Along);
        GaussianMixture plain = mixture.WithoutNoise!;
        AssertRefused(() => MixtureComparison.Compare(mixture, plain));
        AssertRefused(() => MixtureDivergence.Measure(plain, mixture, new DivergenceOptions { SampleCount = 1000 }, CancellationToken.None));
        AssertRefused(() => _ = new ComponentMerging(mixture));
        AssertRefused(() => _ = new MixtureRegression(mixture, [0], [1]));
        AssertRefused(() => _ = new OutlierDetector(mixture, new OutlierOptions { FalseAlarmRate = 0.01 }, CancellationToken.None));
        AssertRefused(() => DensityTail.Of(mixture, 1000, 1, 1, CancellationToken.None));
        Assert.NotEmpty(MixtureComparison.Compare(plain, plain).Pairs);
    }

    private static void AssertRefused(Action action)
    {
        InvalidMixtureException error = Assert.Throws<InvalidMixtureException>(action);
        Assert.Equal("NoiseNotSupported", error.ErrorId);
        Assert.Equal("LeaveOutNoise", error.Remedy!.Name);
    }

    private static GaussianMixture Mixture(MixtureNoise noise) => GaussianMixture.Create(
        [2 * (1 - noise.Weight) / 3, (1 - noise.Weight) / 3],
        [[0, 0], [4, 1]],
        [new double[,] { { 1, 0.5 }, { 0.5, 1 } }, Starts.Diagonal(0.5, 2)],
        null,
        noise);
}
