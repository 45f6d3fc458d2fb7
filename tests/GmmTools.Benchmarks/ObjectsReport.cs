using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using GmmTools.Benchmarks.Peers;
using GmmTools.Shared;

namespace GmmTools.Benchmarks;

/// <summary>Seconds that many objects take in the pinned PowerShell: fits by group, and memberships of rows and of files.</summary>
internal static class ObjectsReport
{
    private const string Rounds = "9";

    public static void Run(string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("gmmtools-objects").FullName;
        try
        {
            ProcessStartInfo start = PinnedPowerShell.CreateStart(
                "-File", PeerProgram.Script("shell_objects.ps1"), Path.Combine(RepositoryFiles.Root, "GmmTools.psd1"), folder, Rounds);
            start.RedirectStandardOutput = true;
            Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, {Machine.ProcessorName}, {Environment.ProcessorCount} processors, PowerShell {PinnedPowerShell.Version}; seconds, medians of {Rounds}");
            using Process process = Process.Start(start)!;
            while (process.StandardOutput.ReadLine() is string line)
            {
                string[] parts = line.Split('\t');
                double seconds = double.Parse(parts[1], CultureInfo.InvariantCulture);
                double fit = double.Parse(parts[2], CultureInfo.InvariantCulture);
                Console.WriteLine(string.Format(CultureInfo.InvariantCulture, "{0,-44} {1,7:F2}, {2:F2} of the fit", parts[0], seconds, seconds / fit));
            }

            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"PowerShell ended with {process.ExitCode}.");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
