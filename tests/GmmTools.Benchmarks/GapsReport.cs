using System;
using System.Diagnostics;
using System.Globalization;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Gaps;
using GmmTools.Observations.Intake;

namespace GmmTools.Benchmarks;

/// <summary>What gaps cost: an EM iteration over rows with missing cells against the same rows complete. And a histogram of a billion events.</summary>
internal static class GapsReport
{
    private const double Share = 0.1;
    private const int Repetitions = 3;
    private const int WarmUpMilliseconds = 700;

    private static readonly PeerCase[] Cases =
    [
        new("1k", 1_000, 8, 4, CovarianceModel.VVV, 4),
        new("10k", 10_000, 8, 4, CovarianceModel.VVV, 4),
        new("100k", 100_000, 8, 4, CovarianceModel.VVV, 4),
        new("100k", 100_000, 8, 16, CovarianceModel.VVV, 4),
        new("1M", 1_000_000, 8, 16, CovarianceModel.VVV, 4),
        new("1M", 1_000_000, 8, 16, CovarianceModel.VVI, 4),
        new("wide", 20_000, 32, 4, CovarianceModel.VVV, 4),
    ];

    public static void Run(string[] arguments)
    {
        Console.WriteLine(FormattableString.Invariant($"{Share:P0} of the cells missing at random; milliseconds of an EM iteration, median of runs; goal: 4 x complete"));
        Console.WriteLine($"{"case",-30} {"patterns",8} {"threads",7} {"complete",9} {"gaps",9} {"ratio",6} {"bytes",6}");
        foreach (PeerCase problem in Cases)
        {
            double[,] matrix = problem.DrawMatrix();
            InMemoryObservations complete = InMemoryObservations.FromMatrix(matrix);
            PartialObservations partial = Punch(matrix);
            foreach (int threads in (int[])[1, 2])
            {
                Report(problem, complete, partial, threads);
            }
        }

        ReportHistogram();
    }

    private static void Report(PeerCase problem, InMemoryObservations complete, PartialObservations partial, int threads)
    {
        WarmUp(problem, partial, threads);
        double[] whole = new double[Repetitions];
        double[] gaps = new double[Repetitions];
        long bytes = 0;
        for (int i = 0; i < Repetitions; i++)
        {
            (whole[i], _) = IterationReport.Measure(problem, complete, threads);
            (gaps[i], bytes) = IterationReport.Measure(problem, partial, threads);
        }

        Array.Sort(whole);
        Array.Sort(gaps);
        double fast = whole[Repetitions / 2];
        double slow = gaps[Repetitions / 2];
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture, "{0,-30} {1,8} {2,7} {3,9:F3} {4,9:F3} {5,6:F2} {6,6}", problem, partial.PatternCount, threads, fast, slow, slow / fast, bytes));
    }

    /// <summary>The linear algebra of the patterns is compiled in stages, the last some tenths of a second after the first call.</summary>
    private static void WarmUp(PeerCase problem, IObservations rows, int threads)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (watch.ElapsedMilliseconds < WarmUpMilliseconds)
        {
            IterationReport.Measure(problem, rows, threads);
        }
    }

    private static PartialObservations Punch(double[,] matrix)
    {
        SplitMix64 random = new(5);
        RowCollector collector = new(MixtureValidation.DefaultNames(matrix.GetLength(1)), policy: MissingValuePolicy.Marginalize);
        double[] row = new double[matrix.GetLength(1)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = random.NextDouble() < Share ? double.NaN : matrix[i, j];
            }

            collector.Add(row);
        }

        return (PartialObservations)collector.Build();
    }

    /// <summary>Two normal distributions, a billion events in 400 bins.</summary>
    private static void ReportHistogram()
    {
        const int Bins = 400;
        const double Events = 1e9;
        ObservationsBuilder builder = new(["x"], weighted: true);
        for (int bin = 0; bin < Bins; bin++)
        {
            double x = -6 + (18 * (bin + 0.5) / Bins);
            double density = (0.7 * Math.Exp(-0.5 * x * x)) + (0.3 / 2 * Math.Exp(-0.125 * (x - 5) * (x - 5)));
            builder.Add([x], Math.Round(Events * 18 / Bins * density / Math.Sqrt(2 * Math.PI)));
        }

        InMemoryObservations histogram = builder.Build();
        EmFit fit = null!;
        double[] times = new double[7];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            fit = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(histogram);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        GaussianComponent first = fit.Mixture.Components[0];
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "histogram: {0:N0} events in {1} bins of weight > 0, default fit of K = 2: {2:F1} ms (median of {3}); component 1: weight {4:F4}, mean {5:F4}, sd {6:F4} (truth 0.7, 0, 1)",
            fit.TotalWeight, histogram.Count, times[times.Length / 2], times.Length, first.Weight, first.Mean[0], first.StandardDeviation[0]));
    }
}
