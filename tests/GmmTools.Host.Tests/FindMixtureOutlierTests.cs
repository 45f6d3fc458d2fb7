using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class FindMixtureOutlierTests(ModuleSession session) : HostTest(session)
{
    private const string Normal = "$m = New-GaussianMixture -Weight 1 -Mean @(0, 0) -Covariance @(1, 0, 0, 1) -Property a, b; ";
    private const string Two = "$m = New-GaussianMixture -Weight 0.7, 0.3 -Mean @(0, 0), @(9, 0) -Covariance @(1, 0, 0, 1), @(1, 0, 0, 1) -Property a, b; ";

    [Fact]
    public void One_component_has_the_level_of_chi_square()
    {
        PSObject level = Session.RunOne(Normal + "Find-MixtureOutlier -Model $m -FalseAlarmRate 0.01 -LevelOnly");
        Assert.Equal("ChiSquare", ModuleSession.Value(level, "Method"));
        AssertClose(Math.Log(0.01 / (2 * Math.PI)), ModuleSession.Number(level, "LogDensity"), 1e-12);
        Assert.Equal(0.0, ModuleSession.Value(level, "StandardError"));

        // P(χ² > 9.22) is 0.00995, P(χ² > 9.2) is 0.01005
        PSObject outlier = Session.RunOne(Normal + ", @(0, [math]::Sqrt(9.2)), @([math]::Sqrt(9.22), 0) | ForEach-Object { , $_ } | Find-MixtureOutlier $m 0.01");
        Assert.Equal(["a", "b", "Row", "LogDensity", "TailProbability", "Component", "Distance", "Contributor"], Names(outlier));
        Assert.Equal(2L, ModuleSession.Value(outlier, "Row"));
        AssertClose(Math.Exp(-4.61), ModuleSession.Number(outlier, "TailProbability"), 1e-14);
        AssertClose(Math.Sqrt(9.22), ModuleSession.Number(outlier, "Distance"), 1e-14);
        Assert.Equal("a", ModuleSession.Value(outlier, "Contributor"));
    }

    [Fact]
    public void Several_components_are_sampled_and_say_so()
    {
        PSObject level = Session.RunOne(Two + "Find-MixtureOutlier $m 0.001 -LevelOnly");
        Assert.Equal("Sampling", ModuleSession.Value(level, "Method"));
        Assert.Equal(100_000, ModuleSession.Value(level, "SampleCount"));
        Assert.InRange(ModuleSession.Number(level, "StandardError"), 1e-6, 5e-5);
        Assert.Equal(
            ModuleSession.Number(level, "LogDensity"),
            ModuleSession.Number(Session.RunOne(Two + "Find-MixtureOutlier $m -LevelOnly -ThrottleLimit 1"), "LogDensity"));
        Assert.NotEqual(
            ModuleSession.Number(level, "LogDensity"), ModuleSession.Number(Session.RunOne(Two + "Find-MixtureOutlier $m -LevelOnly -Seed 5"), "LogDensity"));
        using PowerShell shell = Session.Create(Two + ", @(1, 0) | Find-MixtureOutlier $m -Verbose");
        Assert.Empty(shell.Invoke());
        Assert.Contains(shell.Streams.Verbose, record => record.Message.Contains("standard error", StringComparison.Ordinal));
    }

    [Fact]
    public void Contributions_are_named_and_given()
    {
        PSObject outlier = Session.RunOne(Two + ", @(9, 7) | Find-MixtureOutlier $m -IncludeContribution -Prefix My");
        Assert.Equal("b", ModuleSession.Value(outlier, "MyContributor"));
        Assert.Equal(2, ModuleSession.Value(outlier, "MyComponent"));
        Assert.Equal(7.0, ModuleSession.Value(outlier, "MyDistance"));
        Assert.Equal(1.0, ModuleSession.Value(outlier, "MyContribution_b"));
        Assert.Equal("a, b", ModuleSession.Value(Session.RunOne(Two + ", @(-6, 6) | Find-MixtureOutlier $m"), "Contributor")!.ToString()!.Split(", ").Order().Aggregate((x, y) => x + ", " + y));
    }

    [Fact]
    public void Training_rows_set_the_level()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, ["a,b", .. Enumerable.Range(1, 99).Select(i => $"{i},0")]);
            const string Rows = "param($p) " + Normal + "$rows = 1..99 | ForEach-Object { [pscustomobject]@{ a = $_; b = 0 } }; ";

            // 99 rows: the least probable but one has rank 2 of 100
            foreach (string training in new[] { "$rows", "$p", "(Get-Item $p -ErrorAction SilentlyContinue)" }.Take(2))
            {
                PSObject level = Session.RunOne(Rows + $"Find-MixtureOutlier $m 0.02 -Training {training} -LevelOnly", ("p", file));
                Assert.Equal("Training", ModuleSession.Value(level, "Method"));
                AssertClose(-Math.Log(2 * Math.PI) - (98.0 * 98 / 2), ModuleSession.Number(level, "LogDensity"), 1e-9);
                IReadOnlyList<PSObject> outliers = Session.Run(Rows + $"$rows | Find-MixtureOutlier $m 0.02 -Training {training}", ("p", file));
                Assert.Equal([99L], outliers.Select(outlier => ModuleSession.Value(outlier, "Row")));
                AssertClose(0.02, ModuleSession.Number(outliers[0], "TailProbability"), 1e-15);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Rows_of_files_keep_their_numbers()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(file, ["t,a,b", .. Enumerable.Range(1, 20_000).Select(i => i % 5000 == 0 ? $"r{i},8,0" : $"r{i},{i % 3},0")]);
            IReadOnlyList<PSObject> plain = Session.Run("param($p) " + Two + "Find-MixtureOutlier $m -Path $p 3>$null", ("p", file));
            Assert.Empty(plain);
            IReadOnlyList<PSObject> outliers = Session.Run("param($p) " + Normal + "Find-MixtureOutlier $m -Path $p -IncludeProperty t", ("p", file));
            Assert.Equal([5000L, 10_000L, 15_000L, 20_000L], outliers.Select(outlier => ModuleSession.Value(outlier, "Row")));
            Assert.Equal("r10000", ModuleSession.Value(outliers[1], "t"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("InvalidFalseAlarmRate", "above 0 and below 1", "1 | Find-MixtureOutlier $m 0")]
    [InlineData("InvalidSampleCount", "at least 1000", "1 | Find-MixtureOutlier $m -SampleCount 1")]
    [InlineData("TooFewTrainingRows", "2 training rows tell no rate of 0.001: among fewer than 999", "1 | Find-MixtureOutlier $m -Training @(1, 2)")]
    [InlineData("NoRows", "There are no rows", "1 | Find-MixtureOutlier $m -Training @()")]
    [InlineData("UnknownProperty", "no column 'x1'", "1 | Find-MixtureOutlier $m -Training @([pscustomobject]@{ y = 1 })")]
    public void Wrong_calls_are_named(string errorId, string part, string script) =>
        Session.AssertFails(errorId, [part], "$m = New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1; " + script);

    [Fact]
    public void Many_components_and_extreme_scales()
    {
        foreach (string model in new[]
        {
            "New-GaussianMixture -Random -ComponentCount 500 -Dimension 1 -Seed 1",
            "New-GaussianMixture -Weight 0.5, 0.5 -Mean @(1e-300), @(3e-300) -Covariance 1e-300, 1e-300",
            "New-GaussianMixture -Weight 0.5, 0.5 -Mean @(1e100), @(3e100) -Covariance 1e200, 1e200",
        })
        {
            PSObject outlier = Session.RunOne($"$m = {model}; -1e300 | Find-MixtureOutlier $m");
            Assert.Equal(0.0, ModuleSession.Value(outlier, "TailProbability"));
            Assert.False(double.IsNaN(ModuleSession.Number(outlier, "Distance")));
            Assert.Equal("x1", ModuleSession.Value(outlier, "Contributor"));
        }
    }
}
