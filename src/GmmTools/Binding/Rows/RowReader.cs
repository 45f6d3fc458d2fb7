using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Connectors.Cells;
using GmmTools.Observations;
using GmmTools.Output;

namespace GmmTools.Binding.Rows;

/// <summary>Turns rows of any kind into numbers. The first row decides on the kind, and where nothing else does the first rows on the columns.</summary>
internal sealed class RowReader
{
    private readonly CellParser _parser;
    private readonly ColumnUnits _units;
    private RowAccessor? _accessor;
    private string[] _property = [];
    private int[] _columns = [];
    private int[] _kept = [];
    private bool[] _waiting = [];
    private double[] _row = [];
    private CompanionColumns _companions = CompanionColumns.None;
    private PSObject? _current;
    private IReadOnlyList<object?[]> _firstRows = [];
    private readonly AskedCells _asked = new();
    private readonly SortedSet<string> _durations = new(StringComparer.Ordinal);

    // of rows that are held back: who reads them, and the cells that the row had which is read
    private RowAccessor? _holder;
    private object?[]? _cells;
    private long _heldCount;

    /// <summary>Creates a reader.</summary>
    /// <param name="culture">The culture in which text is read; null for the invariant culture.</param>
    /// <param name="missingText">What stands for a missing cell; null for blanks, NA and NaN.</param>
    /// <param name="readsUnits">Whether text may have units.</param>
    public RowReader(CultureInfo? culture, IReadOnlyList<string>? missingText, bool readsUnits)
    {
        _parser = new CellParser(culture, missingText, readsUnits);
        _units = new ColumnUnits(_parser);
    }

    /// <summary>Names or wildcards of the columns wanted; empty when <see cref="Names"/> or the first rows decide.</summary>
    public IReadOnlyList<string> Patterns { get; init; } = [];

    /// <summary>Columns that are computed from the rows.</summary>
    public IReadOnlyList<CalculatedColumn> Calculated { get; init; } = [];

    /// <summary>Names of the columns of a model, or null; rows without names are taken to have them in this order.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>Names or wildcards of the columns to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Name of the column that says how often each row counts; null when every row counts once.</summary>
    public string? WeightProperty { get; init; }

    /// <summary>Names or wildcards of columns that are no part of the rows, but go with them.</summary>
    public IReadOnlyList<string> Extra { get; init; } = [];

    /// <summary>Names or wildcards of the columns that rows keep besides those that are read; null for all.</summary>
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary>Whether the columns are known, that is, a row was seen.</summary>
    public bool IsBound => _accessor is not null;

    /// <summary>Whether the rows name their columns, once a row was seen.</summary>
    public bool HasNames => _accessor?.HasNames == true;

    /// <summary>Names of the chosen columns, once known.</summary>
    public IReadOnlyList<string> Property => _property;

    /// <summary>Names of the columns that rows keep, once known; nameless columns have the names that they were given.</summary>
    public IReadOnlyList<string> KeptColumns { get; private set; } = [];

    /// <summary>Number of rows read so far.</summary>
    public long Count { get; private set; }

    /// <summary>The weight of the row read last; 1 without a column of weights, NaN where it is missing.</summary>
    public double Weight { get; private set; } = 1;

    /// <summary>Columns left out because the first rows, which decide on the numeric columns, have no value in them.</summary>
    public IReadOnlyList<string> Undecided { get; private set; } = [];

    /// <summary>Columns that are left out for want of numbers, when it was not said which columns are wanted.</summary>
    public IReadOnlyList<string> LeftOut { get; private set; } = [];

    /// <summary>Columns that held durations, which are read in seconds.</summary>
    public IReadOnlyCollection<string> Durations => _durations;

    /// <summary>Whether the rows are files of data whose contents were perhaps meant: no column was asked for.</summary>
    public bool MeantContents { get; private set; }

    /// <summary>Says which columns held points in time, which are read as seconds; null where none did.</summary>
    public string? TimesWarning => _asked.DescribeOrigins();

    /// <summary>Whether rows have to be looked at before it is known which columns are wanted.</summary>
    public bool NeedsLook => !IsBound && _holder is null or { HasNames: true } && (Wanted is null || !Wanted.All(IsKnown));

