using System;
using System.Collections.Generic;

namespace GmmTools.Observations;

/// <summary>Collects rows without gaps one by one and hands them over as a table in memory, 8 bytes per cell.</summary>
public sealed class ObservationsBuilder
{
    private readonly RowChecks _checks;
    private readonly RowKeeper _rows;

    /// <summary>Starts a table.</summary>
    /// <param name="property">Names of the d ≥ 1 columns.</param>
    /// <param name="weighted">Whether rows carry weights.</param>
    /// <exception cref="InvalidObservationException">There are no columns (NoColumns).</exception>
    public ObservationsBuilder(IEnumerable<string> property, bool weighted = false)
        : this(property, weighted, null)
    {
    }

    internal ObservationsBuilder(IEnumerable<string> property, bool weighted, int? rowsPerChunk)
    {
        _checks = new RowChecks(property, weighted, () => Count + 1);
        _rows = new RowKeeper(_checks.Property, weighted, null, rowsPerChunk);
    }

    /// <summary>Number of rows so far.</summary>
    public long Count => _rows.Count;

    /// <summary>Adds a row.</summary>
    /// <param name="row">d finite numbers; copied.</param>
    /// <param name="weight">How often the row counts, when the table is weighted; a row of weight 0 is left out.</param>
    /// <exception cref="InvalidObservationException">A number is NaN (NotANumber) or infinite (InfiniteValue), or the weight is no finite
    /// number of at least 0 (InvalidRowWeight).</exception>
    public void Add(double[] row, double weight = 1)
    {
        _checks.CheckLength(row);
        if (_checks.CountMissing(row) > 0)
        {
            throw _checks.Fault(row, Array.FindIndex(row, double.IsNaN));
        }

        _checks.CheckSquares(row);
        _checks.CheckWeight(weight);
        if (weight > 0)
        {
            _rows.Add(row, weight);
        }
    }

    /// <summary>The table; the builder is empty afterwards.</summary>
    /// <returns>The rows.</returns>
    /// <exception cref="InvalidObservationException">There are no rows (NoRows).</exception>
    public InMemoryObservations Build() => _rows.Build();
}
