using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Update-EmFit: fits that go on with new rows.</summary>
public sealed class UpdateEmFitTests(ModuleSession session) : HostTest(session)
{
    private const string Fit = "param($rows) $fit = $rows[0..199] | Invoke-EmFit -ComponentCount 2; $new = $rows[200..271]; ";

    [Theory]
    [InlineData("$new | Update-EmFit $fit")]
    [InlineData("Update-EmFit $fit -InputObject $new")]
    [InlineData("$new | Update-EmFit -Model $fit -ForgettingFactor 1 -ThrottleLimit 1")]
    public void Rows_are_added_to_a_fit(string script)
    {
        PSObject updated = Session.RunOne(Fit + script, ("rows", Faithful));
        Assert.Equal(272L, ModuleSession.Value(updated, "RowCount"));
        Assert.Equal(272L, ModuleSession.Value(updated, "ReadRowCount"));
        Assert.Equal(-1130.26, ModuleSession.Number(updated, "LogLikelihood"), 0.5);
    }

    [Fact]
    public void A_file_is_as_good_as_the_pipeline()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".csv");
        try
        {
            string[] lines = File.ReadAllLines(Path.Combine(ModuleFiles.RepositoryRoot, "src", "Examples", "faithful.csv"));
            File.WriteAllLines(file, [lines[0], .. lines.Skip(201)]);
            foreach (string batch in (string[])[string.Empty, " -BatchSize 20 -MaxIteration 3"])
            {
                PSObject piped = Session.RunOne(Fit + "$new | Update-EmFit $fit" + batch, ("rows", Faithful));
                PSObject read = Session.RunOne(
                    Fit.Replace("$rows)", "$rows, $file)", StringComparison.Ordinal) + "Update-EmFit $fit -Path $file" + batch, ("rows", Faithful), ("file", file));
                AssertSameMixture(piped, read);
                Assert.Equal(ModuleSession.Value(piped, "LogLikelihood"), ModuleSession.Value(read, "LogLikelihood"));
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Batches_come_as_they_are_full()
    {
        IReadOnlyList<PSObject> fits = Session.Run(Fit + "$new | Update-EmFit $fit -BatchSize 30 -EmitAll", ("rows", Faithful));
        Assert.Equal([230L, 260L, 272L], fits.Select(fit => ModuleSession.Value(fit, "RowCount")));
        PSObject last = Session.RunOne(Fit + "$new | Update-EmFit $fit -BatchSize 30 -WarningVariable w; if ($w) { throw $w }", ("rows", Faithful));
        AssertSameMixture(fits[2], last);
    }

    [Fact]
    public void A_copy_of_a_fit_knows_its_rows()
    {
        const string Copy = "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($fit))";
        PSObject updated = Session.RunOne(Fit + "$new | Update-EmFit (" + Copy + ")", ("rows", Faithful));
        Assert.Equal(272L, ModuleSession.Value(updated, "RowCount"));
        Assert.Equal(-1130.26, ModuleSession.Number(updated, "LogLikelihood"), 0.5);
    }

    [Fact]
    public void A_mixture_stands_for_as_many_rows_as_one_says()
    {
        PSObject updated = Session.RunOne(
            "$m = New-GaussianMixture -Weight 0.5, 0.5 -Mean 0, 10 -Covariance 1, 1; 9..11 | Update-EmFit $m -ModelWeight 97");
        Assert.Equal(100L, ModuleSession.Value(updated, "RowCount"));
        Assert.Equal(0.515, ModuleSession.Number(Session.RunOne("param($m) ($m | Get-MixtureComponent)[0]", ("m", updated)), "Weight"), 1e-3);
    }

    [Fact]
    public void Gaps_are_told_left_out_or_used()
    {
        const string Gap = "$new[1].waiting = ''; ";
        ErrorRecord error = Session.Fail(Fit + Gap + "$new | Update-EmFit $fit", ("rows", Copies()));
        Assert.StartsWith("MissingValue", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(271L, ModuleSession.Value(Session.RunOne(Fit + Gap + "$new | Update-EmFit $fit -MissingValue Omit -WarningAction Ignore", ("rows", Copies())), "RowCount"));
        Assert.Equal(1L, ModuleSession.Value(Session.RunOne(Fit + Gap + "$new | Update-EmFit $fit -MissingValue Marginalize -BatchSize 30", ("rows", Copies())), "IncompleteRowCount"));
    }

    [Theory]
    [InlineData("$new | Update-EmFit $null", "NoModel")]
    [InlineData("$new | Update-EmFit $fit.Mixture", "ModelWeightMissing")]
    [InlineData("$new | Update-EmFit $fit -StepExponent 0.6", "BatchSizeMissing")]
    [InlineData("$new | Update-EmFit $fit -EmitAll", "BatchSizeMissing")]
    [InlineData("$new | Update-EmFit $fit -ForgettingFactor 0", "InvalidForgettingFactor")]
    [InlineData("$new | Update-EmFit $fit -BatchSize 9 -StepExponent 2", "InvalidStepExponent")]
    [InlineData("[pscustomobject]@{ a = 1 } | Update-EmFit $fit", "UnknownProperty")]
    [InlineData("@() | Update-EmFit $fit", "NoRows")]
    public void Wrong_calls_are_told(string script, string errorId) => Assert.StartsWith(
        errorId, Session.Fail(Fit + script, ("rows", Faithful)).FullyQualifiedErrorId, StringComparison.Ordinal);

    /// <summary>Rows that a test may change.</summary>
    private static PSObject[] Copies() => ModuleSession.ReadCsv("faithful.csv");
}
