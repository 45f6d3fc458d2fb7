using System;
using System.Collections.Generic;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors.Databases;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Database.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Shared;
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>Lines that are cut, tables that move, users who stop.</summary>
[Collection(EngineCollection.Name)]
public sealed class DatabaseFailureTests(Engines engines)
{
    // the queries before the first iteration: the columns, the survey, two for the moments of all rows
    private const int QueriesBefore = 4;

    private static readonly DatabaseOptions Table = new() { Table = "rows_", Property = ["x*"], RetryDelay = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public void Fits_side_by_side_tell_of_every_change_of_the_rows()
    {
        using DbConnection connection = engines.Open("Sqlite");
        using DatabaseObservations table = DatabaseFitTests.Fill(connection, "Sqlite", DatabaseFitTests.Draw(2, 2, 50));
        Assert.Null(table.ChangeWarning);

        // each sum is the greatest so far, so that one that is lost to another thread is missed
        int latest = 50;
        Parallel.For(0, 200_000, _ => table.Notice(Interlocked.Increment(ref latest)));
        Assert.Contains("between 50 and 200050 later", table.ChangeWarning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_is_cut_and_restored_changes_no_bit()
    {
        EmOptions options = DatabaseFitTests.Options(2, CovarianceModel.VVV, DatabaseFitTests.Start(2, 2));
        EmFit whole = Fit(options, int.MaxValue, 0, out List<int> none);
        EmFit cut = Fit(options, QueriesBefore + 3, QueriesBefore + 5, out List<int> tries);

        Assert.Equal(whole.LogLikelihoodTrace, cut.LogLikelihoodTrace);
        Assert.Equal([], none);
        Assert.Equal([1, 2, 3], tries);
    }

    [Fact]
    public void A_line_that_stays_cut_ends_the_fit_and_the_checkpoint_goes_on_later()
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        EmOptions options = DatabaseFitTests.Options(2, CovarianceModel.VVV, DatabaseFitTests.Start(2, 2));
        EmFit whole = Fit(options, int.MaxValue, 0, out _);
        options.Checkpoint = new CheckpointOptions(path) { Interval = TimeSpan.Zero };
        DatabaseException exception = Assert.Throws<DatabaseException>(() => Fit(options, QueriesBefore + 7, int.MaxValue, out _));
        Assert.Equal("QueryFailed", exception.ErrorId);
        Assert.Contains("The line was cut. The query was tried 6 times", exception.Message, StringComparison.Ordinal);
        Assert.Equal("RetryQuery", exception.Remedy?.Name);
        Assert.True(File.Exists(path));

        EmFit resumed = Fit(options, int.MaxValue, 0, out _);

        Assert.Equal(whole.LogLikelihoodTrace, resumed.LogLikelihoodTrace);
        Assert.Equal(whole.Mixture.Components.Select(component => component.Weight), resumed.Mixture.Components.Select(component => component.Weight));
        Assert.Equal(whole.Mixture.Components.SelectMany(component => component.Mean), resumed.Mixture.Components.SelectMany(component => component.Mean));
        Assert.All(whole.Mixture.Components.Zip(resumed.Mixture.Components), pair => Assert.Equal(pair.First.Covariance, pair.Second.Covariance));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void What_has_never_worked_is_not_tried_again()
    {
        using DbConnection connection = engines.Open("DuckDb");
        Stopwatch watch = Stopwatch.StartNew();
        DatabaseException exception = Assert.Throws<DatabaseException>(() => DatabaseObservations.Open(connection, new DatabaseOptions { Table = "nowhere.none" }));
        Assert.Equal("QueryFailed", exception.ErrorId);
        Assert.Contains("none", exception.Message, StringComparison.Ordinal);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1) * 10);
    }

    [Fact]
    public void Rows_that_come_during_the_fit_are_reported()
    {
        using DbConnection connection = engines.Open("Sqlite");
        DatabaseFitTests.Fill(connection, "Sqlite", DatabaseFitTests.Draw(2, 2, 500)).Dispose();
        FlakyConnection watched = new(connection, int.MaxValue, 0)
        {
            Sending = number =>
            {
                if (number == QueriesBefore + 3)
                {
                    Sql.Execute(connection, "INSERT INTO rows_ SELECT id, x1 + 50, x2 FROM rows_ LIMIT 7");
                }
            },
        };
        using DatabaseObservations table = DatabaseObservations.Open(watched, Options(SqlDialects.Find("Sqlite")));
        Assert.Null(table.ChangeWarning);
        EmFit fit = new EmEstimator(DatabaseFitTests.Options(2, CovarianceModel.VVV, DatabaseFitTests.Start(2, 2))).Fit(table);

        // the new rows lower the log-likelihood, which is no fault of the iteration
        Assert.Equal(StopReason.MaxIteration, fit.StopReason);
        Assert.Equal(20, fit.IterationCount);
        Assert.Contains("507", table.ChangeWarning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DuckDb")]
    [InlineData("PostgreSql")]
    public void A_snapshot_sees_no_rows_that_come_later(string engine)
    {
        if (!Engines.Names.Contains(engine))
        {
            return;
        }

        string file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".duckdb");
        using (DbConnection connection = engine == "DuckDb" ? Engines.OpenDuckDb(file) : engines.Open(engine))
        using (DbConnection other = engine == "DuckDb" ? Engines.OpenDuckDb(file) : engines.Open(engine))
        {
            using DatabaseObservations table = DatabaseFitTests.Fill(connection, engine, DatabaseFitTests.Draw(2, 2, 500));
            Sql.Execute(other, "INSERT INTO rows_ SELECT * FROM rows_ LIMIT 7");
            EmFit fit = new EmEstimator(DatabaseFitTests.Options(2, CovarianceModel.VVV, DatabaseFitTests.Start(2, 2))).Fit(table);
            Assert.Null(table.ChangeWarning);
            Assert.Equal(500, fit.RowCount);
        }

        File.Delete(file);
    }

    [Theory]
    [InlineData("DuckDb")]
    [InlineData("PostgreSql")]
    public async Task A_stop_cancels_the_running_query(string engine)
    {
        if (!Engines.Names.Contains(engine))
        {
            return;
        }

        using DbConnection connection = engines.Open(engine);
        string rows = engine == "DuckDb"
            ? "SELECT a.range::DOUBLE AS x1, sin(a.range * b.range) AS x2 FROM range(100000) a, range(30000) b"
            : "SELECT a::float8 AS x1, sin(a * b) AS x2 FROM generate_series(1, 100000) a, generate_series(1, 30000) b";
        using CancellationTokenSource source = new();
        Task opening = Task.Run(() => DatabaseObservations.Open(connection, new DatabaseOptions { Query = rows }, source.Token));
        await Task.Delay(500);
        Stopwatch watch = Stopwatch.StartNew();
        source.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), "cancelling took " + watch.Elapsed);
        Assert.Equal(1, Sql.Numbers(connection, "SELECT 1")[0]);
    }

