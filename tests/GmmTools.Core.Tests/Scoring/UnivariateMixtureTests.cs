using System;
using System.Linq;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Scoring;

/// <summary>Distribution functions, quantiles and grids against R (Reference/univariate.R) and against each other.</summary>
public sealed class UnivariateMixtureTests
{
    private static readonly GaussianMixture Three =
        GaussianMixture.Create([0.2, 0.5, 0.3], [[-3.0], [0], [4]], [Starts.Diagonal(0.25), Starts.Diagonal(4), Starts.Diagonal(1)]);

    [Theory]
    [InlineData(-20, 3.8099265120802635e-24)]
    [InlineData(-4, 0.015925092363725635)]
    [InlineData(0, 0.45000950117523242)]
    [InlineData(2.5, 0.66721727354722982)]
    [InlineData(9, 0.99999821516796605)]
    public void The_distribution_function_is_that_of_R(double x, double expected) =>
        Close.Relative(expected, new UnivariateMixture(Three).Cdf(x), 1e-13, "cdf");

    [Theory]
    [InlineData(1e-12, -13.874362856071361)]
    [InlineData(1e-5, -8.2149593091724995)]
    [InlineData(0.025, -3.8052708216180702)]
    [InlineData(0.3, -1.6719732270897421)]
    [InlineData(0.5, 0.50595537088533982)]
    [InlineData(0.9, 4.4883550640312722)]
    [InlineData(0.999999, 9.233274608370392)]
    public void Quantiles_are_those_of_R(double probability, double expected) =>
        Close.Relative(expected, new UnivariateMixture(Three).Quantile(probability), 1e-12, "quantile");

    [Fact]
    public void Quantiles_invert_the_distribution_function() =>
        Gen.Select(Gen.Int[1, 6], Gen.ULong, Gen.Double[1e-6, 1 - 1e-6], Gen.Int[-9, 9]).Holds(AssertInverse, iter: 500);

    /// <summary>Found by chance: from one number to the next the distribution function climbs by more than 1e-12.</summary>
    [Fact]
    public void The_quantile_in_a_component_as_narrow_as_the_spacing_of_numbers_is_one_of_the_two_next_to_it() =>
        AssertInverse(6, 2294, 0.32081167273498645, -3);

    /// <summary>Of a symmetric mixture; 1 − p is exact for powers of two.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(50)]
    public void Quantiles_of_the_upper_tail_are_as_accurate_as_those_of_the_lower(int power)
    {
        UnivariateMixture symmetric = new(GaussianMixture.Create([0.3, 0.4, 0.3], [[-5.0], [0], [5]], [Starts.Diagonal(4), Starts.Diagonal(1), Starts.Diagonal(4)]));
        double probability = Math.Pow(2, -power);
        Close.Absolute(-symmetric.Quantile(probability), symmetric.Quantile(1 - probability), 1e-13, "quantile");
    }

    [Fact]
    public void Gaps_between_components_and_ends_of_the_range()
    {
        GaussianMixture apart = GaussianMixture.Create([0.5, 0.5], [[0.0], [1e6]], [Starts.Diagonal(1), Starts.Diagonal(1)]);
        UnivariateMixture univariate = new(apart);
        Assert.InRange(univariate.Quantile(0.5), 5, 1e6 - 5);
        Close.Absolute(0.499999, univariate.Cdf(univariate.Quantile(0.499999)), 1e-12, "cdf");
        Assert.Equal(double.NegativeInfinity, univariate.Quantile(0));
        Assert.Equal(double.PositiveInfinity, univariate.Quantile(1));
        Assert.Equal(0, univariate.Cdf(double.NegativeInfinity));
        Assert.Equal(1, univariate.Cdf(double.PositiveInfinity));
        Assert.True(double.IsFinite(univariate.Quantile(1e-300)));
        Close.Relative(1e-300, univariate.Cdf(univariate.Quantile(1e-300)), 1e-9, "cdf");
        Assert.Equal("InvalidProbability", Assert.Throws<InvalidMixtureException>(() => univariate.Quantile(1.1)).ErrorId);
        Assert.Equal("InvalidProbability", Assert.Throws<InvalidMixtureException>(() => univariate.Quantile(double.NaN)).ErrorId);
        Assert.Equal("NotUnivariate", Assert.Throws<InvalidMixtureException>(() => new UnivariateMixture(RandomMixture.Draw(1, 2, 1, 1))).ErrorId);
    }

    [Fact]
    public void What_has_no_quantile_is_told_with_a_remedy()
    {
        InvalidMixtureException columns = Assert.Throws<InvalidMixtureException>(() => new UnivariateMixture(RandomMixture.Draw(1, 2, 1, 1)));
        Assert.Equal("The mixture has 2 columns, but only a mixture of one column has a distribution function and quantiles.", columns.Message);
        Assert.Equal("ChooseOneColumn x1", Remedies.Of(columns));
        InvalidMixtureException probability = Assert.Throws<InvalidMixtureException>(() => new UnivariateMixture(Three).Quantile(-0.1));
        Assert.Equal(("InvalidProbability", (object)-0.1), (probability.ErrorId, probability.OffendingValue));
        Assert.Equal("-0.1 is not a probability. Give numbers from 0 to 1.", probability.Message);
    }

