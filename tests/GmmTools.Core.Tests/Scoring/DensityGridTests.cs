using System;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Scoring;

/// <summary>Where the points of a grid are, and what is said of grids that are none.</summary>
public sealed class DensityGridTests
{
    private static readonly GaussianMixture Plane = GaussianMixture.Create(
        [0.5, 0.5], [[1, 10], [3, -10]], [Starts.Diagonal(1, 9), Starts.Diagonal(4, 1)], ["width", "height"]);

    private static readonly GaussianMixture Line = GaussianMixture.Create([1], [[0.0]], [Starts.Diagonal(1)]);

    [Fact]
    public void A_grid_reaches_four_standard_deviations_beyond_the_outermost_means_of_each_column()
    {
        // width: min(1 − 4, 3 − 8) and max(1 + 4, 3 + 8); height: min(10 − 12, −10 − 4) and max(10 + 12, −10 + 4)
        RowBlock block = Assert.Single(new DensityGrid(Plane, null, null, [2]).Blocks());
        Assert.Equal([-5.0, -5, 11, 11, -14, 22, -14, 22], block.Values);
        Assert.Equal([1L, 2, 3, 4], block.RowNumbers);
    }

    [Fact]
    public void One_number_stands_for_all_columns_and_the_counts_multiply()
    {
        DensityGrid grid = new(Plane, [0], [1, 3], [3, 4]);
        Assert.Equal(12, grid.Count);
        RowBlock block = Assert.Single(grid.Blocks());
        Assert.Equal([0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1], block.Values.Take(12));
        Assert.Equal([0.0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3], block.Values.Skip(12).Select(value => Math.Round(value, 14)));
    }

    [Fact]
    public void Ends_are_met_exactly_and_may_be_as_far_as_numbers_go()
    {
        double far = Math.Pow(2, 1023);
        Assert.Equal([-far, -far / 2, 0, far / 2, far], Assert.Single(new DensityGrid(Line, [-far], [far], [5]).Blocks()).Values);
        Assert.Equal(0.7, Assert.Single(new DensityGrid(Line, [0.1], [0.7], [4]).Blocks()).Values[3]);
    }

    [Fact]
    public void Blocks_follow_one_another_without_a_gap()
    {
        RowBlock[] blocks = [.. new DensityGrid(Line, [1], [9000], [9000]).Blocks()];
        Assert.Equal([4096, 4096, 808], blocks.Select(block => block.Count));
        Assert.Equal(Enumerable.Range(1, 9000).Select(i => (long)i), blocks.SelectMany(block => block.RowNumbers));
        Assert.All(blocks.SelectMany(block => block.Values).Zip(Enumerable.Range(1, 9000)), pair => Close.Absolute(pair.Second, pair.First, 1e-11, "point"));
    }

    [Theory]
    [InlineData(0.0, 1.0, 1, "A grid of 1 point from 0 to 1 over 'height' is none.")]
    [InlineData(1.0, 1.0, 5, "A grid of 5 points from 1 to 1 over 'height' is none.")]
    [InlineData(double.NegativeInfinity, 1.0, 5, "A grid of 5 points from -Infinity to 1 over 'height' is none.")]
    public void A_range_that_is_none_is_named_with_its_column(double from, double to, int count, string message)
    {
        InvalidMixtureException error = Assert.Throws<InvalidMixtureException>(() => new DensityGrid(Plane, [0, from], [2, to], [3, count]));
        Assert.Equal(("InvalidGrid", "GiveRange", (object)"height"), (error.ErrorId, Remedies.Of(error), error.OffendingValue));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Two_points_are_the_fewest() => Assert.Equal([0.0, 1], Assert.Single(new DensityGrid(Line, [0], [1], [2]).Blocks()).Values);

    [Fact]
    public void Numbers_are_one_or_as_many_as_columns()
    {
        InvalidMixtureException from = Assert.Throws<InvalidMixtureException>(() => new DensityGrid(Line, [1, 2], [3], [5]));
        Assert.Equal("The grid's from has 2 numbers, but the mixture has 1 column.", from.Message);
        Assert.Equal("GiveNumberPerColumn From", Remedies.Of(from));
        InvalidMixtureException to = Assert.Throws<InvalidMixtureException>(() => new DensityGrid(Plane, null, [1, 2, 3], [5]));
        Assert.Equal("The grid's to has 3 numbers, but the mixture has 2 columns.", to.Message);
        Assert.Equal(("InvalidGrid", "GiveNumberPerColumn To"), (to.ErrorId, Remedies.Of(to)));
        InvalidMixtureException count = Assert.Throws<InvalidMixtureException>(() => new DensityGrid(Plane, null, null, []));
        Assert.Equal("GiveNumberPerColumn Count", Remedies.Of(count));
    }

    [Fact]
    public void Three_columns_are_too_many()
    {
        GaussianMixture mixture = RandomMixture.Draw(1, 3, 1, 1);
        InvalidMixtureException error = Assert.Throws<InvalidMixtureException>(() => new DensityGrid(mixture, null, null, [5]));
        Assert.Equal("The mixture has 3 columns, but a grid has one or two.", error.Message);
        Assert.Equal(("GridDimension", "ChooseGridColumns x1 x2"), (error.ErrorId, Remedies.Of(error)));
        Assert.Same(mixture, error.OffendingValue);
    }
}
