using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using Xunit;

namespace GmmTools.Core.Tests.Observations;

/// <summary>However rows come in, one by one, in blocks or by columns, the same chunks come out.</summary>
public sealed class IntakeTests
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Theory]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(2560)]
    [InlineData(6001)]
    public void One_by_one_in_blocks_and_by_columns_are_the_same_chunks(int count)
    {
        double[,] rows = TestData.Draw(count, 2, 3, 5);
        RowKeeper single = new(Names, false);
        RowKeeper blocks = new(Names, false);
        RowKeeper columns = new(Names, false);
        for (int first = 0; first < count;)
        {
            int taken = Math.Min(count - first, 1 + (first % 1700));
            int[] numbers = [.. Enumerable.Range(first, taken)];
            foreach (int i in numbers)
            {
                single.Add(TestData.Row(rows, i), 1);
            }

            blocks.AddRows([.. numbers.SelectMany(i => TestData.Row(rows, i)), 99, 99, 99], taken);
            columns.AddColumns([.. Enumerable.Range(0, 3).Select(j => (double[])[.. numbers.Select(i => rows[i, j]), 99])], taken);
            first += taken;
        }

        IReadOnlyList<RowChunk> expected = single.Build().Chunks;
        Assert.Equal(count, expected.Sum(chunk => chunk.Count));
        Assert.All(expected.SkipLast(1), chunk => Assert.Equal(ChunkLayout.RowsPerChunk(3), chunk.Count));
        AssertSame(expected, blocks.Build().Chunks);
        AssertSame(expected, columns.Build().Chunks);
        double[] row = new double[3];
        expected[expected.Count - 1].CopyRow(expected[expected.Count - 1].Count - 1, row);
        Assert.Equal(TestData.Row(rows, count - 1), row);
    }

    [Fact]
    public void Weights_appear_with_the_first_that_counts_otherwise()
    {
        ChunkFiller filler = new(1, 8, 2, weighted: false);
        filler.Add([1], 1);
        Assert.Null(filler.Take().Weights);
        filler.AddRows([1, 2, 3], 0, 3);
        filler.Add([4], 0.5);
        filler.AddColumns([[5, 6]], 0, 2);
        RowChunk chunk = filler.Take();
        Assert.Equal([1, 1, 1, 0.5, 1, 1], chunk.Weights!);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], chunk.Values);
    }

    [Fact]
    public void A_full_chunk_takes_no_more_and_is_handed_over_without_a_copy()
    {
        ChunkFiller filler = new(2, 4, 1, weighted: true);
        Assert.Equal(4, filler.AddRows([.. Enumerable.Range(0, 12).Select(i => (double)i)], 1, 6));
        Assert.True(filler.IsFull);
        RowChunk chunk = filler.Take();
        Assert.Equal([2.0, 4, 6, 8, 3, 5, 7, 9], chunk.Values);
        Assert.Equal([1.0, 1, 1, 1], chunk.Weights!);
        Assert.Equal(0, filler.Count);
    }

    [Fact]
    public void Rows_with_gaps_and_complete_ones_keep_their_order()
    {
        double[,] rows = Gaps.Punch(TestData.Draw(900, 2, 3, 5), 0.2, 3);
        double[][] read = [.. Gaps.Collect(rows).EnumerateWeighted().Select(entry => entry.Row.ToArray())];
        double[][] expected = [.. Enumerable.Range(0, 900).Select(i => TestData.Row(rows, i)).Where(row => !row.All(double.IsNaN))];
        Assert.Equal(expected, read);
    }

    private static void AssertSame(IReadOnlyList<RowChunk> expected, IReadOnlyList<RowChunk> actual)
    {
        Assert.Equal(expected.Select(chunk => chunk.Count), actual.Select(chunk => chunk.Count));
        Assert.Equal(expected.SelectMany(chunk => chunk.Values), actual.SelectMany(chunk => chunk.Values));
    }
}
