using System;
using System.Collections.Generic;
using System.Linq;
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

    /// <summary>Rows from which bounds of the steps are found: values that vary freely then differ by little somewhere.</summary>
    private const int RowsForBounds = 64;

    /// <summary>The share of the different values whose shortest interval tells the spread: clusters of a tenth of the rows count with
    /// their own.</summary>
    private const double Share = 0.1;

    /// <summary>The least number of values in that interval.</summary>
    private const int MinValues = 6;

    /// <summary>Steps below this share of the largest value are rounding.</summary>
    private const double RoundingShare = 1e-14;

    /// <summary>A common step below this share of the least difference is none, and differences so close to a multiple of it are one.</summary>
    private const double MinStepShare = 1e-3;
    private const double MultipleRounding = 1e-6;

    /// <summary>The share of the rows that is cut off at either end of a column before the bulk's width is taken.</summary>
    private const double TailShare = 0.05;

    /// <summary>Rows further off than so many widths of the bulk do not belong to it.</summary>
    private const double FarWidths = 10;

    /// <summary>A value is an atom where it is at least this share of the rows, and so many rows;</summary>
    private const double MinAtomShare = 0.01;
    private const double MinAtomRows = 10;

    /// <summary>and this many times as frequent as the most frequent of so many values to either side: values that were recorded in steps repeat,
    /// but so do their neighbours.</summary>
    private const double AtomExcess = 10;
    private const int NeighbourCount = 5;

    private RowScales(double[] spreads, double[] steps, double[] lowest, double[] highest, IReadOnlyList<Repetition>[] repetitions)
    {
        Repetitions = repetitions;
        Spreads = spreads;
        Steps = steps;
        Lowest = lowest;
        Highest = highest;
    }

    /// <summary>Standard deviation of the densest tenth of the rows in each coordinate L⁻¹(x − mean), were it the middle of a normal
    /// distribution; at most 1.</summary>
    public double[] Spreads { get; }

    /// <summary>The step in which each column was recorded, such as 0.1 for one decimal; 0 where there is none.</summary>
    public double[] Steps { get; }

    /// <summary>Where the bulk of each column begins.</summary>
    public double[] Lowest { get; }

    /// <summary>Where the bulk of each column ends.</summary>
    public double[] Highest { get; }

    /// <summary>The values of each column that repeat far beyond what a normal density allows.</summary>
    public IReadOnlyList<Repetition>[] Repetitions { get; }

    /// <summary>Finds the scales.</summary>
    /// <param name="rows">The rows, or a sample.</param>
    /// <param name="pooled">Moments of all rows: what turns them into coordinates.</param>
    public static RowScales Of(InMemoryObservations rows, PooledMoments pooled)
    {
        int dimension = pooled.Dimension;
        double[][] values = Columns(rows, dimension, (row, target) => Array.Copy(row, target, dimension));
        double[][] coordinates = Columns(rows, dimension, pooled.ToCoordinates);
        double[] weights = [.. Enumerable.Range(0, (int)rows.Count).Select(i => rows.WeightOf(i))];
        IReadOnlyList<Repetition>[] repetitions = new IReadOnlyList<Repetition>[dimension];
        double[] spreads = new double[dimension];
        double[] steps = new double[dimension];
        double[] lowest = new double[dimension];
        double[] highest = new double[dimension];
        for (int j = 0; j < dimension; j++)
        {
            Array.Sort(coordinates[j]);
            spreads[j] = Math.Min(1, Spread(Distinct(coordinates[j])));
            double[] sortedWeights = (double[])weights.Clone();
            Array.Sort(values[j], sortedWeights);
            steps[j] = CommonStep(Distinct(values[j]));
            repetitions[j] = FindRepetitions(values[j], sortedWeights);
            (lowest[j], highest[j]) = Fences(values[j]);
        }

        return new RowScales(spreads, steps, lowest, highest, repetitions);
    }

    /// <summary>What the steps of the columns are at most: all differences are multiples of a step, so that none is less.</summary>
    /// <param name="rows">The rows, or a sample, of which a few are looked at.</param>
    /// <param name="all">All rows, for their ranges.</param>
    /// <returns>One bound per column; infinite where the few rows have one value.</returns>
    public static double[] BoundSteps(InMemoryObservations rows, IObservations all)
    {
        int count = (int)Math.Min(rows.Count, RowsForBounds);
        double[] bounds = new double[all.Property.Count];
        double[][] values = [.. bounds.Select(_ => new double[count])];
        double[] row = new double[bounds.Length];
        for (int i = 0; i < count; i++)
        {
            rows.CopyRow(i, row);
            for (int j = 0; j < row.Length; j++)
            {
                values[j][i] = row[j];
            }
        }

        for (int j = 0; j < bounds.Length; j++)
        {
            Array.Sort(values[j]);
            double rounding = RoundingShare * Math.Max(Math.Abs(all.Minimum[j]), Math.Abs(all.Maximum[j]));
            double least = values[j].Skip(1).Zip(values[j], (next, value) => next - value)
                .Where(difference => difference > rounding).DefaultIfEmpty(double.PositiveInfinity).Min();
            bounds[j] = least * (1 + (2 * MultipleRounding));
        }

        return bounds;
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

    /// <summary>Coordinates of the rows, column by column.</summary>
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

        return columns;
    }

    private static List<Repetition> FindRepetitions(double[] sorted, double[] weights)
    {
        List<double> values = [];
        List<double> counts = [];
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i == 0 || sorted[i] != sorted[i - 1])
            {
                values.Add(sorted[i]);
                counts.Add(0);
            }

            counts[counts.Count - 1] += weights[i];
        }

        double total = weights.Sum();
        List<Repetition> found = [];
        for (int i = 0; i < values.Count && values.Count > 1; i++)
        {
            if (counts[i] >= Math.Max(MinAtomRows, MinAtomShare * total) && counts[i] > AtomExcess * MostFrequentNeighbour(counts, i))
            {
                found.Add(new Repetition(values[i], counts[i] / total));
            }
        }

        return found;
    }

    private static double MostFrequentNeighbour(List<double> counts, int place)
    {
        double most = 0;
        for (int i = Math.Max(0, place - NeighbourCount); i <= Math.Min(counts.Count - 1, place + NeighbourCount); i++)
        {
            most = i == place ? most : Math.Max(most, counts[i]);
        }

        return most;
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

    /// <summary>The greatest step of which all differences of the values are multiples; 0 where it is far below the least of them, so that the
    /// values were not recorded in steps.</summary>
    private static double CommonStep(List<double> values)
    {
        double[] differences = [.. values.Skip(1).Zip(values, (next, value) => next - value)];
        if (differences.Length == 0)
        {
            return 0;
        }

        double step = differences.Min();
        double least = MinStepShare * step;
        foreach (double difference in differences)
        {
            // Euclid's algorithm among multiples that are rounded
            double left = Math.Abs(difference - (Math.Round(difference / step) * step));
            while (left > MultipleRounding * step)
            {
                if (left < least)
                {
                    return 0;
                }

                (step, left) = (left, Math.Abs(step - (Math.Round(step / left) * left)));
            }
        }

        return step;
    }

    private static (double Lowest, double Highest) Fences(double[] sorted)
    {
        double low = sorted[(int)(TailShare * (sorted.Length - 1))];
        double high = sorted[sorted.Length - 1 - (int)(TailShare * (sorted.Length - 1))];
        double far = FarWidths * (high - low);
        return far > 0 ? (low - far, high + far) : (double.NegativeInfinity, double.PositiveInfinity);
    }
}
