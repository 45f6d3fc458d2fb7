using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading;
using GmmTools.Connectors;
using GmmTools.Connectors.Samples;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;

namespace GmmTools.Benchmarks;

/// <summary>
/// Rows in memory and the same rows beyond a memory limit, each in a process of its own that reads a CSV file and fits it: peak resident
/// memory, time per iteration, and whether the fits are the same.
/// </summary>
internal static class StoreReport
{
    private const int Dimension = 4;
    private const int ComponentCount = 4;
    private const int MegaByte = 1 << 20;
    private const int DefaultRowCount = 5_000_000;
    private const int DefaultLimit = 64;

    public static void Run(string[] arguments)
    {
        if (arguments.Length > 2 && arguments[0] == "--child")
        {
            RunChild(arguments[1], ParseNumber(arguments[2]), ParseNumber(arguments[3]));
            return;
        }

        long rowCount = arguments.Length > 0 ? ParseNumber(arguments[0]) : DefaultRowCount;
        long limit = (arguments.Length > 1 ? ParseNumber(arguments[1]) : DefaultLimit) * MegaByte;
        string folder = Directory.CreateTempSubdirectory("gmmtools-store").FullName;
        try
        {
            string csv = Path.Combine(folder, "rows.csv");
            new SampleFile(Truth(), 1, null).Write(csv, rowCount, null, CancellationToken.None);
            Console.WriteLine(FormattableString.Invariant(
                $"{rowCount} x {Dimension}, K = {ComponentCount}, default fit, {Environment.ProcessorCount} threads; CSV file {new FileInfo(csv).Length / MegaByte} MB, rows {rowCount * Dimension * sizeof(double) / MegaByte} MB, limit {limit / MegaByte} MB"));
            Console.WriteLine($"{"",-10} {"peak MB",8} {"ms/iteration",13} {"read s",8} {"fit s",8} {"iterations",11} {"file MB",8}");
            Outcome memory = Measure("in memory", csv, long.MaxValue, rowCount);
            Outcome mapped = Measure("mapped", csv, limit, rowCount);
            Console.WriteLine(FormattableString.Invariant(
                $"mapped over in memory: {mapped.Milliseconds / memory.Milliseconds:F2} (goal 1.5); fits {(mapped.Digest == memory.Digest ? "are the same to the last bit" : "DIFFER")}; peak goal 1024 MB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static GaussianMixture Truth() => RandomMixture.Draw(ComponentCount, Dimension, 10, 1);

    private static void RunChild(string csv, long limit, long rowCount)
    {
        using RowStorage storage = new(limit);
        long start = Stopwatch.GetTimestamp();
        IObservations rows = FileObservationReader.ReadTable([csv], new FileReadOptions { Storage = storage }, null, CancellationToken.None).Observations;
        double read = Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = ComponentCount, Seed = 1 }).Fit(rows);
        double fitted = Stopwatch.GetElapsedTime(start).TotalSeconds;
        PeerCase problem = new("store", (int)rowCount, Dimension, ComponentCount, CovarianceModel.VVV, 1);
        (double milliseconds, _) = IterationReport.Measure(problem, rows, Environment.ProcessorCount);
        Console.WriteLine(string.Join(' ', [Number(PeakBytes()), Number(milliseconds), Number(read), Number(fitted), Number(fit.IterationCount), Number(storage.FileLength), Digest(fit)]));
    }

    private static Outcome Measure(string name, string csv, long limit, long rowCount)
    {
        string[] arguments = [typeof(StoreReport).Assembly.Location, "store", "--child", csv, Number(limit), Number(rowCount)];
        using Process child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        string answer = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        string[] parts = answer.Split(' ', StringSplitOptions.TrimEntries);
        double[] numbers = [.. parts[..^1].Select(part => double.Parse(part, CultureInfo.InvariantCulture))];
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "{0,-10} {1,8:F0} {2,13:F1} {3,8:F1} {4,8:F1} {5,11} {6,8:F0}",
            name,
            numbers[0] / MegaByte,
            numbers[1],
            numbers[2],
            numbers[3],
            numbers[4],
            numbers[5] / MegaByte));
        return new Outcome(numbers[1], parts[^1]);
    }

    /// <summary>The kernel's own count of the highest resident set.</summary>
    private static double PeakBytes()
    {
        const int Kilobyte = 1024;
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * Kilobyte;
    }

    /// <summary>A digest of all bits of a fit's numbers.</summary>
    private static string Digest(EmFit fit)
    {
        MixtureParameters parameters = fit.Mixture.ToParameters();
        List<double> numbers = [.. parameters.Weights, .. parameters.Means, .. parameters.Covariances, fit.LogLikelihood, fit.Entropy];
        return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<double>(CollectionsMarshal.AsSpan(numbers))));
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static long ParseNumber(string text) =>
        (long)Math.Min(double.Parse(text, CultureInfo.InvariantCulture), long.MaxValue / 2);

    private sealed record Outcome(double Milliseconds, string Digest);
}
