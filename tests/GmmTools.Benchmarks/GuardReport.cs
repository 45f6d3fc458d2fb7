using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Benchmarks.Guard;
using GmmTools.Benchmarks.Peers;
using GmmTools.Shared;

namespace GmmTools.Benchmarks;

/// <summary>
/// The working tree beside an earlier revision: the time of an iteration in every case, in turns, and the fits of the examples through
/// the command, to the last bit. For use before a release; ends with 1 where a case is slower than allowed.
/// </summary>
internal static class GuardReport
{
    private const int Processes = 16;
    private const int Rounds = 7;
    private const double MaxRatio = 1.05;

    public static void Run(string[] arguments)
    {
        if (arguments.Length == 0)
        {
            throw new ArgumentException("Which revision? Name a tag or a commit: guard <revision> [cases, such as ade] [threads, such as 1,2]");
        }

        string names = arguments.Skip(1).FirstOrDefault(argument => char.IsLetter(argument[0])) ?? "abcdefgh";
        string counts = arguments.Skip(1).FirstOrDefault(argument => char.IsDigit(argument[0])) ?? "1,2";
        using Revision before = Revision.CheckOut(arguments[0]);
        using Revision after = Revision.BuildWorkingTree();
        ReportTimes(before, names, [.. counts.Split(',').Select(count => int.Parse(count, CultureInfo.InvariantCulture))]);
        ReportFits(before, after);
    }

    private static void ReportTimes(Revision before, string names, int[] threads)
    {
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, {Machine.ProcessorName}, {Environment.ProcessorCount} processors, .NET {Environment.Version}; {Processes} pairs of processes, {Rounds} rounds in turns in each: medians of the fastest rounds");
        Console.WriteLine($"{"case",-26} {"threads",7} {before.Name + ", ms",14} {"now, ms",10} {"ratio",7} {"quartiles of pairs",19}  log-likelihood");
        string folder = Directory.CreateTempSubdirectory("gmmtools-guard").FullName;
        try
        {
            foreach (PeerCase problem in PeerCase.All.Where(problem => names.Contains(problem.Name, StringComparison.Ordinal)))
            {
                using PeerProblem files = new(problem, folder);
                foreach (int count in threads)
                {
                    Report(before, files, count);
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Report(Revision before, PeerProblem problem, int threads)
    {
        PairedTimes times = new();
        for (int pair = 0; pair < Processes; pair++)
        {
            // who starts first has another place in the machine: each does so in turn
            string now = typeof(GuardReport).Assembly.Location;
            bool isTurned = pair % 2 == 1;
            using TimedPeer first = Start(isTurned ? now : before.Program, threads);
            using TimedPeer second = Start(isTurned ? before.Program : now, threads);
            times.Measure(isTurned ? second : first, isTurned ? first : second, problem, Rounds);
        }

        bool isSlower = times.Ratio > MaxRatio;
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "{0,-26} {1,7} {2,14:F3} {3,10:F3} {4,7:F3} {5,19}  {6}{7}",
            problem.Case,
            threads,
            times.Before,
            times.After,
            times.Ratio,
            string.Create(CultureInfo.InvariantCulture, $"{times.RatioAt(0.25):F3} to {times.RatioAt(0.75):F3}"),
            times.IsSame ? "same bits" : "differs",
            isSlower ? ", slower" : string.Empty));
        if (isSlower)
        {
            Environment.ExitCode = 1;
        }
    }

    private static TimedPeer Start(string program, int threads) =>
        TimedPeer.TryStart(PeerProgram.OurOwn().First() with { Arguments = [program, "serve"] }, threads)
        ?? throw new InvalidOperationException($"{program} does not start.");

    private static void ReportFits(Revision before, Revision after)
    {
        Dictionary<string, string> old = Fits(before);
        Dictionary<string, string> current = Fits(after);
        string[] common = [.. current.Keys.Where(old.ContainsKey)];
        string[] other = [.. common.Where(name => old[name] != current[name])];
        Console.WriteLine($"{common.Length} fits through the command: {common.Length - other.Length} to the same bits in log-likelihood, iterations and parameters");
        foreach (string name in other)
        {
            Console.WriteLine($"{name}{Environment.NewLine}  {before.Name}: {old[name]}{Environment.NewLine}  now: {current[name]}");
        }
    }

    private static Dictionary<string, string> Fits(Revision revision)
    {
        string script = Path.Combine(RepositoryFiles.Root, "tests", "GmmTools.Benchmarks", "Guard", "fits.ps1");
        ProcessStartInfo start = PinnedPowerShell.CreateStart("-File", script, revision.Manifest, Path.Combine(RepositoryFiles.Root, "src", "Examples"));
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        process.WaitForExit();
        return process.ExitCode == 0
            ? lines.Select(line => line.Split('\t', 2)).ToDictionary(parts => parts[0], parts => parts[1])
            : throw new InvalidOperationException($"The fits of {revision.Name} ended with {process.ExitCode}.");
    }
}
