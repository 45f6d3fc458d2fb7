using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>Prints the numerical promises with the figures that the tests hold them to.</summary>
internal static class ChecksReport
{
    private const double EpochSeconds = 1.7e9;

    public static void Run(string[] arguments)
    {
        AgainstScikitLearn();
        Invariance();
        Threads();
        Starts();
    }

    /// <summary>20 iterations from the same start against the stored values of scikit-learn.</summary>
    private static void AgainstScikitLearn()
    {
        string path = Path.Combine(RepositoryFiles.Root, "tests", "GmmTools.Core.Tests", "Reference", "sklearn-20-iterations.json");
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        Console.WriteLine("log-likelihood after 20 iterations from the same start, relative to scikit-learn's (goal 1e-9)");
        foreach (JsonElement entry in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            string data = entry.GetProperty("data").GetString()!;
            CovarianceModel model = CovarianceModels.Parse(entry.GetProperty("model").GetString()!);
            EmFit fit = Fit(RepositoryFiles.ReadExample(data), model, Start(entry), 20);
            double expected = entry.GetProperty("logLikelihood").GetDouble();
            Console.WriteLine($"  {data,-10} {model} K={fit.ComponentCount}  {fit.LogLikelihood,18:F9}  {Math.Abs((fit.LogLikelihood - expected) / expected),9:G2}");
        }
    }

    /// <summary>Old Faithful with its columns multiplied or moved, from the mapped start, to convergence.</summary>
    private static void Invariance()
    {
        Console.WriteLine("Old Faithful, K = 2, mapped: log-likelihood less the map's share, relative difference (goal 1e-7)");
        double[,] rows = Matrix(RepositoryFiles.ReadExample("faithful"));
        (string Name, double Scale, double Shift)[] maps = [("x 1e9", 1e9, 0), ("x 1e-9", 1e-9, 0), ("+ 1.7e9", 1, EpochSeconds)];
        foreach (CovarianceModel model in CovarianceModels.All)
        {
            foreach ((string name, double scale, double shift) in maps)
            {
                // the rows that the shifted doubles still carry, brought back
                double[,] plain = Map(Map(rows, 1, shift), 1, -shift);
                double expected = DefaultFit(plain, model).LogLikelihood;
                double actual = DefaultFit(Map(plain, scale, shift), model).LogLikelihood + (plain.Length * Math.Log(scale));
                Console.WriteLine($"  {model} {name,-8} {Math.Abs((actual - expected) / expected),9:G2}");
            }
        }
    }

    private static void Threads()
    {
        double[,] rows = new MixtureSampler(RandomMixture.Draw(4, 3, 10, 1), 1).DrawMatrix(300_000);
        InMemoryObservations observations = InMemoryObservations.FromMatrix(rows);
        double[][] means = [.. new[] { 1, 2, 7 }.Select(threads => MeansOf(observations, threads))];
        bool equal = means.All(mean => mean.SequenceEqual(means[0]));
        Console.WriteLine($"300 000 x 3, K = 4, 1, 2 and 7 threads: means {(equal ? "equal to the last bit" : "DIFFER")}");
    }

    private static void Starts()
    {
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 3, Seed = 1 }).Fit(RepositoryFiles.ReadExample("iris"));
        double best = fit.Starts.Max(start => start.LogLikelihood);
        Console.WriteLine($"iris, K = 3: fit {fit.LogLikelihood:F6}, best of its {fit.Starts.Count} starts {best:F6}");
        EmFit one = Fit(RepositoryFiles.ReadExample("iris"), CovarianceModel.VVV, fit.Mixture, 1);
        Console.WriteLine($"MaxIteration 1: {one.IterationCount} iteration, {one.LogLikelihoodTrace.Count} log-likelihoods in the trace");
    }

    private static double[] MeansOf(InMemoryObservations observations, int threads)
    {
        EmOptions options = new() { ComponentCount = 4, Seed = 3, ThreadCount = threads };
        return [.. new EmEstimator(options).Fit(observations).Mixture.Components.SelectMany(component => component.Mean)];
    }

    private static EmFit DefaultFit(double[,] rows, CovarianceModel model) =>
        new EmEstimator(new EmOptions { ComponentCount = 2, CovarianceModel = model, Seed = 1 }).Fit(InMemoryObservations.FromMatrix(rows));

    private static EmFit Fit(InMemoryObservations rows, CovarianceModel model, GaussianMixture start, int iterations) =>
        new EmEstimator(new EmOptions
        {
            ComponentCount = start.ComponentCount,
            CovarianceModel = model,
            InitialMixture = start,
            MaxIteration = iterations,
            Tolerance = 0,
            Acceleration = AccelerationMethod.None,
        }).Fit(rows);

    private static GaussianMixture Start(JsonElement entry) => GaussianMixture.Create(
        Numbers(entry.GetProperty("weights")),
        [.. entry.GetProperty("means").EnumerateArray().Select(Numbers)],
        [.. entry.GetProperty("covariances").EnumerateArray().Select(Square)]);

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static double[,] Square(JsonElement rows)
    {
        List<double[]> lines = [.. rows.EnumerateArray().Select(Numbers)];
        double[,] matrix = new double[lines.Count, lines.Count];
        for (int i = 0; i < lines.Count; i++)
        {
            for (int j = 0; j < lines.Count; j++)
            {
                matrix[i, j] = lines[i][j];
            }
        }

        return matrix;
    }

    private static double[,] Matrix(InMemoryObservations observations)
    {
        double[,] matrix = new double[observations.Count, observations.Property.Count];
        double[] row = new double[observations.Property.Count];
        for (int i = 0; i < observations.Count; i++)
        {
            observations.CopyRow(i, row);
            for (int j = 0; j < row.Length; j++)
            {
                matrix[i, j] = row[j];
            }
        }

        return matrix;
    }

    private static double[,] Map(double[,] rows, double scale, double shift)
    {
        double[,] mapped = new double[rows.GetLength(0), rows.GetLength(1)];
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            for (int j = 0; j < rows.GetLength(1); j++)
            {
                mapped[i, j] = (rows[i, j] * scale) + shift;
            }
        }

        return mapped;
    }
}
