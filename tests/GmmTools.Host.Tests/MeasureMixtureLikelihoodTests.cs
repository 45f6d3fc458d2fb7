using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class MeasureMixtureLikelihoodTests(ModuleSession session) : HostTest(session)
{
    [Theory]
    [InlineData("$rows | Measure-MixtureLikelihood -Model $fit")]
    [InlineData("Measure-MixtureLikelihood $fit -InputObject $rows")]
    [InlineData("Measure-MixtureLikelihood $fit -Path $path")]
    [InlineData("$rows | Measure-MixtureLikelihood $fit.Mixture")]
    [InlineData("$rows | ForEach-Object { , @($_.eruptions, $_.waiting) } | Measure-MixtureLikelihood $fit")]
    [InlineData("$rows | ForEach-Object { @{ waiting = $_.waiting; eruptions = $_.eruptions } } | Measure-MixtureLikelihood $fit")]
    public void The_summary_agrees_with_the_fit(string script)
    {
        PSObject fit = FitFaithful();

        PSObject summary = Session.RunOne("param($rows, $fit, $path) " + script, Arguments(fit));

        Assert.Equal(272L, ModuleSession.Value(summary, "RowCount"));
        foreach (string property in new[] { "LogLikelihood", "Bic", "Aic", "Icl", "ParameterCount" })
        {
            AssertClose(ModuleSession.Number(fit, property), ModuleSession.Number(summary, property), 1e-6);
        }

        AssertClose(ModuleSession.Number(fit, "LogLikelihood") / 272, ModuleSession.Number(summary, "MeanLogLikelihood"), 1e-8);
    }

    [Fact]
    public void Rows_come_back_with_their_scores()
    {
        PSObject fit = FitFaithful();

        IReadOnlyList<PSObject> scored = Session.Run(
            "param($rows, $fit) $rows | ForEach-Object { [pscustomobject]@{ id = \"r$($_.waiting)\"; waiting = $_.waiting; eruptions = $_.eruptions } } | Measure-MixtureLikelihood $fit -PerObservation",
            ("rows", Faithful),
            ("fit", fit));

        Assert.Equal(272, scored.Count);
        Assert.All(scored, row => Assert.Equal(["id", "waiting", "eruptions", "LogLikelihood", "Component", "Probability"], Names(row)));
        AssertClose(ModuleSession.Number(fit, "LogLikelihood"), scored.Sum(row => ModuleSession.Number(row, "LogLikelihood")), 1e-6);
        Assert.Equal("3.6", ModuleSession.Value(scored[0], "eruptions"));
        Assert.Equal(1, ModuleSession.Value(scored[0], "Component"));
        Assert.Equal(2, ModuleSession.Value(scored[1], "Component"));
        Assert.All(scored, row => Assert.InRange(ModuleSession.Number(row, "Probability"), 0.5, 1));
    }

    [Fact]
    public void Rows_stream()
    {
        // the fourth row is at fault, yet the first three are out
        using PowerShell shell = Session.Create(
            "$m = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1; 1, 2, 3, 'x' | Measure-MixtureLikelihood $m -PerObservation");
        Assert.Equal(3, shell.Invoke().Count);
        Assert.Contains("Row 4", shell.Streams.Error.Single().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_input_is_not_changed()
    {
        PSObject row = ModuleSession.Row(["x1"], ["1.5"]);

        Session.Run("param($r) $r | Measure-MixtureLikelihood (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1) -PerObservation", ("r", row));

        Assert.Equal(["x1"], Names(row));
    }

    [Fact]
    public void Files_are_scored_row_by_row()
    {
        IReadOnlyList<PSObject> scored = Session.Run("param($rows, $fit, $path) Measure-MixtureLikelihood $fit -Path $path -PerObservation", Arguments(FitFaithful()));

        Assert.Equal(272, scored.Count);
        Assert.Equal(["eruptions", "waiting", "LogLikelihood", "Component", "Probability"], Names(scored[0]));
    }

    [Fact]
    public void Plain_numbers_get_the_name_of_the_column()
    {
        PSObject scored = Session.RunOne("1.5 | Measure-MixtureLikelihood (New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 -Property size) -PerObservation");

        Assert.Equal(["size", "LogLikelihood", "Component", "Probability"], Names(scored));
        AssertClose((-0.5 * Math.Log(2 * Math.PI)) - (1.5 * 1.5 / 2), ModuleSession.Number(scored, "LogLikelihood"), 1e-12);
    }

    [Fact]
    public void Clashing_names_are_an_error_and_a_prefix_the_remedy()
    {
        const string Script =
            "$m = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1; [pscustomobject]@{ x1 = 1; component = 'a' } | Measure-MixtureLikelihood $m -PerObservation";

        Session.AssertFails("ColumnNameClash", ["'Component'", "-Prefix"], Script);

        PSObject scored = Session.RunOne(Script + " -Prefix Mixture");
        Assert.Equal(["x1", "component", "MixtureLogLikelihood", "MixtureComponent", "MixtureProbability"], Names(scored));
    }

    [Theory]
    [InlineData("NoModel", "-Model is empty", "1 | Measure-MixtureLikelihood -Model $nothing")]
    [InlineData("UnknownProperty", "no column 'x1'", "[pscustomobject]@{ y = 1 } | Measure-MixtureLikelihood $m")]
    [InlineData("MissingValue", "Row 2, column 'x1'", "@{ x1 = 1 }, @{ x1 = '' } | Measure-MixtureLikelihood $m")]
    [InlineData("MissingValue", "Row 1, column 'x1' is empty. Fill in what is missing, add -MissingValue Omit", "@{ x1 = '' } | Measure-MixtureLikelihood $m -PerObservation")]
    [InlineData("InvalidRowWeight", "Row 2 has the weight -1", "@{ x1 = 1; n = 1 }, @{ x1 = 1; n = -1 } | Measure-MixtureLikelihood $m -WeightProperty n")]
    [InlineData("WeightIsProperty", "'x1'", "@{ x1 = 1 } | Measure-MixtureLikelihood $m -WeightProperty x1")]
    [InlineData("InfiniteValue", "Row 1, column 'x1'", "[double]::PositiveInfinity | Measure-MixtureLikelihood $m")]
    [InlineData("InfiniteValue", "Row 1, column 'x1'", "[double]::PositiveInfinity | Measure-MixtureLikelihood $m -PerObservation")]
    [InlineData("PropertyCountMismatch", "1 columns are wanted", ", @(1, 2) | Measure-MixtureLikelihood $m")]
    [InlineData("NoRows", "There are no rows", "@() | Measure-MixtureLikelihood $m")]
    public void Wrong_calls_are_named(string errorId, string part, string script) =>
        Session.AssertFails(errorId, [part], "$m = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1; " + script);

    [Fact]
    public void Rows_with_gaps_are_scored_by_what_they_have()
    {
        const string Script = """
            $m = New-GaussianMixture -Weight 1 -Mean 0, 0 -Covariance 1, 0.5, 0.5, 1
            $rows = @{ x1 = 1; x2 = 1 }, @{ x1 = 2; x2 = 'NA' }, @{ x1 = $null; x2 = '' }, @{ x1 = 'nan'; x2 = 1 } | ForEach-Object { [pscustomobject]$_ }
            """;

        PSObject[] scored = [.. Session.Run(Script + "; $rows | Measure-MixtureLikelihood $m -PerObservation -MissingValue Marginalize 3>$null")];
        double[] scores = [.. scored.Select(row => ModuleSession.Number(row, "LogLikelihood"))];
        Assert.Equal(3, scores.Length);
        Assert.Equal(-(0.5 * Math.Log(2 * Math.PI)) - 2, scores[1], 12);
        Assert.Equal(-(0.5 * Math.Log(2 * Math.PI)) - 0.5, scores[2], 12);
        Assert.Equal("NA", ModuleSession.Value(scored[1], "x2"));

        PSObject summary = Session.RunOne(Script + "; $rows | Measure-MixtureLikelihood $m -MissingValue Marginalize 3>$null");
        Assert.Equal(scores.Sum(), ModuleSession.Number(summary, "LogLikelihood"), 12);
        Assert.Equal([3.0, 4, 1, 2], Counts(summary));

        PSObject omitted = Session.RunOne(Script + "; $rows | Measure-MixtureLikelihood $m -MissingValue Omit 3>$null");
        Assert.Equal(scores[0], ModuleSession.Number(omitted, "LogLikelihood"), 12);
        Assert.Equal([1.0, 4, 3, 0], Counts(omitted));

        Assert.Equal(
            "1 of 4 rows was left out, since nothing of them was observed.",
            Session.RunOne(Script + "; $rows | Measure-MixtureLikelihood $m -PerObservation -MissingValue Marginalize -WarningVariable w 3>$null | Out-Null; $w.Message").BaseObject);
    }

    [Fact]
    public void Rows_of_a_file_keep_their_order_and_their_gaps()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, ["x1,x2", "1,1", "2,", ",", ",3", "4,4"]);
            PSObject[] scored = [.. Session.Run(
                "param($p) $m = New-GaussianMixture -Weight 1 -Mean 0, 0 -Covariance 1, 0.5, 0.5, 1; Measure-MixtureLikelihood $m -Path $p -PerObservation -MissingValue Marginalize 3>$null",
                ("p", file))];
            Assert.Equal([1.0, 2.0, null, 4.0], scored.Select(row => (double?)ModuleSession.Value(row, "x1")));
            Assert.Equal([1.0, null, 3.0, 4.0], scored.Select(row => (double?)ModuleSession.Value(row, "x2")));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double[] Counts(PSObject summary) =>
        [.. new[] { "RowCount", "ReadRowCount", "OmittedRowCount", "IncompleteRowCount" }.Select(name => ModuleSession.Number(summary, name))];

    private (string Name, object? Value)[] Arguments(PSObject fit) =>
        [("rows", Faithful), ("fit", fit), ("path", ModuleFiles.Data("faithful.csv"))];
}
