using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Binding.Rows;

/// <summary>Finds the cells of rows to which columns are added that are computed. An added column hides one of the same name.</summary>
internal sealed class CalculatedAccessor : RowAccessor
{
    private readonly RowAccessor _inner;
    private readonly IReadOnlyList<CalculatedColumn> _added;
    private readonly Func<long> _rowNumber;
    private readonly List<int> _places = [];

    /// <param name="inner">Finds the cells that rows have.</param>
    /// <param name="added">The columns that are added.</param>
    /// <param name="rowNumber">Number of the row that is being read, for errors.</param>
    public CalculatedAccessor(RowAccessor inner, IReadOnlyList<CalculatedColumn> added, Func<long> rowNumber)
        : base(inner.Kind, [.. added.Select(column => column.Name)])
    {
        _inner = inner;
        _added = added;
        _rowNumber = rowNumber;
        AddColumns(0);
    }

    /// <summary>Columns that are computed have names, whatever the others have.</summary>
    public override bool HasNames => true;

    /// <inheritdoc/>
    public override int CellCount => _inner.CellCount;

    /// <inheritdoc/>
    public override void Extend(PSObject row)
    {
        int known = _inner.Columns.Length;
        _inner.Extend(row);
        AddColumns(known);
    }

    /// <inheritdoc/>
    public override object? GetCell(PSObject row, int column) => column < _added.Count
        ? Unwrap(_added[column].Compute(row, _rowNumber()))
        : _inner.GetCell(row, _places[column - _added.Count]);

    /// <inheritdoc/>
    public override bool CanWait(int column) => column >= _added.Count && _inner.CanWait(_places[column - _added.Count]);

    /// <inheritdoc/>
    public override bool TryGetNumber(PSObject row, int column, out double number)
    {
        number = double.NaN;
        return column >= _added.Count && _inner.TryGetNumber(row, _places[column - _added.Count], out number);
    }

    private void AddColumns(int first)
    {
        List<string> names = [];
        for (int place = first; place < _inner.Columns.Length; place++)
        {
            if (!_added.Any(column => string.Equals(column.Name, _inner.Columns[place], StringComparison.OrdinalIgnoreCase)))
            {
                _places.Add(place);
                names.Add(_inner.Columns[place]);
            }
        }

        Columns = [.. Columns, .. names];
    }
}
