using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Observations;

namespace GmmTools.Benchmarks;

/// <summary>What the default search for a start costs, in EM iterations over all rows, and where the fit ends from several seeds.</summary>
internal static class InitializationReport
{
    public static void Run(string[] arguments)
    {
        string names = arguments.Length > 0 ? arguments[0] : "d";
        int seeds = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 3;
        Console.WriteLine($"{"case",-28} {"seed",5} {"start ms",9} {"iteration",10} {"starts/it",9} {"iterations",10} {"logL",18} {"from truth",18}");
        foreach (PeerCase problem in PeerCase.All.Where(problem => names.Contains(problem.Name, StringComparison.Ordinal)))
        {
            InMemoryObservations rows = InMemoryObservations.FromMatrix(problem.DrawMatrix());
            (double iteration, _) = IterationReport.Measure(problem, rows, Environment.ProcessorCount);
            EmFit reference = new EmEstimator(Options(problem, 0, true)).Fit(rows);
            for (int seed = 1; seed <= seeds; seed++)
            {
                Report(problem, rows, iteration, seed, reference.LogLikelihood);
            }
        }
    }

    private static void Report(PeerCase problem, InMemoryObservations rows, double iteration, int seed, double reference)
    {
        long begin = Stopwatch.GetTimestamp();
        double start = double.NaN;
        EmEstimator estimator = new(Options(problem, (ulong)seed, false), progress =>
        {
            if (progress.IsRefining && double.IsNaN(start))
            {
                // the first report comes after one pass over all rows
                start = Stopwatch.GetElapsedTime(begin).TotalMilliseconds - iteration;
            }
        });
        EmFit fit = estimator.Fit(rows);
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "{0,-28} {1,5} {2,9:F1} {3,10:F3} {4,9:F1} {5,10} {6,18:F3} {7,18:F3}",
            problem,
            seed,
            start,
            iteration,
            start / iteration,
            fit.IterationCount,
            fit.LogLikelihood,
            reference));
    }

    private static EmOptions Options(PeerCase problem, ulong seed, bool fromTruth) => new()
    {
        ComponentCount = problem.ComponentCount,
        CovarianceModel = problem.Model,
        Seed = seed,
        InitialMixture = fromTruth ? problem.Truth : null,
    };
}
