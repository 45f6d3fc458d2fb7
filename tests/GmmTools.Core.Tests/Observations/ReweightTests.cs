using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Seams;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;
using GmmTools.Observations.Views;
using Xunit;

namespace GmmTools.Core.Tests.Observations;

/// <summary>Views of rows that count otherwise, such as bootstrap samples, are as good as tables of such rows.</summary>
public sealed class ReweightTests
{
    private const int Count = 3000;
    private static readonly double[,] Rows = TestData.Draw(Count, 2, 2, 21);
    private static readonly double[] Counts = Draw(Count, 5);

    [Fact]
    public void Rows_in_memory_are_shared_and_count_as_told()
    {
        InMemoryObservations rows = TestData.Observations(Rows);
        IObservations view = rows.Reweight(Counts);
        Assert.Same(rows.Chunks[0].Values, ((InMemoryObservations)view).Chunks[0].Values);
        AssertLike(Gaps.Collect(Rows, Counts), view);
        Assert.Equal(Count, rows.TotalWeight);
    }

    [Fact]
    public void Few_rows_are_copied_without_those_that_are_left_out()
    {
        double[,] few = TestData.Draw(40, 2, 2, 21);
        double[] counts = Draw(40, 5);
        int[] labels = [.. Enumerable.Range(0, 40)];
        InMemoryObservations view = (InMemoryObservations)TestData.Observations(few).Label(labels).Reweight(counts);
        InMemoryObservations copied = view.WithoutLeftOut();
        int[] kept = [.. labels.Where(i => counts[i] > 0)];
        Assert.InRange(kept.Length, 1, 39);
        Assert.Equal(kept.Length, copied.StoredCount);
        Assert.Equal(view.EnumerateWeighted().Select(pair => (pair.Row[0], pair.Row[1], pair.Weight)), copied.EnumerateWeighted().Select(pair => (pair.Row[0], pair.Row[1], pair.Weight)));
        Assert.Equal(kept, copied.EnumerateLabels());
        Assert.Equal(view.Minimum, copied.Minimum);
        Assert.Equal(view.Maximum, copied.Maximum);
        Assert.Same(copied, copied.WithoutLeftOut());

        InMemoryObservations many = (InMemoryObservations)TestData.Observations(TestData.Draw(10_000, 2, 2, 21)).Reweight(Draw(10_000, 5));
        Assert.Same(many, many.WithoutLeftOut());
    }

    [Fact]
    public void Rows_in_a_file_stay_there()
    {
        using RowStorage storage = new(1000, Path.GetTempPath());
        RowCollector collector = new(["x1", "x2"], false, MissingValuePolicy.Error, storage);
        for (int i = 0; i < Count; i++)
        {
            collector.Add(TestData.Row(Rows, i));
        }

        MappedObservations rows = Assert.IsType<MappedObservations>(collector.Build());
        AssertLike(Gaps.Collect(Rows, Counts), rows.Reweight(Counts));
    }

    [Fact]
    public void Rows_with_gaps_keep_their_order()
    {
        double[,] rows = Gaps.Punch(Rows, 0.2, 3);
        IObservations all = Gaps.Collect(rows);
        double[] counts = [.. Counts.Take((int)all.Count)];
        (double[] Row, double Weight)[] expected =
            [.. all.EnumerateWeighted().Select((pair, i) => ((double[])pair.Row.Clone(), counts[i])).Where(pair => pair.Item2 > 0)];
        IObservations view = all.Reweight(counts);
        Assert.Equal(expected.Select(pair => pair.Weight), view.EnumerateWeighted().Select(pair => pair.Weight));
        double[,] left = new double[expected.Length, 2];
        for (int i = 0; i < expected.Length; i++)
        {
            (left[i, 0], left[i, 1]) = (expected[i].Row[0], expected[i].Row[1]);
        }

        AssertLike(Gaps.Collect(left, [.. expected.Select(pair => pair.Weight)]), view);
    }