    [Fact]
    public void A_time_limit_gives_the_best_so_far()
    {
        using DbConnection connection = engines.Open("DuckDb");
        using DatabaseObservations table = DatabaseFitTests.Fill(connection, "DuckDb", DatabaseFitTests.Draw(3, 2, 2000));
        EmOptions options = DatabaseFitTests.Options(3, CovarianceModel.VVV, DatabaseFitTests.Start(3, 2));
        options.MaxIteration = int.MaxValue;
        options.TimeLimit = TimeSpan.FromSeconds(4);
        EmFit fit = new EmEstimator(options, HeldUpFit.UntilPast(options.TimeLimit.Value, 4)).Fit(table);
        Assert.Equal(StopReason.TimeLimit, fit.StopReason);
        Assert.InRange(fit.IterationCount, 1, 4);
    }

    [Fact]
    public void The_connection_is_left_as_it_was()
    {
        using DbConnection connection = engines.Open("DuckDb");
        DatabaseFitTests.Fill(connection, "DuckDb", DatabaseFitTests.Draw(2, 2, 50)).Dispose();
        Assert.Equal(ConnectionState.Open, connection.State);
        using (DbTransaction own = connection.BeginTransaction())
        {
            // the user's own transaction stays the user's
            Sql.Execute(connection, "INSERT INTO rows_ VALUES (99, 1, 2)");
            using (DatabaseObservations table = DatabaseObservations.Open(connection, Table))
            {
                Assert.Equal(51, table.Count);
            }

            own.Commit();
        }

        Assert.Equal(51, Sql.Numbers(connection, "SELECT COUNT(*) FROM rows_")[0]);
    }

