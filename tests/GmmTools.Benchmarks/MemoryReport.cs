using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>Peak resident memory of a child process that builds a table row by row and fits it, over that of an idle one.</summary>
internal static class MemoryReport
{
    private const int RowCount = 1_000_000;
    private const int Dimension = 8;
    private const int ComponentCount = 16;
    private const double MebiBytes = 1024 * 1024;

    public static void Run(string[] arguments)
    {
        if (arguments.Contains("--child"))
        {
            RunChild(arguments.Contains("fit"));
            return;
        }

        double idle = MeasureChild("idle");
        double fit = MeasureChild("fit");
        double data = 8.0 * RowCount * Dimension / MebiBytes;
        Console.WriteLine($"{RowCount} x {Dimension}, K = {ComponentCount}, default fit: peak {fit:F0} MiB; idle runtime {idle:F0} MiB, data {data:F0} MiB, beyond both {fit - idle - data:F0} MiB (goal 64)");
    }

    private static void RunChild(bool fit)
    {
        if (fit)
        {
            GaussianMixture truth = RandomMixture.Draw(ComponentCount, Dimension, 10, 11);
            EmFit result = new EmEstimator(new EmOptions { ComponentCount = ComponentCount, Seed = 1 }).Fit(BuildRows(truth));
            Console.Error.WriteLine(result);
        }

        // the kernel's own count of the highest resident set, in kB
        string line = File.ReadLines("/proc/self/status").First(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        Console.WriteLine(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    private static InMemoryObservations BuildRows(GaussianMixture truth)
    {
        const int Batch = 4096;
        MixtureSampler sampler = new(truth, 1);
        ObservationsBuilder builder = new(truth.Property);
        double[] values = new double[Batch * Dimension];
        double[] row = new double[Dimension];
        for (int first = 0; first < RowCount; first += Batch)
        {
            int count = Math.Min(Batch, RowCount - first);
            sampler.Draw(first, count, values, null);
            for (int i = 0; i < count; i++)
            {
                Array.Copy(values, i * Dimension, row, 0, Dimension);
                builder.Add(row);
            }
        }

        return builder.Build();
    }

    private static double MeasureChild(string mode)
    {
        ProcessStartInfo info = new(Environment.ProcessPath!, [typeof(MemoryReport).Assembly.Location, "memory", "--child", mode])
        {
            RedirectStandardOutput = true,
        };
        using Process child = Process.Start(info)!;
        string answer = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        return double.Parse(answer, CultureInfo.InvariantCulture) * 1024 / MebiBytes;
    }
}
