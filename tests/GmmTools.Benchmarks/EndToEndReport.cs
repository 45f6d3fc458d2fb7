using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Benchmarks.Peers;
using GmmTools.Shared;

namespace GmmTools.Benchmarks;

/// <summary>
/// Whole processes, from a CSV file to the log-likelihood of a fit: the module in pwsh, or in this project's shell where there is no
/// pwsh that is new enough, against pandas and scikit-learn with its default options. GmmTools with the least effort that ends at least
/// as high, and by default.
/// </summary>
internal static class EndToEndReport
{
    private const int Rounds = 3;

    /// <summary>A program that took longer is run only once.</summary>
    private const double SlowSeconds = 60;

    private const double Agreement = 1e-6;

    /// <summary>The most rows that are read through Import-Csv as well, which takes minutes for a million.</summary>
    private const int MostObjects = 100_000;

    private const int ObjectCount = 20_000;

    private static readonly string[] Tolerances = ["1e-3", "1e-5", "1e-8"];
    private static readonly string[] StartCounts = ["1", "2", "3", "5", "10"];

    public static void Run(string[] arguments)
    {
        string names = arguments.FirstOrDefault() ?? "acd";
        Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, {Machine.ProcessorName}, {Environment.ProcessorCount} processors; PowerShell {PinnedPowerShell.Version}");
        Console.WriteLine($"seconds until PowerShell has started and imported the module: {StartSeconds():F2}");
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "seconds for {0} objects of two columns, K = 2, in a session of their own: fit {1:F2}, memberships {2:F2}",
            ObjectCount,
            ObjectSeconds("$null = $rows | Invoke-EmFit -ComponentCount 2", "$fit = $null"),
            ObjectSeconds("$null = $rows | Get-MixtureMembership -Model $fit", "$fit = $rows | Invoke-EmFit -ComponentCount 2")));
        Console.WriteLine("seconds of a whole process from a CSV file, medians");
        Console.WriteLine($"{"case",-28} {"program",-42} {"seconds",8} {"log-likelihood",18} {"ratio",6}");
        string folder = Directory.CreateTempSubdirectory("gmmtools-end-to-end").FullName;
        try
        {
            foreach (PeerCase problem in PeerCase.All.Where(problem => names.Contains(problem.Name, StringComparison.Ordinal)))
            {
                Report(problem, folder);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Console.WriteLine("ratio: of scikit-learn's time to GmmTools's. -: ended lower than scikit-learn by more than 1e-6 relative.");
    }

    private static void Report(PeerCase problem, string folder)
    {
        string file = Path.Combine(folder, problem.Name + ".csv");
        WriteCsv(problem, file);
        Contestant peer = new("pandas and scikit-learn, default", PeerCommand(problem, file));
        Contestant byDefault = new("GmmTools, default", HostCommand(problem, file, string.Empty));
        peer.Run();
        Contestant same = FindSame(problem, file, peer.LogLikelihood);
        byDefault.Run();
        Contestant[] contestants = [peer, same, byDefault, .. Piped(problem, file)];
        Array.ForEach(contestants[3..], piped => piped.Run());
        for (int round = 1; round < Rounds; round++)
        {
            foreach (Contestant contestant in contestants.Where(contestant => contestant.Seconds < SlowSeconds))
            {
                contestant.Run();
            }
        }

        foreach (Contestant contestant in contestants)
        {
            string lower = IsLower(contestant, peer.LogLikelihood) ? "-" : " ";
            Console.WriteLine(string.Format(
                CultureInfo.InvariantCulture,
                "{0,-28} {1,-42} {2,8:F2} {3,17:F3}{4} {5,6:F1}",
                problem,
                contestant.Name,
                contestant.Seconds,
                contestant.LogLikelihood,
                lower,
                peer.Seconds / contestant.Seconds));
        }

        File.Delete(file);
    }

    /// <summary>The default fit of the rows as objects, where they are not too many.</summary>
    private static Contestant[] Piped(PeerCase problem, string file) => problem.RowCount > MostObjects
        ? []
        : [new("GmmTools, default, Import-Csv |", Complete($"(Import-Csv -LiteralPath '{file}' | Invoke-EmFit -ComponentCount {problem.ComponentCount}).LogLikelihood.ToString('R')"))];

    /// <summary>The fewest starts, from one as the peer, and the first tolerance that bring it as high: known only in hindsight.</summary>
    private static Contestant FindSame(PeerCase problem, string file, double goal)
    {
        Contestant? last = null;
        foreach (string starts in StartCounts)
        {
            foreach (string tolerance in Tolerances)
            {
                string options = $"-RestartCount {starts} -Tolerance {tolerance}";
                last = new Contestant("GmmTools " + options, HostCommand(problem, file, options));
                last.Run();
                if (!IsLower(last, goal))
                {
                    return last;
                }
            }
        }

        return last!;
    }

    // where the peer is missing there is nothing to reach
    private static bool IsLower(Contestant contestant, double goal) => contestant.LogLikelihood < goal - (Agreement * Math.Abs(goal));

    private static string[] PeerCommand(PeerCase problem, string file) =>
        [PeerProgram.Python, "-B", PeerProgram.Script("sklearn_end_to_end.py"), file, problem.ComponentCount.ToString(CultureInfo.InvariantCulture)];

    private static string[] HostCommand(PeerCase problem, string file, string options) =>
        Complete($"(Invoke-EmFit -LiteralPath '{file}' -ComponentCount {problem.ComponentCount} {options}).LogLikelihood.ToString('R')");

    /// <summary>The command line of a PowerShell that imports the module and does something.</summary>
    private static string[] Complete(string text)
    {
        string manifest = Path.Combine(RepositoryFiles.Root, "GmmTools.psd1");

        // warnings would come before the log-likelihood
        ProcessStartInfo start = PinnedPowerShell.CreateStart("-Command", $"$WarningPreference = 'SilentlyContinue'; Import-Module '{manifest}'; {text}");
        return [start.FileName, .. start.ArgumentList];
    }

    /// <summary>Median seconds of a command on objects in the variable <c>rows</c>, the first of its kind in its session.</summary>
    private static double ObjectSeconds(string command, string before)
    {
        string rows = $"$random = [Random]::new(1); $rows = foreach ($i in 1..{ObjectCount}) {{ [pscustomobject]@{{ x = $random.NextDouble() + 3 * ($i % 2); y = $random.NextDouble() }} }}";
        Contestant run = new("objects", Complete($"{rows}; {before}; (Measure-Command {{ {command} }}).TotalSeconds.ToString('R', [cultureinfo]::InvariantCulture)"));
        return Medians.Of([.. Enumerable.Range(0, Rounds).Select(_ =>
        {
            run.Run();
            return run.LogLikelihood;
        })]);
    }

    private static double StartSeconds()
    {
        Contestant start = new("start", Complete("0"));
        for (int round = 0; round < Rounds; round++)
        {
            start.Run();
        }

        return start.Seconds;
    }

    private static void WriteCsv(PeerCase problem, string file)
    {
        double[,] matrix = problem.DrawMatrix();
        using StreamWriter writer = new(file);
        writer.WriteLine(string.Join(',', Enumerable.Range(1, problem.Dimension).Select(column => FormattableString.Invariant($"x{column}"))));
        for (int i = 0; i < problem.RowCount; i++)
        {
            for (int j = 0; j < problem.Dimension; j++)
            {
                writer.Write(j > 0 ? "," : string.Empty);
                writer.Write(matrix[i, j].ToString("R", CultureInfo.InvariantCulture));
            }

            writer.WriteLine();
        }
    }

    /// <summary>A command line and what its runs took. The first line that it prints is the log-likelihood.</summary>
    private sealed class Contestant(string name, string[] command)
    {
        private readonly List<double> _seconds = [];

        public string Name { get; } = name;

        public double LogLikelihood { get; private set; } = double.NaN;

        public double Seconds => Medians.Of(_seconds);

        public void Run()
        {
            ProcessStartInfo info = new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
            PeerEnvironment.Apply(info, Environment.ProcessorCount);
            try
            {
                Read(info);
            }
            catch (Win32Exception)
            {
                // not installed: no time, no log-likelihood
            }
        }

        // the clock stops at the first line: scikit-learn's log-likelihood costs another E-step, which is not held against it
        private void Read(ProcessStartInfo info)
        {
            long start = Stopwatch.GetTimestamp();
            using Process process = Process.Start(info)!;
            process.BeginErrorReadLine();
            string? line = process.StandardOutput.ReadLine();
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            line = line == "fitted" ? process.StandardOutput.ReadLine() : line;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode == 0 && double.TryParse(line, CultureInfo.InvariantCulture, out double logLikelihood))
            {
                _seconds.Add(seconds);
                LogLikelihood = logLikelihood;
            }
        }
    }
}