    /// <summary>The cells that a row has now, for one that is read later: until then a script may fill the same object anew.</summary>
    /// <param name="row">The row.</param>
    /// <returns>Its cells; null for one that cannot be read at all.</returns>
    public object?[]? Hold(PSObject? row)
    {
        if (row is null)
        {
            return null;
        }

        _heldCount++;
        _holder ??= CreateAccessor(row);
        if (_holder.Kind != RowAccessor.KindOf(row.BaseObject))
        {
            return null;
        }

        _holder.Extend(row);
        return [.. _holder.Columns.Select((_, column) => _holder.GetCell(row, column))];
    }

    /// <summary>Looks at the first rows, which decide on the columns. They have to be read all the same.</summary>
    /// <param name="cells">Their cells.</param>
    public void Look(IReadOnlyList<object?[]> cells) => _firstRows = cells;

    /// <summary>Reads the numbers of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="cells">What <see cref="Hold"/> gave for it; null for a row that was not held.</param>
    /// <returns>One number per chosen column, NaN where the cell is missing; overwritten by the next row.</returns>
    public double[] Read(PSObject? row, object?[]? cells = null)
    {
        RowAccessor accessor = Accept(row);
        Count++;
        _current = row;
        _cells = cells;
        for (int j = 0; j < _columns.Length; j++)
        {
            _row[j] = ReadNumber(accessor, row!, _columns[j], _property[j]);
        }

        if (_companions.Weight is int weight)
        {
            Weight = ReadNumber(accessor, row!, weight, WeightProperty!);
        }

        return _row;
    }

    /// <summary>The cells of the extra columns of the row that was read last.</summary>
    public object?[] GetExtra() => [.. _companions.Extra.Select(CurrentCell)];

    /// <summary>Says that a cell of the row read last is missing, as a sentence without its full stop.</summary>
    /// <param name="column">Index into <see cref="Property"/>.</param>
    public string DescribeMissing(int column) =>
        CellParser.DescribeMissing(CurrentCell(_columns[column]), new RowLocation(Count), _property[column]);

    /// <summary>The cells that a row keeps, or the promise of them, where no number was read from them and reading them may take long.</summary>
    /// <param name="row">The row that was read last.</param>
    /// <param name="cells">Filled with one cell for each of <see cref="KeptColumns"/>.</param>
    public void Keep(PSObject row, object?[] cells)
    {
        RowAccessor accessor = _accessor!;
        Func<int, object?>? read = null;
        for (int place = 0; place < _kept.Length; place++)
        {
            int column = _kept[place];
            cells[place] = _waiting[place]
                ? new LateProperty(KeptColumns[place], column, read ??= other => accessor.GetCell(row, other))
                : accessor.GetCell(row, column);
        }
    }

    /// <summary>Names or wildcards of the columns that were asked for; null where the first rows decide.</summary>
    private IReadOnlyList<string>? Wanted => Patterns.Count > 0 ? Patterns : Names;

    /// <summary>Whether one of the rows that are held back has a column that was asked for.</summary>
    private bool IsKnown(string pattern) => _holder is not null
        && (WildcardPattern.ContainsWildcardCharacters(pattern) || _holder.Columns.Contains(pattern, StringComparer.OrdinalIgnoreCase));

    /// <summary>A cell of the row that is read; null where a later one of the first rows brought the column.</summary>
    private object? CurrentCell(int column) =>
        _cells is null ? _accessor!.GetCell(_current!, column) : column < _cells.Length ? _cells[column] : null;

    private static string Describe(object bare) => bare is PSCustomObject ? "an object" : $"a {bare.GetType().Name}";

    private double ReadNumber(RowAccessor accessor, PSObject row, int column, string name)
    {
        double number;
        if (_cells is null && accessor.TryGetNumber(row, column, out number) && !_parser.IsMissing(number))
        {
            return number;
        }

        object? cell = CurrentCell(column);
        if (cell is TimeSpan)
        {
            _durations.Add(name);
        }

        CellKind kind = cell is string text ? _parser.ParseText(text, out number) : _parser.Parse(cell, out number);
        if (_parser.ReadsUnits && cell is string written)
        {
            _units.Check(name, written, () => new RowLocation(Count));
        }

        return kind == CellKind.NotANumber ? ReadAsked(cell, accessor, name) : number;
    }

