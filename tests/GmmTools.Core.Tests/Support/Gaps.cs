using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;

namespace GmmTools.Core.Tests.Support;

/// <summary>Rows of which cells are missing (NaN).</summary>
internal static class Gaps
{
    /// <summary>Takes each cell out with the given probability.</summary>
    public static double[,] Punch(double[,] rows, double share, ulong seed)
    {
        SplitMix64 random = new(seed);
        return TestData.Map(rows, (value, _) => random.NextDouble() < share ? double.NaN : value);
    }

    /// <summary>The rows as the collector hands them over; what has nothing observed is left out.</summary>
    public static IObservations Collect(double[,] rows, double[]? weights = null) => Collector(rows, MissingValuePolicy.Marginalize, weights).Build();

    public static RowCollector Collector(double[,] rows, MissingValuePolicy policy, double[]? weights = null)
    {
        RowCollector collector = new(Names(rows.GetLength(1)), weights is not null, policy);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            collector.Add(TestData.Row(rows, i), weights?[i] ?? 1);
        }

        return collector;
    }

    private static string[] Names(int dimension) =>
        [.. Enumerable.Range(1, dimension).Select(j => "x" + j.ToString(CultureInfo.InvariantCulture))];

    /// <summary>Some consecutive rows of a matrix, NaN where a cell is missing.</summary>
    public static IObservations Part(double[,] rows, int first, int count) => Collect(TestData.Pick(rows, [.. Enumerable.Range(first, count)]));

    /// <summary>The log-likelihood of rows, with gaps or without.</summary>
    public static double LogLikelihood(GaussianMixture mixture, IObservations rows) => LikelihoodSummary.Measure(mixture, rows, 1, CancellationToken.None).LogLikelihood;
}
