using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Connectors;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>Rows of files that pass through in blocks: all of them, in order, with what goes with them.</summary>
public sealed class BlockReadingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(10, false)]
    [InlineData(50_000, false)]
    [InlineData(50_000, true)]
    public void All_rows_come_in_order(int count, bool compressed)
    {
        string path = Write("rows.csv", count, compressed);
        (List<RowBlock> blocks, RowIntake intake) = Read([path], new FileReadOptions { Property = ["b", "a"] });
        Assert.Equal(count, intake.ReadCount);
        Assert.Equal(Enumerable.Range(0, count).Select(i => -i / 4.0), Column(blocks, 0));
        Assert.Equal(Enumerable.Range(0, count).Select(i => (double)i), Column(blocks, 1));
        Assert.Equal(Enumerable.Range(1, count).Select(i => (long)i), blocks.SelectMany(block => block.RowNumbers));
        Assert.All(blocks, block => Assert.False(block.HasGaps));
        Assert.All(blocks, block => Assert.InRange(block.Count, 1, 4096));
    }

    [Fact]
    public void Cells_that_go_with_the_rows_stay_with_them()
    {
        string first = Write("first.csv", 5000, false);
        string second = _folder.Write("second.csv", "b,name,a\n-1,last,4\n");
        (List<RowBlock> blocks, _) = Read([first, second], new FileReadOptions { Property = ["a"], Extra = ["n*", "b", "a"] });
        Assert.All(blocks, block => Assert.Equal(["name", "b"], block.ExtraNames));
        IReadOnlyList<object?>[] extra = [.. blocks.SelectMany(block => block.Extra!)];
        Assert.Equal(5001, extra.Length);
        Assert.Equal(["r17", "-4.25"], extra[17]);
        Assert.Equal(["last", "-1"], extra[5000]);
        Assert.Equal(4, Column(blocks, 0).Last());
    }

    [Fact]
    public void Gaps_are_left_out_marked_or_an_error_after_the_rows_before_them()
    {
        string path = _folder.Write("gaps.csv", "a,b\n1,2\n3,\n,\n5,6\n");
        (List<RowBlock> kept, RowIntake marginalized) = Read([path], new FileReadOptions { Property = ["a", "b"], MissingValue = MissingValuePolicy.Marginalize });
        Assert.Equal([1.0, 3, 5], Column(kept, 0));
        Assert.Equal([2.0, double.NaN, 6], Column(kept, 1));
        Assert.Equal([1L, 2, 4], kept.SelectMany(block => block.RowNumbers));
        Assert.True(kept[0].HasGaps);
        Assert.Equal(1, marginalized.OmittedCount);

        (List<RowBlock> whole, RowIntake omitted) = Read([path], new FileReadOptions { Property = ["a", "b"], MissingValue = MissingValuePolicy.Omit });
        Assert.Equal([1.0, 5], Column(whole, 0));
        Assert.Equal(2, omitted.OmittedCount);

        List<RowBlock> before = [];
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => FileObservationReader.ReadBlocks([path], new FileReadOptions { Property = ["a", "b"] }, before.Add, null, CancellationToken.None));
        Assert.Equal("MissingValue", error.ErrorId);
        Assert.Equal([1.0], Column(before, 0));
    }

    [Fact]
    public void Every_column_that_is_not_there_is_named()
    {
        string path = Write("rows.csv", 3, false);
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => Read([path], new FileReadOptions { Property = ["a", "x1", "x2"] }));
        Assert.Equal("UnknownProperty", error.ErrorId);
        Assert.Contains("has no columns 'x1', 'x2'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_alone_is_no_row()
    {
        (List<RowBlock> blocks, RowIntake intake) = Read([_folder.Write("none.csv", "a,b\n")], new FileReadOptions { Property = ["a"] });
        Assert.Empty(blocks);
        Assert.Equal(0, intake.ReadCount);
    }

    [Fact]
    public void Reading_stops_when_it_is_told_to()
    {
        string path = Write("rows.csv", 50_000, false);
        using CancellationTokenSource stop = new();
        int count = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => FileObservationReader.ReadBlocks(
            [path],
            new FileReadOptions { Property = ["a"] },
            block =>
            {
                count += block.Count;
                stop.Cancel();
            },
            null,
            stop.Token));
        Assert.InRange(count, 1, 49_999);
    }

    private static (List<RowBlock> Blocks, RowIntake Intake) Read(string[] paths, FileReadOptions options)
    {
        List<RowBlock> blocks = [];
        RowIntake intake = FileObservationReader.ReadBlocks(paths, options, blocks.Add, null, CancellationToken.None);
        return (blocks, intake);
    }

    private static IEnumerable<double> Column(IEnumerable<RowBlock> blocks, int column) =>
        blocks.SelectMany(block => Enumerable.Range(0, block.Count).Select(i => block.Values[(column * block.Count) + i]));

    private string Write(string name, int count, bool compressed)
    {
        StringBuilder text = new("a,name,b\n");
        for (int i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},r{i},{-i / 4.0}\n");
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        if (!compressed)
        {
            return _folder.Write(name, bytes);
        }

        using MemoryStream target = new();
        using (GZipStream zip = new(target, CompressionLevel.Fastest))
        {
            zip.Write(bytes);
        }

        return _folder.Write(name + ".gz", target.ToArray());
    }
}
