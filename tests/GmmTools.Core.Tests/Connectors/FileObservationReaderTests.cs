using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Connectors;
using GmmTools.Core.Tests.Support;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

public sealed class FileObservationReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Layouts => new()
    {
        { "comma", "x,y\n1.5,2\n-3,4e2\n" },
        { "no line end at the end", "x,y\n1.5,2\n-3,4e2" },
        { "CRLF", "x,y\r\n1.5,2\r\n-3,4e2\r\n" },
        { "CR", "x,y\r1.5,2\r-3,4e2\r" },
        { "semicolon", "x;y\n1.5;2\n-3;4e2\n" },
        { "tab", "x\ty\n1.5\t2\n-3\t4e2\n" },
        { "bar", "x|y\n1.5|2\n-3|4e2\n" },
        { "blank lines", "\n\nx,y\n\n1.5,2\n   \n\n-3,4e2\n\n\n" },
        { "comments before the header", "#TYPE Person\n# x;y;z\n\nx,y\n1.5,2\n-3,4e2\n" },
        { "blanks around cells", " x , y \n 1.5 , 2\n-3 ,\t4e2 \n" },
        { "quotes", "\"x\",\"y\"\n\"1.5\",\"2\"\n\"-3\",4e2\n" },
        { "other columns", "name,x,y\n\"A, B; C\",1.5,2\n\"say \"\"hi\"\"\",-3,4e2\n" },
        { "a line end in quotes", "name,x,y\n\"A\nB\r\nC\",1.5,2\nD,-3,4e2\n" },
        { "a delimiter in the header", "\"Height, cm, net\";x;y\n1;1.5;2\n2;-3;4e2\n" },
        { "an unquoted comma in the header", "Height, cm, net, dry;x;y\n1;1.5;2\n2;-3;4e2\n" },
        { "an unquoted quote", "name,x,y\n5\" disk,1.5,2\n3\" disk,-3,4e2\n" },
        { "delimiters at the end of rows", "x,y\n1.5,2,\n-3,4e2, ,\n" },
        { "rows that begin with #", "name,x,y\n#1,1.5,2\n#2,-3,4e2\n" },
        { "rows that begin with NUL", "name,x,y\n\0,1.5,2\n\0a\0,-3,4e2\n" },
    };

    [Theory]
    [MemberData(nameof(Layouts))]
    public void Files_of_any_layout_hold_the_same_rows(string layout, string content)
    {
        string path = _folder.Write("layout.csv", content);
        InMemoryObservations observations = Read(path, "x", "y");
        Assert.NotEmpty(layout);
        Assert.Equal(["x", "y"], observations.Property);
        Assert.Equal([[1.5, 2], [-3, 400]], Rows(observations));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_byte_order_mark_tells_the_encoding(string encoding)
    {
        string path = _folder.Write("marked.csv", "Größe,ε\n1.5,2\n-3,4e2\n", Encoding.GetEncoding(encoding));
        Assert.Equal([[1.5, 2], [-3, 400]], Rows(Read(path, "größe", "ε")));
        Assert.Equal(["Größe", "ε"], FileObservationReader.ReadHeader(path));
    }

    [Fact]
    public void An_encoding_can_be_stated()
    {
        string path = _folder.Write("latin.csv", Encoding.Latin1.GetBytes("Größe\n1.5\n"));
        FileReadOptions options = new() { Property = ["Größe"], Encoding = Encoding.Latin1 };
        Assert.Equal([[1.5]], Rows(Read([path], options)));
        Assert.Equal(["Größe"], FileObservationReader.ReadHeader(path, null, Encoding.Latin1));
        Assert.Equal("UnknownProperty", Error(() => Read(path, "Größe")).ErrorId);
    }

    [Fact]
    public void UTF_16_without_a_mark_is_told()
    {
        string path = _folder.Write("unmarked.csv", Encoding.Unicode.GetBytes("x,y\n1,2\n"));
        InvalidObservationException error = Error(() => Read(path, "x"));
        Assert.Equal("MalformedCsv", error.ErrorId);
        Assert.Equal("ReadAsUnicode", Remedies.Of(error));
        Assert.Equal([[1, 2]], Rows(Read([path], new FileReadOptions { Encoding = Encoding.Unicode })));
    }

    [Theory]
    [InlineData("de-DE", "Name;Height;Weight\nA;1,85;70\nB;1,5;-3,25e1\n")]
    [InlineData("de-DE", "Name,Height,Weight\nA,\"1,85\",70\nB,\"1,5\",\"-3,25e1\"\n")]
    [InlineData("fr-FR", "Name\tHeight\tWeight\nA\t1,85\t70\nB\t1,5\t-3,25e1\n")]
    public void Decimal_commas_are_read_when_the_culture_is_stated(string culture, string content)
    {
        string path = _folder.Write("comma.csv", content);
        InMemoryObservations observations = Read([path], new FileReadOptions { Culture = CultureInfo.GetCultureInfo(culture) });
        Assert.Equal(["Height", "Weight"], observations.Property);
        Assert.Equal([[1.85, 70], [1.5, -32.5]], Rows(observations));
    }

    [Fact]
    public void A_single_column_of_decimal_commas_is_one_column()
    {
        string path = _folder.Write("single.csv", "Height\n1,85\n1,5\n");
        Assert.Equal([[1.85], [1.5]], Rows(Read([path], new FileReadOptions { Culture = CultureInfo.GetCultureInfo("de-DE") })));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("en-US")]
    public void The_current_culture_changes_nothing(string current)
    {
        using CultureScope scope = new(current);
        string path = _folder.Write("invariant.csv", "x;y\n1.5;2\n");
        Assert.Equal([[1.5, 2]], Rows(Read(path)));
        path = _folder.Write("german.csv", "x;y\n1,5;2\n");
        InvalidObservationException error = Error(() => Read(path, "x"));
        Assert.Equal("TextInNumericColumn", error.ErrorId);
        Assert.EndsWith("it is in de-DE.", error.Message, StringComparison.Ordinal);
        Assert.Equal("UseCulture de-DE", Remedies.Of(error));
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
    public void The_numeric_columns_are_chosen_by_default()
    {
        string path = _folder.Write("default.csv", ",Name,x,Town,y\n1,A,1.5,B,2\n2,C,-3,D,4\n");
        InMemoryObservations observations = Read(path);
        Assert.Equal(["x", "y"], observations.Property);
        Assert.Equal([[1.5, 2], [-3, 4]], Rows(observations));
    }

    [Fact]
    public void Columns_come_in_the_order_asked_for()
    {
        string path = _folder.Write("order.csv", "x1,name,X2\n1,a,2\n3,b,4\n");
        InMemoryObservations observations = Read(path, "x2", "x*");
        Assert.Equal(["X2", "x1"], observations.Property);
        Assert.Equal([[2, 1], [4, 3]], Rows(observations));
    }

    [Fact]
    public void A_missing_cell_is_an_error_with_its_place()
    {
        string path = _folder.Write("missing.csv", "name,x,y\n\"A\nB\",1,2\n\nC,3,\nD,5,6\n");
        InvalidObservationException error = Error(() => Read(path, "x", "y"));
        Assert.Equal("MissingValue", error.ErrorId);
        Assert.Equal(2, error.Row);
        Assert.Equal("y", error.Column);
        Assert.Equal($"Row 2 of '{path}' (line 5), column 'y' is empty. In all 1 of 3 rows lacks 1 cell.", error.Message);
        Assert.Equal("FillOrAllowGaps", Remedies.Of(error));
        Assert.Equal([[1], [3], [5]], Rows(Read(path, "x")));
    }

    [Theory]
    [InlineData(MissingValuePolicy.Omit, 2, 3, 0)]
    [InlineData(MissingValuePolicy.Marginalize, 4, 1, 2)]
    public void Gaps_are_left_out_or_kept_and_counted(MissingValuePolicy policy, long count, long omitted, long incomplete)
    {
        string first = _folder.Write("gaps1.csv", "n,x,y\n1,1,2\n1,3,\n1,,NA\n0,7,7\n");
        string second = _folder.Write("gaps2.csv", "y,x,n\n5,,2\n6,5,1\n");
        FileReadOptions options = new() { Property = ["x", "y"], MissingValue = policy, WeightProperty = "N" };
        RowTable table = FileObservationReader.ReadTable([first, second], options, null, CancellationToken.None);
        Assert.Equal(count, table.Observations.Count);
        Assert.Equal(6, table.Intake.ReadCount);
        Assert.Equal(omitted, table.Intake.OmittedCount);
        Assert.Equal(incomplete, table.Intake.IncompleteCount);
        Assert.Equal(1, table.Intake.ZeroWeightCount);
        Assert.Equal(policy == MissingValuePolicy.Omit ? 2 : 5, table.Observations.TotalWeight);
        if (table.Observations.HasGaps)
        {
            Assert.Equal([[1, 2], [3, double.NaN], [double.NaN, 5], [5, 6]], table.Observations.EnumerateWeighted().Select(pair => pair.Row.ToArray()));
        }
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
    public void No_row_vanishes_for_its_first_character()
    {
        string path = _folder.Write("marked.csv", "name,x\n\uFFFFa,1\nb,2\n\uFFFF,3\n");
        Assert.Equal(3, Read([path], new FileReadOptions()).Count);
    }

    [Fact]
    public void The_weights_are_no_column_and_may_not_be_negative()
    {
        string path = _folder.Write("weights.csv", "x,n,late\n1,2,\n3,-1,4\n");
        FileReadOptions options = new() { WeightProperty = "n" };
        InvalidObservationException error = Error(() => Read([path], options));
        Assert.Equal("InvalidRowWeight", error.ErrorId);
        Assert.Equal(2, error.Row);
        Assert.StartsWith($"Row 2 of '{path}' (line 3) has the weight -1", error.Message, StringComparison.Ordinal);

        string good = _folder.Write("good.csv", "x,n,late\n1,2,\n3,1,\n");
        RowTable table = FileObservationReader.ReadTable([good], options, null, CancellationToken.None);
        Assert.Equal(["x"], table.Observations.Property);
        Assert.Equal(3, table.Observations.TotalWeight);
        Assert.Equal(["late"], table.Undecided);
    }

    [Theory]
    [InlineData("x,y\n1,2\n3\n")]
    [InlineData("x,y\n1,2\n3,NA\n")]
    [InlineData("x,y\n1,2\n3,\"\"\n")]
    [InlineData("x,y\n1,2\n3, nan \n")]
    [InlineData("y\n1\n\"\"\n")]
    public void A_short_row_and_a_blank_cell_are_missing(string content)
    {
        InvalidObservationException error = Error(() => Read(_folder.Write("short.csv", content), "y"));
        Assert.Equal("MissingValue", error.ErrorId);
        Assert.Equal(2, error.Row);
        Assert.Equal("y", error.Column);
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
        Assert.Contains("line 2: The row has no end", error.Message, StringComparison.Ordinal);
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

    [Fact]
    public void A_header_longer_than_the_sample_is_read_whole()
    {
        string[] names = [.. Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"col{i}"))];
        string path = _folder.Write("columns.csv", string.Join(';', names) + "\n" + string.Join(';', names.Select((_, i) => i)) + "\n");
        InMemoryObservations observations = Read(path, "col19999", "col7");
        Assert.Equal([[19999, 7]], Rows(observations));
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
        Assert.Equal([[2]], Rows(Read(path, "y")));
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
    public void A_stated_delimiter_wins()
    {
        string path = _folder.Write("stated.csv", "a,b:x\n1,2:3.5\n");
        Assert.Equal([[3.5]], Rows(Read([path], new FileReadOptions { Delimiter = ':', Property = ["x"] })));
        Assert.Equal(["a,b", "x"], FileObservationReader.ReadHeader(path, ':'));
    }

    [Fact]
    public void Several_files_are_joined_by_the_names_of_their_columns()
    {
        string header = _folder.Write("0.csv", "u,v\n");
        string first = _folder.Write("1.csv", "x,y,name\n1,2,a\n");
        string second = _folder.Write("2.csv", "name;Y;X\nb;4;3\nc;6;5\n");
        InMemoryObservations observations = Read([header, first, second], new FileReadOptions());
        Assert.Equal(["x", "y"], observations.Property);
        Assert.Equal([[1, 2], [3, 4], [5, 6]], Rows(observations));
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

    [Fact]
    public void Only_the_beginning_is_read_for_the_header()
    {
        string path = _folder.Write("big.csv", "# note\nx; y\n" + new string('1', 1_000_000) + "\"\n");
        Assert.Equal(["x", "y"], FileObservationReader.ReadHeader(path));
        path = _folder.Write("endless.csv", new string('x', 1_000_000));
        Assert.Equal(CsvText.SampleSize, Assert.Single(FileObservationReader.ReadHeader(path)).Length);
        path = _folder.Write("single.csv", "x");
        Assert.Equal(["x"], FileObservationReader.ReadHeader(path));
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
    [InlineData("name,x\r\"A\nB\",1\rC,2\rD,\r", 4)]
    [InlineData("name,x\r\n\"A\r\nB\",1\r\nC,2\r\nD,\r\n", 5)]
    [InlineData("name,x\n\"A\n\nB\",1\r\nC,2\n\nD,\n", 7)]
    public void Lines_are_counted_as_an_editor_shows_them(string content, int line)
    {
        InvalidObservationException error = Error(() => Read(_folder.Write("lines.csv", content), "x"));
        Assert.Equal(3, error.Row);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"(line {line})"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Progress_is_reported_and_rows_are_all_there()
    {
        string path = WriteCounting(20_500);
        List<long> reports = [];
        InMemoryObservations observations = FileObservationReader.Read([path, path], new FileReadOptions(), reports.Add, default);
        Assert.Equal(41_000, observations.Count);
        Assert.Equal(41_000, reports[^1]);
        Assert.Equal(reports.Order(), reports);
        Assert.True(reports.Zip(reports.Skip(1), (before, after) => after - before).All(step => step <= 5000));
        Assert.Equal(20_499, observations.Maximum[0]);
        Assert.Equal(0, observations.Minimum[0]);
    }

    [Fact]
    public void Reading_stops_soon_after_it_is_cancelled()
    {
        string path = WriteCounting(50_000);
        using CancellationTokenSource source = new();
        long last = 0;
        Assert.Throws<OperationCanceledException>(() => FileObservationReader.Read(
            [path],
            new FileReadOptions(),
            rows =>
            {
                last = rows;
                source.Cancel();
            },
            source.Token));
        Assert.InRange(last, 1, 5000);
    }

    [Fact]
    public void Doubles_come_back_bit_by_bit()
    {
        Random random = new(3);
        double[] values = [.. Enumerable.Range(0, 3000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64())).Where(double.IsFinite)];
        StringBuilder content = new("x,y\n");
        foreach (double value in values)
        {
            content.Append(CultureInfo.InvariantCulture, $"{value:R},{-value:G17}\n");
        }

        List<double[]> rows = Rows(Read(_folder.Write("bits.csv", content.ToString())));
        Assert.Equal(values.Length, rows.Count);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(values[i]), BitConverter.DoubleToInt64Bits(rows[i][0]));
            Assert.Equal(BitConverter.DoubleToInt64Bits(-values[i]), BitConverter.DoubleToInt64Bits(rows[i][1]));
        }
    }

    [Fact]
    public void Quoted_and_plain_rows_of_any_length_stay_apart()
    {
        // rows of every length across the borders of the reader's buffer
        Random random = new(5);
        StringBuilder content = new("name,x\r\n");
        for (int i = 0; i < 30_000; i++)
        {
            string name = new('n', random.Next(60));
            content.Append(i % 3 == 0 ? $"\"{name},\r\n\"\"\"" : name).Append(CultureInfo.InvariantCulture, $",{i}\r\n");
        }

        InMemoryObservations observations = Read(_folder.Write("mixed.csv", content.ToString()), "x");
        Assert.Equal(Enumerable.Range(0, 30_000).Select(i => (double)i), Rows(observations).Select(row => row[0]));
    }

    private string WriteCounting(int count)
    {
        StringBuilder content = new("x\n");
        for (int i = 0; i < count; i++)
        {
            content.Append(CultureInfo.InvariantCulture, $"{i}\n");
        }

        return _folder.Write("counting.csv", content.ToString());
    }

    private static InvalidObservationException Error(Func<object> action) => Assert.Throws<InvalidObservationException>(() => _ = action());

    private static InMemoryObservations Read(string path, params string[] property) =>
        Read([path], new FileReadOptions { Property = property });

    private static InMemoryObservations Read(string[] paths, FileReadOptions options) =>
        FileObservationReader.Read(paths, options, null, CancellationToken.None);

    private static List<double[]> Rows(InMemoryObservations observations)
    {
        List<double[]> rows = [];
        for (long i = 0; i < observations.Count; i++)
        {
            double[] row = new double[observations.Property.Count];
            observations.CopyRow(i, row);
            rows.Add(row);
        }

        return rows;
    }
}
