using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using GmmTools.Connectors;
using GmmTools.Connectors.Csv;
using GmmTools.Core.Tests.Support;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using Xunit;

namespace GmmTools.Core.Tests.Connectors;

/// <summary>Where the names of columns come from, and what is said when they look like a row.</summary>
public sealed class CsvHeaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _warnings = [];
    private readonly List<string> _details = [];

    public static TheoryData<string, string[], int, int> Commented => new()
    {
        { "# x,y\n1,2\n2,5\n3,4\n", ["x", "y"], 3, 1 },
        { "#id,a,b\n7,10,2\n2,12,5\n", ["id", "a", "b"], 2, 7 },
        { "# written by hand, with care, today\n# x;y\n1;2\n", ["x", "y"], 1, 1 },
        { "# x,y\n#\n# a last word\n1,2\n", ["x", "y"], 1, 1 },
        { "#a,b\n#c,d\n1,2\n", ["c", "d"], 1, 1 },
        { "# x\n1\n2\n", ["x"], 2, 1 },
        { "#\"a,b\",c\n1,2\n", ["a,b", "c"], 1, 1 },
        { "\uFEFF# x,y\r\n1,2\r\n", ["x", "y"], 1, 1 },
        { "# a comment, of two\nname,value\n1,2\n", ["name", "value"], 1, 1 },
        { "sep=;\na;b\n1;2\n", ["a", "b"], 1, 1 },
        { "SEP=,\r\na,b\r\n1,2\r\n", ["a", "b"], 1, 1 },
        { "\"sep=|\"\na|b\n1|2\n", ["a", "b"], 1, 1 },
        { "sep=\t\na\tb\n1\t2\n", ["a", "b"], 1, 1 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Commented))]
    public void Comments_and_directives_name_the_columns(string content, string[] names, int count, int first)
    {
        string path = _folder.Write("header.csv", content);
        InMemoryObservations rows = Read(path, new FileReadOptions());
        Assert.Equal(names, rows.Property);
        Assert.Equal(count, rows.Count);
        Assert.Equal(first, ObservationRows.Of(rows)[0][0]);
        Assert.Equal(names, FileObservationReader.ReadHeader(path));
        Assert.Empty(_warnings);
    }

    [Theory]
    [InlineData("1,2\n2,5\n3,4\n", "'1'")]
    [InlineData("setosa,5.1,3.5\nsetosa,4.9,3\n", "'5.1'")]
    [InlineData("\n# a comment\n-1e3,2\n2,5\n", "'-1e3'")]
    public void Numbers_as_names_are_a_warning_with_the_remedy(string content, string name)
    {
        string path = _folder.Write("headerless.csv", content);
        Read(path, new FileReadOptions());
        string warning = Assert.Single(_warnings);
        Assert.Contains(path, warning, StringComparison.Ordinal);
        Assert.Contains($"{name}, which is a number", warning, StringComparison.Ordinal);
        Assert.Contains("NameColumns", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_that_are_given_are_no_reason_to_warn()
    {
        InMemoryObservations rows = Read(_folder.Write("plain.csv", "# x,y\n1,2\n2,5\n"), new FileReadOptions { Header = ["a", "b"] });
        Assert.Equal(["a", "b"], rows.Property);
        Assert.Equal(2, rows.Count);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_stated_delimiter_wins_over_the_one_of_the_file()
    {
        string path = _folder.Write("sep.csv", "sep=;\na,b\n1,2\n");
        Assert.Equal(["a", "b"], Read(path, new FileReadOptions { Delimiter = ',' }).Property);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_log_of_a_web_server_is_read(bool blocks)
    {
        StringBuilder log = new("#Software: IIS\n#Version: 1.0\n#Fields: date time cs-uri sc-status time-taken\n");
        for (int i = 0; i < 300; i++)
        {
            log.Append(string.Create(null, $"2026-01-01 00:00:{i % 60:00} /a+b,c {200 + i} {(i == 250 ? "-" : (object)(i * 2))}\n"));
            log.Append(i == 200 ? "#Version: 1.0\n#Date: 2026-01-01 01:00:00\n#Fields: date time cs-uri sc-status time-taken\n" : string.Empty);
        }

        FileReadOptions options = new() { MissingValue = MissingValuePolicy.Omit, Blocks = blocks ? new CsvBlockOptions(2, 512, 0) : null };
        RowTable table = ReadTable(_folder.Write("u_ex.log", log.ToString()), options);
        Assert.Equal(["sc-status", "time-taken"], table.Observations.Property);
        Assert.Equal(1, table.Intake.OmittedCount);
        double[][] rows = [.. ObservationRows.Of(table.Observations)];
        Assert.Equal(Enumerable.Range(0, 300).Where(i => i != 250).Select(i => 200.0 + i), rows.Select(row => row[0]));
        Assert.Equal(598, rows[^1][1]);
    }

    [Fact]
    public void A_log_that_changes_its_columns_is_told()
    {
        string path = _folder.Write("changed.log", "#Fields: a b\n1 2\n#Fields: b a\n3 4\n");
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Read(path, new FileReadOptions()));
        Assert.Equal("MalformedCsv", error.ErrorId);
        Assert.Contains("line 3: from here on the log has different columns", error.Message, StringComparison.Ordinal);
        path = _folder.Write("none.log", "#Fields: a b\n");
        Assert.Equal("NoRows", Assert.Throws<InvalidObservationException>(() => Read(path, new FileReadOptions())).ErrorId);
    }

    [Fact]
    public void Columns_left_out_are_told_to_who_asks()
    {
        string path = _folder.Write("text.csv", "id,name,x,note\n1,a,2,\n2,b,3,\n");
        Read(path, new FileReadOptions { ExcludeProperty = ["id"] });
        Assert.Equal($"'{path}': columns without a number in the first 100 rows are left out: name, note.", Assert.Single(_details));
    }

    private InMemoryObservations Read(string path, FileReadOptions options) => (InMemoryObservations)ReadTable(path, options).Observations;

    private RowTable ReadTable(string path, FileReadOptions options)
    {
        options.Warn = (text, remedy) => _warnings.Add(remedy is null ? text : $"{text} {Remedies.Of(remedy)}");
        options.Explain = _details.Add;
        return FileObservationReader.ReadTable([path], options, null, default);
    }
}
