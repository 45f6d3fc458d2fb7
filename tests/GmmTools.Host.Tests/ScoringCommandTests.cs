using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>What all commands have in common that give rows back with columns of a mixture.</summary>
public sealed class ScoringCommandTests(ModuleSession session) : HostTest(session)
{
    private const string Plane = "$m = New-GaussianMixture -Weight 0.6, 0.4 -Mean @(0, 1), @(4, 5) -Covariance @(1, 0.5, 0.5, 2), @(2, 0, 0, 1) -Property a, b; "
        + "$m3 = New-GaussianMixture -Weight 0.6, 0.4 -Mean @(1, 0, 2), @(5, 4, 0) -Covariance @(2, 0.5, 1, 0.5, 1, 0, 1, 0, 3), @(1, 0, 0, 0, 2, 0.5, 0, 0.5, 2) -Property b, a, c; ";

    /// <summary>The commands, each with the columns that it needs and those that it adds.</summary>
    private static readonly Dictionary<string, string[]> Added = new()
    {
        ["Get-MixtureMembership"] = ["Component", "Probability", "Uncertainty"],
        ["Get-MixtureConditional -Predict c -Property a, b"] = ["Predicted_c", "StandardError_c"],
        ["Find-MixtureOutlier -FalseAlarmRate 0.999999 -IncludeContribution"] =
            ["Row", "LogDensity", "TailProbability", "Component", "Distance", "Contributor", "Contribution_a", "Contribution_b"],
        ["Get-MixtureDensity"] = ["Density", "LogDensity"],
        ["Measure-MixtureLikelihood -PerObservation"] = ["LogLikelihood", "Component", "Probability"],
    };

