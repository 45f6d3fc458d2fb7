using System;
using System.Collections.Generic;
using GmmTools.Observations;
using MathNet.Numerics.Distributions;

namespace GmmTools.Estimation.Models;

/// <summary>
/// The scales on which rows live, none of which a few far rows can change: how wide the densest tenth of them lies in each coordinate, in
/// what steps each column was recorded, and where the bulk of each column ends.
/// </summary>
internal sealed class RowScales
{
    /// <summary>Rows that scales are found among; a sample stands for more.</summary>
    public const int MaxRows = 20_000;

    /// <summary>The share of the different values whose shortest interval tells the spread: clusters of a tenth of the rows count with
    /// their own.</summary>
    private const double Share = 0.1;

    /// <summary>The least number of values in that interval.</summary>
    private const int MinValues = 6;

    /// <summary>Steps below this share of the largest value are rounding.</summary>
    private const double RoundingShare = 1e-14;

    /// <summary>The share of the rows that is cut off at either end of a column before the bulk's width is taken.</summary>
    private const double TailShare = 0.05;

    /// <summary>Rows further off than so many widths of the bulk do not belong to it.</summary>
    private const double FarWidths = 10;

    private RowScales(double[] spreads, double[] steps, double[] lowest, double[] highest)
    {
        Spreads = spreads;
        Steps = steps;
        Lowest = lowest;
        Highest = highest;
    }

    /// <summary>Standard deviation of the densest tenth of the rows in each coordinate L⁻¹(x − mean), were it the middle of a normal
    /// distribution; at most 1.</summary>
    public double[] Spreads { get; }

    /// <summary>The least difference of two values of each column: the step in which it was recorded, or by which rows happen to
    /// differ. 0 where there is a single value.</summary>
    public double[] Steps { get; }

    /// <summary>Where the bulk of each column begins.</summary>
    public double[] Lowest { get; }

    /// <summary>Where the bulk of each column ends.</summary>
    public double[] Highest { get; }

    /// <summary>Finds the scales.</summary>
    /// <param name="rows">The rows, or a sample.</param>
    /// <param name="pooled">Moments of all rows: what turns them into coordinates.</param>
    public static RowScales Of(InMemoryObservations rows, PooledMoments pooled)
    {
        int dimension = pooled.Dimension;
        double[][] values = Columns(rows, dimension, (row, target) => Array.Copy(row, target, dimension));
        double[][] coordinates = Columns(rows, dimension, (row, target) => pooled.ToCoordinates(row, target));
        double[] spreads = new double[dimension];
        double[] steps = new double[dimension];
        double[] lowest = new double[dimension];
        double[] highest = new double[dimension];
        for (int j = 0; j < dimension; j++)
        {
            spreads[j] = Math.Min(1, Spread(Distinct(coordinates[j])));
            steps[j] = LeastStep(Distinct(values[j]));
            (lowest[j], highest[j]) = Fences(values[j]);
        }

        return new RowScales(spreads, steps, lowest, highest);
    }

    /// <summary>Whether a row lies beyond the bulk in a column.</summary>
    public bool IsFar(double[] row)
    {
        for (int j = 0; j < row.Length; j++)
        {
            if (row[j] < Lowest[j] || row[j] > Highest[j])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Coordinates of the rows, sorted, column by column.</summary>
    private static double[][] Columns(InMemoryObservations rows, int dimension, Action<double[], double[]> map)
    {
        double[][] columns = new double[dimension][];
        for (int j = 0; j < dimension; j++)
        {
            columns[j] = new double[rows.Count];
        }

        double[] row = new double[dimension];
        double[] mapped = new double[dimension];
        for (int i = 0; i < rows.Count; i++)
        {
            rows.CopyRow(i, row);
            map(row, mapped);
            for (int j = 0; j < dimension; j++)
            {
                columns[j][i] = mapped[j];
            }
        }

        foreach (double[] column in columns)
        {
            Array.Sort(column);
        }

        return columns;
    }

    private static List<double> Distinct(double[] sorted)
    {
        double rounding = RoundingShare * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[sorted.Length - 1]));
        List<double> distinct = [sorted[0]];
        foreach (double value in sorted)
        {
            if (value - distinct[distinct.Count - 1] > rounding)
            {
                distinct.Add(value);
            }
        }

        return distinct;
    }

    /// <summary>The shortest interval of a share of the values, as the standard deviation of a normal distribution about it.</summary>
    private static double Spread(List<double> values)
    {
        int steps = Math.Min(values.Count, Math.Max(MinValues, (int)Math.Ceiling(Share * values.Count))) - 1;
        if (steps < 1)
        {
            return 1;
        }

        double shortest = double.PositiveInfinity;
        for (int i = 0; i + steps < values.Count; i++)
        {
            shortest = Math.Min(shortest, values[i + steps] - values[i]);
        }

        return shortest / (2 * Normal.InvCDF(0, 1, 0.5 + (0.5 * steps / values.Count)));
    }

    private static double LeastStep(List<double> values)
    {
        double least = values.Count > 1 ? double.PositiveInfinity : 0;
        for (int i = 1; i < values.Count; i++)
        {
            least = Math.Min(least, values[i] - values[i - 1]);
        }

        return least;
    }

    private static (double Lowest, double Highest) Fences(double[] sorted)
    {
        double low = sorted[(int)(TailShare * (sorted.Length - 1))];
        double high = sorted[sorted.Length - 1 - (int)(TailShare * (sorted.Length - 1))];
        double far = FarWidths * (high - low);
        return far > 0 ? (low - far, high + far) : (double.NegativeInfinity, double.PositiveInfinity);
    }
}
