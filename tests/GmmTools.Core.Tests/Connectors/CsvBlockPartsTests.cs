using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Connectors.Cells;
using GmmTools.Connectors.Csv;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>What is plain enough for the reading in blocks, and how a file is cut into them. All else is read row by row, which other tests compare.</summary>
public sealed class CsvBlockPartsTests
{
    /// <summary>Lines of three columns, the second and third of which are wanted.</summary>
    [Theory]
    [InlineData("a,1,2\nb,3,4\n", 2, new[] { 1.0, 2, 3, 4 })]
    [InlineData("a,1,2\n\nb,3,4", 3, new[] { 1.0, 2, 3, 4 })]
    [InlineData("a,1,2\r\n \t\r\nb,3,4\r\n", 3, new[] { 1.0, 2, 3, 4 })]
    [InlineData("a,1,2\r\n\r\n", 2, new[] { 1.0, 2 })]
    [InlineData("\"q,\"\"r\",1,2\n", 1, new[] { 1.0, 2 })]
    [InlineData("\"\",1,2\n", 1, new[] { 1.0, 2 })]
    [InlineData("a,\"1.5\",2\n", 1, new[] { 1.5, 2 })]
    [InlineData("a, 1 ,\t2 \n", 1, new[] { 1.0, 2 })]
    [InlineData("a,\" 1\",2\n", 1, new[] { 1.0, 2 })]
    [InlineData("a,123456789012345678901234567890,2\n", 1, new[] { 123456789012345678901234567890.0, 2 })]
    [InlineData("a,1,2,\nb,3,4, ,\n", 2, new[] { 1.0, 2, 3, 4 })]
    [InlineData("ä,1,2\n", 1, new[] { 1.0, 2 })]
    [InlineData(" \n", 1, new double[0])]
    public void Plain_lines_are_read(string content, int lines, double[] numbers)
    {
        CsvBlock block = Read(content, Format());
        Assert.True(block.IsRegular);
        Assert.Equal((lines, numbers.Length / 2), (block.LineCount, block.RowCount));
        Assert.Equal(numbers, block.Numbers.Take(numbers.Length));
    }

    [Theory]
    [InlineData("a,1,2\rb,3,4\n")]
    [InlineData("a,1,2\r")]
    [InlineData("a,1,2\n \r \n")]
    [InlineData("a,1,2\n \r")]
    [InlineData("\"q\nr\",1,2\n")]
    [InlineData("\"q\r\nr\",1,2\n")]
    [InlineData("\"q\"r,1,2\n")]
    [InlineData("\"q")]
    [InlineData("a,\"1\"2,2\n")]
    [InlineData("a,\"1x\",2\n")]
    [InlineData("a,,2\n")]
    [InlineData("a,1,\n")]
    [InlineData("a,NA,2\n")]
    [InlineData("a,1\n")]
    [InlineData("a\n")]
    [InlineData(",\n")]
    [InlineData("a,1,2,x\n")]
    [InlineData("a,1,2,\"\"\n")]
    [InlineData("a,1e999,2\n")]
    [InlineData("a,-Infinity,2\n")]
    [InlineData("a,oops,2\n")]
    [InlineData("a,1.5.2,2\n")]
    public void Other_lines_are_left_to_the_reader_of_rows(string content) => Assert.False(Read("z,7,8\n" + content, Format()).IsRegular);

    [Fact]
    public void Cells_may_be_missing_where_that_is_allowed()
    {
        CsvBlock block = Read("a,,2\nb,NA,\"\"\nc,5, \n", Format(gaps: true));
        Assert.True(block.IsRegular);
        Assert.Equal([double.NaN, 2, double.NaN, double.NaN, 5, double.NaN], block.Numbers.Take(6));
        Assert.False(Read("a,1\n", Format(gaps: true)).IsRegular);
    }

    [Fact]
    public void Weights_may_be_neither_negative_nor_missing()
    {
        Assert.Equal([1.0, 0, 3, 2.5], Read("a,1,0\nb,3,2.5\n", Format(weight: 1)).Numbers.Take(4));
        Assert.False(Read("a,1,-2\n", Format(weight: 1)).IsRegular);
        Assert.False(Read("a,1, -2\n", Format(weight: 1)).IsRegular);
        Assert.True(Read("a,-1,2\n", Format(weight: 1)).IsRegular);
        Assert.True(Read("a,,2\n", Format(weight: 1, gaps: true)).IsRegular);
        Assert.False(Read("a,1,\n", Format(weight: 1, gaps: true)).IsRegular);
    }

