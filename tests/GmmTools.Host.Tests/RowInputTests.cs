using System;
using System.Collections.Generic;
using System.Data;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Rows of every kind, and the choice of their columns.</summary>
public sealed class RowInputTests : HostTest, IDisposable
{
    private const string One = " | Invoke-EmFit -ComponentCount 1 -CovarianceModel VVI";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gmmtools-rows-");

    public RowInputTests(ModuleSession session)
        : base(session)
    {
    }

    public void Dispose() => _folder.Delete(true);

    /// <summary>What a .NET type declares is read by compiled getters, what PowerShell adds by the engine.</summary>
    [Fact]
    public void Objects_of_NET_types_are_read_with_what_PowerShell_adds_to_them()
    {
        PSObject[] items = [.. Enumerable.Range(1, 50).Select(i => new PSObject(new Measured(i, i * 2.5m, i % 7)))];
        foreach (PSObject item in items)
        {
            item.Properties.Add(new PSNoteProperty("Noted", ((Measured)item.BaseObject).Whole * 3));
        }

        AssertMeans(
            [25.5, 63.75, 76.5],
            Session.RunOne("param($rows) $rows" + One + " -Property Whole, Exact, Noted", ("rows", items)));
    }

    [Fact]
    public void A_property_that_cannot_tell_its_value_is_missing()
    {
        object[] items = [new Measured(1, 1, 1), new Measured(2, 2, 0), new Measured(3, 3, 2)];

        Session.AssertFails("MissingValue", ["Row 2", "Inverse"], "param($rows) $rows" + One + " -Property Inverse", ("rows", items));
    }

    [Fact]
    public void Objects_of_several_types_may_follow_each_other()
    {
        object[] items = [new Measured(1, 1, 1), new Other { Whole = 2.5 }, new Measured(4, 1, 1), new Other { Whole = -1 }];

        AssertMeans([1.625], Session.RunOne("param($rows) $rows" + One + " -Property Whole", ("rows", items)));
    }

    [Fact]
    public void Rows_of_several_tables_may_follow_each_other()
    {
        using DataTable first = Table("a", "b");
        using DataTable second = Table("b", "a");

        AssertMeans([3.0, 4.0], Session.RunOne("param($x, $y) $x.Rows + $y.Rows" + One + " -Property a, b", ("x", first), ("y", second)));
    }

    [Theory]
    [InlineData("1..9 | ForEach-Object { [System.Collections.Generic.Dictionary[string,double]]$d = @{}; $d.a = $_; $d }")]
    [InlineData("1..9 | ForEach-Object { [ordered]@{ a = $_ } }")]
    [InlineData("1..9 | ForEach-Object { @{ a = [string]$_ } }")]
    [InlineData("1..9 | ForEach-Object { [pscustomobject]@{ a = [float]$_ } }")]
    public void Dictionaries_and_objects_have_cells_of_any_type(string script) => AssertMeans([5.0], Session.RunOne(script + One + " -Property a"));

    [Theory]
    [InlineData("1..9 | ForEach-Object { , [double[]]($_, 1) }")]
    [InlineData("1..9 | ForEach-Object { , [int[]]($_, 1) }")]
    [InlineData("1..9 | ForEach-Object { , @([string]$_, 1) }")]
    public void Lists_have_cells_of_any_type(string script) => AssertMeans([5.0], Session.RunOne(script + One + " -ExcludeProperty x2"));

    [Theory]
    [InlineData("$rows | Invoke-EmFit -ComponentCount 2 -ExcludeProperty wait*", "eruptions")]
    [InlineData("$rows | Invoke-EmFit -Property * -ComponentCount 2 -ExcludeProperty ERUPTIONS", "waiting")]
    [InlineData("Invoke-EmFit -Path $path -ComponentCount 2 -ExcludeProperty eruptions, nothing*", "waiting")]
    [InlineData("$rows | ForEach-Object { , @([double]$_.eruptions, [double]$_.waiting) } | Invoke-EmFit a, b 2 -ExcludeProperty a", "b")]
    public void Columns_are_left_out(string script, string expected)
    {
        PSObject fit = Session.RunOne("param($rows, $path) " + script, ("rows", Faithful), ("path", ModuleFiles.Data("faithful.csv")));

        Assert.Equal([expected], (IEnumerable<string>)ModuleSession.Value(fit, "Property")!);
    }

    [Theory]
    [InlineData("UnknownProperty", "Did you mean 'waiting'?", "$rows | Invoke-EmFit -ComponentCount 2 -ExcludeProperty waitng")]
    [InlineData("NoColumns", "excluded", "$rows | Invoke-EmFit -Property waiting -ComponentCount 2 -ExcludeProperty w*")]
    [InlineData("NoColumns", "excluded", "Invoke-EmFit -Path $path -Property waiting -ComponentCount 2 -ExcludeProperty w*")]
    public void Wrong_exclusions_are_named(string errorId, string part, string script) =>
        Session.AssertFails(errorId, [part], "param($rows, $path) " + script, ("rows", Faithful), ("path", ModuleFiles.Data("faithful.csv")));

    [Fact]
    public void Compressed_files_and_files_without_names_are_fitted()
    {
        string file = Path.Combine(_folder.FullName, "bare.csv.gz");
        using (StreamWriter writer = new(new GZipStream(File.Create(file), CompressionLevel.Fastest)))
        {
            foreach (string line in File.ReadLines(ModuleFiles.Data("faithful.csv")).Skip(1))
            {
                writer.WriteLine(line);
            }
        }

        PSObject fit = Session.RunOne("param($path) Invoke-EmFit -Path $path -Header long, pause -ComponentCount 2", ("path", file));

        Assert.Equal(["long", "pause"], (IEnumerable<string>)ModuleSession.Value(fit, "Property")!);
        Assert.Equal(ModuleSession.Value(FitFaithful(), "LogLikelihood"), ModuleSession.Value(fit, "LogLikelihood"));
    }

    private static DataTable Table(params string[] columns)
    {
        DataTable table = new() { Locale = CultureInfo.InvariantCulture };
        foreach (string column in columns)
        {
            table.Columns.Add(column, typeof(double));
        }

        for (int i = 1; i <= 5; i++)
        {
            DataRow row = table.NewRow();
            row["a"] = i;
            row["b"] = i + 1;
            table.Rows.Add(row);
        }

        return table;
    }

    private void AssertMeans(double[] expected, PSObject fit)
    {
        object mean = Session.RunOne("param($f) , $f.Mixture.Components[0].Mean", ("f", fit)).BaseObject;
        double[] actual = [.. ((IEnumerable<double>)mean)];
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            AssertClose(expected[i], actual[i], 1e-12 * Math.Abs(expected[i]));
        }
    }

    private sealed class Measured(int whole, decimal exact, int divisor)
    {
        public int Whole { get; } = whole;

        public decimal Exact { get; } = exact;

        public double Inverse => divisor == 0 ? throw new InvalidOperationException("There is none.") : 1.0 / divisor;
    }

    private sealed class Other
    {
        public double Whole { get; set; }
    }
}
