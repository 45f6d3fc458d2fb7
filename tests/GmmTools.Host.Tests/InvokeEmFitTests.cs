using System;
using System.Collections.Generic;
using System.Data;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class InvokeEmFitTests(ModuleSession session) : HostTest(session)
{
    private const double LogLikelihood = -1130.264;

    [Fact]
    public void Rows_of_strings_are_fitted()
    {
        PSObject fit = FitFaithful();

        AssertFaithful(fit);
        Assert.Equal(["eruptions", "waiting"], (IEnumerable<string>)ModuleSession.Value(fit, "Property")!);
        PSObject[] rows = [.. Session.Run("param($f) $f | Get-MixtureComponent", ("f", fit))];
        AssertClose(0.644, ModuleSession.Number(rows[0], "Weight"), 5e-4);
        AssertClose(4.290, ModuleSession.Number(rows[0], "Mean_eruptions"), 5e-4);
        AssertClose(79.97, ModuleSession.Number(rows[0], "Mean_waiting"), 5e-3);
        AssertClose(2.036, ModuleSession.Number(rows[1], "Mean_eruptions"), 5e-4);
        AssertClose(54.48, ModuleSession.Number(rows[1], "Mean_waiting"), 5e-3);
    }

    [Theory]
    [InlineData("$rows | Invoke-EmFit eruptions, waiting 2")]
    [InlineData("Invoke-EmFit -InputObject $rows -Property eruptions, waiting -ComponentCount 2")]
    [InlineData("$rows | Invoke-EmFit -Property WAIT*, erup* -ComponentCount 2")]
    [InlineData("$rows | ForEach-Object { @{ eruptions = $_.eruptions; waiting = $_.waiting } } | Invoke-EmFit waiting, eruptions 2")]
    [InlineData("$rows | ForEach-Object { [pscustomobject]@{ label = 'a'; e = [double]$_.eruptions; w = [int]$_.waiting } } | Invoke-EmFit -ComponentCount 2")]
    [InlineData("$rows | ForEach-Object { , @([double]$_.eruptions, [decimal]$_.waiting) } | Invoke-EmFit -ComponentCount 2")]
    [InlineData("$rows | ForEach-Object { , [double[]]($_.eruptions, $_.waiting) } | Invoke-EmFit a, b 2")]
    [InlineData("Invoke-EmFit -ComponentCount 2 -InputObject @($rows | ForEach-Object { , @($_.eruptions, $_.waiting) })")]
    public void Rows_of_every_kind_give_the_same_fit(string script) =>
        AssertFaithful(Session.RunOne("param($rows) " + script, ("rows", Faithful)));

    [Theory]
    [InlineData("Invoke-EmFit -InputObject $table -ComponentCount 2")]
    [InlineData(", $table | Invoke-EmFit -ComponentCount 2")]
    public void Tables_of_numbers_are_fitted(string script)
    {
        double[][] rows = FaithfulNumbers();
        double[,] matrix = new double[rows.Length, 2];
        DataTable table = new() { Locale = CultureInfo.InvariantCulture };
        table.Columns.Add("name", typeof(string));
        table.Columns.Add("eruptions", typeof(double));
        table.Columns.Add("waiting", typeof(int));
        for (int i = 0; i < rows.Length; i++)
        {
            (matrix[i, 0], matrix[i, 1]) = (rows[i][0], rows[i][1]);
            table.Rows.Add("row", rows[i][0], (int)rows[i][1]);
        }

        foreach (object input in new object[] { rows, matrix, table, table.DefaultView, table.Select() })
        {
            AssertFaithful(Session.RunOne("param($table) " + script, ("table", input)));
        }
    }

    [Fact]
    public void Plain_numbers_and_their_texts_are_one_column()
    {
        PSObject fromNumbers = Session.RunOne("param($rows) $rows | ForEach-Object { [double]$_.waiting } | Invoke-EmFit -ComponentCount 2", ("rows", Faithful));
        PSObject fromTexts = Session.RunOne("param($rows) $rows | ForEach-Object waiting | Invoke-EmFit waiting 2", ("rows", Faithful));
        PSObject fromColumn = Session.RunOne("param($rows) $rows | Invoke-EmFit waiting 2", ("rows", Faithful));

        Assert.Equal(["x1"], (IEnumerable<string>)ModuleSession.Value(fromNumbers, "Property")!);
        Assert.Equal(["waiting"], (IEnumerable<string>)ModuleSession.Value(fromTexts, "Property")!);
        Assert.Equal(ModuleSession.Value(fromColumn, "LogLikelihood"), ModuleSession.Value(fromNumbers, "LogLikelihood"));
        Assert.Equal(ModuleSession.Value(fromColumn, "LogLikelihood"), ModuleSession.Value(fromTexts, "LogLikelihood"));
    }

    [Fact]
    public void Properties_of_any_object_are_fitted()
    {
        PSObject fit = Session.RunOne("1..100 | ForEach-Object { [version]\"$_.$($_ % 7)\" } | Invoke-EmFit -Property Major, Minor -ComponentCount 1");

        Assert.Equal(["Major", "Minor"], (IEnumerable<string>)ModuleSession.Value(fit, "Property")!);
    }

    [Theory]
    [InlineData("Invoke-EmFit -Path $path -ComponentCount 2")]
    [InlineData("Invoke-EmFit -Path ($path -replace 'faithful', 'faith*') -Property eruptions, waiting -ComponentCount 2")]
    [InlineData("Invoke-EmFit -LiteralPath $path -ComponentCount 2")]
    [InlineData("Invoke-EmFit -PSPath $path -ComponentCount 2 -Delimiter ',' -Encoding utf8")]
    public void Files_are_fitted(string script) =>
        AssertFaithful(Session.RunOne("param($path) " + script, ("path", ModuleFiles.Data("faithful.csv"))));

    [Fact]
    public void Several_files_are_one_table()
    {
        PSObject fit = Session.RunOne("param($path) Invoke-EmFit -Path $path, $path -ComponentCount 2", ("path", ModuleFiles.Data("faithful.csv")));

        Assert.Equal(544L, ModuleSession.Value(fit, "RowCount"));
    }

    [Fact]
    public void German_files_and_rows_are_read_with_their_culture()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(
                file, ["eruptions;waiting", .. FaithfulNumbers().Select(row => string.Join(";", row.Select(cell => cell.ToString(CultureInfo.GetCultureInfo("de-DE")))))]);
            AssertFaithful(Session.RunOne("param($path) Invoke-EmFit -LiteralPath $path -ComponentCount 2 -Culture de-DE", ("path", file)));
        }
        finally
        {
            File.Delete(file);
        }

        AssertFaithful(Session.RunOne(
            "param($rows) $rows | ForEach-Object { @{ a = $_.eruptions.Replace('.', ','); b = $_.waiting } } | Invoke-EmFit a, b 2 -Culture de-DE",
            ("rows", Faithful)));
    }

    [Fact]
    public void The_session_culture_changes_nothing()
    {
        PSObject fit = Session.RunOne(
            "param($rows) [cultureinfo]::CurrentCulture = 'de-DE'; $rows | Invoke-EmFit -ComponentCount 2", ("rows", Faithful));

        AssertFaithful(fit);
    }

    [Theory]
    [InlineData("VVV", "Full", 11)]
    [InlineData("EEE", "Tied", 8)]
    [InlineData("VVI", "Diagonal", 9)]
    [InlineData("VII", "Spherical", 7)]
    public void Covariance_models_have_names_and_aliases(string name, string alias, int parameterCount)
    {
        const string Script = "param($rows, $model) $rows | Invoke-EmFit -ComponentCount 2 -CovarianceModel $model";

        PSObject fit = Session.RunOne(Script, ("rows", Faithful), ("model", name));

        Assert.Equal(parameterCount, ModuleSession.Value(fit, "ParameterCount"));
        Assert.Equal(name, ModuleSession.Value(fit, "CovarianceModel")!.ToString());
        PSObject again = Session.RunOne(Script, ("rows", Faithful), ("model", alias.ToUpperInvariant()));
        Assert.Equal(ModuleSession.Value(fit, "LogLikelihood"), ModuleSession.Value(again, "LogLikelihood"));
    }

    [Fact]
    public void A_fit_starts_from_a_model_by_the_names_of_its_columns()
    {
        PSObject start = FitFaithful();

        PSObject fit = Session.RunOne(
            "param($rows, $start) $rows | Invoke-EmFit waiting, eruptions -InitialModel $start", ("rows", Faithful), ("start", start));

        AssertFaithful(fit);
        Assert.Equal(["waiting", "eruptions"], (IEnumerable<string>)ModuleSession.Value(fit, "Property")!);
        Assert.True(ModuleSession.Number(fit, "IterationCount") <= 3);
    }

    [Fact]
    public void The_columns_of_the_initial_model_are_the_default()
    {
        PSObject fit = Session.RunOne(
            "param($rows) $start = $rows | Invoke-EmFit waiting 2; $rows | Invoke-EmFit -InitialModel $start.Mixture", ("rows", Faithful));

        Assert.Equal(["waiting"], (IEnumerable<string>)ModuleSession.Value(fit, "Property")!);
    }

    [Fact]
    public void Fixed_weights_are_kept()
    {
        PSObject fit = Session.RunOne("param($rows) $rows | Invoke-EmFit -ComponentCount 2 -FixedWeight 0.7, 0.3", ("rows", Faithful));

        Assert.Equal([0.7, 0.3], Session.Run("param($f) $f.Mixture.Components.Weight", ("f", fit)).Select(weight => (double)weight.BaseObject));
        Assert.Equal(10, ModuleSession.Value(fit, "ParameterCount"));
    }

    [Fact]
    public void One_iteration_is_one_and_is_warned_of_once()
    {
        using PowerShell shell = Session.Create("param($rows) $rows | Invoke-EmFit -ComponentCount 3 -MaxIteration 1", ("rows", Faithful));
        PSObject fit = Assert.Single(shell.Invoke());

        Assert.Equal(1, ModuleSession.Value(fit, "IterationCount"));
        Assert.Equal(false, ModuleSession.Value(fit, "Converged"));
        Assert.Equal("MaxIteration", ModuleSession.Value(fit, "StopReason")!.ToString());
        Assert.Equal(((IEnumerable<string>)ModuleSession.Value(fit, "Warnings")!), shell.Streams.Warning.Select(warning => warning.Message));
        Assert.Contains("MaxIteration", Assert.Single(shell.Streams.Warning).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tolerance_zero_runs_all_iterations_without_a_warning()
    {
        using PowerShell shell = Session.Create("param($rows) $rows | Invoke-EmFit -ComponentCount 2 -MaxIteration 30 -Tolerance 0", ("rows", Faithful));
        PSObject fit = Assert.Single(shell.Invoke());

        Assert.Equal(30, ModuleSession.Value(fit, "IterationCount"));
        Assert.Empty(shell.Streams.Warning);
    }

    [Fact]
    public void Threads_change_nothing_and_seeds_are_kept()
    {
        const string Script = "param($rows, $threads) $rows | Invoke-EmFit -ComponentCount 3 -Seed 5 -ThrottleLimit $threads";

        PSObject one = Session.RunOne(Script, ("rows", Faithful), ("threads", 1));
        PSObject seven = Session.RunOne(Script, ("rows", Faithful), ("threads", 7));

        Assert.Equal(ModuleSession.Value(one, "LogLikelihood"), ModuleSession.Value(seven, "LogLikelihood"));
        Assert.Equal(5ul, ModuleSession.Value(one, "Seed"));
    }

    [Fact]
    public void Verbose_tells_the_columns_and_every_start()
    {
        using PowerShell shell = Session.Create("param($rows) $rows | Invoke-EmFit -ComponentCount 2 -RestartCount 4 -Verbose", ("rows", Faithful));
        shell.Invoke();

        string[] messages = [.. shell.Streams.Verbose.Select(record => record.Message)];
        Assert.Equal("Columns eruptions, waiting; 272 rows.", messages[0]);
        Assert.Equal(4, messages.Count(message => message.StartsWith("Start ", StringComparison.Ordinal)));
        Assert.Contains("log-likelihood -1130.26", messages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Short_fits_show_no_progress()
    {
        using PowerShell shell = Session.Create("param($rows) $rows | Invoke-EmFit -ComponentCount 2", ("rows", Faithful));
        shell.Invoke();

        Assert.Empty(shell.Streams.Progress);
    }

    [Fact]
    public void A_standardised_fit_is_told_in_the_original_units()
    {
        PSObject fit = Session.RunOne("param($p) Invoke-EmFit -Path $p -ComponentCount 2 -CovarianceModel VII -Standardize", ("p", ModuleFiles.Data("faithful.csv")));

        Assert.Equal(true, ModuleSession.Value(fit, "IsStandardized"));
        Assert.Equal("VII", ModuleSession.Value(fit, "CovarianceModel")!.ToString());
        double measured = ModuleSession.Number(
            Session.RunOne("param($p, $f) Measure-MixtureLikelihood $f -Path $p", ("p", ModuleFiles.Data("faithful.csv")), ("f", fit)), "LogLikelihood");
        AssertClose(measured, ModuleSession.Number(fit, "LogLikelihood"), 1e-8);
        PSObject plain = Session.RunOne("param($p) Invoke-EmFit -Path $p -ComponentCount 2 -CovarianceModel VII", ("p", ModuleFiles.Data("faithful.csv")));
        Assert.True(measured > ModuleSession.Number(plain, "LogLikelihood") + 100);
    }

    [Fact]
    public void The_first_row_may_leave_columns_undecided_and_that_is_said()
    {
        const string Script = "$rows = @{ a = ''; b = 1 }, @{ a = 2; b = 3 }, @{ a = 3; b = 2 }, @{ a = 5; b = 5 } | ForEach-Object { [pscustomobject]$_ }; ";

        Assert.Equal("b", Session.RunOne(Script + "($rows | Invoke-EmFit -ComponentCount 1 -MissingValue Omit -WarningVariable w 3>$null).Property").BaseObject);
        Assert.Contains(
            "it has no value in a.",
            (string)Session.RunOne(Script + "$null = $rows | Invoke-EmFit -ComponentCount 1 -MissingValue Marginalize -WarningVariable w 3>$null; $w.Message").BaseObject,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ x = 1; n = 2 }, @{ x = 2; n = 0 }, @{ x = 4; n = 3 } | ForEach-Object { [pscustomobject]$_ } | Invoke-EmFit -ComponentCount 1 -WeightProperty n")]
    [InlineData("@{ x = 1; n = 2 }, @{ x = 2; n = 0 }, @{ x = 4; n = 3 } | ForEach-Object { [pscustomobject]$_ } | Invoke-EmFit * 1 -WeightProperty N")]
    [InlineData("(1, 2), (2, 0), (4, 3) | Invoke-EmFit -ComponentCount 1 -WeightProperty x2")]
    [InlineData("(2, 1), (0, 2), (3, 4) | Invoke-EmFit height 1 -WeightProperty x1")]
    [InlineData("@{ x = 1; n = 2 }, @{ x = ''; n = 0 }, @{ x = 4; n = 3 } | ForEach-Object { [pscustomobject]$_ } | Invoke-EmFit -ComponentCount 1 -WeightProperty n")]
    public void Weights_come_from_any_kind_of_row(string script)
    {
        PSObject fit = Session.RunOne(script);

        Assert.Equal(2.0, ModuleSession.Number(fit, "RowCount"));
        Assert.Equal(3.0, ModuleSession.Number(fit, "ReadRowCount"));
        Assert.Equal(5.0, ModuleSession.Number(fit, "TotalWeight"));
        Assert.Equal(2.8, ModuleSession.Number(Session.RunOne("param($f) $f | Get-MixtureComponent | ForEach-Object { @{ Mean = @($_.PSObject.Properties)[2].Value } } | ForEach-Object { [pscustomobject]$_ }", ("f", fit)), "Mean"), 12);
    }

    private static double[][] FaithfulNumbers() =>
    [
        .. ModuleSession.ReadCsv("faithful.csv").Select(row => row.Properties
            .Select(cell => double.Parse((string)cell.Value, CultureInfo.InvariantCulture)).ToArray()),
    ];

    private static void AssertFaithful(PSObject fit)
    {
        AssertClose(LogLikelihood, ModuleSession.Number(fit, "LogLikelihood"), 1e-3);
        Assert.Equal(272L, ModuleSession.Value(fit, "RowCount"));
    }
}
