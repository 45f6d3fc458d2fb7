using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using GmmTools.Connectors.Csv;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>The parts of the CSV readers by themselves: what stands before the rows, between the cells, and around the bytes.</summary>
public sealed class CsvPartsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("x,y\n1,2\n", 0, 0)]
    [InlineData("\n\r\n \t\nx\n", 6, 3)]
    [InlineData("\r\r\nx", 3, 2)]
    [InlineData("# a\r\n#b\n  x", 8, 2)]
    [InlineData(" # x\n", 0, 0)]
    [InlineData("\n\n", 2, 2)]
    [InlineData("# a", 3, 0)]
    public void The_first_line_is_neither_blank_nor_a_comment(string content, int start, long lines)
    {
        PreambleScanner scanner = new();
        Assert.Equal(start, scanner.Scan(content.ToCharArray(), content.Length));
        Assert.Equal(lines, scanner.LineCount);
    }

    [Fact]
    public void Comments_are_kept_across_pieces()
    {
        PreambleScanner scanner = new();
        Assert.Equal([3, 4, 1], new[] { "#fi", "rst\r", "\n x" }.Select(piece => scanner.Scan(piece.ToCharArray(), piece.Length)));
        Assert.Equal(["#first"], scanner.Comments);
        Assert.Equal(1, scanner.LineCount);
    }

    [Fact]
    public void The_last_hundred_comments_are_kept_unless_they_are_very_long()
    {
        PreambleScanner scanner = new();
        string many = string.Concat(Enumerable.Range(0, 103).Select(i => $"#{i}\n"));
        scanner.Scan(many.ToCharArray(), many.Length);
        Assert.Equal(Enumerable.Range(3, 100).Select(i => $"#{i}"), scanner.Comments);
        scanner = new PreambleScanner();
        string longest = "#" + new string('a', (1 << 16) - 1);
        string content = $"{longest}\n{longest}b\n#c\n";
        scanner.Scan(content.ToCharArray(), content.Length);
        Assert.Equal([longest, "#c"], scanner.Comments);
    }

    [Theory]
    [InlineData("sep=;", ';')]
    [InlineData("SEP=|\r", '|')]
    [InlineData("\"sep=,\"", ',')]
    [InlineData("sep=\t", '\t')]
    [InlineData("sep=", null)]
    [InlineData("sep=;;", null)]
    [InlineData("sep=a", null)]
    [InlineData("sex=;", null)]
    [InlineData("\"sep=;", null)]
    [InlineData("\"\"", null)]
    [InlineData("", null)]
    public void A_line_may_state_the_delimiter(string line, char? expected) => Assert.Equal(expected, Preamble.ReadSeparator(line));

    [Fact]
    public void A_log_names_its_columns()
    {
        Preamble log = new(["#Version: 1.0", "#Fields: date  time", "#fields: a\tb "]);
        Assert.Equal(["a", "b"], log.Fields!);
        Assert.Equal('\t', log.FieldsDelimiter);
        Assert.Equal(' ', new Preamble(["#Fields: date time", "#a\tcomment"]).FieldsDelimiter);
        Assert.Null(new Preamble(["# Fields: a b"]).Fields);
        Assert.Null(Preamble.Empty.Fields);
        Assert.Empty(Preamble.ReadFields("#Fields:")!);
    }

    [Theory]
    [InlineData("a,b", "a|b")]
    [InlineData(" a , \"b,c\" ,\" d \"", "a|b,c|d")]
    [InlineData("", "")]
    [InlineData(",", "|")]
    [InlineData("\"a\",b,", "a|b|")]
    public void A_line_is_cut_at_delimiters_outside_quotes(string line, string expected) => Assert.Equal(expected, string.Join('|', Preamble.Split(line, ',')));

    [Fact]
    public void The_last_comment_that_fits_a_row_names_the_columns()
    {
        static bool IsNumber(string cell) => double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        string[]? Names(string[] comments, params string[] row) => new Preamble(comments).FindNames(row, ',', IsNumber);
        Assert.Equal(["a", "b"], Names(["# x,y", "## a,b "], "1", "2")!);
        Assert.Equal(["x", "y"], Names(["# x,y", "# a,b,c", "# 1,b", "# a,", "# a,A"], "1", "q")!);
        Assert.Null(Names(["# x,y"], "p", "q"));
        Assert.Null(Names(["# x,y"], "1"));
        Assert.Null(Names([], "1"));
    }

    [Theory]
    [InlineData("a,b\n1,2\n", ',')]
    [InlineData("a;b\n1,5;2,5\n", ';')]
    [InlineData("a\tb\n", '\t')]
    [InlineData("a|b;c;d\n1|2\n", '|')]
    [InlineData("a,b;c\n1,2;3\n", ',')]
    [InlineData("a,b;c;d\n1,2;3;4\n", ';')]
    [InlineData("a,b;c;d\r1,2;3;4\r", ';')]
    [InlineData("\"a;b;c\",d\n1,2\n", ',')]
    [InlineData("\"a\n;;\",d\n1,2\n", ',')]
    [InlineData("a,b;c;d\n\n \n1,2\n", ',')]
    [InlineData("a,b;c;d\n1,2", ';')]
    [InlineData("a,b;c\n1;2\n3,4\n5\n", ',')]
    [InlineData("name\n1\n", '?')]
    [InlineData("name\n1;2\n", '?')]
    [InlineData("", '?')]
    public void The_delimiter_is_the_one_that_is_steady(string content, char expected)
    {
        // what stands around the text is not looked at
        char[] text = [.. "||||", .. content, .. ";;;;\n"];
        Assert.Equal(expected, DelimiterDetector.Detect(text, 4, 4 + content.Length, '?'));
    }

    [Fact]
    public void Ten_lines_decide_on_the_delimiter()
    {
        string steady = "a;b,c,d\n" + string.Concat(Enumerable.Repeat("1;2,3,4\n", 8));
        char[] tenth = (steady + "1;2,3\n").ToCharArray();
        Assert.Equal(';', DelimiterDetector.Detect(tenth, 0, tenth.Length, '?'));
        char[] eleventh = (steady + "1;2,3,4\n1;2,3\n").ToCharArray();
        Assert.Equal(',', DelimiterDetector.Detect(eleventh, 0, eleventh.Length, '?'));
    }

    [Theory]
    [InlineData(',', true)]
    [InlineData(' ', true)]
    [InlineData('~', true)]
    [InlineData('\u0080', false)]
    [InlineData('\u007F', true)]
    [InlineData('a', false)]
    [InlineData('0', false)]
    [InlineData('"', false)]
    [InlineData('\n', false)]
    [InlineData('\r', false)]
    [InlineData('\0', false)]
    public void Some_characters_cannot_stand_between_cells(char character, bool expected)
    {
        Assert.Equal(expected, CsvFault.CanDelimit(character));
        CsvFault.CheckDelimiter(null);
        CsvFault.CheckDelimiter(',');
    }

    [Fact]
    public void What_is_wrong_with_a_file_is_told_in_full()
    {
        InvalidObservationException delimiter = Assert.Throws<InvalidObservationException>(() => CsvFault.CheckDelimiter('a'));
        Assert.Equal("'a' cannot stand between cells. Use a comma, a semicolon, a tab, a vertical bar or a space.", delimiter.Message);
        Assert.Equal('a', delimiter.OffendingValue);
        Assert.Equal("'f.csv' is empty. The first line must name the columns.", CsvFault.Empty("f.csv").Message);
        Assert.Equal("'f.csv' has NUL characters in its first line: it is not text, or its encoding is a different one.", CsvFault.NoText("f.csv", '\0').Message);
        InvalidObservationException control = CsvFault.NoText("f.csv", '\u0001');
        Assert.Equal("'f.csv' has control characters in its first line: it is not text. Give CSV, CSV compressed by gzip, or Parquet.", control.Message);
        Assert.Null(control.Remedy);
    }

    /// <summary>65536 cells have 65535 delimiters between them.</summary>
    [Theory]
    [InlineData(65_535, 1, false)]
    [InlineData(65_536, 1, true)]
    [InlineData(65_535, 7, false)]
    [InlineData(65_536, 7, true)]
    public void A_line_may_have_65536_cells(int delimiters, int pieces, bool tooMany)
    {
        string text = "a,b\n\"" + new string(',', 70_000) + "\"" + new string(',', delimiters) + "\n" + new string(',', 65_535) + "\n";
        LineGuard guard = new("wide.csv", ',', 10);
        void Check()
        {
            foreach (char[] piece in text.Chunk((text.Length / pieces) + 1))
            {
                guard.Check([';', .. piece, ','], 1, piece.Length);
            }
        }

        if (tooMany)
        {
            InvalidObservationException error = Assert.Throws<InvalidObservationException>(Check);
            Assert.Equal("'wide.csv', line 12 has more than 65536 cells. Check the delimiter, and that the file has line breaks.", error.Message);
            Assert.Equal(("MalformedCsv", "wide.csv"), (error.ErrorId, error.OffendingValue));
        }
        else
        {
            Check();
        }
    }

    [Theory]
    [InlineData("a\nbb\nccc", new long[] { 0, 2, 5, -1 })]
    [InlineData("a\r\nb\r\n", new long[] { 0, 3, 6, -1 })]
    [InlineData("a\rb\nc\n", new long[] { 0, -1, -1 })]
    [InlineData("a\nb\rc\n", new long[] { 0, 2, -1 })]
    [InlineData("", new long[] { 0, -1 })]
    public void Lines_are_found_in_bytes(string content, long[] offsets)
    {
        string path = _folder.Write("lines.csv", content);
        Assert.Equal(offsets, offsets.Select((_, lines) => CsvStream.FindLine(path, lines) ?? -1));
    }

    [Fact]
    public void A_file_is_opened_in_the_middle_whether_it_is_compressed_or_not()
    {
        byte[] content = [.. Enumerable.Range(0, 200_000).Select(i => (byte)('a' + (i * 7 % 23)))];
        string plain = _folder.Write("plain.txt", content);
        string compressed = _folder.Write("compressed.txt", Compress(content));
        foreach (string path in new[] { plain, compressed })
        {
            foreach (int offset in new[] { 0, 1, 65_536, 65_537, 131_072, 199_999, 200_000, 300_000 })
            {
                using Stream stream = CsvStream.Open(path, offset);
                using MemoryStream rest = new();
                stream.CopyTo(rest);
                Assert.Equal(content.Skip(offset), rest.ToArray());
            }
        }

        using Stream again = CsvStream.Open(compressed);
        Assert.Equal((true, false, false), (again.CanRead, again.CanSeek, again.CanWrite));
        Assert.Throws<NotSupportedException>(() => again.Length);
        Assert.Throws<NotSupportedException>(() => again.Position);
        using Stream direct = CsvStream.Open(plain);
        Assert.Equal((0, 'a'), (direct.Position, (char)direct.ReadByte()));
    }

    /// <summary>A file that begins with one of the two bytes alone is no gzip file.</summary>
    [Theory]
    [InlineData(new byte[] { 0x1F, 0x41 })]
    [InlineData(new byte[] { 0x41, 0x8B })]
    [InlineData(new byte[] { 0x1F })]
    public void Two_bytes_mark_a_compressed_file(byte[] content)
    {
        using Stream stream = CsvStream.Open(_folder.Write("bytes", content));
        Assert.True(stream.CanSeek);
        Assert.Equal(content[0], stream.ReadByte());
    }

    /// <summary>The check value of CRC-32 that catalogues of check sums list.</summary>
    [Fact]
    public void The_check_sum_is_CRC_32()
    {
        GzipCheck check = new();
        check.Append("x1234"u8.ToArray(), 1, 4);
        check.Append("56789y"u8.ToArray(), 0, 5);
        Assert.Equal(9, check.Length);
        Assert.True(check.Matches([0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0]));
        for (int i = 0; i < 8; i++)
        {
            byte[] wrong = [0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0];
            wrong[i] ^= 0x10;
            Assert.False(check.Matches(wrong));
        }
    }

    /// <summary>Members with all that RFC 1952 lets stand before the content, between others, and zeros behind them.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(1 + 2 + 4 + 8 + 16)]
    public void Members_of_a_compressed_file_may_have_names_and_comments(int flags)
    {
        byte[] first = Compress("x,y\n1,2\n"u8.ToArray());
        byte[] second = Compress("3,4\n"u8.ToArray());
        List<byte> extra = [];
        extra.AddRange((flags & 4) != 0 ? [0x2C, 0x01, .. Enumerable.Repeat((byte)0x1F, 300)] : []);
        extra.AddRange((flags & 8) != 0 ? "rows.csv\0"u8.ToArray() : []);
        extra.AddRange((flags & 16) != 0 ? "by hand\0"u8.ToArray() : []);
        extra.AddRange((flags & 2) != 0 ? [0x8B, 0x1F] : []);
        byte[] marked = [.. second[..3], (byte)flags, .. second[4..10], .. extra, .. second[10..]];
        foreach (byte[] file in new byte[][] { [.. first, .. marked, .. second], [.. first, 0, 0, .. marked, .. second, 0, 0, 0] })
        {
            Assert.Equal(8 + 4 + 4, new GzipMembers(new MemoryStream(file)).Check());
        }

        byte[] damaged = [.. first, .. marked];
        damaged[^1] ^= 1;
        Assert.Equal(
            "It is compressed and damaged: a checksum is wrong.", Assert.Throws<InvalidDataException>(() => new GzipMembers(new MemoryStream(damaged)).Check()).Message);
        Assert.Equal(
            "Something else follows its compressed part.",
            Assert.Throws<InvalidDataException>(() => new GzipMembers(new MemoryStream([.. marked, 0x1F, 0x8C])).Check()).Message);
        for (int cut = 1; cut < marked.Length; cut++)
        {
            InvalidDataException error = Assert.Throws<InvalidDataException>(() => new GzipMembers(new MemoryStream([.. first, .. marked[..^cut]])).Check());
            Assert.True(cut > 8 || error.Message == "It is compressed and was cut off. Copy it again.", error.Message);
        }
    }

    [Fact]
    public void The_mark_of_an_encoding_is_no_character()
    {
        foreach (Encoding encoding in new[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32, new UTF32Encoding(true, true) })
        {
            foreach (string content in new[] { "a,ß\n1,2\n", "a", string.Empty })
            {
                using TextDecoder decoder = TextDecoder.Open(new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(content)]), Encoding.Latin1);
                Assert.Equal(encoding.WebName, decoder.Encoding.WebName);
                Assert.Equal(content, ReadAll(decoder));
                Assert.False(decoder.HasUndecodable);
            }
        }

        using TextDecoder plain = TextDecoder.Open(new MemoryStream([0xE4, 0x62]), Encoding.Latin1);
        Assert.Equal(("iso-8859-1", "äb"), (plain.Encoding.WebName, ReadAll(plain)));
    }

    [Fact]
    public void Bytes_that_are_no_text_have_a_mark_in_their_place()
    {
        using TextDecoder decoder = TextDecoder.OpenAt(new MemoryStream([0x61, 0xFF, 0x62, 0xC3]), Encoding.UTF8);
        Assert.False(decoder.HasUndecodable);
        Assert.Equal('a', decoder.Peek());
        Assert.Equal("a\uFFFEb\uFFFE", ReadAll(decoder));
        Assert.True(decoder.HasUndecodable);
        Assert.Equal(-1, decoder.Peek());
    }

    [Fact]
    public void Characters_of_several_bytes_are_whole_wherever_the_bytes_are_cut()
    {
        string content = string.Concat(Enumerable.Repeat("aß€\U0001F600", 30_000));
        using TextDecoder decoder = TextDecoder.Open(new MemoryStream(Encoding.UTF8.GetBytes(content)), Encoding.UTF8);
        Assert.Equal(content, ReadAll(decoder));
        Assert.False(decoder.HasUndecodable);
    }

    private static string ReadAll(TextDecoder decoder)
    {
        StringBuilder text = new();
        char[] buffer = new char[1000];
        for (int read = decoder.Read(buffer, 1, 998); read > 0; read = decoder.Read(buffer, 1, 998))
        {
            text.Append(buffer, 1, read);
        }

        return text.ToString();
    }

    private static byte[] Compress(byte[] content)
    {
        using MemoryStream compressed = new();
        using (GZipStream stream = new(compressed, CompressionLevel.Optimal))
        {
            stream.Write(content);
        }

        return compressed.ToArray();
    }
}
