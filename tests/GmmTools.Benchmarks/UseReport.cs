using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors;
using GmmTools.Connectors.Samples;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Outliers;
using GmmTools.Sampling;
using GmmTools.Scoring;

namespace GmmTools.Benchmarks;

/// <summary>What using a fitted mixture costs and how exact it is: scoring files, rates of false alarms, quantiles.</summary>
internal static class UseReport
{
    private const int RowCount = 1_000_000;
    private const int Runs = 5;

    public static void Run(string[] arguments)
    {
        if (arguments.Length == 0 || arguments[0] == "scoring")
        {
            Scoring();
        }

        if (arguments.Length == 0 || arguments[0] == "rates")
        {
            Rates();
        }

        if (arguments.Length == 0 || arguments[0] == "quantiles")
        {
            Quantiles();
        }
    }

    /// <summary>Scoring rows while they are read, against reading them and one EM iteration in memory.</summary>
    private static void Scoring()
    {
        GaussianMixture mixture = RandomMixture.Draw(16, 8, 10, 1);
        int threads = Environment.ProcessorCount;
        foreach (string extension in new[] { ".csv", ".parquet" })
        {
            string path = Path.Combine(Path.GetTempPath(), "gmmtools-use" + extension);
            try
            {
                new SampleFile(mixture, 1, null).Write(path, RowCount, _ => { }, CancellationToken.None);
                IObservations rows = Read(path, mixture);
                double iteration = Median(() => Iterate(rows, mixture, threads));
                double reading = Median(() => Read(path, mixture));
                double scoring = Median(() => Score(path, mixture, threads));
                Print("{0,-8} {1} rows x 8, K = 16, {2} threads: reading {3:F0} ms, one EM iteration {4:F0} ms, scoring from the file {5:F0} ms: {6:F2} of their sum",
                    extension, RowCount, threads, reading, iteration, scoring, scoring / (reading + iteration));
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    private static IObservations Read(string path, GaussianMixture mixture) => FileObservationReader.ReadTable(
        [path], new FileReadOptions { Property = mixture.Property }, null, CancellationToken.None).Observations;

    private static double Iterate(IObservations rows, GaussianMixture mixture, int threads) =>
        LikelihoodSummary.Measure(mixture, rows, threads, CancellationToken.None).LogLikelihood;

    /// <summary>As the commands do: blocks are scored by tasks while the next are read.</summary>
    private static double Score(string path, GaussianMixture mixture, int threads)
    {
        ConcurrentBag<BlockScorer> free = [];
        using BlockingCollection<Task<double>> queue = new(threads);
        Task reading = Task.Run(() =>
        {
            FileObservationReader.ReadBlocks(
                [path],
                new FileReadOptions { Property = mixture.Property },
                block => queue.Add(Task.Run(() =>
                {
                    BlockScorer scorer = free.TryTake(out BlockScorer? idle) ? idle : new BlockScorer(mixture);
                    double sum = scorer.Score(block).LogDensities.Sum();
                    free.Add(scorer);
                    return sum;
                })),
                null,
                CancellationToken.None);
            queue.CompleteAdding();
        });
        double total = queue.GetConsumingEnumerable().Sum(task => task.GetAwaiter().GetResult());
        reading.GetAwaiter().GetResult();
        return total;
    }

    /// <summary>How often fresh rows of a mixture are alarms.</summary>
    private static void Rates()
    {
        foreach (double rate in new[] { 0.01, 0.001 })
        {
            foreach (int componentCount in new[] { 1, 3 })
            {
                for (int dimension = 1; dimension <= 8; dimension++)
                {
                    GaussianMixture mixture = RandomMixture.Draw(componentCount, dimension, 4, 11);
                    OutlierDetector detector = new(mixture, new OutlierOptions { FalseAlarmRate = rate }, CancellationToken.None);
                    double measured = (double)CountAlarms(detector, mixture) / RowCount;
                    double levelError = detector.Level.StandardError!.Value;
                    double error = Math.Sqrt((rate * (1 - rate) / RowCount) + (levelError * levelError));
                    Print("rate {0}, K = {1}, d = {2}: measured {3:F6} of {4} fresh rows, {5:+0.0;-0.0} standard errors; the level's own error {6:P1} of the rate",
                        rate, componentCount, dimension, measured, RowCount, (measured - rate) / error, levelError / rate);
                }
            }
        }
    }

    private static int CountAlarms(OutlierDetector detector, GaussianMixture mixture)
    {
        const int Batch = 50_000;
        MixtureSampler sampler = new(mixture, 99);
        BlockScorer scorer = new(mixture);
        double[] rows = new double[Batch * mixture.Dimension];
        int alarms = 0;
        for (int first = 0; first < RowCount; first += Batch)
        {
            sampler.Draw(first, Batch, rows, null);
            RowBlock block = RowBlock.FromRows(rows, Batch, mixture.Dimension);
            RowScores scores = scorer.Score(block);
            alarms += scores.LogDensities.Count(logDensity => logDensity < detector.Level.LogDensity);
        }

        return alarms;
    }

    /// <summary>How far the distribution function of a quantile is from the probability that was asked for.</summary>
    private static void Quantiles()
    {
        double worst = 0;
        double beyond = 0;
        int count = 0;
        List<double> probabilities = [1e-9, 1e-6, .. Enumerable.Range(1, 99).Select(percent => percent / 100.0), 1 - 1e-6, 1 - 1e-9];
        for (ulong seed = 0; seed < 200; seed++)
        {
            UnivariateMixture mixture = new(RandomMixture.Draw(1 + (int)(seed % 20), 1, 50, seed));
            foreach (double probability in probabilities)
            {
                double quantile = mixture.Quantile(probability);
                double error = Math.Abs(mixture.Cdf(quantile) - probability);
                worst = Math.Max(worst, error);

                // between neighbouring numbers the probability may jump by more
                double jump = mixture.Cdf(Math.BitIncrement(quantile)) - mixture.Cdf(Math.BitDecrement(quantile));
                beyond = Math.Max(beyond, error - jump);
                count++;
            }
        }

        long start = Stopwatch.GetTimestamp();
        UnivariateMixture timed = new(RandomMixture.Draw(16, 1, 50, 1));
        double sum = probabilities.Sum(timed.Quantile);
        Print("quantiles: {0} of 200 mixtures of 1 to 20 components, the largest error of the probability {1:E1}, beyond what neighbouring numbers differ by {2:E1}; {3:F1} us each at K = 16 ({4:G3})",
            count, worst, beyond, Stopwatch.GetElapsedTime(start).TotalMicroseconds / probabilities.Count, sum);
    }

    private static double Median<T>(Func<T> work)
    {
        double[] times = new double[Runs];
        work();
        for (int i = 0; i < Runs; i++)
        {
            long start = Stopwatch.GetTimestamp();
            work();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[Runs / 2];
    }

    private static void Print(string format, params object[] values) => Console.WriteLine(string.Format(CultureInfo.InvariantCulture, format, values));
}
