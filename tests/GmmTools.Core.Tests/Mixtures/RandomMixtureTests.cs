using System;
using System.Linq;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Mixtures;

public sealed class RandomMixtureTests
{
    [Fact]
    public void Any_size_and_seed_gives_a_mixture()
    {
        for (int dimension = 1; dimension <= 20; dimension++)
        {
            for (ulong seed = 0; seed < 20; seed++)
            {
                GaussianMixture mixture = RandomMixture.Draw(1 + (dimension % 5), dimension, 3, seed);
                Assert.Equal(dimension, mixture.Dimension);
                Assert.Equal(1, mixture.Components.Sum(component => component.Weight), 1e-12);
                Assert.All(mixture.Components, component => Assert.All(component.Mean, mean => Assert.InRange(mean, -3, 3)));
                Assert.All(mixture.Components, component => Assert.True(component.Weight > 0));
            }
        }
    }

    [Fact]
    public void The_seed_alone_decides()
    {
        MixtureParameters first = RandomMixture.Draw(3, 4, 10, 7).ToParameters();
        MixtureParameters second = RandomMixture.Draw(3, 4, 10, 7).ToParameters();
        Assert.Equal(first.Weights, second.Weights);
        Assert.Equal(first.Means, second.Means);
        Assert.Equal(first.Covariances, second.Covariances);
        Assert.NotEqual(first.Means, RandomMixture.Draw(3, 4, 10, 8).ToParameters().Means);
    }

    [Fact]
    public void Means_fill_the_range_and_covariances_have_the_trace_of_a_Wishart_matrix()
    {
        // means: uniform in ±10, variance 100/3; AᵀA in d dimensions: every variance is chi-squared with d degrees of freedom
        const int Count = 4000;
        const int Dimension = 3;
        GaussianComponent[] components = [.. Enumerable.Range(0, Count)
            .Select(seed => RandomMixture.Draw(1, Dimension, 10, (ulong)seed).Components[0])];
        double[] means = [.. components.SelectMany(component => component.Mean)];
        double[] variances = [.. components.SelectMany(component => Enumerable.Range(0, Dimension).Select(j => component.Covariance[j, j]))];
        double[] off = [.. components.Select(component => component.Covariance[1, 0])];
        Assert.InRange(means.Average(), -5 * Math.Sqrt(100.0 / 3 / means.Length), 5 * Math.Sqrt(100.0 / 3 / means.Length));
        Assert.InRange(means.Average(mean => mean * mean), (100.0 / 3) - StandardErrors(29.9, means.Length), (100.0 / 3) + StandardErrors(29.9, means.Length));
        Assert.InRange(variances.Average(), 3 - StandardErrors(Math.Sqrt(6), variances.Length), 3 + StandardErrors(Math.Sqrt(6), variances.Length));
        Assert.InRange(off.Average(), -StandardErrors(Math.Sqrt(3), Count), StandardErrors(Math.Sqrt(3), Count));
    }

    [Theory]
    [InlineData(0, 1, 10)]
    [InlineData(1, 0, 10)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, double.NaN)]
    [InlineData(1, 1, double.PositiveInfinity)]
    public void Sizes_that_are_none_are_refused(int componentCount, int dimension, double range)
    {
        InvalidMixtureException exception = Assert.Throws<InvalidMixtureException>(() => RandomMixture.Draw(componentCount, dimension, range, 1));
        Assert.Equal("InvalidRandomMixture", exception.ErrorId);
    }

    /// <summary>Five standard errors of a mean.</summary>
    private static double StandardErrors(double deviation, int count) => 5 * deviation / Math.Sqrt(count);
}
