using System;
using System.Collections.Generic;
using System.Management.Automation;
using GmmTools.Connectors;

namespace GmmTools.Binding;

/// <summary>Holds the first rows back until it is clear which of their columns hold numbers, and passes them on.</summary>
/// <param name="reader">Decides on the columns.</param>
/// <param name="take">Takes the rows, in order.</param>
internal sealed class FirstRows(RowReader reader, Action<PSObject?> take)
{
    private readonly List<PSObject?> _held = [];

    /// <summary>Takes a row.</summary>
    /// <param name="row">The row.</param>
    public void Add(PSObject? row)
    {
        if (!reader.NeedsLook)
        {
            take(row);
            return;
        }

        // an object that is filled anew for each row cannot be held
        if (_held.Count > 0 && IsSame(_held[_held.Count - 1], row))
        {
            Release();
            take(row);
            return;
        }

        _held.Add(row);
        if (_held.Count == ColumnSelector.MostRowsLookedAt)
        {
            Release();
        }
    }

    /// <summary>Passes on what is held.</summary>
    public void Release()
    {
        PSObject?[] rows = [.. _held];
        _held.Clear();
        reader.Look(rows);
        foreach (PSObject? row in rows)
        {
            take(row);
        }
    }

    private static bool IsSame(PSObject? first, PSObject? second) =>
        ReferenceEquals(first, second)
        || (first is not null && second?.BaseObject is not null and not PSCustomObject && ReferenceEquals(first.BaseObject, second.BaseObject));
}
