using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Inference;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>
/// How often intervals of 95 % cover the truth in simulated sets of rows (first argument: how many sets, 2 000 by default; second: replicates of each, 199),
/// and how long 999 replicates of the diabetes data take, beside MclustBootstrap of mclust where R has it.
/// </summary>
internal static class UncertaintyReport
{
    private const double Separation = 4;
    private const int WarmingRuns = 30;
    private const int Repetitions = 15;

    private static readonly UncertaintyMethod[] Methods =
        [UncertaintyMethod.Bootstrap, UncertaintyMethod.WeightedLikelihood, UncertaintyMethod.Parametric, UncertaintyMethod.Information];

    public static void Run(string[] arguments)
    {
        int sets = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 2000;
        int replicates = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 199;
        Time();
        Console.WriteLine();
        Console.WriteLine($"share of {sets} sets in which intervals of 95 % cover the truth (a standard error of {Math.Sqrt(0.95 * 0.05 / sets):P1}); {replicates} replicates;");
        Console.WriteLine($"weights 0.6 and 0.4, one column, variance 1, centres {Separation} standard deviations apart, model V");
        Console.WriteLine($"{"n",5} {"method",-19} {"weight",8} {"mean 1",8} {"mean 2",8} {"var 1",8} {"var 2",8} {"sets",6} {"collapsed",10}");
        foreach (int count in new[] { 100, 500 })
        {
            foreach (UncertaintyMethod method in Methods)
            {
                Cover(method, UncertaintyInterval.Percentile, count, sets, replicates);
            }

            Cover(UncertaintyMethod.Bootstrap, UncertaintyInterval.BCa, count, sets, replicates);
        }
    }

    /// <summary>Sets are shared by the threads, and each of them is measured by one.</summary>
    private static void Cover(UncertaintyMethod method, UncertaintyInterval interval, int count, int sets, int replicates)
    {
        GaussianMixture truth = GaussianMixture.Create([0.6, 0.4], [[0.0], [Separation]], [new double[,] { { 1 } }, new double[,] { { 1 } }]);
        double[] values = [0.6, 0, Separation, 1, 1];
        int[] covered = new int[values.Length];
        int counted = 0;
        int collapsed = 0;
        object total = new();
        Parallel.For(0, sets, set =>
        {
            InMemoryObservations rows = InMemoryObservations.FromMatrix(new MixtureSampler(truth, (ulong)set + 1).DrawMatrix(count));
            EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, InitialMixture = truth, ThreadCount = 1 }).Fit(rows);
            GmmTools.Inference.UncertaintyReport report;
            try
            {
                report = new MixtureUncertainty(new UncertaintyOptions { Method = method, Interval = interval, ReplicateCount = replicates, Seed = (ulong)set, ThreadCount = 1 })
                    .Measure(fit.Mixture, fit.Options, rows);
            }
            catch (EstimationException)
            {
                return;
            }

            // components of a fit are in the order of their weights, those of the truth in that of their centres
            int first = fit.Mixture.Components[0].Mean[0] < fit.Mixture.Components[1].Mean[0] ? 1 : 2;
            ParameterUncertainty Find(string name, bool ofFirst) => report.Parameters.First(one => one.Parameter == name && (one.Component == first) == ofFirst);
            ParameterUncertainty[] intervals = [Find("Weight", true), Find("Mean", true), Find("Mean", false), Find("Variance", true), Find("Variance", false)];
            lock (total)
            {
                counted++;
                collapsed += report.CollapsedCount;
                for (int i = 0; i < values.Length; i++)
                {
                    covered[i] += intervals[i].Lower <= values[i] && values[i] <= intervals[i].Upper ? 1 : 0;
                }
            }
        });
        string shares = string.Join(' ', covered.Select(one => ((double)one / counted).ToString("P1", CultureInfo.InvariantCulture).PadLeft(8)));
        Console.WriteLine(FormattableString.Invariant($"{count,5} {(interval == UncertaintyInterval.BCa ? "Bootstrap, BCa" : method),-19} {shares} {counted,6} {collapsed,10}"));
    }

    private static void Time()
    {
        string file = Path.Combine(RepositoryFiles.Root, "src", "GmmTools.Core", "Validation", "Data", "diabetes.csv");
        InMemoryObservations rows = Read(file);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 3, Seed = 1 }).Fit(rows);
        Dictionary<string, string> peer = AskPeer(file);
        Console.WriteLine(FormattableString.Invariant($"diabetes, VVV, K = 3, B = 999, {Environment.ProcessorCount} threads, median of {Repetitions}; mclust beside it: seconds of one run, on one thread"));
        Console.WriteLine($"{"method",-19} {"first, s",9} {"s",7} {"mclust",7} {"ratio",6}   standard errors of the weights");
        foreach (UncertaintyMethod method in Methods)
        {
            List<double> seconds = [];
            GmmTools.Inference.UncertaintyReport report = null!;
            for (int run = 0; run < WarmingRuns + Repetitions; run++)
            {
                Stopwatch watch = Stopwatch.StartNew();
                report = new MixtureUncertainty(new UncertaintyOptions { Method = method, Seed = (ulong)run }).Measure(fit.Mixture, fit.Options, rows);
                seconds.Add(watch.Elapsed.TotalSeconds);
            }

            // code is compiled in steps, and the last of them comes after some seconds: what a session gets first and what it gets later
            double median = seconds.Skip(WarmingRuns).Order().ElementAt(Repetitions / 2);
            string errors = string.Join(' ', report.Parameters.Where(one => one.Parameter == "Weight").Select(one => one.StandardError.ToString("F4", CultureInfo.InvariantCulture)));
            string[] other = peer.TryGetValue(method.ToString(), out string? line) ? line.Split(' ') : [];
            double theirs = other.Length > 0 ? double.Parse(other[0], CultureInfo.InvariantCulture) : double.NaN;
            Console.WriteLine(FormattableString.Invariant(
                $"{method,-19} {seconds[0],9:F3} {median,7:F3} {(other.Length > 0 ? theirs.ToString("F3", CultureInfo.InvariantCulture) : string.Empty),7} {(other.Length > 0 ? (theirs / median).ToString("F1", CultureInfo.InvariantCulture) : string.Empty),6}   {errors}{(other.Length > 0 ? "; mclust " + string.Join(' ', other.Skip(1)) : string.Empty)}"));
        }
    }

    private static InMemoryObservations Read(string file)
    {
        ObservationsBuilder builder = new(["glucose", "insulin", "sspg"]);
        foreach (string line in File.ReadLines(file).Skip(1))
        {
            builder.Add([.. line.Split(',').Take(3).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))]);
        }

        return builder.Build();
    }

    /// <summary>Seconds and standard errors of mclust by method; none where R or mclust is not there.</summary>
    private static Dictionary<string, string> AskPeer(string file)
    {
        try
        {
            string output = ChildProcess.Execute(
                "Rscript", RepositoryFiles.Root, Path.Combine("tests", "GmmTools.Benchmarks", "Reference", "mclust_bootstrap.R"), file);
            return output.Split('\n').Select(line => line.Trim().Split(' ', 2)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            Console.WriteLine("mclust is not there");
            return [];
        }
    }
}
