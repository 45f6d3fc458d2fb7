using System;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks.Recovery;

/// <summary>Mixtures with a component of few rows among many: how often does a default fit end as high as EM from the truth?</summary>
internal static class SmallComponents
{
    private static readonly double[] Weights = [0.4, 0.3, 0.2, 0.096, 0.004];

    /// <summary>Prints the share for five components of which one has 0.4 % of 100 000 rows, and for eight of random weights.</summary>
    public static void Report(int seeds)
    {
        Print("0.4 %, d = 2", seeds, 100_000, seed => Draw(5, 2, seed, Weights));
        Print("0.4 %, d = 8", seeds, 100_000, seed => Draw(5, 8, seed, Weights));
        Print("K = 8, d = 8", seeds, 50_000, seed => Draw(8, 8, seed, null));
    }

    /// <summary>A mixture drawn at random, with weights that are given or not.</summary>
    public static GaussianMixture Draw(int componentCount, int dimension, ulong seed, double[]? weights)
    {
        GaussianMixture drawn = RandomMixture.Draw(componentCount, dimension, 10, seed);
        return weights is null ? drawn : GaussianMixture.Create(
            weights,
            [.. drawn.Components.Select(component => component.Mean.ToArray())],
            [.. drawn.Components.Select(component => (double[,])component.Covariance.Clone())]);
    }

    private static void Print(string name, int seeds, int rowCount, Func<ulong, GaussianMixture> draw)
    {
        int reached = 0;
        double worst = 0;
        double fromTruth = 0;
        double fitted = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            GaussianMixture truth = draw((ulong)seed);
            InMemoryObservations rows = InMemoryObservations.FromMatrix(new MixtureSampler(truth, (ulong)(1000 + seed)).DrawMatrix(rowCount));
            fromTruth += LargeRecoveryReport.Time(() => Fit(rows, new EmOptions { ComponentCount = truth.ComponentCount, InitialMixture = truth }), out EmFit reference);
            fitted += LargeRecoveryReport.Time(() => Fit(rows, new EmOptions { ComponentCount = truth.ComponentCount, Seed = (ulong)seed }), out EmFit fit);
            double gap = reference.LogLikelihood - fit.LogLikelihood;
            worst = Math.Max(worst, gap);
            reached += gap <= LargeRecoveryReport.ToleranceShare * Math.Abs(reference.LogLikelihood) ? 1 : 0;
        }

        Console.WriteLine($"{name,-16} {rowCount,7} rows: reached {reached}/{seeds}, worst gap {worst:F1}; truth {fromTruth / seeds:F2} s, fit {fitted / seeds:F2} s");
    }

    private static EmFit Fit(InMemoryObservations rows, EmOptions options) => new EmEstimator(options).Fit(rows);
}
