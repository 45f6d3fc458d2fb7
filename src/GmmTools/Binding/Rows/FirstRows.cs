using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Connectors.Cells;

namespace GmmTools.Binding.Rows;

/// <summary>Holds the first rows back until it is clear which of their columns hold numbers, and passes them on, with the cells that they had.</summary>
/// <param name="reader">Decides on the columns.</param>
/// <param name="take">Takes the rows, in order; cells are null for those that were not held.</param>
internal sealed class FirstRows(RowReader reader, Action<PSObject?, object?[]?> take)
{
    private readonly List<(PSObject? Row, object?[]? Cells)> _held = [];

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    public void Add(PSObject? row)
    {
        if (!reader.NeedsLook)
        {
            take(row, null);
            return;
        }

        _held.Add((row, reader.Hold(row)));
        if (_held.Count == ColumnSelector.MaxRowsInspected || !reader.NeedsLook)
        {
            Release();
        }
    }

    /// <summary>Passes on what is held.</summary>
    public void Release()
    {
        if (_held.Count == 0)
        {
            return;
        }

        (PSObject? Row, object?[]? Cells)[] rows = [.. _held];
        _held.Clear();
        reader.Look([.. rows.Select(row => row.Cells).OfType<object?[]>()]);
        foreach ((PSObject? row, object?[]? cells) in rows)
        {
            take(row, cells);
        }
    }
}
