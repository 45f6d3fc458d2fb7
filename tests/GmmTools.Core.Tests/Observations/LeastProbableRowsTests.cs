using System;
using System.Linq;
using GmmTools.Numerics;
using GmmTools.Observations.Chunks;
using Xunit;

namespace GmmTools.Core.Tests.Observations;

/// <summary>The least probable rows are those that sorting all would put first, ties in the order in which they came.</summary>
public class LeastProbableRowsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    [InlineData(5000)]
    public void They_are_the_first_of_all_that_were_offered(int count)
    {
        SplitMix64 random = new(5);
        double[] densities = [.. Enumerable.Range(0, 3000).Select(_ => -Math.Floor(500 * random.NextDouble()))];
        LeastProbableRows rows = new(count);
        for (int i = 0; i < densities.Length; i++)
        {
            rows.Offer(densities[i], i);
        }

        (double, long)[] expected = [.. densities.Select((density, i) => (density, (long)i)).OrderBy(pair => pair.density).Take(count)];
        Assert.Equal(expected, rows.Rows);
    }

    [Fact]
    public void They_can_be_asked_for_in_between()
    {
        LeastProbableRows rows = new(2);
        rows.Offer(-1, 0);
        Assert.Equal([(-1, 0)], rows.Rows);
        rows.Offer(-3, 1);
        rows.Offer(-2, 2);
        Assert.Equal([(-3, 1), (-2, 2)], rows.Rows);
    }
}
