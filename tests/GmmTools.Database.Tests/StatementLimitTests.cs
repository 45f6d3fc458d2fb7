using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Text.RegularExpressions;
using GmmTools.Connectors.Databases;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Connectors.Databases.Sql;
using GmmTools.Database.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Database.Tests;

/// <summary>Statements for engines that are not here: how large they are and what they are made of; and that statements that are split in the same
/// way give the same sums in engines that are here.</summary>
[Collection(EngineCollection.Name)]
public sealed class StatementLimitTests(Engines engines)
{
    private const string Call = "EXP(";

    [Theory]
    [InlineData("Spark", 16, 8)]
    [InlineData("Spark", 3, 2)]
    [InlineData("Spark", 30, 12)]
    [InlineData("Trino", 16, 8)]
    [InlineData("Trino", 3, 2)]
    [InlineData("Trino", 4, 23)]
    public void What_becomes_a_method_of_Java_is_small(string name, int k, int d)
    {
        SqlDialect dialect = SqlDialects.Find(name);
        StatisticsSql sql = Create(dialect, k, d);
        IReadOnlyList<string> queries = sql.ToQueries();
        Assert.All(queries, query => Assert.InRange(StatisticsSql.OperationsOf(query), 1, dialect.MaxOperations + 1));
        Assert.All(queries, query => Assert.InRange(query.Length, 1, dialect.MaxStatementLength));
        Assert.Equal(sql.SumCount, queries.Sum(query => Regex.Count(query, @"SUM\(")));
        Assert.All(queries, query => Assert.InRange(Regex.Count(query, @"SUM\("), 1, dialect.MaxResultColumns));

        // constructors of arrays have at most 254 elements in Trino
        Assert.All(queries, query => Assert.All(Regex.Matches(query, @"ARRAY\[([^\]]*)\]"), match => Assert.InRange(match.Groups[1].Value.Split(',').Length, 1, 254)));
        Assert.Equal(k > 3, queries.Count > 1);
        Assert.Equal(k > 3, Regex.IsMatch(queries[0], "zip_with", RegexOptions.IgnoreCase));
    }

    [Fact]
    public void Operations_are_counted_without_signs_and_arrows()
    {
        Assert.Equal(0, StatisticsSql.OperationsOf("(-1.5E-05)"));
        Assert.Equal(3, StatisticsSql.OperationsOf("a*(-1E+20)+b-c"));
        Assert.Equal(2, StatisticsSql.OperationsOf("reduce(zip_with(h,x,(a,b)->a*b),0E0,(a,b)->a+b)"));
    }

    [Theory]
    [InlineData("DuckDb", 100)]
    [InlineData("DuckDb", 60)]
    [InlineData("PostgreSql", 100)]
    [InlineData("MariaDb", 100)]
    public void Split_statements_give_the_same_sums(string engine, int operations)
    {
        if (!Engines.Names.Contains(engine))
        {
            return;
        }

        double[,] rows = DatabaseFitTests.Draw(4, 3, 300);
        using DbConnection connection = engines.Open(engine);
        Sql.CreateTable(connection, SqlDialects.Find(engine), "rows_", ["x1", "x2", "x3"], rows);
        using DatabaseObservations table = DatabaseObservations.Open(connection, new DatabaseOptions
        {
            Table = "rows_",
            Property = ["x*"],
            Dialect = new NarrowDialect(SqlDialects.Find(engine), 1000, operations),
        });
        IReadOnlyList<string> queries = table.GetQueries(DatabaseFitTests.Start(4, 3));
        Assert.InRange(queries.Count, 2, 20);
        Assert.Equal(engine == "DuckDb" && operations < 100, queries[0].Contains("list_inner_product", StringComparison.Ordinal));
        EmOptions options = DatabaseFitTests.Options(4, CovarianceModel.VVV, DatabaseFitTests.Start(4, 3));
        DatabaseFitTests.AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows)), new EmEstimator(options).Fit(table), 1e-9);
    }

    /// <summary>EXP above 709.78 is an error in SQL Server, and in MariaDB and PostgreSQL.</summary>
    [Theory]
    [InlineData(0.0)]
    [InlineData(0.1)]
    public void Every_exponent_is_taken_from_the_largest(double noise)
    {
        SqlDialect dialect = SqlDialects.Find("SqlServer");
        MixtureParameters parameters = Parameters(5, 3);
        if (noise > 0)
        {
            for (int k = 0; k < 5; k++)
            {
                parameters.Weights[k] *= 1 - noise;
            }

            parameters.Background = UniformBackground.OfBox([-30, -30, -30], [30, 30, 30]);
            parameters.BackgroundWeight = noise;
        }

        MixtureSql scores = new(new GaussianMixture(parameters), dialect, ["x1", "x2", "x3"]);
        string[] statements = [.. Create(dialect, parameters).ToQueries(), scores.LogDensity(), scores.Probability(), .. scores.Responsibilities()];
        Assert.All(statements, statement =>
        {
            Assert.Contains(Call, statement, StringComparison.Ordinal);
            Assert.Equal(Regex.Count(statement, @"EXP\("), Regex.Count(statement, @"EXP\((gl\d+|\(-[\d.E+]+\)|[\d.E+]+)-gm\)"));
            Assert.Matches(@"\(SELECT MAX\(v\.g\) FROM \(VALUES [^A]*\) AS v\(g\)\) AS gm", statement);
        });
    }

    private static StatisticsSql Create(SqlDialect dialect, int k, int d) => Create(dialect, Parameters(k, d));

    private static StatisticsSql Create(SqlDialect dialect, MixtureParameters parameters)
    {
        int d = parameters.Dimension;
        string[] columns = [.. Enumerable.Range(1, d).Select(j => FormattableString.Invariant($"x{j}"))];
        RowsSource source = new(dialect, new DatabaseOptions { Table = "t" });
        source.Choose(columns, null);
        Assert.Equal(-1, parameters.TryFactorize());
        return new StatisticsSql(dialect, source, ColumnFrame.Create(new double[d], [.. columns.Select(_ => -30.0)], [.. columns.Select(_ => 30.0)]), parameters);
    }

    private static MixtureParameters Parameters(int k, int d) => DatabaseFitTests.Start(k, d).ToParameters();
}
