using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Globalization;
using System.Linq;
using System.Threading;
using DuckDB.NET.Data;
using GmmTools.Connectors.Databases;
using GmmTools.Database.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using Microsoft.Data.Sqlite;

namespace GmmTools.Benchmarks.Databases;

/// <summary>The engines there are, with tables of rows that they draw themselves.</summary>
internal sealed class EngineSet : IDisposable
{
    private const int ClusterCount = 8;

    private readonly Lazy<PostgreSqlServer> _server = new(() => new PostgreSqlServer());

    /// <summary>Names of the dialects.</summary>
    public IReadOnlyList<string> Names { get; } = PostgreSqlInstallation.Folder is null ? ["DuckDb", "Sqlite"] : ["DuckDb", "Sqlite", "PostgreSql"];

    /// <summary>An open connection to an empty database, for PostgreSQL to the one there is.</summary>
    public DbConnection Open(string engine)
    {
        DbConnection connection = engine switch
        {
            "DuckDb" => new DuckDBConnection("DataSource=:memory:"),
            "Sqlite" => new SqliteConnection("Data Source=:memory:"),
            _ => _server.Value.Connect(),
        };
        if (connection.State != System.Data.ConnectionState.Open)
        {
            connection.Open();
        }

        return connection;
    }

    /// <summary>Name and version.</summary>
    public string Describe(string engine)
    {
        using DbConnection connection = Open(engine);
        return $"{engine} {connection.ServerVersion}";
    }

    /// <summary>Makes the table t of some clusters of normal rows, drawn by the engine.</summary>
    public static void Draw(DbConnection connection, string engine, long count, int dimension)
    {
        string rows = engine == "DuckDb" ? FormattableString.Invariant($"range({count}) r(i)") : FormattableString.Invariant($"generate_series(0, {count} - 1) r(i)");
        string columns = string.Join(", ", Enumerable.Range(0, dimension).Select(j => FormattableString.Invariant(
            $"(i % {ClusterCount} * {7 + (4 * j)} % 29) + sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) AS x{j + 1}")));
        Sql.Execute(connection, $"DROP TABLE IF EXISTS t; CREATE TABLE t AS SELECT {columns} FROM {rows}");
    }

    /// <summary>A mixture of as many components over the same space; what an iteration costs does not depend on how well it fits.</summary>
    public static GaussianMixture Mixture(int componentCount, int dimension)
    {
        MixtureParameters parameters = new(componentCount, dimension, CovarianceShape.Full);
        for (int k = 0; k < componentCount; k++)
        {
            parameters.Weights[k] = 1.0 / componentCount;
            for (int j = 0; j < dimension; j++)
            {
                parameters.Means[(k * dimension) + j] = (k % ClusterCount * (7 + (4 * j)) % 29) + (0.1 * k);
                parameters.Covariances[parameters.CovarianceIndex(k, j, j)] = 2;
            }
        }

        return new GaussianMixture(parameters);
    }

    /// <summary>The fastest and the middle of some E-steps, in seconds, after one that is not timed.</summary>
    public static double Time(IObservations rows, GaussianMixture mixture, int repeats)
    {
        MixtureParameters parameters = mixture.ToParameters();
        parameters.TryFactorize();
        SufficientStatistics statistics = new(parameters.ComponentCount, parameters.Dimension, parameters.Shape);
        using IExpectationStep step = rows.PrepareExpectation(parameters.ComponentCount, parameters.Shape, Environment.ProcessorCount);
        step.Compute(parameters, statistics, CancellationToken.None);
        return Median(repeats, () => step.Compute(parameters, statistics, CancellationToken.None));
    }

    /// <summary>The middle of some times, in seconds.</summary>
    public static double Median(int repeats, Action action)
    {
        double[] seconds = new double[repeats];
        for (int i = 0; i < repeats; i++)
        {
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            action();
            seconds[i] = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds[repeats / 2];
    }

    /// <summary>The table t.</summary>
    public static DatabaseObservations OpenTable(DbConnection connection, bool reproducible = false) =>
        DatabaseObservations.Open(connection, new DatabaseOptions { Table = "t", Property = ["x*"], Reproducible = reproducible });

    public static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }
    }
}
