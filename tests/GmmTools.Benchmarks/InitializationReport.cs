using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using GmmTools.Benchmarks.Peers;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Observations;

namespace GmmTools.Benchmarks;

/// <summary>
/// What the default search for a start costs, in EM iterations over all rows, and where the fits end from many seeds, compared with
/// where EM from the true mixture ends. An iteration is timed beside every search, so that a busy machine slows both.
/// </summary>
internal static class InitializationReport
{
    private const int DefaultSeeds = 50;

    /// <summary>A fit that ends lower by more, relative to the log-likelihood, has lost something.</summary>
    private const double Agreement = 1e-6;

    /// <summary>Cases, number of seeds, and whether every seed gets a line.</summary>
    public static void Run(string[] arguments)
    {
        bool each = arguments.Contains("--each");
        string[] rest = [.. arguments.Where(argument => argument != "--each")];
        string names = rest.Length > 0 ? rest[0] : "d";
        int seeds = rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : DefaultSeeds;
        Console.WriteLine(
            $"{"case",-27} {"seeds",5} {"start ms",9} {"iteration",9} {"starts/it",9} {"10 %..90 %",11} {"iterations",10} {"from truth",18} {"least",10} {"most",10} {"lower",5}");
        foreach (PeerCase problem in PeerCase.All.Where(problem => names.Contains(problem.Name, StringComparison.Ordinal)))
        {
            Report(problem, seeds, each);
        }

        Console.WriteLine("medians; least, most: log-likelihood less that of EM from the true mixture, relative; lower: fits that end lower by more than 1e-6.");
    }

    private static void Report(PeerCase problem, int seeds, bool each)
    {
        InMemoryObservations rows = InMemoryObservations.FromMatrix(problem.DrawMatrix());
        double truth = new EmEstimator(Options(problem, 0, true)).Fit(rows).LogLikelihood;
        List<Search> searches = [];

        // the first search is compiled as it goes, and does not count
        for (int seed = 0; seed <= seeds; seed++)
        {
            Search search = Measure(problem, rows, (ulong)seed, truth);
            if (seed > 0)
            {
                searches.Add(search);
            }

            if (each && seed > 0)
            {
                Print(problem, [search], truth);
            }
        }

        Print(problem, searches, truth);
    }

    private static void Print(PeerCase problem, List<Search> searches, double truth)
    {
        double[] costs = [.. searches.Select(search => search.Cost).Order()];
        string spread = string.Create(CultureInfo.InvariantCulture, $"{costs[costs.Length / 10]:F1}..{costs[costs.Length * 9 / 10]:F1}");
        Console.WriteLine(string.Format(
            CultureInfo.InvariantCulture,
            "{0,-27} {1,5} {2,9:F1} {3,9:F3} {4,9:F1} {5,11} {6,10} {7,18:F3} {8,10:E1} {9,10:E1} {10,5}",
            problem,
            searches.Count,
            Medians.Of(searches.Select(search => search.Milliseconds)),
            Medians.Of(searches.Select(search => search.Iteration)),
            Medians.Of(costs),
            spread,
            Medians.Of(searches.Select(search => (double)search.Fit.IterationCount)),
            truth,
            searches.Min(search => search.Gain),
            searches.Max(search => search.Gain),
            searches.Count(search => search.Gain < -Agreement)));
    }

    private static Search Measure(PeerCase problem, InMemoryObservations rows, ulong seed, double truth)
    {
        (double before, _) = IterationReport.Measure(problem, rows, Environment.ProcessorCount);
        long begin = Stopwatch.GetTimestamp();
        double milliseconds = double.NaN;
        EmFit fit = new EmEstimator(Options(problem, seed, false), progress =>
        {
            if (progress.IsRefining && double.IsNaN(milliseconds))
            {
                milliseconds = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            }
        }).Fit(rows);
        (double after, _) = IterationReport.Measure(problem, rows, Environment.ProcessorCount);
        double iteration = (before + after) / 2;

        // the first report comes after one pass over all rows
        return new Search(milliseconds - iteration, iteration, (fit.LogLikelihood - truth) / Math.Abs(truth), fit);
    }

    private static EmOptions Options(PeerCase problem, ulong seed, bool fromTruth) => new()
    {
        ComponentCount = problem.ComponentCount,
        CovarianceModel = problem.Model,
        Seed = seed,
        InitialMixture = fromTruth ? problem.Truth : null,
    };

    /// <summary>One search, an iteration beside it, and how much higher than EM from the truth its fit ended.</summary>
    private sealed record Search(double Milliseconds, double Iteration, double Gain, EmFit Fit)
    {
        public double Cost => Milliseconds / Iteration;
    }
}
