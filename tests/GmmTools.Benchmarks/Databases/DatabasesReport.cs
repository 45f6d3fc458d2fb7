using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Benchmarks.Databases;

/// <summary>What EM inside a database costs, and whether it is the same EM.</summary>
internal static class DatabasesReport
{
    private static readonly Dictionary<string, Action<EngineSet>> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["far"] = EqualityPart.RunFar,
        ["bytes"] = TravelPart.Run,
        ["speed"] = SpeedPart.Run,
        ["time"] = TimePart.Run,
        ["shards"] = TimePart.RunShards,
        ["equality"] = EqualityPart.Run,
    };

    public static void Run(string[] arguments)
    {
        using EngineSet engines = new();
        Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors; {string.Join(", ", engines.Names.Select(engines.Describe))}"));
        foreach (KeyValuePair<string, Action<EngineSet>> part in Parts.Where(part => arguments.Length == 0 || arguments.Contains(part.Key, StringComparer.OrdinalIgnoreCase)))
        {
            Console.WriteLine();
            part.Value(engines);
        }
    }
}
