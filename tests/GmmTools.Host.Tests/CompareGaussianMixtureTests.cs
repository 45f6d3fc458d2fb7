using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class CompareGaussianMixtureTests(ModuleSession session) : HostTest(session)
{
    [Fact]
    public void Parameters_stand_side_by_side_with_their_differences()
    {
        IReadOnlyList<PSObject> rows = Session.Run(
            """
            $a = New-GaussianMixture -Weight 0.6, 0.4 -Mean @(1, 2), @(8, 9) -Covariance @(1, 0, 0, 1), @(2, 0, 0, 2)
            $b = New-GaussianMixture -Weight 0.45, 0.55 -Mean @(1.25, 2), @(8, 9) -Covariance @(1, 0, 0, 1), @(2, 0.5, 0.5, 2)
            Compare-GaussianMixture -ReferenceModel $a -DifferenceModel $b
            """);

        Assert.Equal(12, rows.Count);
        Assert.Equal(
            ["Weight", "Mean x1", "Mean x2", "Covariance x1, x1", "Covariance x1, x2", "Covariance x2, x2"],
            rows.Take(6).Select(row => ModuleSession.Value(row, "Parameter")));

        // the first component of the reference is the second of the other: by place, not by weight
        Assert.Equal(1, ModuleSession.Value(rows[0], "Component"));
        Assert.Equal(2, ModuleSession.Value(rows[0], "DifferenceComponent"));
        Assert.Equal(0.6, ModuleSession.Value(rows[0], "Reference"));
        Assert.Equal(0.45, ModuleSession.Value(rows[0], "Difference"));
        AssertClose(-0.15, ModuleSession.Number(rows[0], "Deviation"), 1e-12);
        Assert.Equal(0.25, ModuleSession.Value(rows[1], "Deviation"));
        Assert.Equal(0.5, ModuleSession.Value(rows[10], "Deviation"));
        Assert.InRange(ModuleSession.Number(rows[0], "Distance"), 0.01, 0.3);
    }

    [Fact]
    public void Components_without_a_match_come_last_with_nothing_beside_them()
    {
        const string Prepare = """
            $a = New-GaussianMixture -Weight 0.6, 0.4 -Mean 1, 8 -Covariance 1, 1
            $b = New-GaussianMixture -Weight 0.5, 0.3, 0.2 -Mean 8, 1, 90 -Covariance 1, 1, 1
            """;

        PSObject more = Session.Run(Prepare + "\nCompare-GaussianMixture $a $b")[6];
        PSObject fewer = Session.Run(Prepare + "\nCompare-GaussianMixture $b $a")[6];

        Assert.Null(ModuleSession.Value(more, "Component"));
        Assert.Equal(3, ModuleSession.Value(more, "DifferenceComponent"));
        Assert.Null(ModuleSession.Value(more, "Reference"));
        Assert.Null(ModuleSession.Value(more, "Deviation"));
        Assert.Null(ModuleSession.Value(more, "Distance"));
        Assert.Equal(0.2, ModuleSession.Value(more, "Difference"));
        Assert.Null(ModuleSession.Value(fewer, "DifferenceComponent"));
        Assert.Equal(0.2, ModuleSession.Value(fewer, "Reference"));
    }

    [Fact]
    public void Columns_are_found_by_name_in_any_order()
    {
        IReadOnlyList<PSObject> rows = Session.Run(
            """
            $a = New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance @(1, 0.5), @(0.5, 4) -Property x, y
            $b = New-GaussianMixture -Weight 1 -Mean 2, 1 -Covariance @(4, 0.5), @(0.5, 1) -Property Y, X
            Compare-GaussianMixture $a $b
            """);

        Assert.All(rows, row => Assert.Equal(0.0, ModuleSession.Value(row, "Deviation")));
    }

    [Fact]
    public void Other_names_are_compared_in_order_with_a_warning()
    {
        using PowerShell shell = Session.Create(
            "New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 | Compare-GaussianMixture (New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1 -Property size)");
        Assert.Equal(3, shell.Invoke().Count);
        Assert.Contains("size with x1", Assert.Single(shell.Streams.Warning).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("NoModel", "-ReferenceModel", "Compare-GaussianMixture $null $m")]
    [InlineData("NoModel", "-DifferenceModel", "Compare-GaussianMixture $m $null")]
    [InlineData("DimensionMismatch", "1 columns", "Compare-GaussianMixture $m (New-GaussianMixture -Weight 1 -Mean 1, 2 -Covariance 1, 0, 0, 1)")]
    public void Wrong_calls_are_named(string errorId, string part, string script) =>
        Session.AssertFails(errorId, [part], "$m = New-GaussianMixture -Weight 1 -Mean 1 -Covariance 1; " + script);
}
