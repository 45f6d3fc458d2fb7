using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Where a fit starts from, what becomes of collapses, the prior.</summary>
public sealed class InvokeEmFitStartTests(ModuleSession session) : HostTest(session)
{
    private const double IrisLogLikelihood = -180.185477;

    [Theory]
    [InlineData("$rows | Invoke-EmFit -InitialComponent class")]
    [InlineData("$rows | Invoke-EmFit -Property * -InitialComponent CLASS -ComponentCount 3")]
    [InlineData("Invoke-EmFit -Path $path -InitialComponent class")]
    [InlineData("Invoke-EmFit -Path $path -Property *_* -InitialComponent class -ComponentCount 3")]
    public void Labels_are_a_start_and_no_data(string script)
    {
        PSObject fit = Session.RunOne(
            "param($path, $rows) " + script + " -Tolerance 1e-12", ("path", ModuleFiles.Data("iris.csv")), ("rows", ModuleSession.ReadCsv("iris.csv")));

        Assert.Equal(4, ((IEnumerable<string>)ModuleSession.Value(fit, "Property")!).Count());
        AssertClose(IrisLogLikelihood, ModuleSession.Number(fit, "LogLikelihood"), 1e-6);
        Assert.Single((IEnumerable<object>)ModuleSession.Value(fit, "Starts")!);
    }

    [Fact]
    public void Labels_may_be_numbers_among_nameless_cells()
    {
        PSObject fit = Session.RunOne(
            "param($rows) $rows | ForEach-Object { , @([double]$_.eruptions, [double]$_.waiting, [int]([double]$_.waiting -gt 68)) } | Invoke-EmFit -InitialComponent x3",
            ("rows", Faithful));

        Assert.Equal(["x1", "x2"], (IEnumerable<string>)ModuleSession.Value(fit, "Property")!);
        AssertClose(-1130.263960, ModuleSession.Number(fit, "LogLikelihood"), 1e-4);
    }

    [Theory]
    [InlineData("$table | Invoke-EmFit -InitialResponsibility p1, p2")]
    [InlineData("$table | Invoke-EmFit eruptions, waiting -InitialResponsibility p?")]
    [InlineData("$table | Invoke-EmFit -InitialResponsibility p* -ComponentCount 2")]
    public void Responsibilities_are_a_start_and_no_data(string script)
    {
        PSObject fit = Session.RunOne(
            "param($rows) $table = $rows | ForEach-Object { $p = [int]([double]$_.waiting -gt 68); [pscustomobject]@{ eruptions = $_.eruptions; waiting = $_.waiting; p1 = 5 * $p; p2 = 2 * (1 - $p) } }; " + script,
            ("rows", Faithful));

        AssertFromResponsibilities(fit);
    }

