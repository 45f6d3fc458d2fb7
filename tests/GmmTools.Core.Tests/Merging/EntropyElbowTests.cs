using System.Collections.Generic;
using System.Linq;
using GmmTools.Merging;
using Xunit;

namespace GmmTools.Core.Tests.Merging;

/// <summary>The bend of an entropy plot whose two lines are known.</summary>
public sealed class EntropyElbowTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Two_lines_meet_where_they_were_joined(int bend)
    {
        // uneven steps: the abscissa is the number of rows, not the number of the step
        double[] rows = [0, 3, 4, 9, 11, 18];
        double[] entropies = [.. rows.Select(x => x <= rows[bend] ? 50 - (2 * x) : 50 - (2 * rows[bend]) - (0.25 * (x - rows[bend])))];
        Assert.Equal([bend], Elbows(rows, entropies));
    }

    [Fact]
    public void A_line_that_only_nearly_bends_is_marked_where_the_squares_are_least()
    {
        // by hand: bends at 1, 2 and 3 leave 0.7, 1/3 and 0.7
        Assert.Equal([2], Elbows([0, 1, 2, 3, 4], [10, 8, 5, 4, 2]));
    }

    [Fact]
    public void Of_equal_bends_the_first_is_marked() => Assert.Equal([1], Elbows([0, 1, 2, 3], [3, 2, 1, 0]));

    [Fact]
    public void Three_points_have_no_bend_and_four_have_one()
    {
        Assert.Empty(Elbows([0, 1, 2], [9, 1, 0]));
        Assert.Equal([1], Elbows([0, 1, 2, 3], [9, 1, 0.5, 0]));
        Assert.Equal([2], Elbows([0, 1, 2, 3], [9, 8.5, 8, 0]));
    }

    [Fact]
    public void Clusters_without_rows_leave_points_above_each_other_and_all_counts_that_an_upright_line_misses()
    {
        Assert.Equal([1], Elbows([0, 0, 0, 0, 14], [8, 3, 3, 3, 0]));
        Assert.Equal([1], Elbows([0, 0, 0, 9, 14], [8, 3, 2.5, 1, 0]));
    }

    private static int[] Elbows(double[] rows, double[] entropies)
    {
        List<MergeStep> steps = [.. rows.Select((x, i) => new MergeStep([1, 2], entropies[i], i == 0 ? 0 : x - rows[i - 1], x))];
        EntropyElbow.Mark(steps);
        return [.. Enumerable.Range(0, steps.Count).Where(i => steps[i].IsElbow)];
    }
}
