using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks.Outliers;

/// <summary>Sound rows, of which a share is replaced by bad ones: the first rows are the bad ones.</summary>
internal sealed class DirtyTable
{
    /// <summary>What makes bad rows of the drawn tables.</summary>
    public static readonly string[] Generators = ["scattered", "clustered", "far point", "heavy tail", "shifted", "bad column"];

    private DirtyTable(double[,] rows, int badCount)
    {
        Rows = rows;
        BadCount = badCount;
    }

    public double[,] Rows { get; }

    public int Count => Rows.GetLength(0);

    public int Dimension => Rows.GetLength(1);

    /// <summary>How many rows, the first ones, are bad.</summary>
    public int BadCount { get; }

    /// <summary>Three normal distributions in three columns, which are of different width and correlated.</summary>
    public static GaussianMixture Truth { get; } = GaussianMixture.Create(
        [0.5, 0.3, 0.2],
        [[0, 0, 0], [8, 0, 30], [0, 9, -30]],
        [
            new[,] { { 1, 0.5, 0 }, { 0.5, 1, 4.0 }, { 0, 4.0, 100 } },
            new[,] { { 2, -0.8, 5.0 }, { -0.8, 1, 0 }, { 5.0, 0, 60 } },
            new[,] { { 0.5, 0, 0 }, { 0, 1.5, -4.0 }, { 0, -4.0, 40 } },
        ]);

    /// <summary>A table drawn from three normal distributions, with bad rows of a kind.</summary>
    public static DirtyTable Draw(string generator, int count, double share, ulong seed)
    {
        double[,] rows = new MixtureSampler(Truth, seed).DrawMatrix(count);
        return Spoil(rows, share, generator, seed);
    }

    /// <summary>Rows of which the first are made bad, after they have been shuffled.</summary>
    public static DirtyTable Spoil(double[,] source, double share, string generator, ulong seed)
    {
        int count = source.GetLength(0);
        int dimension = source.GetLength(1);
        SplitMix64 random = new(SplitMix64.Derive(seed, 77));
        int[] order = random.NextPermutation(count);
        double[,] rows = new double[count, dimension];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                rows[i, j] = source[order[i], j];
            }
        }

        int bad = (int)Math.Round(share * count);
        double[] mean = [.. Columns(rows).Select(column => column.Average())];
        double[] deviation = [.. Columns(rows).Select((column, j) => Math.Sqrt(column.Average(value => (value - mean[j]) * (value - mean[j]))))];
        double[] least = [.. Columns(rows).Select(column => column.Min())];
        double[] most = [.. Columns(rows).Select(column => column.Max())];
        for (int i = 0; i < bad; i++)
        {
            int column = random.NextIndex(dimension);
            double radius = Math.Abs(random.NextNormal()) + 1e-9;
            for (int j = 0; j < dimension; j++)
            {
                double width = most[j] - least[j];
                rows[i, j] = generator switch
                {
                    "scattered" => least[j] - (0.25 * width) + (1.5 * width * random.NextDouble()),
                    "clustered" => mean[j] + (deviation[j] * ((j == 0 ? 2.5 : 1.5) + (0.05 * random.NextNormal()))),
                    "far point" => mean[j] + (deviation[j] * (20 + (0.01 * random.NextNormal()))),
                    "heavy tail" => rows[i, j] + (deviation[j] * random.NextNormal() / radius),
                    "shifted" => j == 1 ? rows[i, j] - (1.5 * deviation[j]) : rows[i, j],
                    "bad column" => j == column ? mean[j] + (deviation[j] * 4 * (random.NextDouble() < 0.5 ? -1 : 1) * (1 + random.NextDouble())) : rows[i, j],
                    "wrong unit" => j == column ? 10 * rows[i, j] : rows[i, j],
                    "mixed up" => rows[random.NextIndex(count), j],
                    _ => throw new ArgumentException($"There is no generator '{generator}'.", nameof(generator)),
                };
            }
        }

        return new DirtyTable(rows, bad);
    }

    private static IEnumerable<double[]> Columns(double[,] rows) => Enumerable.Range(0, rows.GetLength(1))
        .Select(j => Enumerable.Range(0, rows.GetLength(0)).Select(i => rows[i, j]).ToArray());
}
