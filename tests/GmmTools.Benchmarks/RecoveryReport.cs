using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>
/// The notebook's random problem, again and again: how often does a default fit end at least as high as EM started from the
/// true parameters, less 1e-6 per row?
/// </summary>
internal static class RecoveryReport
{
    private const int RowCount = 10_000;

    public static void Run(string[] arguments)
    {
        int seeds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 200;
        Console.WriteLine($"{"d",2} {"K",2} {"fits",5} {"recovered",10} {"least weight",13} {"collapsed",10} {"seconds",8}");
        foreach (int dimension in new[] { 1, 2 })
        {
            foreach (int componentCount in new[] { 2, 3, 5 })
            {
                Report(dimension, componentCount, seeds, arguments.Length > 1);
            }
        }
    }

    private static void Report(int dimension, int componentCount, int seeds, bool verbose)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int recovered = 0;
        int collapsed = 0;
        double leastWeight = 1;
        for (int seed = 1; seed <= seeds; seed++)
        {
            GaussianMixture truth = RandomMixture.Draw(componentCount, dimension, 10, (ulong)seed);
            InMemoryObservations rows = InMemoryObservations.FromMatrix(new MixtureSampler(truth, (ulong)(1000 + seed)).DrawMatrix(RowCount));
            EmFit reference = new EmEstimator(new EmOptions { ComponentCount = componentCount, InitialMixture = truth }).Fit(rows);
            EmFit fit = new EmEstimator(new EmOptions { ComponentCount = componentCount, Seed = (ulong)seed }).Fit(rows);
            bool reached = fit.LogLikelihood >= reference.LogLikelihood - (1e-6 * RowCount);
            recovered += reached ? 1 : 0;
            collapsed += fit.Mixture.Components.Any(component => component.Weight < 1e-6) ? 1 : 0;
            leastWeight = Math.Min(leastWeight, fit.Mixture.Components[^1].Weight);
            if (verbose && !reached)
            {
                Console.WriteLine($"   seed {seed}: truth {reference.LogLikelihood:F3} ({reference.IterationCount}), fit {fit.LogLikelihood:F3} ({fit.IterationCount}, remainder {fit.EstimatedRemainder:G3}), starts at it {fit.Starts.Count(s => s.LogLikelihood > fit.LogLikelihood - 1)}; truth weights {string.Join(" ", truth.Components.Select(c => c.Weight.ToString("F4", CultureInfo.InvariantCulture)))} sd {string.Join(" ", truth.Components.Select(c => c.StandardDeviation[0].ToString("G3", CultureInfo.InvariantCulture)))}");
            }
        }

        Console.WriteLine($"{dimension,2} {componentCount,2} {seeds,5} {(double)recovered / seeds,10:P1} {leastWeight,13:G3} {collapsed,10} {watch.Elapsed.TotalSeconds,8:F1}");
    }
}
