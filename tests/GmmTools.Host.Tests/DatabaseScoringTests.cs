using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Commands that score rows where they are, in a database, which here is SQLite.</summary>
public sealed class DatabaseScoringTests(ModuleSession session) : HostTest(session)
{
    private const string Setup = "param($c) $m = New-GaussianMixture -Weight 0.6, 0.4 -Mean 5, 15 -Covariance 4, 9 -Property x; "
        + "$rows = Get-MixtureMembership $m -Connection $c -Query 'SELECT * FROM t' | ForEach-Object { [pscustomobject]@{ x = $_.x; y = $_.y; w = $_.w; g = $_.g; name = $_.name } }; ";

    [Fact]
    public void Memberships_are_those_of_the_rows()
    {
        using DbConnection connection = TestDatabase.Create();
        IReadOnlyList<PSObject> there = Session.Run(Setup + "Get-MixtureMembership $m -Connection $c -Table t -IncludeResponsibility", ("c", connection));
        IReadOnlyList<PSObject> here = Session.Run(Setup + "$rows | Get-MixtureMembership $m -IncludeResponsibility", ("c", connection));

        Assert.Equal(30, there.Count);
        Assert.Equal(Names(here[0]), Names(there[0]));
        for (int i = 0; i < 30; i++)
        {
            Assert.Equal(ModuleSession.Value(here[i], "name"), ModuleSession.Value(there[i], "name"));
            Assert.Equal(Convert.ToInt32(ModuleSession.Value(here[i], "Component"), null), Convert.ToInt32(ModuleSession.Value(there[i], "Component"), null));
            AssertClose(ModuleSession.Number(here[i], "Uncertainty"), ModuleSession.Number(there[i], "Uncertainty"), 1e-12);
            AssertClose(ModuleSession.Number(here[i], "Responsibility_2"), ModuleSession.Number(there[i], "Responsibility_2"), 1e-12);
        }
    }

    [Fact]
    public void Only_IntoTable_writes_and_only_when_it_may()
    {
        using DbConnection connection = TestDatabase.Create();
        const string Tables = "(Get-MixtureMembership $m -Connection $c -Query \"SELECT name, 1.0 AS x FROM sqlite_master WHERE type = 'table'\").name -join ' '";
        Assert.Equal("t", Session.RunOne(Setup + "Get-MixtureMembership $m -Connection $c -Table t -IntoTable scored -WhatIf; " + Tables, ("c", connection)).BaseObject);
        Assert.Equal("t scored", Session.RunOne(Setup + "Get-MixtureMembership $m -Connection $c -Table t -IntoTable scored -Prefix Mix; " + Tables, ("c", connection)).BaseObject);
        PSObject row = Session.RunOne(Setup + "@(Get-MixtureMembership $m -Connection $c -Table scored)[0]", ("c", connection));
        Assert.Equal(["x", "y", "w", "g", "name", "MixComponent", "MixProbability", "MixUncertainty", "Component", "Probability", "Uncertainty"], Names(row));
        Session.AssertFails("QueryFailed", ["scored"], Setup + "Get-MixtureMembership $m -Connection $c -Table t -IntoTable scored", ("c", connection));
        Session.AssertFails("ColumnNameClash", ["MixComponent"], Setup + "Get-MixtureMembership $m -Connection $c -Table scored -Prefix Mix", ("c", connection));
    }

    [Fact]
    public void Outliers_are_those_of_the_rows()
    {
        using DbConnection connection = TestDatabase.Create();
        string[] there = [.. Session.Run(Setup + "Find-MixtureOutlier $m 0.2 -Connection $c -Table t", ("c", connection)).Select(Describe)];
        string[] here = [.. Session.Run(Setup + "$rows | Find-MixtureOutlier $m 0.2", ("c", connection)).Select(Describe)];

        Assert.NotEmpty(there);
        Assert.Equal(here, there);
    }

    [Fact]
    public void The_likelihood_is_that_of_the_rows()
    {
        using DbConnection connection = TestDatabase.Create();
        PSObject there = Session.RunOne(Setup + "Measure-MixtureLikelihood $m -Connection $c -Table t -WeightProperty w", ("c", connection));
        PSObject here = Session.RunOne(Setup + "$rows | Measure-MixtureLikelihood $m -WeightProperty w", ("c", connection));

        foreach (string name in (string[])["LogLikelihood", "Bic", "Icl", "TotalWeight", "RowCount"])
        {
            AssertClose(ModuleSession.Number(here, name), ModuleSession.Number(there, name), 1e-9);
        }
    }

    [Fact]
    public void Gaps_have_no_component_and_missing_columns_are_named()
    {
        using DbConnection connection = TestDatabase.Create();
        const string Gaps = "param($c) $m = New-GaussianMixture -Weight 1 -Mean 5 -Covariance 9 -Property G; ";
        Assert.Equal(3, Session.RunOne(Gaps + "@(Get-MixtureMembership $m -Connection $c -Table t | Where-Object { $null -eq $_.Component }).Count", ("c", connection)).BaseObject);
        Session.AssertFails("UnknownProperty", ["'z'"], "param($c) $m = New-GaussianMixture -Weight 1 -Mean 5 -Covariance 9 -Property z; Get-MixtureMembership $m -Connection $c -Table t", ("c", connection));
        Assert.Empty(Session.Run(Gaps + "Get-MixtureMembership $m -Connection $c -Query 'SELECT * FROM t WHERE x > 99'", ("c", connection)));
    }

    private static string Describe(PSObject row) => FormattableString.Invariant(
        $"{ModuleSession.Value(row, "name")} {ModuleSession.Number(row, "LogDensity"):F9} {ModuleSession.Number(row, "TailProbability"):F6} {ModuleSession.Value(row, "Contributor")}");
}
