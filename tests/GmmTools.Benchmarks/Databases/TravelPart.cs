using System;
using System.Data.Common;
using GmmTools.Connectors.Databases;

namespace GmmTools.Benchmarks.Databases;

/// <summary>The bytes that an iteration sends and receives.</summary>
internal static class TravelPart
{
    private static readonly (int Dimension, int ComponentCount)[] Sizes = [(2, 8), (8, 16)];

    public static void Run(EngineSet engines)
    {
        Console.WriteLine("bytes per iteration (statements sent, numbers received)");
        Console.WriteLine($"{"",-12} {"d",3} {"K",3} {"N",9} {"queries",8} {"sent",9} {"received",9}");
        foreach (string engine in engines.Names)
        {
            foreach ((int d, int k) in Sizes)
            {
                foreach (long count in (long[])[1_000, 100_000])
                {
                    if (engine == "Sqlite")
                    {
                        continue;
                    }

                    using DbConnection connection = engines.Open(engine);
                    EngineSet.Draw(connection, engine, count, d);
                    using DatabaseObservations table = EngineSet.OpenTable(connection);
                    (long queries, long sent, long received) = (table.QueryCount, table.BytesSent, table.BytesReceived);
                    EngineSet.Time(table, EngineSet.Mixture(k, d), 1);

                    // one iteration to warm up and one that is timed
                    Console.WriteLine(FormattableString.Invariant(
                        $"{engine,-12} {d,3} {k,3} {count,9} {(table.QueryCount - queries) / 2,8} {(table.BytesSent - sent) / 2,9} {(table.BytesReceived - received) / 2,9}"));
                }
            }
        }
    }
}
