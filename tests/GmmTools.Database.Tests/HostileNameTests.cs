using System;
using System.Data.Common;
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

/// <summary>Tables and columns whose names would be something else if a quote were forgotten, fitted, scored and written by every engine there is.</summary>
[Collection(EngineCollection.Name)]
public sealed class HostileNameTests(Engines engines)
{
    /// <summary>What to quote.</summary>
    internal static string[] Names { get; } =
    [
        "a \"quoted\" name", "`ticked` and ``twice``", "[bracketed]]", "it's; DROP TABLE witness; --", "/* half a comment", "line\nline\ttab", "größe 数", "back\\slash\\", "{d 'x'} ? :p @q $1 %s",
        "select", "gu1",
    ];

    public static TheoryData<string, bool> Cases()
    {
        TheoryData<string, bool> cases = [];
        foreach (string engine in Engines.Names)
        {
            cases.Add(engine, false);
        }

        foreach (string engine in Engines.Names.Where(name => OdbcDrivers.Find(name) is not null))
        {
            cases.Add(engine, true);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_name_is_taken_for_anything_else(string engine, bool overOdbc)
    {
        SqlDialect dialect = SqlDialects.Find(engine);
        using DbConnection connection = overOdbc ? engines.OverOdbcTo(engine) : engines.Open(engine);
        if (overOdbc)
        {
            connection.Open();
        }

        Sql.CreateTable(connection, dialect, "witness", ["x"], new double[,] { { 1 } });
        // a driver of ODBC gave back the name of a column beyond ASCII with a null character now and then, and MariaDB's names have characters of 16 bits
        string[] names = overOdbc ? [.. Names.Where(name => name.All(char.IsAscii))] : engine == "MariaDb" ? Names : [.. Names, "😀"];
        for (int i = 0; i < names.Length; i++)
        {
            Run(connection, dialect, "rows of " + names[i], [names[i], names[(i + 1) % names.Length]]);
        }

        Assert.Equal([1.0], Sql.Numbers(connection, "SELECT x FROM witness"));
    }

    private static void Run(DbConnection connection, SqlDialect dialect, string table, string[] columns)
    {
        double[,] rows = DatabaseFitTests.Draw(2, 2, 60);
        string quoted = "\"" + table.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        Sql.CreateTable(connection, dialect, quoted, columns, rows);
        EmOptions options = DatabaseFitTests.Options(2, CovarianceModel.VVV, DatabaseFitTests.Start(2, 2).WithProperty(columns));
        options.MaxIteration = 2;
        EmFit fit;
        using (DatabaseObservations observations = DatabaseObservations.Open(
            connection, new DatabaseOptions { Table = quoted, ExcludeProperty = ["id"] }))
        {
            fit = new EmEstimator(options).Fit(observations);
        }

        DatabaseFitTests.AssertEqual(new EmEstimator(options).Fit(InMemoryObservations.FromMatrix(rows, columns)), fit, 1e-9);
        Sql.Execute(connection, $"DROP TABLE IF EXISTS scored_");
        using (DatabaseScores scores = new(connection, new DatabaseOptions { Table = quoted }))
        {
            scores.Write("scored_", scores.CreateQuery(fit.Mixture, sql => sql.Columns(MixtureSqlColumn.LogDensity)), default);
        }

        double[] densities = Sql.Numbers(connection, $"SELECT {dialect.Quote("LogDensity")} FROM scored_ ORDER BY id");
        RowScorer<NormalLink> scorer = new(fit.Mixture.Parameters.Terms);
        Assert.All(Enumerable.Range(0, 60), i => Assert.Equal(scorer.Score([rows[i, 0], rows[i, 1]]), densities[i], 1e-10));
        Sql.Execute(connection, $"DROP TABLE {dialect.QuoteTable(quoted)}");
    }
}
