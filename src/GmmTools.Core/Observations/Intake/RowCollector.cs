using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Gaps;

namespace GmmTools.Observations.Intake;

/// <summary>
/// Collects rows one by one, some of whose cells may be missing, deals with the gaps by a stated policy, and hands over the rows:
/// as <see cref="ChunkedObservations"/> where none of them has gaps, else as <see cref="PartialObservations"/>.
/// </summary>
public sealed class RowCollector
{
    private readonly bool _weighted;
    private readonly MissingValuePolicy _policy;
    private readonly RowChecks _checks;
    private readonly RowStorage? _storage;
    private readonly RowBlockBuilder? _stream;
    private readonly PatternMap<int> _patterns;
    private readonly List<(MissingPattern Pattern, RowKeeper Rows)> _tables = [];
    private readonly List<(int Pattern, int Count)> _order = [];
    private readonly Func<MissingPattern, int> _addTable;

    /// <summary>Place of the complete rows among the tables; −1 before the first of them.</summary>
    private int _complete = -1;
    private long _omitted;
    private long _incomplete;
    private long _zeroWeight;
    private long _missingCells;
    private InvalidObservationException? _missing;

    /// <summary>Starts a table.</summary>
    /// <param name="property">Names of the d ≥ 1 columns.</param>
    /// <param name="weighted">Whether rows carry weights.</param>
    /// <param name="policy">What becomes of rows with gaps.</param>
    /// <param name="storage">Where the rows are kept; null for memory, however many they are.</param>
    /// <exception cref="InvalidObservationException">There are no columns (NoColumns).</exception>
    public RowCollector(
        IEnumerable<string> property,
        bool weighted = false,
        MissingValuePolicy policy = MissingValuePolicy.Error,
        RowStorage? storage = null)
    {
        _storage = storage;
        _weighted = weighted;
        _policy = policy;
        _checks = new RowChecks(property, weighted, () => ReadCount);
        _patterns = new PatternMap<int>(_checks.Property.Length);
        _addTable = AddTable;
        DescribeMissing = column => $"{DescribeRow()}, column '{_checks.Property[column]}' is missing";
    }

    /// <summary>Starts a stream: rows are not kept but passed on in blocks. Where gaps are not allowed, the first one is an error at
    /// once.</summary>
    /// <param name="property">Names of the d ≥ 1 columns.</param>
    /// <param name="weighted">Whether rows carry weights.</param>
    /// <param name="policy">What becomes of rows with gaps.</param>
    /// <param name="take">Takes the blocks in order.</param>
    /// <exception cref="InvalidObservationException">There are no columns (NoColumns).</exception>
    public RowCollector(IEnumerable<string> property, bool weighted, MissingValuePolicy policy, Action<RowBlock> take)
        : this(property, weighted, policy)
    {
        _stream = new RowBlockBuilder(_checks.Property.Length, ChunkLayout.RowsPerStreamedBlock(_checks.Property.Length), take);
    }

    /// <summary>Number of the row that is being added, from 1; default: as they are added.</summary>
    public Func<long> RowNumber
    {
        get => _checks.RowNumber;
        set => _checks.RowNumber = value;
    }

    /// <summary>Names the row that is being added, for errors; default: "Row 17".</summary>
    public Func<string> DescribeRow
    {
        get => _checks.DescribeRow;
        set => _checks.DescribeRow = value;
    }

    /// <summary>Says that a cell of the row that is being added is missing; default: "Row 17, column 'x' is missing".</summary>
    public Func<int, string> DescribeMissing { get; set; }

    /// <summary>Rows read so far.</summary>
    public long ReadCount { get; private set; }

    /// <summary>How many rows were read so far, and what became of them.</summary>
    public RowIntake Intake => new(ReadCount, _omitted, _incomplete, _zeroWeight, _policy);

