using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class ShowMixturePlotTests(ModuleSession session) : HostTest(session)
{
    [Theory]
    [InlineData("$rows | Show-MixturePlot -Model $fit -Property waiting", "█ rows", "waiting", "mixture")]
    [InlineData("$rows | Show-MixturePlot -Model $fit", "Classification: VVV, 2 components", "1: 64.4 %  2: 35.6 %", "eruptions")]
    [InlineData("Show-MixturePlot -Model $fit -Path $csv", "Classification: VVV, 2 components", "1: 64.4 %")]
    [InlineData("$fit | Show-MixturePlot", "Density: VVV, 2 components", "50 %", "░")]
    [InlineData("$fit | Show-MixturePlot -Ascii", "Density: VVV, 2 components", "+---", "@")]
    [InlineData("$fit | Show-MixturePlot -Kind Trace", "Log-likelihood", "Iteration", "-1130.264")]
    [InlineData("$rows | Invoke-EmFit -ComponentCount (1..3) -CovarianceModel EEE, VVV | Show-MixturePlot", "Best: EEE with 3 components", "EEE", "VVV")]
    [InlineData("$rows | Show-MixturePlot -Model $fit -Kind Pairs", "Density", "eruptions", "waiting")]
    [InlineData("$rows | Show-MixturePlot -Model $fit -Kind Uncertainty", "Uncertainty: 1 − the probability")]
    [InlineData("$fit | Show-MixturePlot -ReferenceModel $fit -Property waiting", "reference", "estimate")]
    public void Kinds_are_drawn_as_lines_on_the_pipeline(string script, params string[] parts)
    {
        string[] lines = Lines(script);

        string text = string.Join('\n', lines);
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.DoesNotContain('\u001b', text);
    }

    [Fact]
    public void Outliers_are_those_that_Find_MixtureOutlier_finds()
    {
        string script = "param($rows, $fit) $n = @($rows | Find-MixtureOutlier $fit -FalseAlarmRate 0.02).Count; "
            + "$rows | Show-MixturePlot -Model $fit -Kind Outlier -FalseAlarmRate 0.02 | Where-Object { $_ -match \"outliers: $n\" }";

        Assert.Contains("outliers: ", Session.RunOne(script, ("rows", Faithful), ("fit", FitFaithful())).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_picture_fits_the_window()
    {
        RecordingHost host = new();
        using ModuleSession session = new(host);
        IReadOnlyList<PSObject> lines = session.Run("New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 | Show-MixturePlot -Color Never");

        Assert.Equal(120, lines.Max(line => line.ToString().Length));
        Assert.InRange(lines.Count, 30, 60);
    }

    [Fact]
    public void Width_and_height_and_colours_can_be_chosen()
    {
        string[] plain = Lines("$fit | Show-MixturePlot -Property waiting -Width 60 -Height 20");
        string[] colored = Lines("$fit | Show-MixturePlot -Property waiting -Width 60 -Height 20 -Color Always");

        Assert.Equal(20, plain.Length);
        Assert.Equal(60, plain.Max(line => line.Length));
        Assert.Contains(colored, line => line.Contains("\u001b[38;", StringComparison.Ordinal));
    }

    [Fact]
    public void Copies_of_fits_are_drawn_like_fits()
    {
        PSObject fit = FitFaithful();
        object copy = PSSerializer.Deserialize(PSSerializer.Serialize(fit));

        foreach (string kind in new[] { "Density", "Trace", "Criterion" })
        {
            string script = $"param($fit) $fit | Show-MixturePlot -Kind {kind}";
            Assert.Equal(
                Session.Run(script, ("fit", fit)).Select(line => line.ToString()), Session.Run(script, ("fit", copy)).Select(line => line.ToString()));
        }
    }

    [Fact]
    public void Sixels_need_the_fast_engine()
    {
        const string Script = "New-GaussianMixture -Weight 1 -Mean 0 -Covariance 1 | Show-MixturePlot -Sixel -Width 40 -Height 12";
        if (ModuleFiles.Engine == "net10.0")
        {
            string text = Session.RunOne(Script).ToString();
            Assert.StartsWith("\u001bP0;1;0q\"1;1;400;240", text, StringComparison.Ordinal);
        }
        else
        {
            Session.AssertFails("PicturesNotSupported", ["Leave out -Sixel"], Script);
        }
    }

    [Theory]
    [InlineData("NoModel", "nothing to draw", "Show-MixturePlot")]
    [InlineData("UnknownProperty", "'b'", "@{ a = 1 } | Show-MixturePlot -Model (New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property b)")]
    [InlineData("NoRows", "There are no rows", "@() | Show-MixturePlot -Model (New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1)")]
    [InlineData("MissingValue", "Row 1", "@{ x1 = '' } | Show-MixturePlot -Model (New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1)")]
    [InlineData("NotAFit", "not a fit", "New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 | Show-MixturePlot -Kind Criterion")]
    public void Wrong_calls_are_named(string errorId, string part, string script) => Session.AssertFails(errorId, [part], script);

    [Fact]
    public void The_rows_are_not_changed_and_other_cultures_are_no_obstacle()
    {
        PSObject row = ModuleSession.Row(["x1"], ["1,5"]);
        PSObject other = ModuleSession.Row(["x1"], [2.5]);

        System.Globalization.CultureInfo before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new("de-DE");
            string[] lines = [.. Session.Run(
                "param($a, $b) $a, $b | Show-MixturePlot -Model (New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1) -Culture de-DE", ("a", row), ("b", other)).Select(line => line.ToString())];
            Assert.Contains(lines, line => line.StartsWith("0.", StringComparison.Ordinal));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }

        Assert.Equal(["x1"], Names(row));
    }

    private string[] Lines(string script) =>
    [
        .. Session.Run("param($rows, $fit, $csv) " + script, ("rows", Faithful), ("fit", FitFaithful()), ("csv", ModuleFiles.Data("faithful.csv")))
            .Select(line => Assert.IsType<string>(line.BaseObject)),
    ];
}
