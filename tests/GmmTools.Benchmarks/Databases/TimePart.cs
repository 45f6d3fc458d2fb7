using System;
using System.Data.Common;
using System.Linq;
using GmmTools.Connectors.Databases;
using GmmTools.Database.Tests.Support;
using GmmTools.Sampling;
using Npgsql;

namespace GmmTools.Benchmarks.Databases;

/// <summary>Time per iteration over the number of rows and of servers.</summary>
internal static class TimePart
{
    private const int Dimension = 2;
    private const int ComponentCount = 8;
    private const int ShardedRows = 100_000;
    private const int ShardedComponents = 3;

    public static void Run(EngineSet engines)
    {
        Console.WriteLine($"seconds per iteration over N, d = {Dimension}, K = {ComponentCount}, VVV; median of three, for 1e7 one");
        Console.WriteLine($"{"",-12} {"1e5",8} {"1e6",8} {"1e7",8}");
        foreach (string engine in engines.Names.Where(engine => engine != "Sqlite"))
        {
            double[] seconds = [.. ((long[])[100_000, 1_000_000, 10_000_000]).Select(count =>
            {
                using DbConnection connection = engines.Open(engine);
                EngineSet.Draw(connection, engine, count, Dimension);
                using DatabaseObservations table = EngineSet.OpenTable(connection);
                return EngineSet.Time(table, EngineSet.Mixture(ComponentCount, Dimension), count > 1_000_000 ? 1 : 3);
            })];
            Console.WriteLine($"{engine,-12} {string.Join(' ', seconds.Select(second => EngineSet.Text(second, "F3").PadLeft(8)))}");
        }
    }

    public static void RunShards(EngineSet engines)
    {
        if (PostgreSqlInstallation.Folder is null)
        {
            Console.WriteLine("shards: " + PostgreSqlInstallation.Missing);
            return;
        }

        Console.WriteLine($"PostgreSQL, a partitioned table whose partitions are on other servers of this machine; N = {ShardedRows}, d = {Dimension}, K = {ShardedComponents}; median of three");
        using PostgreSqlCluster cluster = new();
        double[,] rows = new MixtureSampler(EngineSet.Mixture(ShardedComponents, Dimension), 1).DrawMatrix(ShardedRows);
        foreach (int shards in (int[])[1, 2])
        {
            cluster.Fill(rows, shards);
            using NpgsqlConnection connection = cluster.Connect();
            using DatabaseObservations table = DatabaseObservations.Open(connection, new DatabaseOptions { Table = "rows_", Property = ["x*"] });
            double seconds = EngineSet.Time(table, EngineSet.Mixture(ShardedComponents, Dimension), 3);
            Console.WriteLine(FormattableString.Invariant($"{shards} server{(shards == 1 ? " " : "s")} {seconds:F3} s per iteration"));
        }
    }
}
