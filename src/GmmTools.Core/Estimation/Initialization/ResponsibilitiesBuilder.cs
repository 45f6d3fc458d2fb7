using System;
using System.Collections.Generic;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// Collects what is known of the rows' components before a fit, row by row: one label, or one number per component. The result goes
/// into <see cref="EmOptions.InitialResponsibilities"/>.
/// </summary>
public sealed class ResponsibilitiesBuilder
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<int> _labels = [];
    private readonly List<double[]> _rows = [];

    /// <summary>Number of components so far: of different labels, or of numbers per row.</summary>
    public int ComponentCount => _rows.Count > 0 ? _rows[0].Length : _numbers.Count;

    /// <summary>Adds a row by its label.</summary>
    /// <param name="label">Any text; the same text is the same component.</param>
    /// <param name="place">What the row is called in errors; null for its number. Asked for its text only then.</param>
    /// <exception cref="EstimationException">The label is blank (MissingLabel).</exception>
    public void AddLabel(string? label, object? place = null)
    {
        if (string.IsNullOrWhiteSpace(label))
        {
            throw new EstimationException(
                "MissingLabel",
                $"{Place(place, _labels.Count)} has no label to start from. Give every row one, or leave such rows out.",
                label);
        }

        string trimmed = label!.Trim();
        if (!_numbers.TryGetValue(trimmed, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(trimmed, number);
        }

        _labels.Add(number);
    }

    /// <summary>Adds a row by its responsibilities.</summary>
    /// <param name="responsibilities">One number per component, none negative, not all zero; copied. They need not sum to 1.</param>
    /// <param name="place">What the row is called in errors; null for its number. Asked for its text only then.</param>
    /// <exception cref="EstimationException">A number is negative or not finite, or all are zero (InvalidResponsibility).</exception>
    public void Add(double[] responsibilities, object? place = null)
    {
        double sum = Sum(responsibilities, place, _rows.Count);
        double[] row = new double[responsibilities.Length];
        for (int k = 0; k < row.Length; k++)
        {
            row[k] = responsibilities[k] / sum;
        }

        _rows.Add(row);
    }

    /// <summary>The responsibilities of all rows.</summary>
    /// <returns>n × K numbers; the rows sum to 1.</returns>
    public double[,] ToMatrix()
    {
        int count = Math.Max(_rows.Count, _labels.Count);
        double[,] matrix = new double[count, ComponentCount];
        for (int i = 0; i < count; i++)
        {
            for (int k = 0; k < ComponentCount; k++)
            {
                matrix[i, k] = _rows.Count > 0 ? _rows[i][k] : _labels[i] == k ? 1 : 0;
            }
        }

        return matrix;
    }

    /// <summary>The sum of a row's responsibilities, which have to be non-negative.</summary>
    internal static double Sum(double[] responsibilities, object? place, long index)
    {
        double sum = 0;
        for (int k = 0; k < responsibilities.Length; k++)
        {
            double value = responsibilities[k];
            if (!(value >= 0) || double.IsInfinity(value))
            {
                throw new EstimationException(
                    "InvalidResponsibility",
                    FormattableString.Invariant($"{Place(place, index)}: the responsibility of component {k + 1} is {value:R}. Responsibilities are finite numbers of at least 0."),
                    value);
            }

            sum += value;
        }

        return sum > 0 && !double.IsInfinity(sum)
            ? sum
            : throw new EstimationException(
                "InvalidResponsibility",
                $"{Place(place, index)}: the responsibilities sum to {(sum > 0 ? "infinity" : "0")}. Every row belongs to some component: give at least one of them a positive share.",
                sum);
    }

    private static string Place(object? place, long count) => place?.ToString() ?? FormattableString.Invariant($"Row {count + 1}");
}