    [Fact]
    public void Numbers_that_mean_a_missing_cell_are_missing()
    {
        CellParser parser = new(null, ["-999", ""]);
        CsvBlock block = Read("a,-999,2\nb,-999.0,\"-999\"\n", Format(gaps: true, parser: parser));
        Assert.True(block.IsRegular);
        Assert.Equal([double.NaN, 2, double.NaN, double.NaN], block.Numbers.Take(4));
        Assert.False(Read("a,-999,2\n", Format(parser: parser)).IsRegular);
        Assert.True(Read("a,-998,2\n", Format(parser: parser)).IsRegular);
    }

    /// <summary>Of one column a blank line cannot be told from a missing cell, unless there are quotes: it is no row.</summary>
    [Fact]
    public void A_blank_line_of_one_column_is_no_row()
    {
        CsvFormat format = CsvFormat.TryCreate(',', Encoding.UTF8, new CellParser(), 1, new CsvCells([0], -1, true), false)!;
        CsvBlock block = Read("1\n\n3\n", format);
        Assert.Equal((true, 2, 3), (block.IsRegular, block.RowCount, block.LineCount));
        Assert.Equal([1.0, 3], block.Numbers.Take(2));
        Assert.False(Read("1\n\"\"\n3\n", format).IsRegular);
        Assert.False(Read("1\nNA\n3\n", format).IsRegular);
    }

    [Fact]
    public void Decimal_commas_between_commas_are_numbers_in_quotes_alone()
    {
        CellParser german = new(System.Globalization.CultureInfo.GetCultureInfo("de-DE"));
        Assert.Equal([1.5, 2], Read("a,\"1,5\",2\n", Format(parser: german)).Numbers.Take(2));
        CsvBlock cut = Read("a,1,5,2\n", Format(parser: german));
        Assert.False(cut.IsRegular);
        CsvFormat semicolons = CsvFormat.TryCreate(';', Encoding.UTF8, german, 3, new CsvCells([1, 2], -1, false), false)!;
        Assert.Equal([1.5, -2.25], Read("a;1,5;-2,25\n", semicolons).Numbers.Take(2));
    }

    [Fact]
    public void Bytes_that_are_no_text_are_left_to_the_reader_that_says_so()
    {
        byte[] bytes = [0xE4, .. ",1,2\n"u8];
        Assert.False(Read(bytes, Format()).IsRegular);
        Assert.False(Read(bytes, Format(encoding: Encoding.ASCII)).IsRegular);
        Assert.True(Read(bytes, Format(encoding: Encoding.Latin1)).IsRegular);
        Assert.True(Read("a,1,2\n"u8.ToArray(), Format(encoding: Encoding.ASCII)).IsRegular);
    }

    [Fact]
    public void Directives_of_a_log_are_left_to_the_reader_of_rows()
    {
        CsvFormat log = CsvFormat.TryCreate(' ', Encoding.UTF8, new CellParser(), 3, new CsvCells([1, 2], -1, false), true)!;
        Assert.Equal([1.0, 2], Read("a 1 2\n", log).Numbers.Take(2));
        Assert.False(Read("#a 1 2\n", log).IsRegular);
        Assert.True(Read("#a,1,2\n", Format()).IsRegular);
    }

    [Fact]
    public void A_block_is_used_for_other_bytes_again()
    {
        CsvBlock block = Read(string.Concat(Enumerable.Range(0, 5000).Select(i => $"a,{i},{2 * i}\n")), Format());
        Assert.Equal((5000, 5000), (block.RowCount, block.LineCount));
        Assert.Equal(Enumerable.Range(0, 5000).SelectMany(i => new[] { (double)i, 2 * i }), block.Numbers.Take(10_000));
        block.Length = 6;
        block.Read();
        Assert.Equal((1, 1, true), (block.RowCount, block.LineCount, block.IsRegular));
        block.Bytes = "oops\n"u8.ToArray();
        block.Length = 5;
        block.Read();
        Assert.Equal((0, false), (block.RowCount, block.IsRegular));
    }

