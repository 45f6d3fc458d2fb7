using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Inference;
using GmmTools.Inference.Drift;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>
/// How often Test-MixtureFit -Refit rejects mixtures of the right kind, and how often of the wrong, among the rows that they were fitted to (first argument:
/// how many sets of rows, 200 by default).
/// </summary>
internal static class GoodnessReport
{
    private const int DefaultSets = 200;
    private const int Replicates = 199;

    private static readonly int[] Sizes = [100, 500];

    private static readonly (string Name, int Fitted, Func<ulong, int, double[,]> Draw)[] Cases =
    [
        ("right: one normal, d = 1", 1, FromMixture(GaussianMixture.Create([1.0], [[10.0]], [Diagonal(4)]))),
        ("right: two normals, d = 2", 2, FromMixture(GaussianMixture.Create([0.65, 0.35], [[80.0, 4.3], [54.5, 2.0]], [Diagonal(36, 0.17), Diagonal(34, 0.07)]))),
        ("right: one normal, d = 5", 1, FromMixture(GaussianMixture.Create([1.0], [[0.0, 0, 0, 0, 0]], [Diagonal(1, 2, 3, 4, 5)]))),
        ("right, steps of 0.5 deviations", 1, (seed, count) => Map(Normals(seed, count), row => [0.5 * Math.Round(2 * row[0])])),
        ("two normals 3 apart as one", 1, FromMixture(GaussianMixture.Create([0.5, 0.5], [[0.0], [3.0]], [Diagonal(1), Diagonal(1)]))),
        ("exponential as one", 1, (seed, count) => Map(Normals(seed, count), row => [0.5 * ((row[0] * row[0]) + (row[1] * row[1]))])),
        ("exponential as two", 2, (seed, count) => Map(Normals(seed, count), row => [0.5 * ((row[0] * row[0]) + (row[1] * row[1]))])),
        ("t of 4 degrees as one", 1, (seed, count) => Map(Normals(seed, count), row => [row[0] / Math.Sqrt(row.Skip(1).Take(4).Sum(z => z * z) / 4)])),
        ("same signs, d = 2, as one", 1, (seed, count) => Map(Normals(seed, count), row => [row[0], Math.CopySign(row[1], row[0])])),
        ("parabola, d = 2, as one", 1, (seed, count) => Map(Normals(seed, count), row => [row[0], (row[0] * row[0]) + row[1]])),
    ];

    public static void Run(string[] arguments)
    {
        int sets = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : DefaultSets;
        Console.WriteLine($"share of {sets} sets of rows in which the mixture that was fitted to them fails, {Replicates} replicates; at 5 % chance has a standard error of {Math.Sqrt(0.05 * 0.95 / sets):P1}");
        Console.WriteLine($"{"rows",-32}{"n",6}{"at 1 %",9}{"at 5 %",9}");
        foreach ((string name, int fitted, Func<ulong, int, double[,]> draw) in Cases)
        {
            foreach (int size in Sizes)
            {
                double[] pValues = new double[sets];
                Parallel.For(0, sets, set => pValues[set] = PValue(fitted, draw((ulong)set + 1, size)));
                Console.WriteLine(FormattableString.Invariant(
                    $"{name,-32}{size,6}{100 * pValues.Average(p => p <= 0.01 ? 1 : 0),9:F1}{100 * pValues.Average(p => p <= 0.05 ? 1 : 0),9:F1}"));
            }
        }
    }

    private static double PValue(int components, double[,] values)
    {
        InMemoryObservations rows = InMemoryObservations.FromMatrix(values);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = components, ThreadCount = 1 }).Fit(rows);
        return new GoodnessOfFit(new FitTestOptions { ReplicateCount = Replicates, ThreadCount = 1 }).Test(fit.Mixture, fit.Options, rows).PValue;
    }

    private static Func<ulong, int, double[,]> FromMixture(GaussianMixture mixture) => (seed, count) => new MixtureSampler(mixture, seed).DrawMatrix(count);

    /// <summary>Five independent standard normal numbers a row.</summary>
    private static double[,] Normals(ulong seed, int count) =>
        new MixtureSampler(GaussianMixture.Create([1.0], [[0.0, 0, 0, 0, 0]], [Diagonal(1, 1, 1, 1, 1)]), seed).DrawMatrix(count);

    private static double[,] Map(double[,] rows, Func<double[], double[]> map)
    {
        double[][] mapped = [.. Enumerable.Range(0, rows.GetLength(0)).Select(i => map([.. Enumerable.Range(0, rows.GetLength(1)).Select(j => rows[i, j])]))];
        double[,] matrix = new double[mapped.Length, mapped[0].Length];
        for (int i = 0; i < mapped.Length; i++)
        {
            for (int j = 0; j < mapped[i].Length; j++)
            {
                matrix[i, j] = mapped[i][j];
            }
        }

        return matrix;
    }

    private static double[,] Diagonal(params double[] variances)
    {
        double[,] matrix = new double[variances.Length, variances.Length];
        for (int j = 0; j < variances.Length; j++)
        {
            matrix[j, j] = variances[j];
        }

        return matrix;
    }
}
