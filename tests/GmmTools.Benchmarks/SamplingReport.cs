using System;
using System.Diagnostics;
using GmmTools.Mixtures;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>How fast rows are drawn, objects left aside. DOTNET_EnableAVX512=0 shows the plain code beside it.</summary>
internal static class SamplingReport
{
    private const int BatchRows = 4096;
    private const int Batches = 250;

    public static void Run(string[] arguments)
    {
        Console.WriteLine($"{"d",3} {"K",3} {"ns per row",11} {"ns per number",14} {"rows per s",12}");
        foreach ((int dimension, int componentCount) in new[] { (1, 2), (2, 3), (8, 16), (32, 16) })
        {
            MixtureSampler sampler = new(RandomMixture.Draw(componentCount, dimension, 10, 1), 1);
            double[] values = new double[BatchRows * dimension];
            int[] components = new int[BatchRows];
            double best = double.PositiveInfinity;
            for (int repeat = 0; repeat < 5; repeat++)
            {
                long start = Stopwatch.GetTimestamp();
                for (int batch = 0; batch < Batches; batch++)
                {
                    sampler.Draw((long)batch * BatchRows, BatchRows, values, components);
                }

                best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            double perRow = best / (BatchRows * Batches);
            Console.WriteLine($"{dimension,3} {componentCount,3} {perRow * 1e9,11:F1} {perRow * 1e9 / dimension,14:F1} {1 / perRow,12:E2}");
        }
    }
}