    public static TheoryData<string> Commands => [.. Added.Keys];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Rows_keep_their_columns_and_their_order(string command)
    {
        IReadOnlyList<PSObject> rows = Session.Run(
            Plane + $"1..3 | ForEach-Object {{ [pscustomobject]@{{ id = \"r$_\"; b = \"$_\"; a = $_ }} }} | {command} -Model {Model(command)}");
        Assert.Equal(["r1", "r2", "r3"], rows.Select(row => ModuleSession.Value(row, "id")));
        Assert.All(rows, row => Assert.Equal(["id", "b", "a", .. Added[command]], Names(row)));
        Assert.Equal("2", ModuleSession.Value(rows[1], "b"));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Files_give_what_the_pipeline_gives(string command)
    {
        string[][] cells = [.. Enumerable.Range(0, 9000).Select(i => new[] { $"r{i}", Text(i % 17 / 4.0), Text(i % 23 / 3.0) })];
        using ScoredFile file = new("id,b,a", [.. cells.Select(row => string.Join(',', row))]);
        PSObject[] rows = [.. cells.Select(row => ModuleSession.Row(["id", "b", "a"], row))];
        PSObject[] piped = [.. Session.Run("param($rows) " + Plane + $"$rows | {command} -Model {Model(command)}", ("rows", rows))];
        PSObject[] read = [.. Session.Run("param($p) " + Plane + $"{command} {Model(command)} -Path $p", ("p", file.Path))];
        Assert.Equal(piped.Length, read.Length);
        Assert.InRange(read.Length, 8900, 9000);
        Assert.All(read, row => Assert.Equal(["a", "b", .. Added[command]], Names(row)));
        for (int i = 0; i < read.Length; i += 97)
        {
            foreach (string column in Added[command])
            {
                AssertSame(piped[i], read[i], column, 1e-11);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void The_callers_rows_are_not_changed(string command)
    {
        PSObject row = ModuleSession.Row(["a", "b"], ["1.5", 2]);
        Session.Run("param($r) " + Plane + $"$r | {command} -Model {Model(command)}", ("r", row));
        Assert.Equal(["a", "b"], Names(row));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void All_columns_that_are_not_there_are_named(string command)
    {
        Session.AssertFails("UnknownProperty", ["There are no columns 'a', 'b'", "The columns are: x"], Plane + $"[pscustomobject]@{{ x = 1 }} | {command} -Model {Model(command)}");
        using ScoredFile file = new("x,y", ["1,2"]);
        Session.AssertFails("UnknownProperty", ["has no columns 'a', 'b'"], "param($p) " + Plane + $"{command} {Model(command)} -Path $p", ("p", file.Path));
        Session.AssertFails("PropertyCountMismatch", ["2 columns are wanted"], Plane + $", @(1, 2, 3) | {command} -Model {Model(command)}");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Names_that_clash_are_an_error_and_a_prefix_the_remedy(string command)
    {
        string script = Plane + $"[pscustomobject]@{{ a = 1; b = 2; {Added[command][0].ToUpperInvariant()} = 3 }} | {command} -Model {Model(command)}";
        Session.AssertFails("ColumnNameClash", [$"'{Added[command][0]}'", "-Prefix"], script);
        Assert.Equal(Added[command].Select(name => "My" + name), Names(Session.RunOne(script + " -Prefix My")).Skip(3));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Gaps_are_an_error_or_left_out_or_lived_with(string command)
    {
        string rows = Plane + "[pscustomobject]@{ a = 1; b = 2 }, [pscustomobject]@{ a = ''; b = 5 }, [pscustomobject]@{ a = 'NA'; b = $null } | ";
        using (PowerShell shell = Session.Create(rows + $"{command} -Model {Model(command)}"))
        {
            Assert.Single(shell.Invoke());
            Assert.Equal("MissingValue", shell.Streams.Error.Single().FullyQualifiedErrorId.Split(',')[0]);
            Assert.Contains("Row 2, column 'a'", shell.Streams.Error.Single().ToString(), StringComparison.Ordinal);
        }

        Assert.Single(Session.Run(rows + $"{command} -Model {Model(command)} -MissingValue Omit 3>$null"));
        IReadOnlyList<PSObject> some = Session.Run(rows + $"{command} -Model {Model(command)} -MissingValue Marginalize 3>$null");
        Assert.Equal(2, some.Count);
        Assert.Equal(["a", "b", .. Added[command]], Names(some[1]));
        Assert.Contains("1 of 3 rows was left out", Session.RunOne(rows + $"{command} -Model {Model(command)} -MissingValue Marginalize -WarningVariable w 3>$null | Out-Null; $w[0].Message").ToString(), StringComparison.Ordinal);

        using ScoredFile file = new("a,b", ["1,2", ",5", "NA,"]);
        PSObject[] read = [.. Session.Run("param($p) " + Plane + $"{command} {Model(command)} -Path $p -MissingValue Marginalize 3>$null", ("p", file.Path))];
        Assert.Equal(2, read.Length);
        Assert.Null(ModuleSession.Value(read[1], "a"));
        foreach (string column in Added[command])
        {
            AssertSame(some[1], read[1], column, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Nothing_comes_of_nothing(string command)
    {
        Assert.Empty(Session.Run(Plane + $"@() | {command} -Model {Model(command)}"));
        Assert.Empty(Session.Run(Plane + $"{command} -Model {Model(command)}"));
        using ScoredFile file = new("a,b", []);
        Assert.Empty(Session.Run("param($p) " + Plane + $"{command} {Model(command)} -Path $p", ("p", file.Path)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Rows_stream(string command)
    {
        using PowerShell shell = Session.Create(Plane + $"@{{ a = 1; b = 1 }}, @{{ a = 2; b = 1 }}, @{{ a = 'x'; b = 1 }} | {command} -Model {Model(command)}");
        Assert.Equal(2, shell.Invoke().Count);
        Assert.Contains("Row 3", shell.Streams.Error.Single().ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Numbers_are_read_in_the_culture_that_is_told(string command)
    {
        using ScoredFile file = new("a;b", ["1,5;2,5"]);
        PSObject read = Session.RunOne("param($p) " + Plane + $"{command} {Model(command)} -Path $p -Culture de-DE", ("p", file.Path));
        PSObject piped = Session.RunOne("param($p) " + Plane + $"$p | {command} -Model {Model(command)} -Culture de-DE", ("p", ModuleSession.Row(["a", "b"], ["1,5", "2,5"])));
        PSObject plain = Session.RunOne(Plane + $", @(1.5, 2.5) | {command} -Model {Model(command)}");
        Assert.Equal("1,5", ModuleSession.Value(piped, "a"));
        foreach (string column in Added[command])
        {
            AssertSame(plain, piped, column, 0);
            AssertSame(plain, read, column, 1e-12);
        }
    }

    [Theory]
    [InlineData("Get-MixtureMembership")]
    [InlineData("Measure-MixtureLikelihood -PerObservation")]
    public void One_component_one_column_many_components_and_extreme_scales(string command)
    {
        foreach (string model in new[]
        {
            "New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1",
            "New-GaussianMixture -Random -ComponentCount 500 -Dimension 1 -Seed 1",
            "New-GaussianMixture -Weight 0.5, 0.5 -Mean @(1e-300), @(3e-300) -Covariance 1e-300, 1e-300",
            "New-GaussianMixture -Weight 0.5, 0.5 -Mean @(1e100), @(3e100) -Covariance 1e200, 1e200",
        })
        {
            PSObject[] rows = [.. Session.Run($"$m = {model}; 0, 1e100, -1e300 | {command} -Model $m")];
            Assert.All(rows, row => Assert.All(
                Added[command], column => Assert.False(ModuleSession.Value(row, column) is double number && double.IsNaN(number), column)));
            Assert.Equal(3, rows.Length);
        }
    }

    [Theory]
    [InlineData("Get-MixtureMembership")]
    [InlineData("Get-MixtureConditional -Predict waiting")]
    [InlineData("Get-MixtureDensity")]
    [InlineData("Find-MixtureOutlier -FalseAlarmRate 0.99")]
    [InlineData("Measure-MixtureLikelihood -PerObservation")]
    public void Fits_mixtures_and_copies_of_them_serve_as_models(string command)
    {
        IReadOnlyList<PSObject> rows = Session.Run(
            """
            param($faithful)
            $fit = $faithful | Invoke-EmFit -ComponentCount 2
            $file = [IO.Path]::GetTempFileName()
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($fit, 8))
            foreach ($model in $fit, $fit.Mixture, $copy) { $faithful[0] | COMMAND -Model $model }
            """.Replace("COMMAND", command, StringComparison.Ordinal),
            ("faithful", Faithful));
        Assert.Equal(3, rows.Count);
        foreach (string column in Names(rows[0]))
        {
            AssertSame(rows[0], rows[1], column, 0);
            AssertSame(rows[0], rows[2], column, 1e-9);
        }
    }

    /// <summary>A prediction needs a mixture of one more column than the rows have.</summary>
    private static string Model(string command) => command.Contains("-Predict", StringComparison.Ordinal) ? "$m3" : "$m";

    private static void AssertSame(PSObject expected, PSObject actual, string column, double tolerance)
    {
        if (ModuleSession.Value(expected, column) is null or string)
        {
            Assert.Equal(ModuleSession.Value(expected, column), ModuleSession.Value(actual, column));
        }
        else
        {
            AssertClose(ModuleSession.Number(expected, column), ModuleSession.Number(actual, column), tolerance);
        }
    }

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>A CSV file for one test.</summary>
    private sealed class ScoredFile : IDisposable
    {
        public ScoredFile(string header, string[] lines)
        {
            Path = System.IO.Path.GetTempFileName();
            File.WriteAllLines(Path, [header, .. lines]);
        }

        public string Path { get; }

        public void Dispose() => File.Delete(Path);
    }
}