    [Theory]
    [MemberData(nameof(Engines.Available), MemberType = typeof(Engines))]
    public void What_is_unfit_is_told_before_the_fit(string engine)
    {
        using DbConnection connection = engines.Open(engine);
        double[,] rows = DatabaseFitTests.Draw(2, 2, 30);
        double[] weights = [.. Enumerable.Range(0, 30).Select(i => i == 3 ? -1.0 : 1)];
        Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", ["x1", "x2"], rows, weights);
        void Fails(string errorId, DatabaseOptions options) =>
            Assert.Equal(errorId, (Record.Exception(() => DatabaseObservations.Open(connection, options)) as GmmToolsException)?.ErrorId ?? "no error of ours");

        Fails("InvalidRowWeight", new DatabaseOptions { Table = "rows_", Property = ["x1"], WeightProperty = "w" });
        Fails("WeightIsProperty", new DatabaseOptions { Table = "rows_", Property = ["w"], WeightProperty = "w" });
        Fails("UnknownProperty", new DatabaseOptions { Table = "rows_", Property = ["x3"] });
        Fails("GapsInDatabase", new DatabaseOptions { Table = "rows_", MissingValue = MissingValuePolicy.Marginalize });
        Fails("NoRows", new DatabaseOptions { Query = "SELECT x1, x2 FROM rows_ WHERE x1 > 1E30" });
        Fails("NoNumericColumns", new DatabaseOptions { Query = "SELECT 'a' AS name" });
        Fails("QueryMissing", new DatabaseOptions { Query = " ; " });
        Fails("EmptyColumn", new DatabaseOptions { Query = "SELECT x1, CASE WHEN x1 > 1E30 THEN x2 END AS x2 FROM rows_", Property = ["x1", "x2"] });

        // these two have no such numbers in columns
        if (engine is not ("Sqlite" or "MariaDb"))
        {
            string infinite = "SELECT x1, CASE WHEN id = 3 THEN CAST('-Infinity' AS DOUBLE PRECISION) ELSE x2 END AS x2 FROM rows_";
            Fails("InfiniteValue", new DatabaseOptions { Query = infinite });
            Fails("MissingValue", new DatabaseOptions { Query = infinite.Replace("-Infinity", "NaN", StringComparison.Ordinal) });
        }
    }

    private static DatabaseOptions Options(SqlDialect dialect) =>
        new() { Table = Table.Table, Property = Table.Property, RetryDelay = Table.RetryDelay, Dialect = dialect };

    private EmFit Fit(EmOptions options, int firstFailure, int lastFailure, out List<int> tries)
    {
        using DbConnection connection = engines.Open("DuckDb");
        DatabaseFitTests.Fill(connection, "DuckDb", DatabaseFitTests.Draw(2, 2, 500)).Dispose();
        using DatabaseObservations table = DatabaseObservations.Open(
            new FlakyConnection(connection, firstFailure, lastFailure), Options(SqlDialects.Find("DuckDb")));
        List<int> noted = tries = [];
        table.Retrying = (attempt, _) => noted.Add(attempt);
        return new EmEstimator(options).Fit(table);
    }
}
