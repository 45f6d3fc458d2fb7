using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Benchmarks.Drift;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Inference.Watching;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>How many rows come between two false alarms of Watch-MixtureFit, and how many until a change is found, beside CUSUMs of the columns.</summary>
internal static class WatchReport
{
    private const int DefaultRuns = 200;
    private const double Interval = 10_000;
    private const int Before = 200;
    private const int MostRows = 20_000;

    private static readonly double[] Intervals = [1000, Interval];

    public static void Run(string[] arguments)
    {
        int runs = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultRuns;
        Console.WriteLine($"rows to a false alarm where the baseline is known, mean of {runs} runs; in brackets a standard error");
        Console.WriteLine($"{"baseline",-28}{"at least",10}{"mean",16}");
        Dictionary<string, double> lengths = [];
        foreach ((string name, GaussianMixture mixture) in DriftReport.Baselines)
        {
            foreach (double interval in Intervals)
            {
                double[] run = Runs(runs, i => Length(Watch(mixture, interval), mixture, i, int.MaxValue));
                lengths[name] = run.Average();
                Console.WriteLine(FormattableString.Invariant($"{name,-28}{interval,10}{Mean(run),16}"));
            }
        }

        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant($"rows to a false alarm where the baseline was fitted: mean of {runs / 2} fits, each run no longer than five times the interval"));
        Console.WriteLine($"{"baseline",-28}{"fitted",8}{"per parameter",15}{"at least",10}{"taken as fitted",17}{"taken as known",17}");
        foreach ((string name, GaussianMixture mixture) in DriftReport.Baselines)
        {
            foreach (int fitted in new[] { 100, 500, 5000 })
            {
                foreach (double interval in Intervals)
                {
                    string[] means = [.. new[] { fitted, double.PositiveInfinity }.Select(count => Mean(Runs(runs / 2, i =>
                        Length(Watch(Fit(mixture, fitted, i), interval, count), mixture, i, (int)(5 * interval)))))];
                    Console.WriteLine(FormattableString.Invariant(
                        $"{name,-28}{fitted,8}{(double)fitted / mixture.ParameterCount,15:F0}{interval,10}{means[0],17}{means[1],17}"));
                }
            }
        }

