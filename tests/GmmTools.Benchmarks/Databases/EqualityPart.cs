using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using GmmTools.Connectors.Databases;
using GmmTools.Connectors.Databases.Dialects;
using GmmTools.Database.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks.Databases;

/// <summary>How far parameters and log-likelihoods of fits in the engines are from those in memory.</summary>
internal static class EqualityPart
{
    private const int Rows = 1000;
    private const int Largest = 8;
    private const double FarAway = 1e9;

    private const double Goal = 1e-9;

    public static void Run(EngineSet engines)
    {
        Console.WriteLine($"from the same start, after 20 plain iterations, {Rows} rows, d = 1..{Largest}, K = 1..{Largest}, 14 models (with d = 1: two): largest relative difference");
        Console.WriteLine("(where a component collapses, it is put back at the least probable row, which small differences decide: such fits are counted, not compared)");
        Console.WriteLine("(the first line is what the order of the rows does to fits in memory)");
        Console.WriteLine($"{"",-12} {"fits",6} {"collapsed",10} {"log-likelihood",15} {"goal",6}  parameters: the worst of the models within the goal, and each that is not");
        foreach (string engine in (string[])["reversed", .. engines.Names])
        {
            Dictionary<CovarianceModel, Differences> ofModels = CovarianceModels.All.ToDictionary(model => model, _ => new Differences());
            int fits = 0;
            for (int d = 1; d <= Largest; d++)
            {
                for (int k = 1; k <= Largest; k++)
                {
                    GaussianMixture truth = RandomMixture.Draw(k, d, 6, (ulong)((10 * k) + d));
                    double[,] rows = new MixtureSampler(truth, 5).DrawMatrix(Rows);
                    using DbConnection? connection = engine == "reversed" ? null : engines.Open(engine);
                    using DatabaseObservations? table = connection is null ? null : Fill(connection, engine, rows);
                    IObservations other = table ?? (IObservations)InMemoryObservations.FromMatrix(Reversed(rows));
                    InMemoryObservations memory = InMemoryObservations.FromMatrix(rows);
                    foreach (CovarianceModel model in d == 1 ? CovarianceModels.Univariate : CovarianceModels.All)
                    {
                        ofModels[model].Add(Fit(memory, truth, model), Fit(other, truth, model), FormattableString.Invariant($"{model}, K = {k}, d = {d}"));
                        fits++;
                    }
                }
            }

            Print(engine, fits, [.. ofModels.Values]);
        }
    }

    private static void Print(string engine, int fits, Differences[] differences)
    {
        Differences within = differences.Where(one => one.Parameters <= Goal).MaxBy(one => one.Parameters)!;
        IEnumerable<Differences> beyond = differences.Where(one => one.Parameters > Goal).OrderByDescending(one => one.Parameters);
        string parameters = string.Join("; ", beyond.Prepend(within).Select(one => FormattableString.Invariant($"{one.Parameters:G2} ({one.Worst})")));
        Console.WriteLine(FormattableString.Invariant(
            $"{engine,-12} {fits,6} {differences.Sum(one => one.Collapsed),10} {differences.Max(one => one.LogLikelihood),15:G2} {Goal,6:G1}  {parameters}"));
    }

    public static void RunFar(EngineSet engines)
    {
        Console.WriteLine($"mean {FarAway:G1}, sd 1, {Rows} rows, d = 2, K = 2, VVV, 20 iterations: largest relative difference from the same rows about 0 (goal 1e-6)");
        double[,] rows = new MixtureSampler(GaussianMixture.Create([0.5, 0.5], [[FarAway, FarAway], [FarAway + 4, FarAway - 4]], [Identity(), Identity()]), 1).DrawMatrix(Rows);
        double[,] near = (double[,])rows.Clone();
        for (int i = 0; i < Rows; i++)
        {
            (near[i, 0], near[i, 1]) = (rows[i, 0] - FarAway, rows[i, 1] - FarAway);
        }

        EmFit expected = Fit(InMemoryObservations.FromMatrix(near), Pair(0), CovarianceModel.VVV);
        foreach (string engine in engines.Names)
        {
            using DbConnection connection = engines.Open(engine);
            using DatabaseObservations table = Fill(connection, engine, rows);
            Differences differences = new(FarAway);
            differences.Add(expected, Fit(table, Pair(FarAway), CovarianceModel.VVV), "VVV");
            Console.WriteLine(FormattableString.Invariant($"{engine,-12} log-likelihood {differences.LogLikelihood:G2}, parameters {differences.Parameters:G2}"));
        }
    }

