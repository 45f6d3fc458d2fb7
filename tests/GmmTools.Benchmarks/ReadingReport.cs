using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Benchmarks.Peers;
using GmmTools.Connectors;
using GmmTools.Connectors.Csv;
using GmmTools.Connectors.Samples;
using GmmTools.Mixtures;
using GmmTools.Shared;

namespace GmmTools.Benchmarks;

/// <summary>
/// How fast rows come in: CSV and Parquet files beside pandas, and the pipeline of a real PowerShell beside one that goes nowhere.
/// Rounds take turns; medians are shown, of the clock and of the processor's time, which a busy machine disturbs less.
/// </summary>
internal static class ReadingReport
{
    private const int RowCount = 1_000_000;
    private const int FileColumns = 8;
    private const int PipelineColumns = 4;

    public static void Run(string[] arguments)
    {
        int rounds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 5;
        string folder = Directory.CreateTempSubdirectory("gmmtools-reading").FullName;
        try
        {
            Console.WriteLine($"{DateTime.UtcNow:yyyy-MM-dd}, {Machine.ProcessorName}, {Environment.ProcessorCount} processors; medians of {rounds}");
            ReportFiles(folder, rounds);
            ReportPipeline(folder, rounds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void ReportFiles(string folder, int rounds)
    {
        string csv = Path.Combine(folder, "rows.csv");
        string parquet = Path.Combine(folder, "rows.parquet");
        Console.WriteLine($"files of {RowCount} x {FileColumns} numbers of up to 17 digits");
        Console.WriteLine($"{"",-44} {"seconds",8} {"processor",10} {"MB",6}");
        SampleFile sample = new(RandomMixture.Draw(3, FileColumns, 10, 1), 1, null);
        foreach (string path in new[] { csv, parquet })
        {
            Timing written = new("write " + Path.GetExtension(path));
            written.Measure(() => sample.Write(path, RowCount, null, CancellationToken.None));
            written.Print(path);
        }

        Timing pandas = new("pandas.read_csv");
        Timing blocks = new("CSV");
        Timing single = new("CSV, one thread");
        Timing rows = new("CSV, row by row with Sylvan alone");
        Timing columns = new("Parquet");
        for (int round = 0; round <= rounds; round++)
        {
            pandas.Add(RunPandas(csv));
            blocks.Measure(() => Read(csv, new FileReadOptions()));
            single.Measure(() => Read(csv, new FileReadOptions { ThreadCount = 1 }));
            rows.Measure(() => Read(csv, new FileReadOptions { Blocks = new CsvBlockOptions(1, 1, long.MaxValue) }));
            columns.Measure(() => Read(parquet, new FileReadOptions()));
            if (round == 0)
            {
                // the first round compiles
                Array.ForEach([pandas, blocks, single, rows, columns], timing => timing.Clear());
            }
        }

        Array.ForEach([pandas, blocks, single, rows], timing => timing.Print(csv));
        columns.Print(parquet);
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "CSV over pandas {0:F1} times as fast (goal 2), processor {1:F1}; Parquet over CSV {2:F1} times as fast (goal 5), processor {3:F1}",
            pandas.Seconds / blocks.Seconds,
            pandas.Processor / blocks.Processor,
            blocks.Seconds / columns.Seconds,
            blocks.Processor / columns.Processor));
    }

    private static void ReportPipeline(string folder, int rounds)
    {
        string csv = Path.Combine(folder, "pipe.csv");
        new SampleFile(RandomMixture.Draw(3, PipelineColumns, 10, 1), 1, null).Write(csv, RowCount, null, CancellationToken.None);
        Timing[] timings = RunPowerShell(csv, rounds);
        Console.WriteLine($"PowerShell {PinnedPowerShell.Version}, {RowCount} x {PipelineColumns}");
        Array.ForEach(timings, timing => timing.Print(null));
        double cells = (double)RowCount * PipelineColumns;
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "Import-Csv into GmmTools: {0:F2} of Import-Csv | Out-Null (goal 1.25), processor {1:F2}; {2:F0} ns per cell (goal 250), processor {3:F0}",
            timings[1].Seconds / timings[0].Seconds,
            timings[1].Processor / timings[0].Processor,
            (timings[1].Seconds - timings[0].Seconds) / cells * 1e9,
            (timings[1].Processor - timings[0].Processor) / cells * 1e9));
    }

    private static void Read(string path, FileReadOptions options) =>
        FileObservationReader.Read([path], options, null, CancellationToken.None);

    private static (double Seconds, double Processor)? RunPandas(string csv) =>
        RunLines(new ProcessStartInfo(PeerProgram.Python, ["-B", PeerProgram.Script("pandas_reading.py"), csv]))
            .Select(line => line.Split(' '))
            .Select(parts => ((double, double)?)(Parse(parts[0]), Parse(parts[1])))
            .FirstOrDefault();

    private static Timing[] RunPowerShell(string csv, int rounds)
    {
        string module = Path.Combine(RepositoryFiles.Root, "GmmTools.psd1");
        string count = (rounds + 1).ToString(CultureInfo.InvariantCulture);
        Dictionary<string, Timing> timings = [];
        foreach (string[] parts in RunLines(PinnedPowerShell.CreateStart("-File", PeerProgram.Script("pipeline_reading.ps1"), module, csv, count))
            .Select(line => line.Split('\t')))
        {
            if (timings.TryGetValue(parts[0], out Timing? timing))
            {
                timing.Add((Parse(parts[1]), Parse(parts[2])));
            }
            else
            {
                // the first round compiles
                timings.Add(parts[0], new Timing(parts[0]));
            }
        }

        return [.. timings.Values];
    }

    private static double Parse(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string[] RunLines(ProcessStartInfo info)
    {
        try
        {
            info.RedirectStandardOutput = info.RedirectStandardError = true;
            using Process process = Process.Start(info)!;
            process.BeginErrorReadLine();
            string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            process.WaitForExit();
            return process.ExitCode == 0 ? lines : [];
        }
        catch (Win32Exception)
        {
            // not installed
            return [];
        }
    }

    /// <summary>The times of one way to read.</summary>
    private sealed class Timing(string name)
    {
        private readonly List<(double Seconds, double Processor)> _times = [];

        public double Seconds => Medians.Of(_times.Select(time => time.Seconds));

        public double Processor => Medians.Of(_times.Select(time => time.Processor));

        public void Add((double Seconds, double Processor)? time)
        {
            if (time is not null)
            {
                _times.Add(time.Value);
            }
        }

        public void Clear() => _times.Clear();

        public void Measure(Action action)
        {
            GC.Collect();
            TimeSpan used = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            action();
            Add((Stopwatch.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds));
        }

        public void Print(string? path)
        {
            string size = path is null ? string.Empty : (new FileInfo(path).Length / 1e6).ToString("F0", CultureInfo.InvariantCulture);
            Console.WriteLine(_times.Count == 0
                ? $"{name,-44} not installed"
                : string.Format(CultureInfo.InvariantCulture, "{0,-44} {1,8:F3} {2,10:F3} {3,6}", name, Seconds, Processor, size));
        }
    }
}
