using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Connectors;
using GmmTools.Connectors.Csv;
using GmmTools.Core.Tests.Support;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>What is said of files that cannot be read as they are, and where.</summary>
public sealed class FileErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void UTF_16_without_a_mark_is_told()
    {
        string path = _folder.Write("unmarked.csv", Encoding.Unicode.GetBytes("x,y\n1,2\n"));
        InvalidObservationException error = Error(() => Read(path, "x"));
        Assert.Equal("MalformedCsv", error.ErrorId);
        Assert.Equal("ReadAsUnicode", Remedies.Of(error));
        Assert.Equal([[1, 2]], ObservationRows.Of(Read([path], new FileReadOptions { Encoding = Encoding.Unicode })));
    }

    [Theory]
    [InlineData("Height,Weight\n1,85,70,5\n")]
    [InlineData("Height\n1,85\n")]
    public void Cells_cut_at_the_decimal_comma_are_not_read_as_integers(string content)
    {
        string path = _folder.Write("cut.csv", content);
        InvalidObservationException error = Error(() => Read(path, "Height"));
        Assert.Equal("MalformedCsv", error.ErrorId);
        Assert.Equal(1, error.Row);
        Assert.Contains("(line 2)", error.Message, StringComparison.Ordinal);
        Assert.Equal("QuoteOrSetDelimiter", Remedies.Of(error));
    }

    [Fact]
    public void A_missing_cell_is_an_error_with_its_place()
    {
        string path = _folder.Write("missing.csv", "name,x,y\n\"A\nB\",1,2\n\nC,3,\nD,5,6\n");
        InvalidObservationException error = Error(() => Read(path, "x", "y"));
        Assert.Equal("MissingValue", error.ErrorId);
        Assert.Equal(2, error.Row);
        Assert.Equal("y", error.Column);
        Assert.Equal($"Row 2 of '{path}' (line 5), column 'y' is empty. In total, 1 of 3 rows has missing values (1 cell).", error.Message);
        Assert.Equal("FillOrAllowGaps", Remedies.Of(error));
        Assert.Equal([[1], [3], [5]], ObservationRows.Of(Read(path, "x")));
    }

    [Theory]
    [InlineData("NA", "MissingValue")]
    [InlineData("", "MissingValue")]
    [InlineData("NULL", "TextInNumericColumn")]
    [InlineData("$1", "TextInNumericColumn")]
    [InlineData("1 234", "TextInNumericColumn")]
    [InlineData("\"1,234.50\"", "TextInNumericColumn")]
    [InlineData("1%", "TextInNumericColumn")]
    [InlineData("(1)", "TextInNumericColumn")]
    [InlineData("\u22121", "TextInNumericColumn")]
    public void The_same_cell_is_the_same_error_in_every_row(string cell, string errorId)
    {
        for (int place = 0; place < 5; place++)
        {
            string[] lines = [.. Enumerable.Range(0, 5).Select(i => $"{(i == place ? cell : "7")},2")];
            string path = _folder.Write("rows.csv", "a,b\n" + string.Join("\n", lines) + "\n");
            InvalidObservationException error = Error(() => Read([path], new FileReadOptions()));
            Assert.Equal(errorId, error.ErrorId);
            Assert.Equal("a", error.Column);
            Assert.Equal(place + 1, error.Row);
        }
    }

    [Fact]
    public void Text_in_a_numeric_column_is_an_error_with_its_place()
    {
        string path = _folder.Write("text.csv", "# made by hand\nx,y\n1,2\n3,tall\n");
        InvalidObservationException error = Error(() => Read(path));
        Assert.Equal("TextInNumericColumn", error.ErrorId);
        Assert.Equal(2, error.Row);
        Assert.Equal("y", error.Column);
        Assert.Equal("tall", error.OffendingValue);
        Assert.StartsWith($"Row 2 of '{path}' (line 4), column 'y': 'tall' is not a number.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5\0")]
    [InlineData("\0")]
    [InlineData("1\0005")]
    public void NUL_characters_are_no_part_of_a_number(string cell)
    {
        InvalidObservationException error = Error(() => Read(_folder.Write("nul.csv", $"x\n1\n{cell}\n")));
        Assert.Equal("TextInNumericColumn", error.ErrorId);
        Assert.Equal(2, error.Row);
    }

    [Theory]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    public void An_infinite_number_is_an_error_with_its_place(string cell)
    {
        string first = _folder.Write("finite.csv", "x,y\n1,2\n3,4\n");
        string second = _folder.Write("infinite.csv", $"x,y\n5,6\n7,{cell}\n");
        InvalidObservationException error = Error(() => Read([first, second], new FileReadOptions()));
        Assert.Equal("InfiniteValue", error.ErrorId);
        Assert.Equal(2, error.Row);
        Assert.Equal("y", error.Column);
        Assert.StartsWith($"Row 2 of '{second}' (line 3)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x,y\n1,2\n3,\"4\n5,6\n7,8\n", 3)]
    [InlineData("x,y\n1,2\n\"3\"4,5\n", 3)]
    [InlineData("x,\"y\n1,2\n", 1)]
    [InlineData("x,y\n\"1\"2,3\n", 2)]
    [InlineData("# note\nx,y\n\"a\nb\",2\n5,\"6\" 7\n", 5)]
    public void Quotes_that_do_not_match_are_an_error_with_the_line(string content, int line)
    {
        string path = _folder.Write("quotes.csv", content);
        InvalidObservationException error = Error(() => Read(path, "y"));
        Assert.Equal("MalformedCsv", error.ErrorId);
        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"'{path}', line {line}: "), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_that_is_never_closed_in_a_long_file_is_told()
    {
        StringBuilder content = new("x,y\n1,\"2\n");
        for (int i = 0; i < 500_000; i++)
        {
            content.Append("1.5,2.5\n");
        }

        InvalidObservationException error = Error(() => Read(_folder.Write("open.csv", content.ToString()), "x"));
        Assert.Equal("MalformedCsv", error.ErrorId);
        Assert.Contains("line 2:", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_without_end_does_not_take_all_memory()
    {
        string path = _folder.PathOf("endless.csv");
        using (StreamWriter writer = new(path))
        {
            writer.Write("x,y\n1,\"2\n");
            string block = new('1', 1 << 20);
            for (int i = 0; i < 70; i++)
            {
                writer.Write(block);
            }
        }

        InvalidObservationException error = Error(() => Read(path, "x"));
        Assert.Equal("MalformedCsv", error.ErrorId);
        Assert.Contains("line 2: The row never ends", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(3_000_001)]
    public void A_cell_of_a_megabyte_is_read_over(int length)
    {
        string cell = new('a', length);
        string path = _folder.Write("wide.csv", $"name,x\n{cell},1.5\n\"{cell}\n{cell}\",2.5\nb,oops\n");
        InvalidObservationException error = Error(() => Read(path, "x"));
        Assert.Equal(3, error.Row);
        Assert.Contains("(line 5)", error.Message, StringComparison.Ordinal);
        error = Error(() => Read(path, "name"));
        Assert.Equal("TextInNumericColumn", error.ErrorId);
        Assert.True(error.Message.Length < 500);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\r\n  \n")]
    [InlineData("# nothing but a comment")]
    public void An_empty_file_is_an_error(string content)
    {
        string path = _folder.Write("empty.csv", content);
        InvalidObservationException error = Error(() => Read(path, "x"));
        Assert.Equal("EmptyFile", error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Equal("EmptyFile", Error(() => FileObservationReader.ReadHeader(path)).ErrorId);
    }

    [Theory]
    [InlineData("x,y")]
    [InlineData("x,y\n\n \n")]
    public void A_header_alone_is_no_rows(string content)
    {
        string path = _folder.Write("header.csv", content);
        Assert.Equal("NoRows", Error(() => Read(path, "x")).ErrorId);
        Assert.Equal("NoRows", Error(() => Read(path)).ErrorId);
        Assert.Equal("UnknownProperty", Error(() => Read(path, "z")).ErrorId);
    }

    [Fact]
    public void A_file_that_is_not_there_is_told()
    {
        string path = _folder.PathOf("nowhere.csv");
        InvalidObservationException error = Error(() => Read(path, "x"));
        Assert.Equal("FileNotFound", error.ErrorId);
        Assert.Equal(path, error.OffendingValue);
        Assert.Equal("FileNotFound", Error(() => Read(Path.Combine(path, "deeper.csv"), "x")).ErrorId);
    }

    [Fact]
    public void A_folder_is_no_file()
    {
        string folder = Path.GetDirectoryName(_folder.PathOf("x"))!;
        Assert.Equal("UnreadableFile", Error(() => Read(folder, "x")).ErrorId);
    }

    [Fact]
    public void A_duplicate_header_is_an_error_only_when_chosen()
    {
        string path = _folder.Write("twice.csv", "x,y,X\n1,2,3\n");
        Assert.Equal([[2]], ObservationRows.Of(Read(path, "y")));
        Assert.Equal("DuplicateProperty", Error(() => Read(path, "x")).ErrorId);
        Assert.Equal("DuplicateProperty", Error(() => Read(path)).ErrorId);
    }

    [Theory]
    [InlineData('a')]
    [InlineData('5')]
    [InlineData('"')]
    [InlineData('\n')]
    [InlineData('§')]
    public void A_delimiter_that_cannot_be_is_told(char delimiter)
    {
        string path = _folder.Write("delimiter.csv", "x,y\n1,2\n");
        FileReadOptions options = new() { Delimiter = delimiter };
        Assert.Equal("InvalidDelimiter", Error(() => Read([path], options)).ErrorId);
    }

    [Fact]
    public void A_file_that_lacks_a_column_is_named()
    {
        string first = _folder.Write("1.csv", "x,a[1],a1\n1,2,3\n");
        string second = _folder.Write("2.csv", "x,a1\n1,2\n");
        InvalidObservationException error = Error(() => Read([first, second], new FileReadOptions { Property = ["x", "a[1]"] }));
        Assert.Equal("UnknownProperty", error.ErrorId);
        Assert.StartsWith($"'{second}' has no column ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_numbers_begin_anew_with_each_file()
    {
        string first = _folder.Write("1.csv", "x\n1\n2\n3\n");
        string second = _folder.Write("2.csv", "x\n4\nfive\n");
        InvalidObservationException error = Error(() => Read([first, second], new FileReadOptions()));
        Assert.Equal(2, error.Row);
        Assert.StartsWith($"Row 2 of '{second}' (line 3)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CsvText.SampleSize - 10)]
    [InlineData(CsvText.SampleSize - 1)]
    [InlineData(CsvText.SampleSize)]
    [InlineData(3 * CsvText.SampleSize)]
    public void A_long_comment_does_not_hide_the_header(int length)
    {
        string path = _folder.Write("comment.csv", "#" + new string('c', length - 1) + "\r\nfirst name; second\r\n1;2\r\n3;\r\n");
        InvalidObservationException error = Error(() => Read(path, "second", "first name"));
        Assert.Equal("MissingValue", error.ErrorId);
        Assert.Contains("(line 4)", error.Message, StringComparison.Ordinal);
        if (length + 2 < CsvText.SampleSize)
        {
            Assert.Equal(["first name", "second"], FileObservationReader.ReadHeader(path));
        }
    }

    [Theory]
    [InlineData("name,x\r\"A\nB\",1\rC,2\rD,\r", 5)]
    [InlineData("name,x\r\n\"A\r\nB\",1\r\nC,2\r\nD,\r\n", 5)]
    [InlineData("name,x\n\"A\n\nB\",1\r\nC,2\n\nD,\n", 7)]
    public void Lines_are_counted_as_an_editor_shows_them(string content, int line)
    {
        InvalidObservationException error = Error(() => Read(_folder.Write("lines.csv", content), "x"));
        Assert.Equal(3, error.Row);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"(line {line})"), error.Message, StringComparison.Ordinal);
    }

    private static InvalidObservationException Error(Func<object> action) => Assert.Throws<InvalidObservationException>(() => _ = action());

    private static InMemoryObservations Read(string path, params string[] property) =>
        Read([path], new FileReadOptions { Property = property });

    private static InMemoryObservations Read(string[] paths, FileReadOptions options) =>
        FileObservationReader.Read(paths, options, null, CancellationToken.None);
}