    [Fact]
    public void A_component_of_no_weight_has_no_part_in_it()
    {
        // its own quantile would widen the interval to where nothing is
        GaussianMixture mixture = GaussianMixture.Create([1, 0], [[3.0], [1e300]], [Starts.Diagonal(4), Starts.Diagonal(1e-10)]);
        UnivariateMixture univariate = new(mixture);
        Close.Relative(3 + (2 * 1.959963984540054), univariate.Quantile(0.975), 1e-14, "quantile of the standard normal, 1.96");
        Close.Relative(3 - (2 * 1.959963984540054), univariate.Quantile(0.025), 1e-14, "quantile on the other side");
        Close.Absolute(3, univariate.Quantile(0.5), 1e-15, "median");
    }

    [Fact]
    public void Five_hundred_components()
    {
        UnivariateMixture univariate = new(RandomMixture.Draw(500, 1, 100, 3));
        foreach (double probability in new[] { 1e-9, 0.1, 0.5, 0.77, 1 - 1e-9 })
        {
            Close.Absolute(probability, univariate.Cdf(univariate.Quantile(probability)), 1e-12, "cdf");
        }
    }

    [Fact]
    public void The_density_on_a_grid_sums_to_one()
    {
        // the trapezium rule is exact to rounding for a smooth function that vanishes at both ends
        foreach (GaussianMixture mixture in new[] { Three, RandomMixture.Draw(3, 2, 5, 4) })
        {
            double[] from = [.. Enumerable.Repeat(-60.0, mixture.Dimension)];
            double[] to = [.. Enumerable.Repeat(60.0, mixture.Dimension)];
            DensityGrid grid = new(mixture, from, to, [4001 - (3200 * (mixture.Dimension - 1))]);
            BlockScorer scorer = new(mixture);
            double sum = grid.Blocks().Sum(block => scorer.Score(block).LogDensities.Sum(Math.Exp));
            Close.Absolute(1, sum * Math.Pow(120.0 / (4000 - (3200 * (mixture.Dimension - 1))), mixture.Dimension), 1e-9, "integral");
        }
    }

    [Fact]
    public void A_grid_meets_its_ends_and_runs_through_the_last_column_first()
    {
        RowBlock block = Assert.Single(new DensityGrid(RandomMixture.Draw(1, 2, 1, 1), [0, 10], [1, 20], [2, 3]).Blocks());
        Assert.Equal([0.0, 0, 0, 1, 1, 1, 10, 15, 20, 10, 15, 20], block.Values);
        DensityGrid wide = new(Three, null, null, [5]);
        double[] points = Assert.Single(wide.Blocks()).Values;
        Assert.Equal(-8, points[0]);
        Assert.Equal(8, points[4]);
        Assert.Equal(9000, new DensityGrid(Three, [0], [1], [9000]).Blocks().Sum(part => part.Count));
    }

    [Theory]
    [InlineData(0.0, 1.0, 1)]
    [InlineData(1.0, 1.0, 5)]
    [InlineData(double.NaN, 1.0, 5)]
    [InlineData(0.0, double.PositiveInfinity, 5)]
    public void Grids_that_are_none_are_refused(double from, double to, int count) => Assert.Equal(
        "InvalidGrid", Assert.Throws<InvalidMixtureException>(() => new DensityGrid(Three, [from], [to], [count])).ErrorId);

    [Fact]
    public void Grids_have_one_or_two_columns()
    {
        Assert.Equal("GridDimension", Assert.Throws<InvalidMixtureException>(() => new DensityGrid(RandomMixture.Draw(1, 3, 1, 1), null, null, [5])).ErrorId);
        Assert.Equal("InvalidGrid", Assert.Throws<InvalidMixtureException>(() => new DensityGrid(Three, [1, 2], null, [5])).ErrorId);
    }

    private static void AssertInverse(int componentCount, ulong seed, double probability, int scale)
    {
        double unit = Math.Pow(10, scale);
        GaussianMixture plain = RandomMixture.Draw(componentCount, 1, 10, seed);
        GaussianMixture mixture = GaussianMixture.Create(
            [.. plain.Components.Select(component => component.Weight)],
            [.. plain.Components.Select(component => new[] { unit * component.Mean[0] })],
            [.. plain.Components.Select(component => Starts.Diagonal(unit * unit * component.Covariance[0, 0]))]);
        UnivariateMixture univariate = new(mixture);
        double quantile = univariate.Quantile(probability);

        // between two neighbouring numbers there is none to choose
        Close.AtLeast(univariate.Cdf(Math.BitDecrement(quantile)), probability, 1e-12, "probability, against that of the number before");
        Close.AtLeast(probability, univariate.Cdf(Math.BitIncrement(quantile)), 1e-12, "probability of the number after");
        Assert.True(univariate.Quantile(probability / 2) <= quantile);
    }
}
