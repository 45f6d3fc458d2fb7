using System;
using System.Data.Common;
using System.Linq;
using System.Threading;
using GmmTools.Connectors.Databases;
using GmmTools.Database.Tests.Support;
using GmmTools.Mixtures;

namespace GmmTools.Benchmarks.Databases;

/// <summary>An iteration in DuckDB beside one in memory and beside a scan of the columns.</summary>
internal static class SpeedPart
{
    private const int Rows = 1_000_000;

    private static readonly (int Dimension, int ComponentCount, double Goal)[] Cases = [(2, 8, 1.4 / 3), (8, 16, 14.0 / 3)];

    public static void Run(EngineSet engines)
    {
        Console.WriteLine($"DuckDB, {Rows} rows, VVV, all threads; seconds, median of five; the goal is a third of a plain trial's time");
        Console.WriteLine($"{"d",3} {"K",3} {"iteration",10} {"goal",6} {"reproducible",13} {"one thread",11} {"scan",7} {"in memory",10} {"over memory",12} {"over scan",10} {"SQL kB",7}");
        foreach ((int d, int k, double goal) in Cases)
        {
            using DbConnection connection = engines.Open("DuckDb");
            EngineSet.Draw(connection, "DuckDb", Rows, d);
            GaussianMixture mixture = EngineSet.Mixture(k, d);
            double plain;
            double memory;
            int length;
            using (DatabaseObservations table = EngineSet.OpenTable(connection))
            {
                plain = EngineSet.Time(table, mixture, 5);
                length = table.GetQueries(mixture)[0].Length;
                memory = EngineSet.Time(table.Sample(Rows, 0, CancellationToken.None), mixture, 5);
            }

            double reproducible = Time(connection, mixture, true);
            string scan = $"SELECT {string.Join(",", Enumerable.Range(1, d).Select(j => FormattableString.Invariant($"SUM(x{j})")))} FROM t";
            double scanned = EngineSet.Median(5, () => Sql.Query(connection, scan));
            Sql.Execute(connection, "SET threads=1");
            double single = Time(connection, mixture, false);
            Console.WriteLine(FormattableString.Invariant(
                $"{d,3} {k,3} {plain,10:F3} {goal,6:F2} {reproducible,13:F3} {single,11:F3} {scanned,7:F4} {memory,10:F3} {plain / memory,12:F1} {plain / scanned,10:F0} {length / 1000.0,7:F1}"));
        }
    }

    private static double Time(DbConnection connection, GaussianMixture mixture, bool reproducible)
    {
        using DatabaseObservations table = EngineSet.OpenTable(connection, reproducible);
        return EngineSet.Time(table, mixture, 5);
    }
}
