using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Benchmarks.Drift;
using GmmTools.Inference.Drift;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;
using GmmTools.Scoring;

namespace GmmTools.Benchmarks;

/// <summary>How often windows of the baseline itself fail the test of Test-MixtureFit, and how often shifted ones do, beside other tests.</summary>
internal static class DriftReport
{
    private const int DefaultWindows = 2000;
    private const int PowerWindows = 200;
    private const int EnergyRows = 500;

    private static readonly int[] Sizes = [50, 500, 5000];
    private static readonly double[] Rates = [0.01, 0.05];

    internal static readonly (string Name, GaussianMixture Mixture)[] Baselines =
    [
        ("one normal, d = 1", GaussianMixture.Create([1.0], [[10.0]], [Diagonal(4)])),
        ("two normals, d = 2", GaussianMixture.Create([0.65, 0.35], [[80.0, 4.3], [54.5, 2.0]], [Diagonal(36, 0.17), Diagonal(34, 0.07)])),
        ("three that overlap, d = 3", GaussianMixture.Create(
            [0.5, 0.3, 0.2], [[0.0, 0, 0], [2.0, 1, 0], [0.0, 3, 2]], [Diagonal(1, 1, 1), Diagonal(1, 2, 0.5), Diagonal(2, 1, 1)])),
    ];

    public static void Run(string[] arguments)
    {
        int windows = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultWindows;
        Console.WriteLine($"windows of the baseline itself that fail, of {windows}; in brackets three standard errors");
        Console.WriteLine($"{"baseline",-28}{"rows",6}{"at 1 %",18}{"at 5 %",18}");
        foreach ((string name, GaussianMixture mixture) in Baselines)
        {
            foreach (int size in Sizes)
            {
                double[] pValues = PValues(mixture, mixture, size, windows, new FitTestOptions { FalseAlarmRate = 0.05 });
                Console.WriteLine($"{name,-28}{size,6}{string.Concat(Rates.Select(rate => Share(pValues, rate, windows)))}");
            }
        }

        Console.WriteLine();
        Console.WriteLine($"windows of a baseline that was fitted: of {windows / 10} fits, those that fail at 5 %");
        Console.WriteLine($"{"baseline",-28}{"fitted",8}{"rows",6}{"at 5 %",18}");
        foreach ((string name, GaussianMixture mixture) in Baselines)
        {
            foreach ((int fitted, int size) in new[] { (100, 100), (100, 1000), (500, 500), (500, 5000), (5000, 500) })
            {
                Console.WriteLine($"{name,-28}{fitted,8}{size,6}{Share(OfFittedBaselines(mixture, fitted, size, windows / 10), 0.05, windows / 10)}");
            }
        }

        Console.WriteLine();
        Console.WriteLine($"power at 5 %, of {PowerWindows} windows: one column of the first component shifted, in its standard deviations");
        Console.WriteLine($"{"baseline",-28}{"rows",6}{"shift",7}{"this test",11}{"Kolmogorov-Smirnov",20}{"energy",8}");
        foreach ((string name, GaussianMixture mixture) in Baselines)
        {
            foreach ((int size, double shift) in from size in Sizes from shift in new[] { 0.25, 0.5 } select (size, shift))
            {
                Console.WriteLine($"{name,-28}{size,6}{shift,7}{Power(mixture, size, shift)}");
            }
        }
    }

    private static string Share(double[] pValues, double rate, int windows)
    {
        double error = 3 * Math.Sqrt(rate * (1 - rate) / windows);
        return FormattableString.Invariant($"{100.0 * pValues.Count(p => p <= rate) / windows,9:F2} (±{100 * error:F2})");
    }

    private static double[] PValues(GaussianMixture baseline, GaussianMixture truth, int size, int windows, FitTestOptions options)
    {
        MixtureFitTest test = new(baseline, options);
        return [.. Enumerable.Range(0, windows).Select(i =>
            test.Test(InMemoryObservations.FromMatrix(Window(truth, size, i)), CancellationToken.None).PValue)];
    }

    private static double[,] Window(GaussianMixture truth, int size, int number) => new MixtureSampler(truth, (ulong)(1_000_000 + number)).DrawMatrix(size);

    private static double[] OfFittedBaselines(GaussianMixture truth, int fitted, int size, int fits) => [.. Enumerable.Range(0, fits).Select(i =>
    {
        InMemoryObservations rows = InMemoryObservations.FromMatrix(new MixtureSampler(truth, (ulong)(2_000_000 + i)).DrawMatrix(fitted));
        Estimation.EmFit fit = new Estimation.Fitting.EmEstimator(new Estimation.EmOptions { ComponentCount = truth.ComponentCount }).Fit(rows, CancellationToken.None);
        return PValues(fit.Mixture, truth, size, 1, new FitTestOptions { FalseAlarmRate = 0.05, ReplicateCount = 199, BaselineCount = fitted })[0];
    })];

    private static string Power(GaussianMixture baseline, int size, double shift)
    {
        GaussianMixture shifted = Shift(baseline, shift);
        double[] own = PValues(baseline, shifted, size, PowerWindows, new FitTestOptions { FalseAlarmRate = 0.05 });
        UnivariateMixture[] marginals = [.. Enumerable.Range(0, baseline.Dimension).Select(j => new UnivariateMixture(baseline.Marginal([j])))];
        double[] ks = [.. Enumerable.Range(0, PowerWindows).Select(i => DriftPeers.KolmogorovSmirnov(marginals, Window(shifted, size, i)))];
        string energy = size > EnergyRows ? "-" : Percent(Enumerable.Range(0, PowerWindows).Select(i => DriftPeers.Energy(
            baseline, new MixtureSampler(baseline, (ulong)(3_000_000 + i)).DrawMatrix(EnergyRows), Window(shifted, size, i), (ulong)i)));
        return $"{Percent(own),11}{Percent(ks),20}{energy,8}";
    }

    private static string Percent(IEnumerable<double> pValues) =>
        FormattableString.Invariant($"{100 * pValues.Average(p => p <= 0.05 ? 1 : 0):F1}");

    internal static GaussianMixture Shift(GaussianMixture baseline, double shift) => GaussianMixture.Create(
        [.. baseline.Components.Select(of => of.Weight)],
        [.. baseline.Components.Select((of, k) => of.Mean.Select((mean, j) => k == 0 && j == 0 ? mean + (shift * of.StandardDeviation[0]) : mean).ToArray())],
        [.. baseline.Components.Select(of => of.Covariance)]);

    private static double[,] Diagonal(params double[] variances)
    {
        double[,] matrix = new double[variances.Length, variances.Length];
        for (int j = 0; j < variances.Length; j++)
        {
            matrix[j, j] = variances[j];
        }

        return matrix;
    }
}
