using System;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Core.Tests.Support;

/// <summary>The data sets of the tests, as matrices and as observations.</summary>
internal static class TestData
{
    /// <summary>Old Faithful: 272 rows of eruptions and waiting.</summary>
    public static double[,] Faithful { get; } = ReadCsv("faithful", 2);

    /// <summary>Fisher's iris: 150 rows of four lengths and widths; the class is left out.</summary>
    public static double[,] Iris { get; } = ReadCsv("iris", 4);

    /// <summary>Reaven and Miller, Diabetologia 16 (1979) 17-24: 145 rows of glucose, insulin and sspg; the class is left out.</summary>
    public static double[,] Diabetes { get; } = ReadCsv("diabetes", 3);

    public static double[,] Named(string name) => name == "faithful" ? Faithful : Iris;

    /// <summary>Rows that went wrong once: synthetic, described where they are used.</summary>
    public static double[,] Case(string name, int dimension) => ReadCsv(name, dimension);

    public static InMemoryObservations Observations(double[,] rows) => InMemoryObservations.FromMatrix(rows);

    /// <summary>Rows drawn from a random mixture.</summary>
    public static double[,] Draw(int count, int componentCount, int dimension, ulong seed, double range = 10) =>
        new MixtureSampler(RandomMixture.Draw(componentCount, dimension, range, seed), seed + 1).DrawMatrix(count);

    /// <summary>A matrix from single numbers: one column.</summary>
    public static double[,] Column(params double[] values)
    {
        double[,] rows = new double[values.Length, 1];
        for (int i = 0; i < values.Length; i++)
        {
            rows[i, 0] = values[i];
        }

        return rows;
    }

    /// <summary>Every cell mapped: f(value, column).</summary>
    public static double[,] Map(double[,] rows, Func<double, int, double> f)
    {
        double[,] mapped = new double[rows.GetLength(0), rows.GetLength(1)];
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            for (int j = 0; j < rows.GetLength(1); j++)
            {
                mapped[i, j] = f(rows[i, j], j);
            }
        }

        return mapped;
    }

    /// <summary>The rows of the given numbers, in that order; a row may come more than once.</summary>
    public static double[,] Pick(double[,] rows, int[] order)
    {
        double[,] picked = new double[order.Length, rows.GetLength(1)];
        for (int i = 0; i < order.Length; i++)
        {
            for (int j = 0; j < rows.GetLength(1); j++)
            {
                picked[i, j] = rows[order[i], j];
            }
        }

        return picked;
    }

    public static double[] Row(double[,] rows, int index) =>
        [.. Enumerable.Range(0, rows.GetLength(1)).Select(j => rows[index, j])];

    /// <summary>Observations in chunks of a chosen size, with a weight per row or none.</summary>
    public static InMemoryObservations Chunked(double[,] rows, int? rowsPerChunk, double[]? weights = null)
    {
        string[] names = [.. Enumerable.Range(1, rows.GetLength(1)).Select(j => "x" + j.ToString(CultureInfo.InvariantCulture))];
        ObservationsBuilder builder = new(names, weights is not null, rowsPerChunk);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            builder.Add(Row(rows, i), weights?[i] ?? 1);
        }

        return builder.Build();
    }

    private static double[,] ReadCsv(string name, int columns)
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Data", name + ".csv"));
        double[,] rows = new double[lines.Length - 1, columns];
        for (int i = 1; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split(',');
            for (int j = 0; j < columns; j++)
            {
                rows[i - 1, j] = double.Parse(cells[j], CultureInfo.InvariantCulture);
            }
        }

        return rows;
    }
}
