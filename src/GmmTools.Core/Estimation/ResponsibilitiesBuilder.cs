using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;

namespace GmmTools.Estimation;

/// <summary>
/// Collects what is known of the rows' components before a fit, row by row: one label, or one number per component. The result goes
/// into <see cref="EmOptions.InitialResponsibilities"/>.
/// </summary>
public sealed class ResponsibilitiesBuilder
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly RowStorage? _storage;
    private RowKeeper? _table;
    private double[] _row = [];

    /// <summary>Starts with no rows.</summary>
    /// <param name="storage">Where they are kept; null for memory, however many they are.</param>
    public ResponsibilitiesBuilder(RowStorage? storage = null)
    {
        _storage = storage;
    }

    /// <summary>Number of components so far: of different labels, or of numbers per row.</summary>
    public int ComponentCount => _numbers.Count > 0 ? _numbers.Count : _row.Length;

    private long Count => _table?.Count ?? 0;

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
                $"{Place(place, Count)} has no label to start from. Give every row a label, or leave such rows out.",
                label);
        }

        string trimmed = label!.Trim();
        if (!_numbers.TryGetValue(trimmed, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(trimmed, number);
        }

        Keep(1)[0] = number;
        _table!.Add(_row, 1);
    }

    /// <summary>Adds a row by its responsibilities.</summary>
    /// <param name="responsibilities">One number per component, none negative, not all zero; copied. They need not sum to 1.</param>
    /// <param name="place">What the row is called in errors; null for its number. Asked for its text only then.</param>
    /// <exception cref="EstimationException">A number is negative or not finite, or all are zero (InvalidResponsibility).</exception>
    public void Add(double[] responsibilities, object? place = null)
    {
        double sum = Sum(responsibilities, place, Count);
        double[] row = Keep(responsibilities.Length);
        for (int k = 0; k < row.Length; k++)
        {
            row[k] = responsibilities[k] / sum;
        }

        _table!.Add(row, 1);
    }

    /// <summary>What was collected; the builder is empty afterwards.</summary>
    /// <returns>The responsibilities, for as long as the storage is there.</returns>
    public RowResponsibilities Build()
    {
        if (_table is null)
        {
            return RowResponsibilities.None(ComponentCount);
        }

        ChunkedObservations rows = _table.BuildAnywhere();
        _table = null;
        return _numbers.Count > 0 ? RowResponsibilities.OfLabels(rows, _numbers.Count) : RowResponsibilities.OfRows(rows);
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
                    FormattableString.Invariant($"{Place(place, index)}: the responsibility of component {k + 1} is {value:R}. Responsibilities must be finite numbers, at least 0."),
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

    /// <summary>Room for a row of so many numbers.</summary>
    private double[] Keep(int length)
    {
        if (_table is null)
        {
            _row = new double[length];
            _table = new RowKeeper([.. Enumerable.Range(1, length).Select(k => k.ToString(CultureInfo.InvariantCulture))], false, _storage);
        }

        return _row.Length == length
            ? _row
            : throw new ArgumentException($"A row of {length} numbers cannot follow one of {_row.Length}.", nameof(length));
    }

    private static string Place(object? place, long count) => place?.ToString() ?? FormattableString.Invariant($"Row {count + 1}");
}
