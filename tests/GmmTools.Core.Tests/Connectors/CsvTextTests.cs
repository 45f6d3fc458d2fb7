using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using GmmTools.Connectors;
using GmmTools.Connectors.Csv;
using GmmTools.Core.Tests.Support;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>Bytes, line ends and lengths: the same in the reader of rows and in the one of blocks.</summary>
public sealed class CsvTextTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_carriage_return_alone_ends_a_row_wherever_it_is(bool blocks)
    {
        string rows = string.Concat(Enumerable.Range(1, 40).Select(i => $"{i},{i % 5},x\n"));
        foreach (string content in new[] { rows + "41,2,foo\r42,8,bar\n", "0,1,a\r" + rows, $"1,2,foo\r7,8,bar\r{rows}3,4,q", rows.Replace('\n', '\r') })
        {
            string path = _folder.Write("lone.csv", "a,b,n\n" + content);
            double[][] read = Read(path, blocks);
            Assert.Equal(content.Split('\r', '\n').Where(line => line.Length > 0).Select(line => double.Parse(line.Split(',')[0], null)), read.Select(row => row[0]));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Lines_are_counted_with_every_kind_of_end(bool blocks)
    {
        string path = _folder.Write("ends.csv", "a,b\r\n" + string.Concat(Enumerable.Repeat("1,2\n", 30)) + "3,4\r5,6\r\noops,7\n");
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Read(path, blocks));
        Assert.Contains("Row 33", error.Message, StringComparison.Ordinal);
        Assert.Contains("(line 34)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_byte_order_mark_in_the_middle_is_no_part_of_a_number()
    {
        // wherever blocks are cut
        for (int size = 16; size < 40; size++)
        {
            string path = _folder.Write("mark.csv", "a\n10\n11\n12\n13\n\uFEFF14\n15\n16\n17\n18\n19\n20\n");
            foreach (CsvBlockOptions? blocks in new[] { null, new CsvBlockOptions(1, size, 0) })
            {
                InvalidObservationException error = Assert.Throws<InvalidObservationException>(
                    () => FileObservationReader.ReadTable([path], new FileReadOptions { Property = ["a"], Blocks = blocks }, null, default));
                Assert.Equal("TextInNumericColumn", error.ErrorId);
                Assert.Equal(5, error.Row);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_that_are_no_text_are_a_warning_with_their_row(bool blocks)
    {
        byte[] content = Encoding.Latin1.GetBytes("x,city\n" + string.Concat(Enumerable.Range(1, 50).Select(i => $"{i},{(i >= 30 ? "Köln" : "Bonn")}\n")));
        string path = _folder.PathOf("latin.csv");
        File.WriteAllBytes(path, content);
        Assert.Equal(50, Read(path, blocks).Length);
        string warning = Assert.Single(_warnings);
        Assert.Contains($"Row 30 of '{path}' (line 31)", warning, StringComparison.Ordinal);
        Assert.Contains("not valid in utf-8", warning, StringComparison.Ordinal);
        Assert.Contains("NameEncoding", warning, StringComparison.Ordinal);
        _warnings.Clear();
        FileObservationReader.ReadTable([path], Options(blocks, Encoding.Latin1), null, default);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void Bytes_that_are_no_text_in_the_header_and_at_the_end_are_told()
    {
        string path = _folder.PathOf("header.csv");
        File.WriteAllBytes(path, [.. "x,"u8, 0xF6, .. "\n1,2\n"u8]);
        Read(path, false);
        Assert.Contains($"The header of '{path}'", Assert.Single(_warnings), StringComparison.Ordinal);
        File.WriteAllBytes(path, [.. "x,y\n1,a\n2,"u8, 0xC3]);
        _warnings.Clear();
        Assert.Equal(2, Read(path, false).Length);
        Assert.Contains("Row 2", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_replacement_character_that_is_in_the_file_is_text()
    {
        Assert.Single(Read(_folder.Write("real.csv", "x,city\n1,K\uFFFDln\n"), false));
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData(70_000, "1")]
    [InlineData(1_000_000, "1234567")]
    [InlineData(8_000_000, "")]
    public void A_line_of_too_many_cells_is_told_at_once(int count, string cell)
    {
        StringBuilder content = new("a,b\n1,2\n");
        content.Insert(content.Length, cell + ",", count);
        string path = _folder.Write("wide.csv", content.Append("\n3,4\n").ToString());
        foreach (bool blocks in new[] { false, true })
        {
            InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Read(path, blocks));
            Assert.Equal("MalformedCsv", error.ErrorId);
            Assert.Contains("line 3 has more than 65536 cells", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Delimiters_in_quotes_are_no_cells()
    {
        string path = _folder.Write("shape.csv", $"a,shape\n1,\"{new string(',', 200_000)}\"\n2,b\n");
        Assert.Equal(2, Read(path, false).Length);
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 0, 0 }, "NUL")]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0x14, 6, 8 }, "control characters")]
    public void What_is_no_text_is_told(byte[] content, string reason)
    {
        string path = _folder.PathOf("binary.csv");
        File.WriteAllBytes(path, content);
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Read(path, false));
        Assert.Equal("MalformedCsv", error.ErrorId);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("not text", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_without_end_is_no_text()
    {
        if (!File.Exists("/dev/zero"))
        {
            return;
        }

        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Read("/dev/zero", false));
        Assert.Contains("it is not text", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_not_be_read_has_one_id()
    {
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => FileGuard.Read<int>("secret.csv", () => throw new UnauthorizedAccessException("no")));
        Assert.Equal("AccessDenied", error.ErrorId);
        Assert.Contains("'secret.csv' cannot be read: access is denied", error.Message, StringComparison.Ordinal);
    }

    private double[][] Read(string path, bool blocks)
    {
        RowTable table = FileObservationReader.ReadTable([path], Options(blocks, null), null, default);
        return [.. ObservationRows.Of(table.Observations)];
    }

    private FileReadOptions Options(bool blocks, Encoding? encoding) => new()
    {
        Encoding = encoding,
        Property = [],
        Warn = (text, remedy) => _warnings.Add(remedy is null ? text : $"{text} {Remedies.Of(remedy)}"),
        Blocks = blocks ? new CsvBlockOptions(2, 64, 0) : new CsvBlockOptions(1, 64, long.MaxValue),
    };
}