    private double ReadAsked(object? cell, RowAccessor accessor, string name)
    {
        double number = (Wanted is null ? null : _asked.TryRead(cell, name, Count, Patterns.Count > 0)) ?? throw NotANumber(cell, accessor, name);
        return _parser.IsMissing(number) ? double.NaN : number;
    }

    private Exception NotANumber(object? cell, RowAccessor accessor, string name) =>
        (accessor.Kind == RowKind.Cell && cell is string text ? TextRow.TryExplain(text, Count, _property, _parser.Culture) : null)
        ?? (Exception)_parser.ErrorFor(CellKind.NotANumber, cell, Count, name);

    private RowAccessor Accept(PSObject? row)
    {
        if (row is null)
        {
            throw new CommandException(
                "EmptyRow",
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
                FormattableString.Invariant($"Row {Count + 1} is {Describe(row.BaseObject)}, but the rows before it are not. Pipe rows of one kind: objects, dictionaries, lists or numbers."),
                row);
        }

        CheckLength(row, _accessor!);
        return _accessor!;
    }

    private void Bind(PSObject row)
    {
        RowAccessor accessor = _holder ?? CreateAccessor(row);

        // a mixture's columns are never the weights; elsewhere only the columns that were asked for by name are not
        _companions = CompanionColumns.Resolve(
            accessor.Columns, WeightProperty, Extra, Patterns.Count > 0 ? Patterns : Names ?? []);
        _columns = accessor.HasNames ? ChooseNamed(accessor, row) : ChooseNameless(accessor, row);
        string[] all = accessor.HasNames || _property.Length != accessor.Columns.Length ? accessor.Columns : _property;
        _kept = Include is null ? [.. Enumerable.Range(0, all.Length)] : [.. _columns.Union(ColumnSelector.Resolve(all, Include))];
        _waiting = [.. _kept.Select(column => accessor.CanWait(column) && Array.IndexOf(_columns, column) < 0)];
        KeptColumns = [.. _kept.Select(column => all[column])];
        _row = new double[_columns.Length];
        _accessor = accessor;
    }

    /// <summary>What finds the cells of rows like this one, and of the columns that are computed: those that were said to be, and paths among the
    /// names that are asked for.</summary>
    private RowAccessor CreateAccessor(PSObject row)
    {
        RowAccessor accessor = RowAccessor.Create(row);
        IEnumerable<CalculatedColumn> paths =
            from name in Patterns.Concat(Names ?? []).Concat(Extra).Concat(Include ?? []).Concat(WeightProperty is null ? [] : [WeightProperty]).Distinct(StringComparer.OrdinalIgnoreCase)
            where !Calculated.Any(column => IsSame(column.Name, name)) && !accessor.Columns.Any(column => IsSame(column, name))
            let path = accessor.HasNames ? PropertyPath.TryParse(name) : null
            where path?.BeginsIn(accessor.Columns) == true
            select new CalculatedColumn(name, path);
        CalculatedColumn[] added = [.. Calculated, .. paths];
        Array.ForEach(added, column => column.Check(row));
        return added.Length == 0 ? accessor : new CalculatedAccessor(accessor, added, () => IsBound ? Count : _heldCount);
    }

    private static bool IsSame(string first, string second) => string.Equals(first, second, StringComparison.OrdinalIgnoreCase);

    private int[] ChooseNamed(RowAccessor accessor, PSObject row)
    {
        string[] available = accessor.Columns;
        int[] chosen = Wanted is null ? ChooseNumeric(accessor, row) : FindWanted(available, row);
        chosen = _companions.Without(chosen);
        _property = Patterns.Count == 0 && Names?.Count == chosen.Length ? [.. Names] : [.. chosen.Select(column => available[column])];
        return chosen;
    }

