using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Merging;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Sampling;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Merging;

/// <summary>Which components are combined, and what the entropy plot says.</summary>
public sealed class ComponentMergingTests
{
    // 1 and 2 make a cross, 3 and 4 lie in a row, 5 is alone
    private static readonly GaussianMixture Five = GaussianMixture.Create(
        [0.3, 0.25, 0.2, 0.15, 0.1],
        [[0, 0], [0, 0], [20, 0], [23, 0], [0, 40]],
        [Axes(9, 0.1), Axes(0.1, 9), Axes(1, 1), Axes(1, 1), Axes(1, 1)]);

    [Theory]
    [InlineData(MergeCriterion.Entropy)]
    [InlineData(MergeCriterion.Overlap)]
    public void What_overlaps_is_combined_first(MergeCriterion criterion)
    {
        IReadOnlyList<MergeStep> steps = Merge(Five, criterion, 5000);
        Assert.Equal([5, 4, 3, 2, 1], steps.Select(step => step.ClusterCount));
        Assert.Equal("1, 2, 3, 4, 5", steps[0].Clusters);
        Assert.Equal("1+2, 3+4, 5", steps[2].Clusters);
        Assert.Equal([1, 1, 2, 2, 3], steps[2].ClusterOfComponent);
        Assert.Equal("1+2+3+4+5", steps[4].Clusters);
        Assert.Equal(0, steps[4].Entropy, 1e-9);
        Assert.True(steps[2].IsElbow);
        Assert.Single(steps, step => step.IsElbow);
    }

    [Fact]
    public void Entropy_is_that_of_the_responsibilities_and_never_rises()
    {
        double[] rows = new double[2000 * 2];
        new MixtureSampler(Five, 3).Draw(0, 2000, rows, null);
        RowBlock block = RowBlock.FromRows(rows, 2000, 2);
        double expected = 0;
        MixtureScorer scorer = new(Five);
        for (int i = 0; i < 2000; i++)
        {
            scorer.Score([rows[2 * i], rows[(2 * i) + 1]]);
            expected += scorer.Entropy;
        }

        ComponentMerging merging = new(Five);
        merging.Add(block);
        IReadOnlyList<MergeStep> steps = merging.Merge(MergeCriterion.Entropy, CancellationToken.None);
        Close.Relative(expected, steps[0].Entropy, 1e-9, "entropy");
        for (int i = 1; i < steps.Count; i++)
        {
            Assert.True(steps[i].Entropy <= steps[i - 1].Entropy);
            Close.Absolute(steps[i - 1].Entropy - steps[i].Entropy, steps[i].EntropyDrop, 1e-9, "drop");
            Close.Absolute(steps[i].CumulativeRowCount - steps[i - 1].CumulativeRowCount, steps[i].MergedRowCount, 1e-9, "rows");
        }

        Assert.Equal(2000, steps[^1].MergedRowCount);
    }

