using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Connectors;

namespace GmmTools.Binding;

/// <summary>Turns rows of any kind into numbers. The first row decides on the kind and on the columns.</summary>
internal sealed class RowReader
{
    private readonly CellParser _parser;
    private readonly IReadOnlyList<string> _patterns;
    private readonly IReadOnlyList<string> _exclude;
    private readonly IReadOnlyList<string>? _names;
    private RowAccessor? _accessor;
    private string[] _property = [];
    private int[] _columns = [];
    private double[] _row = [];

    /// <summary>Creates a reader.</summary>
    /// <param name="patterns">Names or wildcards of the columns wanted; empty when <paramref name="names"/> or the first row decide.</param>
    /// <param name="names">Names of the columns of a model, or null; rows without names are taken to have them in this order.</param>
    /// <param name="culture">The culture in which text is read; null for the invariant culture.</param>
    /// <param name="exclude">Names or wildcards of the columns to leave out, or null.</param>
    public RowReader(
        IReadOnlyList<string>? patterns, IReadOnlyList<string>? names, CultureInfo? culture, IReadOnlyList<string>? exclude = null)
    {
        _exclude = exclude ?? [];
        _patterns = patterns ?? [];
        _names = names;
        _parser = new CellParser(culture);
    }

    /// <summary>Whether the columns are known, that is, a row was seen.</summary>
    public bool IsBound => _accessor is not null;

    /// <summary>Names of the chosen columns, once known.</summary>
    public IReadOnlyList<string> Property => _property;

    /// <summary>Names of all columns of the first row; nameless columns have the names that they were given.</summary>
    public IReadOnlyList<string> AllColumns { get; private set; } = [];

    /// <summary>Number of rows read so far.</summary>
    public long Count { get; private set; }

    /// <summary>Reads the numbers of a row.</summary>
    /// <param name="row">The row.</param>
    /// <returns>One number per chosen column; overwritten by the next row.</returns>
    public double[] Read(PSObject? row)
    {
        RowAccessor accessor = Accept(row);
        Count++;
        for (int j = 0; j < _columns.Length; j++)
        {
            if (accessor.TryGetNumber(row!, _columns[j], out _row[j]) && !double.IsNaN(_row[j]))
            {
                continue;
            }

            object? cell = accessor.GetCell(row!, _columns[j]);
            CellKind kind = cell is string text ? _parser.ParseText(text, out _row[j]) : _parser.Parse(cell, out _row[j]);
            if (kind != CellKind.Number)
            {
                throw _parser.ErrorFor(kind, cell, Count, _property[j]);
            }
        }

        return _row;
    }

    /// <summary>A cell of a row that was read before.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">Index into <see cref="AllColumns"/>.</param>
    public object? GetCell(PSObject row, int column) => _accessor!.GetCell(row, column);

    private static string Describe(object bare) => bare is PSCustomObject ? "an object" : $"a {bare.GetType().Name}";

    private RowAccessor Accept(PSObject? row)
    {
        if (row is null)
        {
            throw new CommandException(
                "EmptyRow",
                ErrorCategory.InvalidData,
                FormattableString.Invariant($"Row {Count + 1} is $null. Leave it out (for example: ... | Where-Object {{ $null -ne $_ }})."));
        }

        if (_accessor is null)
        {
            Bind(row);
        }
        else if (_accessor.Kind != RowAccessor.KindOf(row.BaseObject))
        {
            throw new CommandException(
                "MixedRows",
                ErrorCategory.InvalidData,
                FormattableString.Invariant($"Row {Count + 1} is {Describe(row.BaseObject)}, the rows before it are not. Pipe rows of one kind: objects, dictionaries, lists or numbers."),
                row);
        }

        CheckLength(row, _accessor!);
        return _accessor!;
    }

    private void Bind(PSObject row)
    {
        RowAccessor accessor = RowAccessor.Create(row);
        _columns = accessor.HasNames ? ChooseNamed(accessor, row) : ChooseNameless(accessor);
        AllColumns = accessor.HasNames || _property.Length != accessor.Columns.Length ? accessor.Columns : _property;
        _row = new double[_columns.Length];
        _accessor = accessor;
    }

    private int[] ChooseNamed(RowAccessor accessor, PSObject row)
    {
        string[] available = accessor.Columns;
        int[] chosen = _patterns.Count > 0 ? ColumnSelector.Resolve(available, _patterns, _exclude, null)
            : _names is not null ? ColumnSelector.Resolve(available, _names, _exclude, null)
            : ColumnSelector.SelectNumeric(available, Cells(accessor, row), _parser, _exclude, null);
        _property = _patterns.Count == 0 && _names?.Count == chosen.Length ? [.. _names] : [.. chosen.Select(column => available[column])];
        return chosen;
    }

    private static object?[] Cells(RowAccessor accessor, PSObject row) =>
        [.. accessor.Columns.Select((_, column) => accessor.GetCell(row, column))];

    /// <summary>Columns without names can be named, or chosen by the names x1, x2, ...</summary>
    private int[] ChooseNameless(RowAccessor accessor)
    {
        string[] available = accessor.Columns;
        bool numbered = _patterns.Count == 0 || _patterns.All(pattern => IsNumberedName(pattern, available));
        if (numbered && _names is null)
        {
            int[] chosen = ColumnSelector.Resolve(available, _patterns.Count == 0 ? ["*"] : _patterns, _exclude, null);
            _property = [.. chosen.Select(column => available[column])];
            return chosen;
        }

        IReadOnlyList<string> names = _patterns.Count > 0 ? _patterns : _names!;
        if (names.Count != available.Length)
        {
            throw WrongCount(accessor, names);
        }

        int[] kept = ColumnSelector.Resolve(names, ["*"], _exclude, null);
        _property = [.. kept.Select(column => names[column])];
        return kept;
    }

    private static bool IsNumberedName(string pattern, string[] available) =>
        WildcardPattern.ContainsWildcardCharacters(pattern) || available.Contains(pattern, StringComparer.OrdinalIgnoreCase);

    private static CommandException WrongCount(RowAccessor accessor, IReadOnlyList<string> names)
    {
        string matrix = accessor.Kind == RowKind.Cell
            ? " A matrix in a variable comes through a pipe as single numbers: give it by -InputObject instead."
            : string.Empty;
        return new CommandException(
            "PropertyCountMismatch",
            ErrorCategory.InvalidArgument,
            FormattableString.Invariant($"The rows have no names and {accessor.Columns.Length} cells each, but {names.Count} columns are wanted: {string.Join(", ", names)}. Give one name per cell.{matrix}"),
            names.ToArray());
    }

    private void CheckLength(PSObject row, RowAccessor accessor)
    {
        if (accessor.Kind == RowKind.List && ((IList)row.BaseObject).Count != accessor.Columns.Length)
        {
            throw new CommandException(
                "RowLength",
                ErrorCategory.InvalidData,
                FormattableString.Invariant($"Row {Count + 1} has {((IList)row.BaseObject).Count} cells, the first row has {accessor.Columns.Length}. Give every row one cell per column."),
                row);
        }
    }
}
