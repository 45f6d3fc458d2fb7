using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Plots;
using GmmTools.Sampling;
using GmmTools.Shared;

namespace GmmTools.Benchmarks;

/// <summary>How long pictures of a million rows take, what a session pays for the module before the first picture, and how large it is.</summary>
internal static class PlotsReport
{
    private const int Rounds = 5;
    private const double GoalSeconds = 2;
    private const double GoalImportMilliseconds = 60;

    public static void Run(string[] arguments)
    {
        int count = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 1_000_000;
        string folder = Directory.CreateTempSubdirectory("GmmTools-plots-").FullName;
        try
        {
            TimePictures(count, folder);
        }
        finally
        {
            Directory.Delete(folder, true);
        }

        TimeImport();
        MeasurePackage();
    }

    private static void TimePictures(int count, string folder)
    {
        Console.WriteLine(FormattableString.Invariant($"{count:N0} rows in memory; seconds from the rows to the file, first and median of the next {Rounds}; goal {GoalSeconds} s"));
        Console.WriteLine($"{"kind",-16} {"d",2} {"K",3} {"file",5} {"first",7} {"median",7} {"MB",6}");
        foreach ((PlotKind kind, int dimension, int componentCount) in new[]
        {
            (PlotKind.Density, 1, 3), (PlotKind.Density, 2, 3), (PlotKind.Classification, 1, 3), (PlotKind.Classification, 2, 8),
            (PlotKind.Uncertainty, 2, 8), (PlotKind.Outlier, 2, 8), (PlotKind.Comparison, 2, 8), (PlotKind.Pairs, 4, 8),
        })
        {
            GaussianMixture mixture = RandomMixture.Draw(componentCount, dimension, 10, 1);
            PlotRequest request = new()
            {
                Kind = kind,
                Mixture = mixture,
                Reference = kind == PlotKind.Comparison ? mixture : null,
                Rows = InMemoryObservations.FromMatrix(new MixtureSampler(mixture, 1).DrawMatrix(count)),
            };
            foreach (string extension in new[] { "png", "svg" })
            {
                string file = Path.Combine(folder, "picture." + extension);
                Report(request, componentCount, extension, () => MixturePicture.Write(request, file, new PictureFormat(), CancellationToken.None), () => new FileInfo(file).Length);
            }

            Report(request, componentCount, "text", () => TerminalPicture.Draw(request, new TextFormat { Width = 120, Height = 40 }, CancellationToken.None), () => 0);
        }
    }

    private static void Report(PlotRequest request, int componentCount, string file, Action draw, Func<long> measure)
    {
        double first = Time(draw);
        double[] next = [.. Enumerable.Range(0, Rounds).Select(_ => Time(draw)).Order()];
        Console.WriteLine(FormattableString.Invariant(
            $"{request.Kind,-16} {request.Mixture!.Dimension,2} {componentCount,3} {file,5} {first,7:F2} {next[Rounds / 2],7:F2} {measure() / 1e6,6:F2}"));
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void TimeImport()
    {
        const string Code = "'{0:F0} {1}' -f (Measure-Command { Import-Module ./GmmTools.psd1 }).TotalMilliseconds, @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -match 'GmmTools.Plots' }).Count";
        string[][] lines = [.. Enumerable.Range(0, Rounds + 1).Select(_ => Run(PinnedPowerShell.CreateStart("-Command", Code)).Trim().Split(' '))];
        double[] milliseconds = [.. lines.Skip(1).Select(line => double.Parse(line[0], CultureInfo.InvariantCulture)).Order()];
        Console.WriteLine(FormattableString.Invariant(
            $"import in a fresh session, warm: median {milliseconds[Rounds / 2]:F0} ms of {Rounds} (goal {GoalImportMilliseconds} ms); assemblies for pictures that it loads: {lines[^1][1]}"));
    }

    private static void MeasurePackage()
    {
        string output = Directory.CreateTempSubdirectory("GmmTools-package-").FullName + Path.DirectorySeparatorChar;
        try
        {
            string printed = Run(new ProcessStartInfo("dotnet", ["msbuild", "src/GmmTools", "-t:Package", "-p:NoBuild=true", "-p:PackageOutput=" + output, "-nologo", "-v:m"]));
            foreach (string line in printed.Split('\n').Where(line => line.Contains(" MB", StringComparison.Ordinal)))
            {
                Console.WriteLine(line.Trim().Replace(output, string.Empty, StringComparison.Ordinal));
            }

            long bytes = Directory.EnumerateFiles(Path.Combine(output, "GmmTools"), "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
            Console.WriteLine(FormattableString.Invariant($"unpacked: {bytes / 1e6:F1} MB"));
        }
        finally
        {
            Directory.Delete(output, true);
        }
    }

    private static string Run(ProcessStartInfo start)
    {
        start.WorkingDirectory = RepositoryFiles.Root;
        start.RedirectStandardOutput = true;
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