    [Theory]
    [InlineData("$rows | Invoke-EmFit -InitialComponent class -ExcludeProperty id, p? -WeightProperty n -MissingValue Omit -Tolerance 1e-12")]
    [InlineData("Invoke-EmFit -Path $path -InitialComponent class -ExcludeProperty id, p? -WeightProperty n -MissingValue Omit -Tolerance 1e-12")]
    [InlineData("Invoke-EmFit -Path $path *_* -InitialResponsibility p? -ExcludeProperty id -WeightProperty n -MissingValue Omit -Tolerance 1e-12")]
    [InlineData("$rows | Invoke-EmFit *_* -InitialResponsibility p1, p2, p3 -WeightProperty n -MissingValue Omit -Tolerance 1e-12")]
    [InlineData("$rows | Invoke-EmFit *_* -InitialComponent class -WeightProperty n -MissingValue Omit -Standardize -Tolerance 1e-12")]
    public void Rows_that_are_left_out_take_their_start_with_them(string script)
    {
        string file = Path.ChangeExtension(Path.GetTempFileName(), ".csv");
        try
        {
            WriteFlowersAndOthers(file);
            PSObject fit = Session.RunOne(
                "param($path, $rows) $WarningPreference = 'SilentlyContinue'; " + script, ("path", file), ("rows", ModuleSession.ReadCsv(file)));

            Assert.Equal(4, ((IEnumerable<string>)ModuleSession.Value(fit, "Property")!).Count());
            AssertClose(IrisLogLikelihood, ModuleSession.Number(fit, "LogLikelihood"), 1e-6);
            Assert.Equal(150L, ModuleSession.Value(fit, "RowCount"));
            Assert.Equal(75L, ModuleSession.Value(fit, "OmittedRowCount"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Labels_go_with_rows_of_which_cells_are_missing()
    {
        PSObject fit = Session.RunOne(
            "param($rows) $i = 0; $rows | ForEach-Object { [pscustomobject]@{ eruptions = if (++$i % 7) { $_.eruptions }; waiting = if ($i % 5) { $_.waiting }; late = [double]$_.waiting -gt 68 } } | "
            + "Invoke-EmFit eruptions, waiting -InitialComponent late -MissingValue Marginalize -WarningAction SilentlyContinue",
            ("rows", Faithful));

        object[] components = [.. (IEnumerable<object>)ModuleSession.Value(PSObject.AsPSObject(ModuleSession.Value(fit, "Mixture")!), "Components")!];
        AssertClose(0.644, ModuleSession.Number(PSObject.AsPSObject(components[0]), "Weight"), 0.02);
    }

    [Fact]
    public void Responsibilities_may_be_columns_of_a_file()
    {
        string file = Path.GetTempFileName();
        try
        {
            string[] lines = File.ReadAllLines(ModuleFiles.Data("faithful.csv"));
            File.WriteAllLines(
                file,
                [lines[0] + ",p1,p2", .. lines.Skip(1).Select(line => line + (double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture) > 68 ? ",1,0" : ",0,0.5"))]);
            AssertFromResponsibilities(Session.RunOne("param($path) Invoke-EmFit -LiteralPath $path -InitialResponsibility p*", ("path", file)));

            File.AppendAllLines(file, ["3,70,0,0"]);
            Session.AssertFails(
                "InvalidResponsibility",
                ["Row 273 of", "the responsibilities sum to 0"],
                $"Invoke-EmFit -LiteralPath '{file}' -InitialResponsibility p*");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("InvalidResponsibility", "Row 3: the responsibilities sum to 0", "$rows[2].p = 0; $rows[2].q = 0; $rows | Invoke-EmFit x -InitialResponsibility p, q")]
    [InlineData("InvalidResponsibility", "Row 3: the responsibility of component 2 is -1", "$rows[2].q = -1; $rows | Invoke-EmFit x -InitialResponsibility p, q")]
    [InlineData("TextInNumericColumn", "Row 3, column 'q'", "$rows[2].q = 'much'; $rows | Invoke-EmFit x -InitialResponsibility p, q")]
    [InlineData("MissingLabel", "Row 3 has no label", "$rows[2].c = $null; $rows | Invoke-EmFit x -InitialComponent c")]
    [InlineData("InitialResponsibilityMismatch", "2 components, but 3 are asked for", "$rows | Invoke-EmFit x 3 -InitialComponent c")]
    [InlineData("UnknownProperty", "no column 'd'", "$rows | Invoke-EmFit x -InitialComponent d")]
    [InlineData("AmbiguousInitialComponent", "Name one column", "$rows | Invoke-EmFit x -InitialComponent [pq]")]
    [InlineData("TwoStarts", "Leave one of them out", "$rows | Invoke-EmFit x -InitialComponent c -InitialResponsibility p, q")]
    [InlineData("TwoStarts", "Leave one of them out", "$rows | Invoke-EmFit x -InitialComponent c -InitialModel (New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property x)")]
    [InlineData("InvalidCovarianceFloor", "at least 0 and less than 1", "$rows | Invoke-EmFit x 2 -CovarianceFloor 1")]
    [InlineData("PriorNotAvailable", "EII, VII, EEI, VVI, EEE, VVV", "$rows | Invoke-EmFit x, y 2 -CovarianceModel VEV -Prior")]
    public void Wrong_starts_name_the_row_and_the_remedy(string errorId, string part, string script) =>
        Session.AssertFails(
            errorId,
            [part],
            "$rows = 1..20 | ForEach-Object { [pscustomobject]@{ x = $_ * 7 % 20; y = $_ * 3 % 20; p = $_ % 3; q = 1; c = 'ab'[$_ % 2] } };" + script);

    [Theory]
    [InlineData("KMeans")]
    [InlineData("hierarchical")]
    [InlineData("Random")]
    [InlineData("ShortRuns")]
    [InlineData("Split")]
    public void The_kind_of_start_can_be_chosen(string method)
    {
        PSObject fit = Session.RunOne(
            "param($rows, $method) $rows | Invoke-EmFit eruptions, waiting 2 -Initialization $method", ("rows", Faithful), ("method", method));

        AssertClose(-1130.264, ModuleSession.Number(fit, "LogLikelihood"), 5e-4);
        PSObject first = PSObject.AsPSObject(((IEnumerable<object>)ModuleSession.Value(fit, "Starts")!).First());
        Assert.Equal(method, (string)ModuleSession.Value(first, "Initialization")!, ignoreCase: true);
    }

    [Theory]
    [InlineData("Reseed", 3)]
    [InlineData("Drop", 2)]
    [InlineData("Stop", 3)]
    public void What_becomes_of_a_collapse_can_be_chosen(string policy, int componentCount)
    {
        PSObject fit = Session.RunOne(
            "param($policy) $start = New-GaussianMixture -Weight 0.4, 0.3, 0.3 -Mean 0, 5, 1e6 -Covariance 1, 1, 1 -Property x; "
            + "1..40 | ForEach-Object { [pscustomobject]@{ x = $_ * 37 % 41 / 10 + 10 * ($_ % 2) } } | Invoke-EmFit -InitialModel $start -CollapsePolicy $policy -WarningAction SilentlyContinue",
            ("policy", policy));

        Assert.Equal(componentCount, ModuleSession.Value(fit, "ComponentCount"));
        Assert.Equal(policy == "Stop", ModuleSession.Value(fit, "StopReason")!.ToString() == "Collapsed");
        Assert.NotEmpty((IEnumerable<string>)ModuleSession.Value(fit, "Warnings")!);
    }

    [Fact]
    public void A_prior_lowers_the_likelihood_a_little()
    {
        PSObject fit = Session.RunOne("param($rows) $rows | Invoke-EmFit eruptions, waiting 2 -Prior", ("rows", Faithful));

        AssertClose(-1130.509, ModuleSession.Number(fit, "LogLikelihood"), 1e-3);
    }

    [Fact]
    public void The_covariance_floor_can_be_chosen()
    {
        PSObject fit = Session.RunOne("param($rows) $rows | Invoke-EmFit eruptions, waiting 2 -CovarianceFloor 0", ("rows", Faithful));

        AssertClose(-1130.264, ModuleSession.Number(fit, "LogLikelihood"), 5e-4);
    }

    /// <summary>Iris, and among its rows others that have gaps or do not count, with labels that would mislead.</summary>
    private static void WriteFlowersAndOthers(string file)
    {
        string[] lines = File.ReadAllLines(ModuleFiles.Data("iris.csv"));
        string[] labels = [.. lines.Skip(1).Select(line => line.Split(',')[^1]).Distinct()];
        List<string> written = ["id," + lines[0] + ",n,p1,p2,p3"];
        for (int i = 1; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',');
            written.Add($"{i},{lines[i]},1,{string.Join(',', labels.Select(label => label == cells[^1] ? 1 : 0))}");
            if (i % 2 == 0)
            {
                written.Add($"{i},{cells[0]},,{cells[2]},{cells[3]},other,1,5,5,5");
                written.Add($"{i},{string.Join(',', cells[..4])},another,0,0,0,0");
            }
        }

        File.WriteAllLines(file, written);
    }

    private static void AssertFromResponsibilities(PSObject fit)
    {
        Assert.Equal(["eruptions", "waiting"], (IEnumerable<string>)ModuleSession.Value(fit, "Property")!);
        Assert.Single((IEnumerable<object>)ModuleSession.Value(fit, "Starts")!);
        AssertClose(-1130.264, ModuleSession.Number(fit, "LogLikelihood"), 5e-4);
    }
}
