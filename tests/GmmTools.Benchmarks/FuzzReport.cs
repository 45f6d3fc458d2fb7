using System;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Shared.Fuzz;

namespace GmmTools.Benchmarks;

/// <summary>Feeds all readers with bad input for a while, counts what goes wrong, and keeps the inputs that did it.</summary>
internal static class FuzzReport
{
    /// <summary>An input is kept for each fault.</summary>
    private const int MaxKept = 20;

    public static void Run(string[] arguments)
    {
        double seconds = arguments.Length > 0 ? double.Parse(arguments[0], CultureInfo.InvariantCulture) : 30;
        int firstSeed = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 1;
        string[] names = arguments.Length > 2 ? arguments[2].Split(',') : [.. FuzzTargets.ByName.Keys];
        Console.WriteLine($"{seconds:0} s each, from seed {firstSeed}");
        foreach (string name in names)
        {
            FuzzRun run = new(FuzzTargets.ByName[name]());
            FuzzFinding[] findings = [.. run.Run(firstSeed, int.MaxValue, TimeSpan.FromSeconds(seconds))];
            Console.WriteLine($"{name}: {run.TriedCount} inputs, {findings.Length} findings");
            foreach (FuzzFinding finding in findings.DistinctBy(Fault).Take(MaxKept))
            {
                Console.WriteLine($"  {finding}{Environment.NewLine}  kept as {Keep(finding)}");
                Environment.ExitCode = 1;
            }
        }
    }

    private static string Fault(FuzzFinding finding) => finding.Reason.Split(": ")[0];

    private static string Keep(FuzzFinding finding)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "gmmtools-findings")).FullName;
        string path = Path.Combine(folder, $"{finding.Target.Name}-{finding.Seed}{finding.Target.Extension}");
        File.WriteAllBytes(path, finding.Input);
        return path;
    }
}
