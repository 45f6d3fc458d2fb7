using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

public sealed class ConvertToMixtureSqlTests(ModuleSession session) : HostTest(session)
{
    private const string Mixture = "$m = New-GaussianMixture -Weight 0.7, 0.3 -Mean 0, 10.5 -Covariance 1, 4 -Property load; ";

    [Fact]
    public void The_default_is_the_log_density_in_standard_SQL()
    {
        string sql = Text(Mixture + "ConvertTo-MixtureSql $m");

        Assert.StartsWith("(SELECT ", sql, StringComparison.Ordinal);
        Assert.Contains("CAST(\"load\" AS DOUBLE PRECISION)", sql, StringComparison.Ordinal);
        Assert.Contains("10.5E0", sql, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_are_the_same_in_every_culture() =>
        Assert.Equal(
            Text(Mixture + "ConvertTo-MixtureSql $m DuckDb"),
            Text(Mixture + "[cultureinfo]::CurrentCulture = 'de-DE'; try { ConvertTo-MixtureSql $m DuckDb } finally { [cultureinfo]::CurrentCulture = '' }"));

    [Fact]
    public void Responsibilities_are_an_expression_for_each_component() =>
        Assert.Equal(2, Session.Run(Mixture + "$m | ConvertTo-MixtureSql -As Responsibility").Count);

    [Fact]
    public void A_table_makes_it_a_query_and_a_view_a_statement()
    {
        string query = Text(Mixture + "ConvertTo-MixtureSql $m SqlServer -As Component, logdensity -Property 'cpu load' -Table dbo.log -Prefix Mix");
        Assert.StartsWith("SELECT gt.*, (SELECT ", query, StringComparison.Ordinal);
        Assert.Contains(" AS [MixComponent], (SELECT ", query, StringComparison.Ordinal);
        Assert.Contains("CAST([cpu load] AS FLOAT(53))", query, StringComparison.Ordinal);
        Assert.EndsWith(" AS [MixLogDensity] FROM [dbo].[log] AS gt", query, StringComparison.Ordinal);
        string view = Text(Mixture + "ConvertTo-MixtureSql $m -Table log -ViewName scored");
        Assert.StartsWith("CREATE VIEW \"scored\" AS SELECT gt.*, ", view, StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_of_a_fit_will_do()
    {
        PSObject fit = FitFaithful();
        string direct = (string)Session.RunOne("param($f) ConvertTo-MixtureSql $f", ("f", fit)).BaseObject;
        string copied = (string)Session.RunOne(
            "param($f) ConvertTo-MixtureSql ([System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($f, 5)))", ("f", fit)).BaseObject;
        Assert.Equal(direct, copied);
    }

    [Theory]
    [InlineData("LevelMissing", "ConvertTo-MixtureSql $m -As Outlier")]
    [InlineData("LevelMissing", "ConvertTo-MixtureSql $m -As Outlier -Level ([double]::NaN)")]
    [InlineData("TableMissing", "ConvertTo-MixtureSql $m -ViewName v")]
    [InlineData("ColumnCountMismatch", "ConvertTo-MixtureSql $m -Property a, b")]
    [InlineData("InvalidIdentifier", "ConvertTo-MixtureSql $m -Table a..b")]
    [InlineData("NoModel", "ConvertTo-MixtureSql $null")]
    public void What_does_not_fit_is_told(string errorId, string command) => Session.AssertFails(errorId, [], Mixture + command);

    private string Text(string script)
    {
        IReadOnlyList<PSObject> output = Session.Run(script);
        return (string)output.Single().BaseObject;
    }
}
