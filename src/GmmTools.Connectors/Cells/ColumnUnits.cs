using System;
using System.Collections.Generic;
using GmmTools.Observations;

namespace GmmTools.Connectors.Cells;

/// <summary>Sees to it that the units of a column are of one kind: 46KB and 1.2ms in one column are not to be compared.</summary>
/// <param name="parser">What reads the cells.</param>
internal sealed class ColumnUnits(CellParser parser)
{
    private readonly Dictionary<string, (UnitKind Kind, string Text, RowLocation Location)> _first = new(StringComparer.Ordinal);

    /// <summary>Looks at a cell.</summary>
    /// <param name="column">Name of the column.</param>
    /// <param name="text">The cell.</param>
    /// <param name="locate">The row.</param>
    /// <exception cref="InvalidObservationException">Its unit is of another kind than that of a cell before (MixedUnits).</exception>
    public void Check(string column, string text, Func<RowLocation> locate)
    {
        if (parser.UnitOf(text) is not UnitKind kind)
        {
            return;
        }

        if (!_first.TryGetValue(column, out (UnitKind Kind, string Text, RowLocation Location) first))
        {
            _first.Add(column, (kind, text, locate()));
        }
        else if (first.Kind != kind)
        {
            RowLocation location = locate();
            throw new InvalidObservationException(
                "MixedUnits",
                $"{location}, column '{column}': {CellText.Quote(text)} is {Name(kind)}, but {CellText.Quote(first.Text)} in row {first.Location.Row} is {Name(first.Kind)}. A column has units of one kind. Correct the cell, or put the two kinds in columns of their own.",
                location.Row,
                column,
                text);
        }
    }

    private static string Name(UnitKind kind) => kind switch
    {
        UnitKind.Size => "a size in bytes",
        UnitKind.Duration => "a duration",
        _ => "a percentage",
    };
}
