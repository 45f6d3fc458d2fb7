using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Inference.Testing;
using GmmTools.Numerics;
using Xunit;

namespace GmmTools.Core.Tests.Inference;

/// <summary>Samples that are alike are told apart at the stated rate; those that are not, by what they differ.</summary>
public sealed class SampleComparerTests
{
    [Theory]
    [InlineData(20, 20)]
    [InlineData(20, 7)]
    [InlineData(200, 200)]
    public void Samples_that_are_alike_are_rejected_at_the_stated_rate(int before, int after)
    {
        const int Pairs = 1500;
        IReadOnlyList<SampleDifference> found = Compare(
            [.. Enumerable.Range(0, Pairs).Select(i => (Draw(before, 0, 2UL * (ulong)i), Draw(after, 0, (2UL * (ulong)i) + 1)))], 199, 2);
        foreach (double rate in new[] { 0.05, 0.2 })
        {
            double error = Math.Sqrt(rate * (1 - rate) / Pairs);
            Assert.InRange(found.Count(one => one.PValue <= rate) / (double)Pairs, rate - (3.5 * error), rate + (3.5 * error));
        }
    }

    [Fact]
    public void Adjusted_p_values_are_those_worked_out_by_hand()
    {
        double[] adjusted = FalseDiscoveryRate.Adjust([0.01, 0.04, double.NaN, 0.03, 0.5]);
        double[] expected = [0.04, 0.16 / 3, double.NaN, 0.16 / 3, 0.5];
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], adjusted[i], 14);
        }
    }

    [Fact]
    public void The_interval_is_that_of_Welch()
    {
        SampleDifference found = Compare([(Of(1, 2, 3, 4), Of(4, 6, 8))], 99, 1)[0];

        // variances 5/3 of 4 and 4 of 3: 5/12 + 4/3 = 21/12
        Close.Relative(3.5, found.Difference, 1e-14, "difference");
        Close.Relative(Math.Sqrt(1.75), found.StandardError, 1e-14, "standard error");
        Close.Relative(10.5, found.TotalHarm, 1e-14, "harm");
        Assert.True(found.Lower < 3.5 - (1.96 * found.StandardError));
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        (WeightedValues, WeightedValues)[] pairs = [.. Enumerable.Range(0, 20).Select(i => (Draw(30, 0, (ulong)i), Draw(40, 0.3, 100 + (ulong)i)))];
        Assert.Equal(Compare(pairs, 199, 1).Select(one => one.AdjustedPValue), Compare(pairs, 199, 3).Select(one => one.AdjustedPValue));
    }

    [Fact]
    public void A_shift_is_found_among_many_that_have_none()
    {
        IReadOnlyList<SampleDifference> found = Compare(
            [.. Enumerable.Range(0, 20).Select(i => (Draw(100, 0, (ulong)i), Draw(100, i == 7 ? 3 : 0, 500 + (ulong)i)))], 999, 2);
        Assert.Equal(0.02, found[7].AdjustedPValue, 12);
    }

    [Fact]
    public void Equal_values_and_too_few_rows_are_no_difference()
    {
        IReadOnlyList<SampleDifference> found = Compare([(Of(2, 2, 2), Of(2, 2)), (Of(1, 2), Of(3)), (Of(), Of(1, 2)), (Of(1, 2), Of())], 99, 1);
        Assert.Equal(1, found[0].PValue);
        Assert.Equal(["", "too few rows", "no reference", "no rows"], found.Select(one => one.Note));
        Assert.All(found.Skip(1), one => Assert.True(double.IsNaN(one.AdjustedPValue)));
    }

    [Fact]
    public void The_median_halves_the_weight()
    {
        WeightedValues values = Of(9, 1, 5);
        Assert.Equal(5, values.Median());
        values.Add(7);
        Assert.Equal(6, values.Median());
        values.Add(double.NaN);
        values.Add(100, 0);
        Assert.Equal(6, values.Median());
        values.Add(9, 3);
        Assert.Equal(9, values.Median());
        Assert.True(double.IsNaN(Of().Median()));
    }

    [Fact]
    public void When_the_time_is_up_the_permutations_so_far_have_to_do()
    {
        SampleComparer comparer = new(int.MaxValue - 1, 1, 2, TimeSpan.FromTicks(1));
        SampleDifference found = comparer.Compare([(Draw(50, 0, 1), Draw(50, 9, 2))], CancellationToken.None)[0];
        Assert.Equal(1, found.PValue);
        Assert.Equal(1, comparer.UnfinishedCount);
    }

    private static IReadOnlyList<SampleDifference> Compare((WeightedValues, WeightedValues)[] pairs, int replicates, int threads) =>
        new SampleComparer(replicates, 1, threads).Compare(pairs, CancellationToken.None);

    private static WeightedValues Of(params double[] values)
    {
        WeightedValues all = new();
        foreach (double value in values)
        {
            all.Add(value);
        }

        return all;
    }

    /// <summary>Log-normal, as latencies are.</summary>
    private static WeightedValues Draw(int count, double shift, ulong seed)
    {
        SplitMix64 random = new(seed);
        return Of([.. Enumerable.Range(0, count).Select(_ => shift + Math.Exp(random.NextNormal()))]);
    }
}
