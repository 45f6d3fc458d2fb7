using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using GmmTools.Benchmarks.Recovery;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>
/// The notebook's random problem, again and again: how often does a default fit end at least as high as EM started from the
/// true parameters, less 1e-6 per row? scikit-learn's share of the same problems stands beside it where it is installed.
/// </summary>
internal static class RecoveryReport
{
    private const int RowCount = 10_000;
    private const double TolerancePerRow = 1e-6;

    /// <summary>A weight below this is the collapse that the notebook's own fit ended in.</summary>
    private const double CollapsedWeight = 1e-6;

    public static void Run(string[] arguments)
    {
        if (arguments.Contains("--large"))
        {
            LargeRecoveryReport.Run(arguments);
            return;
        }

        int seeds = arguments.Length > 0 && arguments[0] != "--misses" ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 200;
        bool misses = arguments.Contains("--misses");
        using PeerProcess? peer = PeerProcess.TryStart("sklearn", "sklearn_recovery.py");
        Console.WriteLine($"Share of fits within {TolerancePerRow:G1} per row of EM from the true parameters; N = {RowCount}");
        Console.WriteLine($"{"d",2} {"K",2} {"fits",5} {"GmmTools",9} {"scikit-learn",13} {"least weight",13} {"collapsed",10} {"s per fit",10}");
        foreach (int dimension in new[] { 1, 2 })
        {
            foreach (int componentCount in new[] { 2, 3, 5 })
            {
                Report(dimension, componentCount, seeds, misses, peer);
            }
        }
    }

    private static void Report(int dimension, int componentCount, int seeds, bool misses, PeerProcess? peer)
    {
        int recovered = 0;
        int peerRecovered = 0;
        int collapsed = 0;
        double minWeight = 1;
        double seconds = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            GaussianMixture truth = RandomMixture.Draw(componentCount, dimension, 10, (ulong)seed);
            double[,] matrix = new MixtureSampler(truth, (ulong)(1000 + seed)).DrawMatrix(RowCount);
            InMemoryObservations rows = InMemoryObservations.FromMatrix(matrix);
            EmFit reference = new EmEstimator(new EmOptions { ComponentCount = componentCount, InitialMixture = truth }).Fit(rows);
            Stopwatch watch = Stopwatch.StartNew();
            EmFit fit = new EmEstimator(new EmOptions { ComponentCount = componentCount, Seed = (ulong)seed }).Fit(rows);
            seconds += watch.Elapsed.TotalSeconds;
            double goal = reference.LogLikelihood - (TolerancePerRow * RowCount);
            recovered += fit.LogLikelihood >= goal ? 1 : 0;
            collapsed += fit.Mixture.Components.Any(component => component.Weight < CollapsedWeight) ? 1 : 0;
            minWeight = Math.Min(minWeight, fit.Mixture.Components[^1].Weight);
            peerRecovered += peer is not null && AskPeer(peer, matrix, componentCount, seed) >= goal ? 1 : 0;
            if (misses && fit.LogLikelihood < goal)
            {
                Console.WriteLine($"   seed {seed}: from truth {reference.LogLikelihood:F3}, fit {fit.LogLikelihood:F3}");
            }
        }

        string share = peer is null ? "not found" : ((double)peerRecovered / seeds).ToString("P1", CultureInfo.InvariantCulture);
        Console.WriteLine($"{dimension,2} {componentCount,2} {seeds,5} {(double)recovered / seeds,9:P1} {share,13} {minWeight,13:G3} {collapsed,10} {seconds / seeds,10:F3}");
    }

    private static double AskPeer(PeerProcess peer, double[,] matrix, int componentCount, int seed)
    {
        string file = Path.Combine(peer.Folder, "rows.bin");
        File.WriteAllBytes(file, MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref matrix[0, 0], matrix.Length)).ToArray());
        string answer = peer.Ask(FormattableString.Invariant($"{file} {componentCount} {matrix.GetLength(1)} {seed}"));
        return double.Parse(answer, CultureInfo.InvariantCulture);
    }
}
