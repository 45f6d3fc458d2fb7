using System;
using System.Collections.Generic;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Database.Tests.Support;
using GmmTools.Host.Tests.Hosting;
using Xunit;

namespace GmmTools.Host.Tests;

/// <summary>Rows that stay in a database, which here is SQLite.</summary>
public sealed class InvokeEmFitDatabaseTests(ModuleSession session) : HostTest(session)
{
    private const string Start = "$start = New-GaussianMixture -Weight 0.5, 0.5 -Mean 5, 15 -Covariance 9, 9 -Property x; ";

    [Fact]
    public void A_table_is_fitted_as_its_rows_are()
    {
        using DbConnection connection = TestDatabase.Create();
        PSObject fit = Session.RunOne("param($c) " + Start + "Invoke-EmFit -Connection $c -Table t -InitialModel $start", ("c", connection));
        PSObject expected = Session.RunOne("param($rows) " + Start + "$rows | Invoke-EmFit x -InitialModel $start", ("rows", Rows(connection)));

        Assert.Equal(30L, ModuleSession.Value(fit, "RowCount"));
        AssertClose(ModuleSession.Number(expected, "LogLikelihood"), ModuleSession.Number(fit, "LogLikelihood"), 1e-9);
        Assert.Equal(ModuleSession.Value(expected, "IterationCount"), ModuleSession.Value(fit, "IterationCount"));
    }

    [Fact]
    public void Numeric_columns_are_the_default_and_a_query_may_choose()
    {
        using DbConnection connection = TestDatabase.Create("CREATE TABLE t (a REAL, b INTEGER, name TEXT); INSERT INTO t VALUES (1.5, 2, 'c'), (2.5, 9, 'd'), (0.5, 5, 'e'), (4, 7, 'f')");
        Assert.Equal("a b", Session.RunOne("param($c) (Invoke-EmFit -Connection $c -Table t -ComponentCount 1).Property -join ' '", ("c", connection)).BaseObject);
        Assert.Equal(3L, Session.RunOne("param($c) (Invoke-EmFit a 1 -Connection $c -Query 'SELECT a FROM t WHERE b > 2 -- not all').RowCount", ("c", connection)).BaseObject);
        Assert.Equal("b", Session.RunOne("param($c) (Invoke-EmFit -Connection $c -Table main.t -ComponentCount 1 -ExcludeProperty a).Property -join ' '", ("c", connection)).BaseObject);
    }

    [Fact]
    public void Weights_gaps_and_searches_work_as_elsewhere()
    {
        using DbConnection connection = TestDatabase.Create();
        PSObject weighted = Session.RunOne("param($c) Invoke-EmFit x 1 -Connection $c -Table t -WeightProperty w", ("c", connection));
        Assert.Equal(30.0, ModuleSession.Number(weighted, "TotalWeight"));
        Assert.Equal(20L, ModuleSession.Value(weighted, "RowCount"));
        PSObject omitted = Session.RunOne("param($c) Invoke-EmFit x, g 1 -Connection $c -Table t -MissingValue Omit -WarningAction Ignore", ("c", connection));
        Assert.Equal(27L, ModuleSession.Value(omitted, "RowCount"));
        Assert.Equal(3L, ModuleSession.Value(omitted, "OmittedRowCount"));
        Session.AssertFails("MissingValue", ["'g'", "3 of 30"], "param($c) Invoke-EmFit x, g 1 -Connection $c -Table t", ("c", connection));
        IReadOnlyList<PSObject> fits = Session.Run("param($c) Invoke-EmFit x, y 1, 2 -CovarianceModel EEI, VVV -Connection $c -Table t -WarningAction Ignore", ("c", connection));
        Assert.Equal(4, fits.Count);
    }

    [Fact]
    public void After_the_last_try_the_checkpoint_is_named()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        string script = "param($c, $path) " + Start + "Invoke-EmFit -Connection $c -Table t -Dialect Sqlite -InitialModel $start -Checkpoint $path -CheckpointInterval 0 -RetryCount 0";
        using DbConnection connection = TestDatabase.Create();
        FlakyConnection flaky = new(connection, 8, int.MaxValue);

        Session.AssertFails("QueryFailed", ["The line was cut.", path], script, ("c", flaky), ("path", path));

        PSObject fit = Session.RunOne(script, ("c", new FlakyConnection(connection, int.MaxValue, 0)), ("path", path));
        PSObject whole = Session.RunOne("param($c) " + Start + "Invoke-EmFit -Connection $c -Table t -InitialModel $start", ("c", connection));
        Assert.Equal(ModuleSession.Number(whole, "LogLikelihood"), ModuleSession.Number(fit, "LogLikelihood"));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Tries_are_told_as_warnings()
    {
        using DbConnection connection = TestDatabase.Create();
        FlakyConnection flaky = new(connection, 7, 7);
        IReadOnlyList<PSObject> output = Session.Run(
            "param($c) " + Start + "Invoke-EmFit -Connection $c -Table t -Dialect Sqlite -InitialModel $start -WarningVariable told -WarningAction SilentlyContinue | Out-Null; $told | ForEach-Object Message",
            ("c", flaky));
        Assert.Equal("The database failed and is asked again (1 of 5): The line was cut.", output[0].ToString());
    }

    [Fact]
    public void Numbers_are_the_same_in_every_culture()
    {
        using DbConnection connection = TestDatabase.Create();
        const string Fit = "(Invoke-EmFit -Connection $c -Table t -InitialModel $start).LogLikelihood";
        Assert.Equal(
            Session.RunOne("param($c) " + Start + Fit, ("c", connection)).BaseObject,
            Session.RunOne("param($c) " + Start + "[cultureinfo]::CurrentCulture = 'de-DE'; try { " + Fit + " } finally { [cultureinfo]::CurrentCulture = '' }", ("c", connection)).BaseObject);
    }

    private static object?[] Rows(DbConnection connection)
    {
        using DbCommand command = connection.CreateCommand();
        command.CommandText = "SELECT x FROM t";
        using DbDataReader reader = command.ExecuteReader();
        return [.. reader.Cast<DbDataRecord>().Select(record => new PSObject(new PSCustom(record.GetDouble(0)))).Cast<object?>()];
    }

    private sealed record PSCustom(double X);
}
