using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation.Models;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Observations;

/// <summary>Collecting rows: what is refused, what is kept, how it is cut into chunks, how a sample is taken.</summary>
public sealed class ObservationsTests
{
    [Theory]
    [InlineData(double.NaN, "NotANumber", "NaN")]
    [InlineData(double.PositiveInfinity, "InfiniteValue", "infinite")]
    [InlineData(double.NegativeInfinity, "InfiniteValue", "infinite")]
    public void A_cell_that_is_not_finite_is_refused_by_row_and_column(double value, string errorId, string word)
    {
        ObservationsBuilder builder = new(["size", "age"]);
        builder.Add([1, 2]);
        builder.Add([3, 4]);
        InvalidObservationException exception = Assert.Throws<InvalidObservationException>(() => builder.Add([5, value]));
        Assert.Equal(errorId, exception.ErrorId);
        Assert.Equal(3, exception.Row);
        Assert.Equal("age", exception.Column);
        Assert.Equal(value, exception.OffendingValue);
        Assert.Contains("Row 3, column 'age' is " + word, exception.Message, StringComparison.Ordinal);

        // the row at fault is left out, the others stay
        builder.Add([5, 6]);
        Assert.Equal(3, builder.Build().Count);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_row_weight_that_is_none_is_refused(double weight)
    {
        ObservationsBuilder builder = new(["x"], weighted: true);
        builder.Add([1], 2);
        InvalidObservationException exception = Assert.Throws<InvalidObservationException>(() => builder.Add([2], weight));
        Assert.Equal("InvalidRowWeight", exception.ErrorId);
        Assert.Equal(2, exception.Row);
        Assert.Equal(weight, exception.OffendingValue);
    }

    [Fact]
    public void Empty_tables_are_refused()
    {
        Assert.Equal("NoRows", Assert.Throws<InvalidObservationException>(() => new ObservationsBuilder(["x"]).Build()).ErrorId);
        Assert.Equal("NoColumns", Assert.Throws<InvalidObservationException>(() => new ObservationsBuilder([])).ErrorId);
        ObservationsBuilder weightless = new(["x"], weighted: true);
        weightless.Add([1], 0);
        Assert.Equal("NoRows", Assert.Throws<InvalidObservationException>(() => weightless.Build()).ErrorId);
        Assert.Throws<ArgumentException>(() => new ObservationsBuilder(["x"]).Add([1, 2]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(255, 1)]
    [InlineData(1000, 3)]
    [InlineData(70_000, 1)]
    [InlineData(70_000, 2)]
    public void Rows_come_back_as_they_went_in(int count, int dimension)
    {
        SplitMix64 random = new(1);
        double[,] rows = TestData.Map(new double[count, dimension], (_, _) => random.NextDouble());
        InMemoryObservations observations = TestData.Observations(rows);
        Assert.Equal(count, observations.Count);
        Assert.Equal(count, observations.TotalWeight);
        double[] row = new double[dimension];
        for (int i = 0; i < count; i += 1 + (count / 1000))
        {
            observations.CopyRow(i, row);
            Assert.Equal(TestData.Row(rows, i), row);
        }

        for (int j = 0; j < dimension; j++)
        {
            Assert.Equal(Enumerable.Range(0, count).Min(i => rows[i, j]), observations.Minimum[j]);
            Assert.Equal(Enumerable.Range(0, count).Max(i => rows[i, j]), observations.Maximum[j]);
        }
    }

    [Fact]
    public void Weights_come_back_and_rows_of_weight_0_are_left_out()
    {
        InMemoryObservations rows = TestData.Chunked(TestData.Column(1, 2, 3, 4), 2, [1, 0, 2.5, 0.25]);
        Assert.Equal(3, rows.Count);
        Assert.Equal(3.75, rows.TotalWeight);
        Assert.Equal([1, 2.5, 0.25], Enumerable.Range(0, 3).Select(i => rows.WeightOf(i)));
    }

    [Fact]
    public void Chunks_and_items_depend_on_the_data_alone()
    {
        for (int dimension = 1; dimension < 3000; dimension += 37)
        {
            int rows = ChunkLayout.RowsPerChunk(dimension);
            Assert.True(rows >= 256 && rows % 256 == 0);
            Assert.True(rows == 256 || rows * dimension <= 1 << 16);
        }

        Assert.Equal(1, ChunkLayout.ItemCount(1, 100));
        Assert.Equal(5, ChunkLayout.ItemCount(5, 100));
        Assert.Equal(128, ChunkLayout.ItemCount(1000, 100));
        Assert.Equal(8, ChunkLayout.ItemCount(1000, 10_000_000));
    }

    [Fact]
    public void A_sample_holds_the_wanted_number_of_rows_in_order_and_at_random()
    {
        InMemoryObservations rows = TestData.Chunked(TestData.Column([.. Enumerable.Range(0, 10_000).Select(i => (double)i)]), 512);
        InMemoryObservations sample = rows.Sample(1000, 3, CancellationToken.None);
        Assert.Equal(1000, sample.Count);
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => Value(sample, i))];
        Assert.Equal(values.Order(), values);
        Assert.Equal(1000, values.Distinct().Count());

        // the mean of a thousand of ten thousand: a standard error of 2887/√1000·√0.9
        Assert.InRange(values.Average(), 4999.5 - (5 * 86.6), 4999.5 + (5 * 86.6));
        Assert.NotEqual(values, Enumerable.Range(0, 1000).Select(i => Value(rows.Sample(1000, 4, CancellationToken.None), i)));
        Assert.Same(rows, rows.Sample(10_000, 3, CancellationToken.None));
    }

    [Fact]
    public void The_least_probable_rows_are_found_with_their_log_densities()
    {
        double[,] data = TestData.Draw(500, 2, 2, 5);
        GaussianMixture mixture = RandomMixture.Draw(2, 2, 10, 6);
        MixtureScorer scorer = new(mixture);
        int[] order = [.. Enumerable.Range(0, 500).OrderBy(i => scorer.Score(TestData.Row(data, i)))];
        InMemoryObservations rows = TestData.Chunked(data, 64);
        foreach (int threads in new[] { 1, 3 })
        {
            IReadOnlyList<ImprobableRow> found = rows.FindLeastProbable(mixture.Parameters, 600, threads, CancellationToken.None);
            Assert.Equal(500, found.Count);
            Assert.Equal(order.Select(i => TestData.Row(data, i)), found.Select(row => row.Values));
            Assert.All(found, row => Close.Relative(scorer.Score(row.Values), row.LogDensity, 1e-12, "log-density"));
            Assert.Equal(TestData.Row(data, order[0]), Assert.Single(rows.FindLeastProbable(mixture.Parameters, 1, threads, CancellationToken.None)).Values);
        }
    }

    [Fact]
    public void Of_equally_improbable_rows_the_first_are_found_by_any_number_of_threads()
    {
        double[] column = [.. Enumerable.Range(0, 5000).Select(i => i % 100 == 7 ? 9.0 : 0.001 * (i % 10))];
        double[,] data = TestData.Column(column);
        double[] weights = [.. Enumerable.Range(1, 5000).Select(i => (double)i)];
        GaussianMixture mixture = GaussianMixture.Create([1], [[0]], [new double[,] { { 1 } }]);
        InMemoryObservations rows = TestData.Chunked(data, 64, weights);
        IReadOnlyList<ImprobableRow> one = rows.FindLeastProbable(mixture.Parameters, 60, 1, CancellationToken.None);
        Assert.Equal(50, one.Count(row => row.Values[0] == 9.0));
        foreach (int threads in new[] { 2, 5 })
        {
            IReadOnlyList<ImprobableRow> several = rows.FindLeastProbable(mixture.Parameters, 60, threads, CancellationToken.None);
            Assert.Equal(one.Select(row => (row.Values[0], row.LogDensity)), several.Select(row => (row.Values[0], row.LogDensity)));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1e9)]
    [InlineData(-1.7e9)]
    public void Pooled_moments_are_the_mean_and_the_covariance(double shift)
    {
        double[,] rows = TestData.Map(TestData.Iris, (value, _) => value + shift);
        PooledMoments pooled = PooledMoments.Compute(TestData.Observations(rows), CovarianceShape.Full, 2, CancellationToken.None);
        double[,] near = TestData.Map(rows, (value, _) => value - shift);
        double[,] ones = TestData.Map(new double[150, 1], (_, _) => 1);
        ReferenceMixture expected = ReferenceMixture.Maximize(near, ones, CovarianceModel.VVV);
        for (int i = 0; i < 4; i++)
        {
            Close.Absolute(expected.Means[0][i], pooled.Mean[i] - shift, 2 * Math.BitIncrement(Math.Abs(shift)) * 2.3e-16 + 1e-13, "mean");
            for (int j = 0; j <= i; j++)
            {
                Close.Absolute(expected.Covariances[0][i, j], pooled.Covariance[PackedMatrix.Index(i, j)], 1e-11, "covariance");
            }
        }

        Assert.Equal(-1, pooled.FindDependentColumn());
    }

    private static double Value(InMemoryObservations rows, int index)
    {
        double[] row = new double[1];
        rows.CopyRow(index, row);
        return row[0];
    }
}