    [Fact]
    public void Encodings_in_which_ASCII_is_one_byte_are_read_in_blocks()
    {
        CsvCells cells = new([0], -1, false);
        bool Can(char delimiter, Encoding encoding, string culture) =>
            CsvFormat.TryCreate(delimiter, encoding, new CellParser(System.Globalization.CultureInfo.GetCultureInfo(culture)), 1, cells, false) is not null;
        Assert.True(Can(',', new UTF8Encoding(true), string.Empty));
        Assert.True(Can(',', Encoding.ASCII, string.Empty));
        Assert.True(Can(';', Encoding.Latin1, "de-DE"));
        Assert.False(Can(',', Encoding.Unicode, string.Empty));
        Assert.False(Can('\u00A7', Encoding.UTF8, string.Empty));
        Assert.False(Can(';', Encoding.UTF8, "sv-SE"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(7, 3)]
    [InlineData(64, 4)]
    [InlineData(1 << 16, 2)]
    public void Blocks_are_whole_lines_in_the_order_of_the_file(int blockSize, int threads)
    {
        string[] lines = [.. Enumerable.Range(0, 300).Select(i => i % 40 == 7 ? new string('q', i) + ",1,2" : $"{i},{i},{-i}")];
        byte[] bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        using CsvBlockReader reader = new(new MemoryStream(bytes), 1000, Format(), blockSize, threads, CancellationToken.None);
        List<byte> seen = [];
        int rows = 0;
        while (reader.Next() is CsvBlock block)
        {
            Assert.Equal((1000 + seen.Count, true, true), (block.Offset, block.IsRegular, block.IsRead));
            for (int i = 0; i < block.RowCount; i++)
            {
                bool marked = (rows + i) % 40 == 7;
                Assert.Equal(marked ? [1, 2] : [rows + i, -rows - i], block.Numbers.Skip(2 * i).Take(2));
            }

            rows += block.RowCount;
            seen.AddRange(block.Bytes.Take(block.Length));
            Assert.True(seen.Count == bytes.Length || seen[^1] == (byte)'\n');
        }

        Assert.Equal(300, rows);
        Assert.Equal(bytes, seen);
        Assert.Null(reader.Next());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_failure_comes_after_the_blocks_before_it(int threads)
    {
        using CsvBlockReader reader = new(new BreakingStream(Encoding.UTF8.GetBytes("a,1,2\nb,3,4\nc,5,6\nd,7,8\n"), 18), 0, Format(), 6, threads, CancellationToken.None);
        List<double> numbers = [];
        Assert.Equal("the line is cut", Assert.Throws<IOException>(() =>
        {
            while (reader.Next() is CsvBlock block)
            {
                numbers.AddRange(block.Numbers.Take(2 * block.RowCount));
            }
        }).Message);
        Assert.Equal([1.0, 2, 3, 4, 5, 6], numbers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_reader_may_be_left_before_the_end(int threads)
    {
        MemoryStream stream = new(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a,1,2\n", 10_000))));
        using (CsvBlockReader reader = new(stream, 0, Format(), 60, threads, CancellationToken.None))
        {
            Assert.Equal(10, reader.Next()!.RowCount);

            // a few blocks per thread are under way, not the whole file
            Assert.InRange(stream.Position, 60, 60 * ((2 * threads) + 2));
        }

        Assert.False(stream.CanRead);
    }

    [Fact]
    public void A_stop_is_told_to_who_asks_for_the_next_block()
    {
        using CancellationTokenSource stop = new();
        using CsvBlockReader reader = new(new MemoryStream("a,1,2\nb,3,4\n"u8.ToArray()), 0, Format(), 6, 2, stop.Token);
        Assert.NotNull(reader.Next());
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(reader.Next);
    }

    private static CsvFormat Format(bool gaps = false, int weight = -1, CellParser? parser = null, Encoding? encoding = null) =>
        CsvFormat.TryCreate(',', encoding ?? Encoding.UTF8, parser ?? new CellParser(), 3, new CsvCells([1, 2], weight, gaps), false)!;

    private static CsvBlock Read(string content, CsvFormat format) => Read(Encoding.UTF8.GetBytes(content), format);

    private static CsvBlock Read(byte[] content, CsvFormat format)
    {
        // what lies behind the block is of the one before
        CsvBlock block = new(format) { Bytes = [.. content, .. ",9\n8,\"7"u8], Length = content.Length };
        block.Read();
        return block;
    }

    /// <summary>Bytes that end in a failure.</summary>
    private sealed class BreakingStream(byte[] bytes, int good) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer)
        {
            int count = Position < good ? (int)Math.Min(buffer.Length, good - Position) : throw new IOException("the line is cut");
            ToArray().AsSpan((int)Position, count).CopyTo(buffer);
            Position += count;
            return count;
        }
    }
}
