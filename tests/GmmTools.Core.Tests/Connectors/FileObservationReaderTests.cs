using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Connectors;
using GmmTools.Connectors.Csv;
using GmmTools.Core.Tests.Support;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
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
        Assert.Equal([[1.5, 2], [-3, 400]], ObservationRows.Of(observations));
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void A_byte_order_mark_tells_the_encoding(string encoding)
    {
        string path = _folder.Write("marked.csv", "Größe,ε\n1.5,2\n-3,4e2\n", Encoding.GetEncoding(encoding));
        Assert.Equal([[1.5, 2], [-3, 400]], ObservationRows.Of(Read(path, "größe", "ε")));
        Assert.Equal(["Größe", "ε"], FileObservationReader.ReadHeader(path));
    }

    [Fact]
    public void An_encoding_can_be_stated()
    {
        string path = _folder.Write("latin.csv", Encoding.Latin1.GetBytes("Größe\n1.5\n"));
        FileReadOptions options = new() { Property = ["Größe"], Encoding = Encoding.Latin1 };
        Assert.Equal([[1.5]], ObservationRows.Of(Read([path], options)));
        Assert.Equal(["Größe"], FileObservationReader.ReadHeader(path, null, Encoding.Latin1));
        Assert.Equal("UnknownProperty", Error(() => Read(path, "Größe")).ErrorId);
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
        Assert.Equal([[1.85, 70], [1.5, -32.5]], ObservationRows.Of(observations));
    }

    [Fact]
    public void A_single_column_of_decimal_commas_is_one_column()
    {
        string path = _folder.Write("single.csv", "Height\n1,85\n1,5\n");
        Assert.Equal([[1.85], [1.5]], ObservationRows.Of(Read([path], new FileReadOptions { Culture = CultureInfo.GetCultureInfo("de-DE") })));
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("en-US")]
    public void The_current_culture_changes_nothing(string current)
    {
        using CultureScope scope = new(current);
        string path = _folder.Write("invariant.csv", "x;y\n1.5;2\n");
        Assert.Equal([[1.5, 2]], ObservationRows.Of(Read(path)));
        path = _folder.Write("german.csv", "x;y\n1,5;2\n");
        InvalidObservationException error = Error(() => Read(path, "x"));
        Assert.Equal("TextInNumericColumn", error.ErrorId);
        Assert.EndsWith("it is in de-DE.", error.Message, StringComparison.Ordinal);
        Assert.Equal("UseCulture de-DE", Remedies.Of(error));
    }

    [Fact]
    public void The_numeric_columns_are_chosen_by_default()
    {
        string path = _folder.Write("default.csv", ",Name,x,Town,y\n1,A,1.5,B,2\n2,C,-3,D,4\n");
        InMemoryObservations observations = Read(path);
        Assert.Equal(["x", "y"], observations.Property);
        Assert.Equal([[1.5, 2], [-3, 4]], ObservationRows.Of(observations));
    }

    [Fact]
    public void Columns_come_in_the_order_asked_for()
    {
        string path = _folder.Write("order.csv", "x1,name,X2\n1,a,2\n3,b,4\n");
        InMemoryObservations observations = Read(path, "x2", "x*");
        Assert.Equal(["X2", "x1"], observations.Property);
        Assert.Equal([[2, 1], [4, 3]], ObservationRows.Of(observations));
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
    public void A_header_longer_than_the_sample_is_read_whole()
    {
        string[] names = [.. Enumerable.Range(0, 20_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"col{i}"))];
        string path = _folder.Write("columns.csv", string.Join(';', names) + "\n" + string.Join(';', names.Select((_, i) => i)) + "\n");
        InMemoryObservations observations = Read(path, "col19999", "col7");
        Assert.Equal([[19999, 7]], ObservationRows.Of(observations));
    }

    [Fact]
    public void A_stated_delimiter_wins()
    {
        string path = _folder.Write("stated.csv", "a,b:x\n1,2:3.5\n");
        Assert.Equal([[3.5]], ObservationRows.Of(Read([path], new FileReadOptions { Delimiter = ':', Property = ["x"] })));
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
        Assert.Equal([[1, 2], [3, 4], [5, 6]], ObservationRows.Of(observations));
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

        // as blocks: rows to be summed over must have squares
        List<double> read = [];
        FileObservationReader.ReadBlocks(
            [_folder.Write("bits.csv", content.ToString())],
            new FileReadOptions(),
            block => read.AddRange(Enumerable.Range(0, block.Count).SelectMany(i => new[] { block.Values[i], block.Values[block.Count + i] })),
            null,
            CancellationToken.None);
        Assert.Equal(2 * values.Length, read.Count);
        for (int i = 0; i < values.Length; i++)
        {
            Assert.Equal(BitConverter.DoubleToInt64Bits(values[i]), BitConverter.DoubleToInt64Bits(read[2 * i]));
            Assert.Equal(BitConverter.DoubleToInt64Bits(-values[i]), BitConverter.DoubleToInt64Bits(read[(2 * i) + 1]));
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
        Assert.Equal(Enumerable.Range(0, 30_000).Select(i => (double)i), ObservationRows.Of(observations).Select(row => row[0]));
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
}
