using System;
using System.Linq;
using GmmTools.Connectors.Databases;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Connectors.Databases.Sql;
using GmmTools.Database.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>Two shards of ClickHouse behind a Distributed table.</summary>
public sealed class ClickHouseTests(ClickHouseCluster cluster) : IClassFixture<ClickHouseCluster>
{
    private static readonly SqlDialect Dialect = SqlDialects.Find("ClickHouse");

    [ClickHouseFact]
    public void A_distributed_table_is_fitted_as_its_rows_are()
    {
        double[,] rows = DatabaseFitTests.Draw(3, 2, 2000);
        using ClickHouseConnection connection = Fill(rows);
        using DatabaseObservations table = DatabaseObservations.Open(connection, new DatabaseOptions { Table = "rows_", Property = ["x*"] });
        Assert.Equal(2000, table.Count);
        foreach (CovarianceModel model in new[] { CovarianceModel.VVV, CovarianceModel.EEE, CovarianceModel.VEV, CovarianceModel.VVI })
        {
            EmOptions options = DatabaseFitTests.Options(3, model, DatabaseFitTests.Start(3, 2));
            DatabaseFitTests.AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), new EmEstimator(options).Fit(table), 1e-9);
        }
    }

    [ClickHouseFact]
    public void Heavy_tails_are_fitted_as_well()
    {
        double[,] rows = StudentFitTests.Rows(2000);
        using ClickHouseConnection connection = Fill(rows);
        using DatabaseObservations table = DatabaseObservations.Open(connection, new DatabaseOptions { Table = "rows_", Property = ["x*"] });
        foreach (string degrees in new[] { "own", "common", "given", "many" })
        {
            EmOptions options = StudentFitTests.Options(CovarianceModel.VVV, degrees);
            StudentFitTests.AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), new EmEstimator(options).Fit(table));
        }
    }

    [ClickHouseFact]
    public void A_sample_finds_the_start()
    {
        double[,] rows = DatabaseFitTests.Draw(3, 2, 25_000);
        using ClickHouseConnection connection = Fill(rows);
        using DatabaseObservations table = DatabaseObservations.Open(connection, new DatabaseOptions { Table = "rows_", Property = ["x*"] });
        EmOptions options = new() { ComponentCount = 3, Seed = 1 };
        Assert.Equal(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)).LogLikelihood, new EmEstimator(options).Fit(table).LogLikelihood, 0.02);
    }

    [ClickHouseFact]
    public void Expressions_score_as_we_do()
    {
        double[,] rows = DatabaseFitTests.Draw(3, 2, 50);
        using ClickHouseConnection connection = Fill(rows);
        GaussianMixture mixture = DatabaseFitTests.Start(3, 2);
        MixtureSql sql = new(mixture, Dialect);
        double[] densities = Sql.Numbers(connection, $"SELECT {sql.LogDensity()} AS v FROM rows_ ORDER BY id");
        double[] components = Sql.Numbers(connection, $"SELECT {sql.Component()} AS v FROM rows_ ORDER BY id");
        double[] outliers = Sql.Numbers(connection, $"SELECT {sql.Outlier(densities[0])} AS v FROM rows_ ORDER BY id");
        double[][] responsibilities = [.. sql.Responsibilities().Select(expression => Sql.Numbers(connection, $"SELECT {expression} AS v FROM rows_ ORDER BY id"))];
        RowScorer<NormalLink> scorer = new(mixture.Parameters.Terms);
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(scorer.Score([rows[i, 0], rows[i, 1]]), densities[i], 1e-12);
            Assert.Equal(Array.IndexOf(scorer.Responsibilities, scorer.Responsibilities.Max()) + 1, components[i]);
            Assert.Equal(densities[i] < densities[0] ? 1 : 0, outliers[i]);
            Assert.All(Enumerable.Range(0, 3), k => Assert.Equal(scorer.Responsibilities[k], responsibilities[k][i], 1e-12));
        }
    }

    [ClickHouseFact]
    public void No_name_is_taken_for_anything_else()
    {
        double[,] rows = DatabaseFitTests.Draw(2, 2, 60);
        // this version does not know a column of a subquery again whose name it writes with an escape
        string[] names = [.. HostileNameTests.Names.Where(name => name.IndexOfAny(['\'', '\\', '\n', '\t']) < 0)];
        using ClickHouseConnection connection = cluster.Connect(0);
        for (int i = 0; i < names.Length; i++)
        {
            string[] columns = [names[i], names[(i + 1) % names.Length]];
            string table = "\"rows of " + names[i].Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
            string quoted = Dialect.QuoteTable(table);
            Sql.Execute(connection, $"DROP TABLE IF EXISTS {quoted}");
            Sql.Execute(connection, $"CREATE TABLE {quoted} (id Int32, {Dialect.Quote(columns[0])} Float64, {Dialect.Quote(columns[1])} Float64) ENGINE = Memory");
            Sql.Execute(connection, $"INSERT INTO {quoted} VALUES " + string.Join(",", Enumerable.Range(0, 60).Select(row => FormattableString.Invariant($"({row},{rows[row, 0]:R},{rows[row, 1]:R})"))));
            EmOptions options = DatabaseFitTests.Options(2, CovarianceModel.VVV, DatabaseFitTests.Start(2, 2).WithProperty(columns));
            options.MaxIteration = 2;
            using (DatabaseObservations observations = DatabaseObservations.Open(connection, new DatabaseOptions { Table = table, ExcludeProperty = ["id"] }))
            {
                DatabaseFitTests.AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows, columns)), new EmEstimator(options).Fit(observations), 1e-9);
            }

            Sql.Execute(connection, $"DROP TABLE {quoted}");
        }
    }

    /// <summary>Half of the rows on each shard; gives a connection to the first, which knows the table of both.</summary>
    private ClickHouseConnection Fill(double[,] rows)
    {
        for (int shard = 0; shard < 2; shard++)
        {
            using ClickHouseConnection connection = cluster.Connect(shard);
            Sql.Execute(connection, "DROP TABLE IF EXISTS part_");
            Sql.Execute(connection, "CREATE TABLE part_ (id Int32, x1 Float64, x2 Float64) ENGINE = MergeTree ORDER BY id");
            int own = shard;
            string values = string.Join(",", Enumerable.Range(0, rows.GetLength(0)).Where(i => i % 2 == own)
                .Select(i => FormattableString.Invariant($"({i},{rows[i, 0]:R},{rows[i, 1]:R})")));
            Sql.Execute(connection, "INSERT INTO part_ VALUES " + values);
        }

        ClickHouseConnection first = cluster.Connect(0);
        Sql.Execute(first, "DROP TABLE IF EXISTS rows_");
        Sql.Execute(first, "CREATE TABLE rows_ (id Int32, x1 Float64, x2 Float64) ENGINE = Distributed(both, default, part_)");
        return first;
    }
}
