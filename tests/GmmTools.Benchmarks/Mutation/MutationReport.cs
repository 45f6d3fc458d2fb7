using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace GmmTools.Benchmarks.Mutation;

/// <summary>Changes the code of each room by Stryker, one change at a time, and counts the changes that its tests notice.</summary>
internal static class MutationReport
{
    private const double Goal = 85;

    public static void Run(string[] arguments)
    {
        MutationRoom[] rooms = arguments.Length > 0 ? [.. arguments[0].Split(',').Select(MutationRoom.Find)] : [.. MutationRoom.All];
        using MutationCopy copy = new();
        Console.WriteLine($"{"room",-14} {"mutants",7} {"killed",7} {"by time",7} {"survive",7} {"not run",7} {"score",6}");
        foreach (MutationRoom room in rooms)
        {
            Report(room, copy);
        }
    }

    private static void Report(MutationRoom room, MutationCopy copy)
    {
        copy.Open(room);
        string output = Path.Combine(copy.Output, room.Name);
        ChildProcess.Execute(
            ChildProcess.DotNet,
            copy.Tests,
            "stryker",
            "--config-file", "stryker-config.json",
            "--project", room.Project + ".csproj",
            "--mutate", room.Files,
            "--test-case-filter", room.Filter,
            "--output", output,
            "--log-to-file",
            "--skip-version-check");
        Print(room, MutationScore.Read(Path.Combine(output, "reports", "mutation-report.json")));
    }

    private static void Print(MutationRoom room, MutationScore score)
    {
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "{0,-14} {1,7} {2,7} {3,7} {4,7} {5,7} {6,6:F1}",
            room.Name,
            score.Tried,
            score.Killed,
            score.TimedOut,
            score.Survived,
            score.Uncovered,
            score.Percent));
        foreach (string survivor in score.Survivors)
        {
            Console.WriteLine("  " + survivor);
        }

        if (score.Percent < Goal)
        {
            Environment.ExitCode = 1;
        }
    }
}
