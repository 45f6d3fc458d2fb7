using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Connectors;
using GmmTools.Connectors.Samples;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Benchmarks.Recovery;

/// <summary>
/// Many components: how often does a default fit end at least as high as EM started from the true parameters, less 1e-6 of the
/// log-likelihood, and how many times the processor time of reading the rows and running EM from the truth does it take?
/// </summary>
internal static class LargeRecoveryReport
{
    public const double ToleranceShare = 1e-6;

    /// <summary>Runs <c>recovery --large [--rows n] [--seeds n] [--k 16,32] [--d 2,8] [--kinds random,sizes] [--misses]</c>.</summary>
    public static void Run(string[] arguments)
    {
        Dictionary<string, string> options = Parse(arguments);
        int rows = int.Parse(options.GetValueOrDefault("rows", "100000"), CultureInfo.InvariantCulture);
        int seeds = int.Parse(options.GetValueOrDefault("seeds", "5"), CultureInfo.InvariantCulture);
        if (arguments.Contains("--small"))
        {
            SmallComponents.Report(seeds);
            return;
        }

        if (options.TryGetValue("search", out string? starts))
        {
            SearchAgainstAlone.Report(int.Parse(starts, CultureInfo.InvariantCulture));
            return;
        }

        bool misses = arguments.Contains("--misses");
        Console.WriteLine($"Default fits that end at least as high as EM from the truth, less {ToleranceShare:G1} of the log-likelihood; N = {rows}, {seeds} seeds");
        Console.WriteLine("seconds are of the processor; times: of the fit and reading, over EM from the truth and reading");
        Console.WriteLine($"{"rows from",-12} {"d",2} {"K",3} {"reached",8} {"read",7} {"truth",7} {"fit",7} {"times",6} {"worst gap",10}");
        foreach (string kind in options.GetValueOrDefault("kinds", string.Join(',', LargeMixtures.Kinds)).Split(','))
        {
            foreach (int dimension in Numbers(options.GetValueOrDefault("d", "2,8,32")))
            {
                foreach (int componentCount in Numbers(options.GetValueOrDefault("k", "16,32,64,128")))
                {
                    Report(kind, dimension, componentCount, rows, seeds, misses);
                }
            }
        }
    }

    private static void Report(string kind, int dimension, int componentCount, int rowCount, int seeds, bool misses)
    {
        int reached = 0;
        double worst = 0;
        double reading = 0;
        double fromTruth = 0;
        double fitted = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            GaussianMixture truth = LargeMixtures.Draw(kind, componentCount, dimension, (ulong)seed);
            InMemoryObservations rows = Draw(truth, rowCount, (ulong)(1000 + seed), ref reading);
            fromTruth += Time(() => Fit(rows, new EmOptions { ComponentCount = componentCount, InitialMixture = truth }), out EmFit reference);
            double time = Time(() => Fit(rows, new EmOptions { ComponentCount = componentCount, Seed = (ulong)seed }), out EmFit fit);
            fitted += time;
            double gap = reference.LogLikelihood - fit.LogLikelihood;
            bool missed = gap > ToleranceShare * Math.Abs(reference.LogLikelihood);
            reached += missed ? 0 : 1;
            worst = Math.Max(worst, gap);
            if (misses && missed)
            {
                Console.WriteLine($"   seed {seed}: from truth {reference.LogLikelihood:F1} in {reference.IterationCount}, fit {fit.LogLikelihood:F1} in {fit.IterationCount} iterations, {time:F2} s");
            }
        }

        double times = (fitted + reading) / (fromTruth + reading);
        Console.WriteLine($"{kind,-12} {dimension,2} {componentCount,3} {$"{reached}/{seeds}",8} {reading / seeds,7:F2} {fromTruth / seeds,7:F2} {fitted / seeds,7:F2} {times,6:F1} {worst,10:F1}");
    }

    private static EmFit Fit(InMemoryObservations rows, EmOptions options) => new EmEstimator(options).Fit(rows);

    /// <summary>Processor time: what else the machine does, and how many cores it has, does not count.</summary>
    public static double Time<T>(Func<T> work, out T result)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        result = work();
        return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
    }

    /// <summary>The rows, by way of a CSV file.</summary>
    private static InMemoryObservations Draw(GaussianMixture truth, int rowCount, ulong seed, ref double reading)
    {
        string path = Path.Combine(Path.GetTempPath(), $"recovery-{Environment.ProcessId}.csv");
        try
        {
            new SampleFile(truth, seed, null).Write(path, rowCount, null, CancellationToken.None);
            reading += Time(() => FileObservationReader.Read([path], new FileReadOptions(), null, CancellationToken.None), out InMemoryObservations rows);
            return rows;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static int[] Numbers(string list) => [.. list.Split(',').Select(number => int.Parse(number, CultureInfo.InvariantCulture))];

    private static Dictionary<string, string> Parse(string[] arguments)
    {
        Dictionary<string, string> options = [];
        for (int i = 0; i + 1 < arguments.Length; i++)
        {
            if (arguments[i].StartsWith("--", StringComparison.Ordinal))
            {
                options[arguments[i][2..]] = arguments[i + 1];
            }
        }

        return options;
    }
}