    /// <summary>Adds a row.</summary>
    /// <param name="row">d numbers; NaN where a cell is missing. Copied.</param>
    /// <param name="weight">How often the row counts, when the table is weighted; a row of weight 0 is ignored.</param>
    /// <returns>Whether the row is one of the table: what goes with the rows, such as labels, is to be kept for these only.</returns>
    /// <exception cref="InvalidObservationException">A number is infinite, or the square of one that is kept (InfiniteValue), or the weight is no finite number of at
    /// least 0 (InvalidRowWeight).</exception>
    public bool Add(double[] row, double weight = 1)
    {
        if (!Check(row, weight, out bool complete) || _missing is not null)
        {
            if (_stream is not null)
            {
                ThrowIfMissing();
            }

            return false;
        }

        if (_stream is not null)
        {
            _stream.Add(row, ReadCount, weight);
            return true;
        }

        _checks.CheckSquares(row);
        int table = complete ? CompleteTable() : _patterns.GetOrAdd(row, _addTable);
        (MissingPattern pattern, RowKeeper rows) = _tables[table];
        if (complete)
        {
            rows.Add(row, weight);
        }
        else
        {
            rows.Add(row, pattern.Observed, weight);
        }

        Extend(table, 1);
        return true;
    }

    /// <summary>Adds many rows at once, where they are complete and count once each; other rows are to be added one by one.</summary>
    /// <param name="rows">Numbers, row after row; copied.</param>
    /// <param name="count">Number of rows; the array may be longer.</param>
    /// <returns>Whether they were added.</returns>
    public bool TryAddRows(double[] rows, int count) =>
        !_weighted && RowChecks.AreOrdinary(rows, count * _checks.Property.Length) && (_stream is null
            ? AddComplete(keeper => keeper.AddRows(rows, count), count)
            : Pass(stream => stream.AddRows(rows, count, ReadCount + 1), count));

    /// <summary>Adds many rows at once, where they are complete and count once each; other rows are to be added one by one.</summary>
    /// <param name="columns">d columns of numbers; copied.</param>
    /// <param name="count">Number of rows; the columns may be longer.</param>
    /// <returns>Whether they were added.</returns>
    public bool TryAddColumns(double[][] columns, int count) =>
        !_weighted
        && Array.TrueForAll(columns, column => RowChecks.AreOrdinary(column, count))
        && (_stream is null
            ? AddComplete(keeper => keeper.AddColumns(columns, count), count)
            : Pass(stream => stream.AddColumns(columns, count, ReadCount + 1), count));

    /// <summary>Names the cells that go with the rows of a stream.</summary>
    /// <param name="names">The names.</param>
    public void NameExtra(IReadOnlyList<string> names) => _stream!.ExtraNames = names;

    /// <summary>Adds cells that go with the row that was added last, to be passed on with it.</summary>
    /// <param name="cells">The cells.</param>
    public void AddExtra(IReadOnlyList<object?> cells) => _stream!.AddExtra(cells);

    /// <summary>Passes on the rows of a stream that still wait.</summary>
    public void Flush() => _stream!.Flush();

    /// <summary>Checks and counts a row without keeping it.</summary>
    /// <param name="row">d numbers; NaN where a cell is missing.</param>
    /// <param name="weight">How often the row counts, when the table is weighted.</param>
    /// <returns>Whether the row is to be used.</returns>
    /// <exception cref="InvalidObservationException">As for <see cref="Add"/>.</exception>
    public bool Check(double[] row, double weight = 1) => Check(row, weight, out _);

    private bool Check(double[] row, double weight, out bool complete)
    {
        complete = false;
        _checks.CheckLength(row);
        ReadCount++;
        _checks.CheckWeight(weight);
        if (weight == 0)
        {
            _zeroWeight++;
            return false;
        }

        int missing = _checks.CountMissing(row);
        complete = missing == 0;
        return complete || Accepts(row, missing);
    }

    /// <summary>Complains of the first gap, where the policy allows none: for rows that are used as they come.</summary>
    /// <exception cref="InvalidObservationException">A cell was missing (MissingValue).</exception>
    public void ThrowIfMissing() => ThrowIfMissing(string.Empty);

