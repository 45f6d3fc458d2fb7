using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Benchmarks.Sessions;

/// <summary>What EM over sessions costs, and whether it is the same EM.</summary>
internal static class SessionsReport
{
    private static readonly Dictionary<string, Action> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["bytes"] = DelayPart.RunBytes,
        ["delay"] = DelayPart.RunDelays,
        ["equality"] = EqualityPart.Run,
    };

    public static void Run(string[] arguments)
    {
        Console.WriteLine(FormattableString.Invariant($"{Environment.ProcessorCount} processors"));
        foreach (KeyValuePair<string, Action> part in Parts.Where(part => arguments.Length == 0 || arguments.Contains(part.Key, StringComparer.OrdinalIgnoreCase)))
        {
            Console.WriteLine();
            part.Value();
        }
    }
}
