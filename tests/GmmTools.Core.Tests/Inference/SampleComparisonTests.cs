using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Inference.Testing;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using Xunit;

namespace GmmTools.Core.Tests.Inference;

/// <summary>Rows by group and column: who is compared with whom, in which order, and how many of the differences that are found are none.</summary>
public sealed class SampleComparisonTests
{
    [Fact]
    public void Groups_are_found_by_their_values_and_those_of_one_side_stay()
    {
        Rows before = new("ms");
        Rows after = new("ms");
        foreach (double value in new[] { 1.0, 2, 3, 4 })
        {
            before.Add("a", value);
            before.Add("old", value);
            before.Add("b", value);
            after.Add("B", value + 10);
            after.Add("new", value);
            after.Add("a", value + 1);
            after.Add("a", value + 1);
        }

        IReadOnlyList<SampleDifference> found = Compare(before, after, new()).Differences;
        Assert.Equal(["q=B", "q=a", "q=new", "q=old"], found.Select(one => one.Group!.ToString()));
        Assert.Equal([40, 8, double.NaN, double.NaN], found.Select(one => one.TotalHarm));
        Assert.Equal(["", "", "no reference", "no rows"], found.Select(one => one.Note));
        Assert.Equal([2.5, 2.5, double.NaN, 2.5], found.Select(one => one.ReferenceMean));
        Assert.Equal([12.5, 3.5, 2.5, double.NaN], found.Select(one => one.Median));
        Assert.Equal([4.0, 8, 4, 0], found.Select(one => one.RowCount));
    }

    [Fact]
    public void Each_column_is_a_comparison_and_a_gap_is_missing_in_its_column_only()
    {
        Rows before = new("x", "y");
        Rows after = new("x", "y");
        for (int i = 0; i < 20; i++)
        {
            before.Add("a", i, i % 7);
            after.Add("a", i == 3 ? double.NaN : i, (i % 7) + 5);
        }

        IReadOnlyList<SampleDifference> found = Compare(before, after, new()).Differences;
        Assert.Equal(["y", "x"], found.Select(one => one.Column));
        Assert.Equal([20.0, 19], found.Select(one => one.RowCount));
        Assert.Equal([true, false], found.Select(one => one.Differs));
    }

    [Fact]
    public void A_row_and_its_weight_stay_together()
    {
        // one row that counts a thousand times is one piece of evidence: its group is no larger for it
        Rows before = new("x");
        Rows after = new("x");
        SplitMix64 random = new(5);
        for (int i = 0; i < 20; i++)
        {
            before.AddWeighted("a", 1, random.NextNormal());
            after.AddWeighted("a", i == 0 ? 1000 : 1, i == 0 ? 1.5 : random.NextNormal());
        }

        SampleDifference found = Compare(before, after, new()).Differences[0];
        Assert.Equal(1019, found.RowCount);
        Assert.InRange(found.Mean, 1.4, 1.5);
        Assert.InRange(found.PValue, 0.05, 1);
    }

    [Fact]
    public void A_list_of_differences_has_no_more_false_ones_than_stated()
    {
        // half of 20 groups are shifted; 0.2 asks for at most a share of 0.1, as half of all are alike
        const int Lists = 150;
        const double Rate = 0.2;
        double[] shares = new double[Lists];
        int missed = 0;
        for (int list = 0; list < Lists; list++)
        {
            SplitMix64 random = new(100 + (ulong)list);
            Rows before = new("ms");
            Rows after = new("ms");
            for (int group = 0; group < 20; group++)
            {
                for (int i = 0; i < 25; i++)
                {
                    before.Add($"{group}", Math.Exp(random.NextNormal()));
                    after.Add($"{group}", Math.Exp(random.NextNormal() + (group < 10 ? 1.2 : 0)));
                }
            }

            SampleComparisonReport report = Compare(before, after, new() { FalseDiscoveryRate = Rate, Seed = (ulong)list, ThreadCount = 2 });
            SampleDifference[] differing = [.. report.Differences.Where(one => one.Differs)];
            int alike = differing.Count(one => int.Parse(one.Group!.Values[0], CultureInfo.InvariantCulture) >= 10);
            shares[list] = alike / (double)Math.Max(1, differing.Length);
            missed += 10 - (differing.Length - alike);
        }

        double mean = shares.Average();
        double error = Math.Sqrt(shares.Sum(share => (share - mean) * (share - mean)) / (Lists - 1) / Lists);
        Assert.InRange(mean, (Rate / 2) - (4 * error), (Rate / 2) + (3 * error));
        Assert.InRange(missed, 1, Lists * 5);
    }

    [Fact]
    public void Too_few_replicates_for_so_many_comparisons_are_told()
    {
        Rows before = new("x");
        Rows after = new("x");
        for (int i = 0; i < 60; i++)
        {
            before.Add($"{i % 10}", i);
            after.Add($"{i % 10}", i * 2);
        }

        Assert.Contains("among 10 comparisons. That takes at least 199.", Assert.Single(Compare(before, after, new() { ReplicateCount = 198 }).Warnings), StringComparison.Ordinal);
        Assert.Empty(Compare(before, after, new() { ReplicateCount = 199 }).Warnings);
        Assert.Empty(Compare(before, after, new()).Warnings);
        Assert.Contains("10 of 10 comparisons were not done", Assert.Single(Compare(before, after, new() { TimeLimit = TimeSpan.FromTicks(1) }).Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 999)]
    [InlineData(24, 999)]
    [InlineData(1000, 39999)]
    public void Replicates_grow_with_the_number_of_comparisons(int comparisons, int replicates) =>
        Assert.Equal(replicates, new SampleComparisonOptions().MostFor(comparisons));

    [Theory]
    [InlineData("InvalidFalseDiscoveryRate", 0.0, null)]
    [InlineData("InvalidFalseDiscoveryRate", 1.0, null)]
    [InlineData("InvalidFalseDiscoveryRate", double.NaN, null)]
    [InlineData("InvalidReplicateCount", 0.05, 18)]
    public void Options_out_of_their_domain_are_errors(string errorId, double rate, int? replicates) => Assert.Equal(
        errorId,
        Assert.Throws<EstimationException>(() => new SampleComparison(new() { FalseDiscoveryRate = rate, ReplicateCount = replicates })).ErrorId);

    private static SampleComparisonReport Compare(Rows before, Rows after, SampleComparisonOptions options) => new SampleComparison(options).Compare(
        before.All, before.Groups, after.All, after.Groups, CancellationToken.None);

    private sealed class Rows(params string[] columns)
    {
        private readonly RowCollector _collector = new(columns, weighted: true, MissingValuePolicy.Marginalize);

        public GroupedRows Groups { get; } = new();

        public void Add(string group, params double[] row) => AddWeighted(group, 1, row);

        public void AddWeighted(string group, double weight, params double[] row)
        {
            Assert.True(_collector.Add(row, weight));
            Groups.Add(new RowGroup(["q"], [group]));
        }

        public IObservations All => field ??= _collector.Build();
    }
}