    private static double[,] Reversed(double[,] rows)
    {
        double[,] reversed = new double[rows.GetLength(0), rows.GetLength(1)];
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            for (int j = 0; j < rows.GetLength(1); j++)
            {
                reversed[i, j] = rows[rows.GetLength(0) - 1 - i, j];
            }
        }

        return reversed;
    }

    private static double[,] Identity() => new double[,] { { 1, 0 }, { 0, 1 } };

    private static DatabaseObservations Fill(DbConnection connection, string engine, double[,] rows)
    {
        SqlDialect dialect = SqlDialects.Find(engine);
        Sql.CreateTable(connection, dialect, "t", [.. Enumerable.Range(1, rows.GetLength(1)).Select(j => FormattableString.Invariant($"x{j}"))], rows);
        return EngineSet.OpenTable(connection);
    }

    private static EmFit Fit(IObservations rows, GaussianMixture start, CovarianceModel model) => new EmEstimator(new EmOptions
    {
        ComponentCount = start.ComponentCount,
        CovarianceModel = model,
        InitialMixture = Widened(start),
        MaxIteration = 20,
        Tolerance = 0,
        Acceleration = AccelerationMethod.None,
    }).Fit(rows);

    private static GaussianMixture Pair(double origin) => GaussianMixture.Create([0.5, 0.5], [[origin, origin + 1], [origin + 3, origin - 3]], [Identity(), Identity()]);

    /// <summary>A start that is near, and not there.</summary>
    private static GaussianMixture Widened(GaussianMixture mixture)
    {
        MixtureParameters start = mixture.ToParameters();
        for (int i = 0; i < start.Covariances.Length; i++)
        {
            start.Covariances[i] *= 2;
        }

        return new GaussianMixture(start, mixture.Property);
    }

    /// <summary>The largest differences seen so far.</summary>
    private sealed class Differences(double origin = 0)
    {
        public double LogLikelihood { get; private set; }

        public double Parameters { get; private set; }

        public string Worst { get; private set; } = string.Empty;

        public int Collapsed { get; private set; }

        public void Add(EmFit expected, EmFit actual, string name)
        {
            if (expected.CollapseCount > 0)
            {
                Collapsed++;
                return;
            }

            LogLikelihood = Math.Max(LogLikelihood, Math.Abs(expected.LogLikelihood - actual.LogLikelihood) / Math.Abs(expected.LogLikelihood));
            double largest = expected.Mixture.Components.Zip(actual.Mixture.Components).SelectMany(pair => Compare(pair.First, pair.Second)).Max();
            if (largest > Parameters)
            {
                Parameters = largest;
                Worst = name;
            }
        }

        /// <summary>Means and covariances in units of the standard deviations, which may be larger than they are.</summary>
        private IEnumerable<double> Compare(GaussianComponent expected, GaussianComponent actual)
        {
            yield return Math.Abs(expected.Weight - actual.Weight) / expected.Weight;
            for (int i = 0; i < expected.Mean.Length; i++)
            {
                double sd = expected.StandardDeviation[i];
                yield return Math.Abs(expected.Mean[i] - (actual.Mean[i] - origin)) / Math.Max(sd, Math.Abs(expected.Mean[i]));
                for (int j = 0; j <= i; j++)
                {
                    yield return Math.Abs(expected.Covariance[i, j] - actual.Covariance[i, j]) / (sd * expected.StandardDeviation[j]);
                }
            }
        }
    }
}