    public static TheoryData<ulong> Seeds() => [.. Enumerable.Range(1, 12).Select(seed => (ulong)seed)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_first_pair_is_the_best_of_all(ulong seed)
    {
        GaussianMixture mixture = RandomMixture.Draw(5, 2, 3, seed);
        RowBlock block = Draw(mixture, 1000);
        RowScores scores = new BlockScorer(mixture).Score(block, true);
        (double Entropy, int I, int J) best = (double.PositiveInfinity, 0, 0);
        for (int i = 0; i < 5; i++)
        {
            for (int j = i + 1; j < 5; j++)
            {
                double entropy = Enumerable.Range(0, 1000).Sum(row => -Enumerable.Range(0, 5).Where(k => k != j).Sum(
                    k => Term(scores.Responsibilities![(k * 1000) + row] + (k == i ? scores.Responsibilities[(j * 1000) + row] : 0))));
                best = entropy < best.Entropy ? (entropy, i, j) : best;
            }
        }

        ComponentMerging merging = new(mixture);
        merging.Add(block);
        MergeStep step = merging.Merge(MergeCriterion.Entropy, CancellationToken.None)[1];
        Close.Relative(best.Entropy, step.Entropy, 1e-9, "entropy");
        Assert.Equal(step.ClusterOfComponent[best.I], step.ClusterOfComponent[best.J]);
    }

    /// <summary>Shares of components by hand, from the responsibilities of each row.</summary>
    [Theory]
    [InlineData(MergeCriterion.Entropy, 8)]
    [InlineData(MergeCriterion.Overlap, 8)]
    [InlineData(MergeCriterion.Overlap, 1)]
    [InlineData(MergeCriterion.Overlap, 2)]
    [InlineData(MergeCriterion.Overlap, 3)]
    [InlineData(MergeCriterion.Overlap, 4)]
    [InlineData(MergeCriterion.Overlap, 5)]
    public void Overlap_and_number_of_rows_are_those_of_the_two_that_are_combined(MergeCriterion criterion, ulong seed)
    {
        const int Count = 1500;
        GaussianMixture mixture = RandomMixture.Draw(4, 2, 3, seed);
        RowBlock block = Draw(mixture, Count);
        double[] shares = new BlockScorer(mixture).Score(block, true).Responsibilities!;
        ComponentMerging merging = new(mixture);
        merging.Add(block);
        Assert.Equal(Count, merging.RowCount);
        IReadOnlyList<MergeStep> steps = merging.Merge(criterion, CancellationToken.None);
        Assert.Equal((0.0, 0.0, 0.0, 0.0), (steps[0].Overlap, steps[0].EntropyDrop, steps[0].MergedRowCount, steps[0].CumulativeRowCount));
        double cumulated = 0;
        for (int s = 1; s < 4; s++)
        {
            double[][] clusters = Clusters(steps[s - 1]);
            (int first, int second) = Joined(steps[s - 1], steps[s]);
            (double overlap, double merged) = Pair(clusters, first, second);
            cumulated += merged;
            Close.Relative(overlap, steps[s].Overlap, 1e-10, "overlap");
            Assert.Equal((merged, cumulated), (steps[s].MergedRowCount, steps[s].CumulativeRowCount));
            if (criterion == MergeCriterion.Overlap)
            {
                Assert.All(
                    from i in Enumerable.Range(0, clusters.Length)
                    from j in Enumerable.Range(i + 1, clusters.Length - i - 1)
                    select Pair(clusters, i, j).Overlap,
                    other => Assert.True(other <= overlap * (1 + 1e-10)));
            }
        }

        double[][] Clusters(MergeStep step) =>
        [
            .. Enumerable.Range(1, step.ClusterCount).Select(cluster => Enumerable.Range(0, Count).Select(
                row => Enumerable.Range(0, 4).Where(k => step.ClusterOfComponent[k] == cluster).Sum(k => shares[(k * Count) + row])).ToArray()),
        ];

        static (int First, int Second) Joined(MergeStep before, MergeStep after)
        {
            // of the first two components that were apart and are together
            (int i, int j) = (from a in Enumerable.Range(0, 4)
                              from b in Enumerable.Range(a + 1, 3 - a)
                              where before.ClusterOfComponent[a] != before.ClusterOfComponent[b] && after.ClusterOfComponent[a] == after.ClusterOfComponent[b]
                              select (a, b)).First();
            return (before.ClusterOfComponent[i] - 1, before.ClusterOfComponent[j] - 1);
        }

        static (double Overlap, double Merged) Pair(double[][] clusters, int first, int second)
        {
            int[] assigned = [.. Enumerable.Range(0, Count).Select(row => Enumerable.Range(0, clusters.Length).MaxBy(k => clusters[k][row]))];
            double Taken(int from, int to) => Enumerable.Range(0, Count).Where(row => assigned[row] == to).Sum(row => clusters[from][row]) / clusters[from].Sum();
            return (Math.Max(Taken(first, second), Taken(second, first)), assigned.Count(k => k == first || k == second));
        }
    }

    [Fact]
    public void Where_no_pair_lowers_the_entropy_the_first_of_the_largest_overlap_is_combined()
    {
        // far apart: every row belongs to one component surely, so that all pairs are alike
        GaussianMixture apart = GaussianMixture.Create([0.4, 0.3, 0.3], [[0.0], [1e4], [2e4]], [Starts.Diagonal(1), Starts.Diagonal(1), Starts.Diagonal(1)]);
        foreach (MergeCriterion criterion in Enum.GetValues<MergeCriterion>())
        {
            IReadOnlyList<MergeStep> steps = Merge(apart, criterion, 100);
            Assert.Equal("1+2, 3", steps[1].Clusters);
            Assert.All(steps, step => Assert.Equal((0.0, 0.0, 0.0), (step.Entropy, step.EntropyDrop, step.Overlap)));
        }
    }

    [Fact]
    public void A_component_that_no_row_can_belong_to_overlaps_with_none()
    {
        // the third is so far away that not even a negligible share of a row is left to it
        GaussianMixture mixture = GaussianMixture.Create([0.5, 0.4, 0.1], [[0.0], [3.0], [1e6]], [Starts.Diagonal(1), Starts.Diagonal(1), Starts.Diagonal(1)]);
        ComponentMerging merging = new(mixture);
        merging.Add(RowBlock.FromRows([0, 1, 1.4, 2, 3], 5, 1));
        IReadOnlyList<MergeStep> steps = merging.Merge(MergeCriterion.Overlap, CancellationToken.None);
        Assert.Equal(["1, 2, 3", "1+2, 3", "1+2+3"], steps.Select(step => step.Clusters));
        Close.Absolute(0, steps[1].Entropy, 1e-14, "entropy");
        Assert.Equal((0.0, 5.0), (steps[2].Overlap, steps[2].MergedRowCount));

        // the same with the far one first
        mixture = GaussianMixture.Create([0.5, 0.4, 0.1], [[1e6], [0.0], [3.0]], [Starts.Diagonal(1), Starts.Diagonal(1), Starts.Diagonal(1)]);
        merging = new(mixture);
        merging.Add(RowBlock.FromRows([0, 1, 1.4, 2, 3], 5, 1));
        steps = merging.Merge(MergeCriterion.Overlap, CancellationToken.None);
        Assert.Equal(["1, 2, 3", "1, 2+3", "1+2+3"], steps.Select(step => step.Clusters));
        Assert.Equal(0, steps[2].Overlap);
    }

    [Fact]
    public void Of_pairs_that_lower_the_entropy_alike_that_of_the_largest_overlap_is_combined()
    {
        // the first row is of the first component and a little of the second, the other of the second and as little of the third,
        // which has no row of its own
        GaussianMixture mixture = GaussianMixture.Create(Starts.EqualWeights(3), [[0.0], [10.0], [20.0]], [Starts.Diagonal(1), Starts.Diagonal(1), Starts.Diagonal(1)]);
        ComponentMerging merging = new(mixture);
        merging.Add(RowBlock.FromRows([4, 14], 2, 1));
        Assert.Equal("1, 2+3", merging.Merge(MergeCriterion.Entropy, CancellationToken.None)[1].Clusters);
    }

    [Fact]
    public void A_row_in_the_middle_is_taken_for_one_of_the_first_component()
    {
        GaussianMixture mixture = GaussianMixture.Create([0.5, 0.5], [[0.0], [10.0]], [Starts.Diagonal(1), Starts.Diagonal(1)]);
        ComponentMerging merging = new(mixture);
        merging.Add(RowBlock.FromRows([5, 10], 2, 1));
        Close.Relative(1 / 3.0, merging.Merge(MergeCriterion.Entropy, CancellationToken.None)[1].Overlap, 1e-12, "overlap");
    }

    [Fact]
    public void Merging_stops_when_it_is_told_to()
    {
        ComponentMerging merging = new(Five);
        merging.Add(RowBlock.FromRows([0, 0], 1, 2));
        Assert.Throws<OperationCanceledException>(() => merging.Merge(MergeCriterion.Entropy, new CancellationToken(true)));
    }

    [Fact]
    public void Weights_count_like_copies()
    {
        double[,] rows = new MixtureSampler(Five, 3).DrawMatrix(300);
        Assert.Equal(Weighted(rows, 3).Select(step => step.Entropy), Weighted(rows, 1).Select(step => 3 * step.Entropy).ToArray(), new Tolerance());
    }

    [Fact]
    public void One_component_is_one_step_and_no_rows_are_an_error()
    {
        MergeStep step = Assert.Single(Merge(RandomMixture.Draw(1, 1, 1, 1), MergeCriterion.Entropy, 10));
        Assert.Equal((1, 0.0, "1"), (step.ClusterCount, step.Entropy, step.Clusters));
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => new ComponentMerging(Five).Merge(MergeCriterion.Entropy, CancellationToken.None));
        Assert.Equal("NoRows", error.ErrorId);
        Assert.StartsWith("There are no rows.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_components()
    {
        IReadOnlyList<MergeStep> steps = Merge(RandomMixture.Draw(120, 2, 50, 1), MergeCriterion.Entropy, 1000);
        Assert.Equal(120, steps.Count);
        Assert.Single(steps, step => step.IsElbow);
    }

    private static IReadOnlyList<MergeStep> Weighted(double[,] rows, double weight)
    {
        ComponentMerging merging = new(Five);
        RowCollector collector = new(["a", "b"], true, MissingValuePolicy.Error, merging.Add);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            collector.Add(TestData.Row(rows, i), weight);
        }

        collector.Flush();
        return merging.Merge(MergeCriterion.Entropy, CancellationToken.None);
    }

    private static double Term(double share) => share > 0 ? share * Math.Log(share) : 0;

    private static double[,] Axes(double x, double y) => new[,] { { x, 0 }, { 0, y } };

    private static RowBlock Draw(GaussianMixture mixture, int count)
    {
        double[] rows = new double[count * mixture.Dimension];
        new MixtureSampler(mixture, 3).Draw(0, count, rows, null);
        return RowBlock.FromRows(rows, count, mixture.Dimension);
    }

    private static IReadOnlyList<MergeStep> Merge(GaussianMixture mixture, MergeCriterion criterion, int count)
    {
        ComponentMerging merging = new(mixture);
        merging.Add(Draw(mixture, count));
        return merging.Merge(criterion, CancellationToken.None);
    }

    private sealed class Tolerance : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= 1e-9 * (1 + Math.Abs(x));

        public int GetHashCode(double obj) => 0;
    }
}