    private int[] FindWanted(string[] available, PSObject row)
    {
        try
        {
            return ColumnSelector.Resolve(available, Wanted!, Exclude, null);
        }
        catch (InvalidObservationException error) when (error.ErrorId == "UnknownProperty" && AdviceOnUnknown(row) is string advice)
        {
            throw new InvalidObservationException(error.ErrorId, $"{error.Message} {advice}", error.Row, error.Column, error.OffendingValue)
            { Suggestion = error.Suggestion };
        }
    }

    /// <summary>What to do where a column is not there, as far as the rows tell; null where they do not.</summary>
    private string? AdviceOnUnknown(PSObject row) =>
        row.BaseObject is FileInfo ? "Each row is a file, not what the file contains; to read the files, name them with -Path."
        : Patterns.Count == 0 && Calculated.Count == 0 ? "A column that was calculated for the fit has to be calculated here, too, with the same -Property."
        : null;

    private int[] ChooseNumeric(RowAccessor accessor, PSObject row)
    {
        string[] available = accessor.Columns;
        MeantContents = row.BaseObject is FileInfo file && TextRow.IsFileName(file.Name);
        IEnumerable<object?[]> first = _firstRows.Count > 0 ? _firstRows : [[.. available.Select((_, column) => accessor.GetCell(row, column))]];
        object?[][] cells = [.. first.Select(_companions.Hide)];
        _firstRows = [];
        Undecided = ColumnSelector.FindUndecided(available, cells, _parser, Exclude);
        int[] chosen = ColumnSelector.SelectNumeric(available, cells, _parser, Exclude, null);
        LeftOut = [.. ColumnSelector.FindLeftOut(available, _companions.Without(Enumerable.Range(0, available.Length)), chosen, Exclude)];
        return chosen;
    }

    /// <summary>Columns without names can be named, or chosen by the names x1, x2, ...; their companions only so.</summary>
    private int[] ChooseNameless(RowAccessor accessor, PSObject row)
    {
        int[] columns = _companions.Without(Enumerable.Range(0, accessor.Columns.Length));
        string[] available = [.. columns.Select(column => accessor.Columns[column])];
        bool numbered = Patterns.Count == 0 || Patterns.All(pattern => IsNumberedName(pattern, available));
        if (numbered && Names is null)
        {
            int[] chosen = ColumnSelector.Resolve(available, Patterns.Count == 0 ? ["*"] : Patterns, Exclude, null);
            _property = [.. chosen.Select(column => available[column])];
            return [.. chosen.Select(column => columns[column])];
        }

        IReadOnlyList<string> names = Patterns.Count > 0 ? Patterns : Names!;
        if (names.Count != available.Length)
        {
            throw (row.BaseObject is string text ? TextRow.TryExplain(text, Count + 1, names, _parser.Culture) : null)
                ?? WrongCount(accessor, available.Length, names);
        }

        int[] kept = ColumnSelector.Resolve(names, ["*"], Exclude, null);
        _property = [.. kept.Select(column => names[column])];
        return [.. kept.Select(column => columns[column])];
    }

    private static bool IsNumberedName(string pattern, string[] available) =>
        WildcardPattern.ContainsWildcardCharacters(pattern) || available.Contains(pattern, StringComparer.OrdinalIgnoreCase);

    private static CommandException WrongCount(RowAccessor accessor, int cellCount, IReadOnlyList<string> names)
    {
        string matrix = accessor.Kind == RowKind.Cell
            ? " PowerShell pipes a matrix in a variable as single numbers: pass it with -InputObject instead."
            : string.Empty;
        return new CommandException(
            "PropertyCountMismatch",
            FormattableString.Invariant($"The rows have {Counted.Of(cellCount, "cell")} each and no names, but {Counted.Of(names.Count, "column", "is", "are")} needed: {string.Join(", ", names)}. Give one name per cell.{matrix}"),
            names.ToArray());
    }

    private void CheckLength(PSObject row, RowAccessor accessor)
    {
        if (accessor.Kind == RowKind.List && ((IList)row.BaseObject).Count != accessor.CellCount)
        {
            throw new CommandException(
                "RowLength",
                FormattableString.Invariant($"Row {Count + 1} has {Counted.Of(((IList)row.BaseObject).Count, "cell")}, but the first row has {accessor.CellCount}. Give every row one cell per column."),
                row);
        }
    }
}