    /// <summary>The table; the collector is not to be used afterwards.</summary>
    /// <returns>The rows.</returns>
    /// <exception cref="InvalidObservationException">
    /// Cells are missing, which the policy does not allow (MissingValue); there are no rows, or none is left (NoRows).
    /// </exception>
    /// <exception cref="RowStorageException">The rows exceed their memory and cannot be kept in a file: DiskFull, TemporaryFileFailed,
    /// GapsBeyondMemory; also where rows are added.</exception>
    public IObservations Build()
    {
        ThrowIfMissing(CountText());
        if (_tables.Count == 0)
        {
            throw new InvalidObservationException("NoRows", NoRowsText()) { Remedy = _omitted > 0 ? new Remedy("KeepRowsWithGaps") : null };
        }

        return _tables.Count == 1 && _complete == 0
            ? _tables[0].Rows.BuildAnywhere()
            : new PartialObservations(_checks.Property, [.. _tables.Select(table => new PatternRows(table.Pattern, table.Rows.Build()))], _order);
    }

    private bool AddComplete(Action<RowKeeper> add, int count)
    {
        ReadCount += count;
        if (_missing is null && count > 0)
        {
            add(_tables[CompleteTable()].Rows);
            Extend(_complete, count);
        }

        return true;
    }

    private bool Pass(Action<RowBlockBuilder> add, int count)
    {
        add(_stream!);
        ReadCount += count;
        return true;
    }

    /// <summary>Notes the order in which the rows came.</summary>
    private void Extend(int pattern, int count)
    {
        (int last, int before) = _order.Count > 0 ? _order[_order.Count - 1] : (-1, 0);
        if (last == pattern && before <= int.MaxValue - count)
        {
            _order[_order.Count - 1] = (pattern, before + count);
        }
        else
        {
            _order.Add((pattern, count));
        }
    }

    private int CompleteTable() => _complete >= 0 ? _complete : _complete = AddTable(MissingPattern.Of(new double[_checks.Property.Length]));

    private int AddTable(MissingPattern pattern)
    {
        if (!pattern.IsComplete)
        {
            _storage?.NoteGaps();
        }

        string[] property = [.. pattern.Observed.Select(j => _checks.Property[j])];
        _tables.Add((pattern, pattern.IsComplete
            ? new RowKeeper(property, _weighted, _storage)
            : new RowKeeper(property, _weighted, _storage, firstCapacity: 1)));
        return _tables.Count - 1;
    }

    /// <summary>Counts a row with gaps.</summary>
    /// <returns>Whether it is used.</returns>
    private bool Accepts(double[] row, int missing)
    {
        _missingCells += missing;
        if (_policy == MissingValuePolicy.Marginalize && missing < row.Length)
        {
            _incomplete++;
            return true;
        }

        _omitted++;
        if (_policy == MissingValuePolicy.Error && _missing is null)
        {
            int column = Array.FindIndex(row, double.IsNaN);
            _missing = new InvalidObservationException("MissingValue", DescribeMissing(column), RowNumber(), _checks.Property[column]);
        }

        return false;
    }

    private string CountText() => FormattableString.Invariant(
        $" In total, {_omitted} of {Counted.Of(ReadCount, "row")} {(_omitted == 1 ? "has" : "have")} missing values ({Counted.Of(_missingCells, "cell")}).");

    private void ThrowIfMissing(string count)
    {
        if (_missing is not null)
        {
            throw new InvalidObservationException(
                _missing.ErrorId,
                $"{_missing.Message}.{count}",
                _missing.Row,
                _missing.Column)
            { Remedy = new Remedy("FillOrAllowGaps") };
        }
    }

    private string NoRowsText() => _omitted > 0
        ? FormattableString.Invariant($"There are no rows left: all {_omitted} were left out because of missing values.")
        : _zeroWeight > 0
        ? FormattableString.Invariant($"There are no rows: all {_zeroWeight} have weight 0.")
        : RowChecks.NoRows;
}
