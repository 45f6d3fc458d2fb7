using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using GmmTools.Connectors.Databases;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Database.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Models;
using GmmTools.Mixtures;
using GmmTools.Observations;
using Npgsql;
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>Three servers of PostgreSQL: rows on two of them, the question asked of the third.</summary>
public sealed class PostgreSqlClusterTests(PostgreSqlCluster cluster) : IClassFixture<PostgreSqlCluster>
{
    // columns, parts, survey, two for the moments of all rows
    private const int QueriesBefore = 5;
    private const int Rows = 2000;

    [PostgreSqlFact]
    public void Sums_are_computed_where_the_rows_are_and_agree_with_ours()
    {
        double[,] rows = DatabaseFitTests.Draw(3, 2, Rows);
        cluster.Fill(rows);
        using NpgsqlConnection connection = cluster.Connect();
        using DatabaseObservations table = Open(connection);
        string query = Assert.Single(table.GetQueries(DatabaseFitTests.Start(3, 2)));
        string plan = string.Join('\n', Sql.Query(connection, "EXPLAIN (VERBOSE, COSTS OFF) " + query).Select(row => (string)row[0]!));
        Assert.Equal(2, Count(plan, "Async Foreign Scan"));
        Assert.Equal(2, Count(plan, "Relations: Aggregate on (public.rows_"));
        Assert.Equal(1, Count(plan, "Remote SQL: SELECT 0, sum("));
        Assert.Equal(1, Count(plan, "Remote SQL: SELECT 1, sum("));
        Assert.DoesNotContain("Remote SQL: SELECT x1", plan, StringComparison.Ordinal);
        foreach (CovarianceModel model in new[] { CovarianceModel.VVV, CovarianceModel.EEE, CovarianceModel.VEV, CovarianceModel.VVI })
        {
            EmOptions options = DatabaseFitTests.Options(3, model, DatabaseFitTests.Start(3, 2));
            DatabaseFitTests.AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), new EmEstimator(options).Fit(table), 1e-9);
        }
    }

    [PostgreSqlFact]
    public void Sums_of_heavy_tails_are_computed_where_the_rows_are_too()
    {
        double[,] rows = StudentFitTests.Rows(Rows);
        cluster.Fill(rows);
        using NpgsqlConnection connection = cluster.Connect();
        using DatabaseObservations table = Open(connection);
        EmFit? fit = null;
        foreach (string degrees in new[] { "own", "given for each" })
        {
            EmOptions options = StudentFitTests.Options(CovarianceModel.VVV, degrees);
            fit = new EmEstimator(options).Fit(table);
            StudentFitTests.AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), fit);
        }

        string query = Assert.Single(table.GetQueries(fit!.Mixture));
        string plan = string.Join('\n', Sql.Query(connection, "EXPLAIN (VERBOSE, COSTS OFF) " + query).Select(row => (string)row[0]!));
        Assert.Equal(2, Count(plan, "Relations: Aggregate on (public.rows_"));
        Assert.DoesNotContain("Remote SQL: SELECT x1", plan, StringComparison.Ordinal);
    }

    [PostgreSqlFact]
    public void Only_partial_sums_travel_and_a_sample_that_gives_the_scales()
    {
        long[] received = [.. ((int[])[Rows, 4 * Rows]).Select(count =>
        {
            cluster.Fill(DatabaseFitTests.Draw(3, 2, count));
            using NpgsqlConnection connection = cluster.Connect();
            using DatabaseObservations table = Open(connection);
            new EmEstimator(DatabaseFitTests.Options(3, CovarianceModel.VVV, DatabaseFitTests.Start(3, 2))).Fit(table);
            long fit = table.BytesReceived;
            table.Sample(RowScales.MaxRows, 0, default);
            return fit - (table.BytesReceived - fit);
        })];
        Assert.Equal(received[0], received[1]);
    }

    [PostgreSqlFact]
    public void A_sample_is_drawn_on_the_servers()
    {
        double[,] rows = DatabaseFitTests.Draw(3, 2, 25_000);
        cluster.Fill(rows);
        using NpgsqlConnection connection = cluster.Connect();
        using DatabaseObservations table = Open(connection);
        EmOptions options = new() { ComponentCount = 3, Seed = 1 };
        EmFit there = new EmEstimator(options).Fit(table);
        Assert.Equal(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)).LogLikelihood, there.LogLikelihood, 0.02);
        string plan = string.Join('\n', Sql.Query(connection, "EXPLAIN (VERBOSE, COSTS OFF) SELECT x1 FROM rows_ AS gt WHERE ((hashtidextended(gt.ctid,5) & 1048575)/1048576E0)<0.1E0").Select(row => (string)row[0]!));
        Assert.Equal(2, Count(plan, "WHERE ((((hashtidextended(ctid"));
    }

    [PostgreSqlFact]
    public async Task A_server_that_is_killed_and_comes_back_changes_no_bit()
    {
        cluster.Fill(DatabaseFitTests.Draw(3, 2, Rows));
        EmOptions options = DatabaseFitTests.Options(3, CovarianceModel.VVV, DatabaseFitTests.Start(3, 2));
        EmFit whole = Fit(options, _ => { }, out List<int> none);
        Task revival = Task.CompletedTask;
        EmFit interrupted = Fit(
            options,
            number =>
            {
                if (number == QueriesBefore + 6)
                {
                    cluster.Shards[1].Kill();
                    revival = Task.Delay(500).ContinueWith(_ => cluster.Shards[1].Start(), TaskScheduler.Default);
                }
            },
            out List<int> tries);
        await revival;

        Assert.Equal([], none);
        Assert.NotEmpty(tries);
        Assert.Equal(whole.LogLikelihoodTrace, interrupted.LogLikelihoodTrace);
        Assert.Equal(Numbers(whole), Numbers(interrupted));
    }

    [PostgreSqlFact]
    public void A_server_that_stays_away_is_named_and_the_checkpoint_goes_on_later()
    {
        cluster.Fill(DatabaseFitTests.Draw(3, 2, Rows));
        EmOptions options = DatabaseFitTests.Options(3, CovarianceModel.VVV, DatabaseFitTests.Start(3, 2));
        EmFit whole = Fit(options, _ => { }, out _);
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        options.Checkpoint = new CheckpointOptions(path) { Interval = TimeSpan.Zero };
        DatabaseException exception;
        try
        {
            exception = Assert.Throws<DatabaseException>(() => Fit(
                options,
                number =>
                {
                    if (number == QueriesBefore + 6)
                    {
                        cluster.Shards[1].Kill();
                    }
                },
                out _,
                retryCount: 2));
        }
        finally
        {
            cluster.Shards[1].Start();
        }

        Assert.Contains("shard2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("tried 3 times", exception.Message, StringComparison.Ordinal);
        EmFit resumed = Fit(options, _ => { }, out _);
        Assert.Equal(whole.LogLikelihoodTrace, resumed.LogLikelihoodTrace);
        Assert.Equal(Numbers(whole), Numbers(resumed));
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static double[] Numbers(EmFit fit) =>
        [.. fit.Mixture.Components.SelectMany(component => (double[])[component.Weight, .. component.Mean, .. component.Covariance.Cast<double>()])];

    private static DatabaseObservations Open(NpgsqlConnection connection) =>
        DatabaseObservations.Open(connection, new DatabaseOptions { Table = "rows_", Property = ["x*"] });

    private EmFit Fit(EmOptions options, Action<int> sending, out List<int> tries, int retryCount = 30)
    {
        using NpgsqlConnection connection = cluster.Connect();
        DatabaseOptions table = new()
        {
            Table = "rows_",
            Property = ["x*"],
            Dialect = SqlDialects.Find("PostgreSql"),
            RetryCount = retryCount,
            RetryDelay = TimeSpan.FromMilliseconds(100),
        };
        using DatabaseObservations rows = DatabaseObservations.Open(new FlakyConnection(connection, int.MaxValue, 0) { Sending = sending }, table);
        List<int> noted = tries = [];
        rows.Retrying = (attempt, _) => noted.Add(attempt);
        return new EmEstimator(options).Fit(rows);
    }
}
