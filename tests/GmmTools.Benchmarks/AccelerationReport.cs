using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>E-steps to convergence with and without acceleration, from the same start, over a stated list of problems.</summary>
internal static class AccelerationReport
{
    private const int MaxIteration = 50_000;

    public static void Run(string[] arguments)
    {
        int seeds = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 20;
        bool all = arguments.Length > 1;
        Console.WriteLine("E-steps from the same start to a default tolerance; problems where plain EM needs more than 100");
        Console.WriteLine($"{"problem",-28} {"plain",8} {"Anderson",8} {"ratio",7} {"logL difference",16}");
        List<double> ratios = [];
        int lower = 0;
        foreach ((string name, InMemoryObservations rows, GaussianMixture start) in Problems(seeds))
        {
            EmFit plain = Fit(rows, start, AccelerationMethod.None);
            EmFit accelerated = Fit(rows, start, AccelerationMethod.Anderson);
            double difference = accelerated.LogLikelihood - plain.LogLikelihood;
            if (plain.IterationCount > 100)
            {
                ratios.Add((double)plain.IterationCount / accelerated.IterationCount);
            }

            lower += difference < -1e-6 * Math.Abs(plain.LogLikelihood) ? 1 : 0;
            if (all || difference < -1e-6 * Math.Abs(plain.LogLikelihood))
            {
                Console.WriteLine($"{name,-28} {plain.IterationCount,8} {accelerated.IterationCount,8} {(double)plain.IterationCount / accelerated.IterationCount,7:F1} {difference,16:F6}");
            }
        }

        ratios.Sort();
        Console.WriteLine($"{ratios.Count} problems need more than 100; median ratio {ratios[ratios.Count / 2]:F1}, least {ratios[0]:F2}, lower quartile {ratios[ratios.Count / 4]:F1}; {lower} ended lower by more than 1e-6 relative");
    }

    private static EmFit Fit(InMemoryObservations rows, GaussianMixture start, AccelerationMethod method) =>
        new EmEstimator(new EmOptions
        {
            ComponentCount = start.ComponentCount,
            InitialMixture = start,
            Acceleration = method,
            MaxIteration = MaxIteration,
        }).Fit(rows);

    private static IEnumerable<(string Name, InMemoryObservations Rows, GaussianMixture Start)> Problems(int seeds)
    {
        foreach (string name in new[] { "faithful", "iris" })
        {
            InMemoryObservations rows = RepositoryFiles.ReadExample(name);
            foreach (int componentCount in new[] { 2, 3, 4 })
            {
                yield return ($"{name} K={componentCount}", rows, KMeansStart(rows, componentCount, 1));
            }
        }

        foreach (double gap in new[] { 2.0, 1.5 })
        {
            InMemoryObservations rows = Blobs(gap, gap == 2 ? 15_000 : 6_000);
            yield return ($"three blobs, gap {gap}", rows, KMeansStart(rows, 3, 1));
        }

        foreach (int dimension in new[] { 1, 2, 4 })
        {
            foreach (int componentCount in new[] { 2, 3, 5 })
            {
                for (int seed = 1; seed <= seeds; seed++)
                {
                    GaussianMixture truth = RandomMixture.Draw(componentCount, dimension, dimension == 4 ? 3 : 10, (ulong)seed);
                    InMemoryObservations rows = InMemoryObservations.FromMatrix(new MixtureSampler(truth, (ulong)(1000 + seed)).DrawMatrix(2_000));
                    yield return ($"random d={dimension} K={componentCount} seed={seed}", rows, KMeansStart(rows, componentCount, (ulong)seed));
                }
            }
        }
    }

    /// <summary>The mixture after the first iteration from one k-means start.</summary>
    private static GaussianMixture KMeansStart(InMemoryObservations rows, int componentCount, ulong seed) =>
        new EmEstimator(new EmOptions { ComponentCount = componentCount, Seed = seed, RestartCount = 1, MaxIteration = 1 }).Fit(rows).Mixture;

    private static InMemoryObservations Blobs(double gap, int count)
    {
        double[][] means = [.. Enumerable.Range(0, 3).Select(k => new[] { gap * k, gap * (k % 2) })];
        double[][,] covariances = [.. means.Select(_ => new double[,] { { 1, 0 }, { 0, 1 } })];
        GaussianMixture truth = GaussianMixture.Create([1 / 3.0, 1 / 3.0, 1 / 3.0], means, covariances);
        return InMemoryObservations.FromMatrix(new MixtureSampler(truth, 1).DrawMatrix(count));
    }
}