    [Fact]
    public void Parts_take_their_share_and_views_can_be_viewed_again()
    {
        double[] column = [.. Enumerable.Range(0, 900).Select(i => Rows[i, 0])];
        CombinedObservations parts = new([new ToyRows([.. column.Take(400)]), TestData.Observations(TestData.Column([.. column.Skip(400)]))]);
        double[] counts = [.. Counts.Take(900)];
        AssertLike(Gaps.Collect(TestData.Column(column), counts), parts.Reweight(counts));

        // of the rows that are left, every second one
        double[] half = [.. Enumerable.Range(0, counts.Count(count => count > 0)).Select(i => (double)(i % 2))];
        IObservations twice = parts.Reweight(counts).Reweight(half);
        Assert.Equal(half.Sum(), twice.TotalWeight);
        Assert.Equal(column.Where((_, i) => counts[i] > 0).Where((_, i) => i % 2 == 1), twice.EnumerateWeighted().Select(pair => pair.Row[0]));

        // a part of which nothing is left goes
        double[] last = [.. Enumerable.Range(0, 900).Select(i => i < 400 ? 0.0 : 1)];
        Assert.Equal(500, parts.Reweight(last).Count);
    }

    [Fact]
    public void Wrong_weights_are_refused()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Column(1, 2, 3));
        Assert.Throws<ArgumentException>(() => rows.Reweight([1, 2]));
        Assert.Equal("NoRows", Assert.Throws<InvalidObservationException>(() => rows.Reweight([0, 0, 0])).ErrorId);
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => rows.Reweight([1, -1, 0]));
        Assert.Equal(("InvalidRowWeight", 2L), (error.ErrorId, error.Row));
    }

    /// <summary>The view has the totals, sums, samples, least probable rows and fits of a table of the rows that count.</summary>
    private static void AssertLike(IObservations table, IObservations view)
    {
        Assert.Equal((table.Count, table.TotalWeight), (view.Count, view.TotalWeight));
        Assert.Equal(table.Minimum, view.Minimum);
        Assert.Equal(table.Maximum, view.Maximum);
        Assert.Equal(
            table.EnumerateWeighted().Select(pair => (pair.Row[0], pair.Weight)), view.EnumerateWeighted().Select(pair => (pair.Row[0], pair.Weight)));
        MixtureParameters mixture = RandomMixture.Draw(2, table.Property.Count, 4, 9).ToParameters();
        mixture.TryFactorize();
        Close.Relative(
            PartialObservationsTests.Compute(table, mixture, 1).LogLikelihood,
            PartialObservationsTests.Compute(view, mixture, 2).LogLikelihood,
            1e-12,
            "log-likelihood");
        Assert.Equal(Improbable(table, mixture), Improbable(view, mixture));
        Assert.Equal(table.Sample(100, 4, CancellationToken.None).Count, view.Sample(100, 4, CancellationToken.None).Count);
        Assert.Equal(table.Count, view.Sample(Count, 4, CancellationToken.None).Count);
        EmOptions options = new() { ComponentCount = 2, Seed = 3 };
        Close.Relative(new EmEstimator(options).Fit(table).LogLikelihood, new EmEstimator(options).Fit(view).LogLikelihood, 1e-6, "fit");
    }

    private static IEnumerable<double> Improbable(IObservations rows, MixtureParameters mixture) =>
        rows.FindLeastProbable(mixture, 20, 2, CancellationToken.None).Select(row => Math.Round(row.LogDensity, 9));

    /// <summary>How often each of n rows is drawn by n draws with replacement.</summary>
    private static double[] Draw(int count, ulong seed)
    {
        SplitMix64 random = new(seed);
        double[] counts = new double[count];
        for (int i = 0; i < count; i++)
        {
            counts[(int)(random.NextDouble() * count)]++;
        }

        return counts;
    }
}