        Console.WriteLine();
        Console.WriteLine(FormattableString.Invariant($"rows from a change to the alarm, mean of {runs} runs, {Before} rows of the baseline before it; the second column has fits of 1000 rows for the baseline; the CUSUMs of the columns have the same mean number of rows to a false alarm"));
        Console.WriteLine($"{"baseline",-28}{"change",-34}{"watch",13}{"fit of 1000",13}{"CUSUM",14}");
        foreach ((string name, GaussianMixture mixture) in DriftReport.Baselines)
        {
            double threshold = Tune(mixture, lengths[name], runs);
            foreach ((string change, GaussianMixture changed) in Changes(mixture))
            {
                double[] own = Delays(runs, mixture, changed, _ => Watch(mixture, Interval));
                double[] peer = Delays(runs, mixture, changed, _ => Chart(mixture, threshold));
                double[] ofFits = Delays(runs, mixture, changed, run => Watch(Fit(mixture, 1000, run), Interval, 1000));
                Console.WriteLine($"{name,-28}{change,-34}{Text(own),13}{Text(ofFits),13}{Text(peer),14}");
            }
        }
    }

    private static IEnumerable<(string Name, GaussianMixture Mixture)> Changes(GaussianMixture of)
    {
        foreach (double shift in new[] { 0.25, 0.5, 1 })
        {
            yield return (FormattableString.Invariant($"column 1 of component 1, {shift} sd"), DriftReport.Shift(of, shift));
        }

        int last = of.ComponentCount - 1;
        double weight = of.Components[last].Weight;
        if (last > 0)
        {
            yield return (FormattableString.Invariant($"weight {weight} doubled"), GaussianMixture.Create(
                [.. of.Components.Select((c, k) => k == last ? 2 * weight : c.Weight * (1 - (2 * weight)) / (1 - weight))],
                [.. of.Components.Select(c => c.Mean)],
                [.. of.Components.Select(c => c.Covariance)]));
        }

        // a cluster of its own, eight deviations from the first component, above and below in turn so that means change little
        GaussianComponent first = of.Components[0];
        double[] away = [.. first.Mean.Select((mean, j) => mean + ((j % 2 == 0 ? 8 : -8) * first.StandardDeviation[j]))];
        yield return ("5 % of the rows elsewhere", GaussianMixture.Create(
            [.. of.Components.Select(c => 0.95 * c.Weight), 0.05], [.. of.Components.Select(c => c.Mean), away], [.. of.Components.Select(c => c.Covariance), first.Covariance]));
    }

    private static Func<double[], bool> Watch(GaussianMixture baseline, double interval, double count = double.PositiveInfinity)
    {
        MixtureWatch watch = new(baseline, new WatchOptions { FalseAlarmInterval = interval, BaselineCount = count });
        return row => watch.Take(row) is not null;
    }

    private static Func<double[], bool> Chart(GaussianMixture baseline, double threshold)
    {
        ColumnCusum chart = new(baseline);
        return row => chart.Take(row) >= threshold;
    }

    private static double[] Runs(int count, Func<int, double> run) => [.. ParallelEnumerable.Range(0, count).AsOrdered().Select(run)];

    private static double Length(Func<double[], bool> alarms, GaussianMixture truth, int run, int most)
    {
        int length = 0;
        foreach (double[] row in Rows(truth, (ulong)(1_000_000 + run)))
        {
            if (++length == most || alarms(row))
            {
                break;
            }
        }

        return length;
    }

    /// <summary>Runs with a false alarm before the change are not counted.</summary>
    private static double[] Delays(int runs, GaussianMixture baseline, GaussianMixture changed, Func<int, Func<double[], bool>> create) =>
        [.. Runs(runs, run =>
        {
            Func<double[], bool> alarms = create(run);
            return Rows(baseline, (ulong)(2_000_000 + run)).Take(Before).Any(alarms) ? double.NaN
                : 1 + Rows(changed, (ulong)(3_000_000 + run)).Take(MostRows - 1).TakeWhile(row => !alarms(row)).Count();
        }).Where(delay => !double.IsNaN(delay))];

    private static IEnumerable<double[]> Rows(GaussianMixture mixture, ulong seed)
    {
        const int AtOnce = 64;
        MixtureSampler sampler = new(mixture, seed);
        int d = mixture.Dimension;
        double[] drawn = new double[AtOnce * d];
        double[] row = new double[d];
        for (long first = 0; ; first += AtOnce)
        {
            sampler.Draw(first, AtOnce, drawn, null);
            for (int i = 0; i < AtOnce; i++)
            {
                Array.Copy(drawn, i * d, row, 0, d);
                yield return row;
            }
        }
    }

    /// <summary>The threshold at which the charts have a mean run length, by halving.</summary>
    private static double Tune(GaussianMixture baseline, double length, int runs)
    {
        (double low, double high) = (1.0, 100.0);
        for (int step = 0; step < 10; step++)
        {
            double middle = (low + high) / 2;

            // no run needs to be much longer than the mean that is looked for
            double mean = Runs(runs, i => Length(Chart(baseline, middle), baseline, i, (int)(5 * length))).Average();
            (low, high) = mean < length ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    private static GaussianMixture Fit(GaussianMixture truth, int rows, int number) => new EmEstimator(new EmOptions { ComponentCount = truth.ComponentCount, ThreadCount = 1 })
        .Fit(InMemoryObservations.FromMatrix(new MixtureSampler(truth, (ulong)(4_000_000 + number)).DrawMatrix(rows)), CancellationToken.None).Mixture;

    private static double Error(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1.0) / values.Length);
    }

    private static string Text(double[] delays) => delays.Any(delay => delay >= MostRows)
        ? FormattableString.Invariant($"over {delays.Average():F0}")
        : Mean(delays);

    private static string Mean(double[] values) => FormattableString.Invariant($"{values.Average():F0} ({Error(values):F0})");
}
