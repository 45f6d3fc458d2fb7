using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Observations;

/// <summary>
/// Collects rows one by one, some of whose cells may be missing, deals with the gaps by a stated policy, and hands over the rows:
/// as <see cref="ChunkedObservations"/> where none of them has gaps, else as <see cref="PartialObservations"/>.
/// </summary>
public sealed class RowCollector
{
    private readonly string[] _property;
    private readonly bool _weighted;
    private readonly MissingValuePolicy _policy;
    private readonly RowStorage? _storage;
    private readonly RowBlockBuilder? _stream;
    private readonly PatternMap<int> _patterns;
    private readonly List<PatternBuilder> _inOrder = [];
    private readonly List<(int Pattern, int Count)> _order = [];
    private readonly Func<MissingPattern, int> _addPattern;
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
        _property = property.ToArray();
        if (_property.Length == 0)
        {
            throw new InvalidObservationException("NoColumns", "No column was chosen. Name at least one numeric column.");
        }

        _weighted = weighted;
        _policy = policy;
        _patterns = new PatternMap<int>(_property.Length);
        _addPattern = AddPattern;
        RowNumber = () => ReadCount;
        DescribeRow = () => FormattableString.Invariant($"Row {RowNumber()}");
        DescribeMissing = column => $"{DescribeRow()}, column '{_property[column]}' is missing";
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
        _stream = new RowBlockBuilder(_property.Length, ChunkLayout.RowsPerStreamedBlock(_property.Length), take);
    }

    /// <summary>Number of the row that is being added, from 1; default: as they are added.</summary>
    public Func<long> RowNumber { get; set; }

    /// <summary>Names the row that is being added, for errors; default: "Row 17".</summary>
    public Func<string> DescribeRow { get; set; }

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
    /// <exception cref="InvalidObservationException">A number is infinite (InfiniteValue), or the weight is no finite number of at
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

        int rows = complete && _complete >= 0 ? _complete : _patterns.GetOrAdd(row, _addPattern);
        _inOrder[rows].Add(row, weight);
        Extend(rows, 1);
        return true;
    }

    /// <summary>Adds many rows at once, where they are complete and count once each; other rows are to be added one by one.</summary>
    /// <param name="rows">Numbers, row after row; copied.</param>
    /// <param name="count">Number of rows; the array may be longer.</param>
    /// <returns>Whether they were added.</returns>
    public bool TryAddRows(double[] rows, int count) =>
        !_weighted && ObservationsBuilder.AreFinite(rows, 0, count * _property.Length) && (_stream is null
            ? AddComplete(builder => builder.AddRows(rows, count), count)
            : Pass(stream => stream.AddRows(rows, count, ReadCount + 1), count));

    /// <summary>Adds many rows at once, where they are complete and count once each; other rows are to be added one by one.</summary>
    /// <param name="columns">d columns of numbers; copied.</param>
    /// <param name="count">Number of rows; the columns may be longer.</param>
    /// <returns>Whether they were added.</returns>
    public bool TryAddColumns(double[][] columns, int count) =>
        !_weighted
        && Array.TrueForAll(columns, column => ObservationsBuilder.AreFinite(column, 0, count))
        && (_stream is null
            ? AddComplete(builder => builder.AddColumns(columns, count), count)
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
        if (row.Length != _property.Length)
        {
            throw new ArgumentException($"The row has {row.Length} numbers, the table {_property.Length} columns.", nameof(row));
        }

        ReadCount++;
        CheckWeight(weight);
        if (weight == 0)
        {
            _zeroWeight++;
            return false;
        }

        int missing = CountMissing(row);
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
        if (_inOrder.Count == 0)
        {
            throw new InvalidObservationException("NoRows", NoRowsText()) { Remedy = _omitted > 0 ? new Remedy("KeepRowsWithGaps") : null };
        }

        return _inOrder.Count == 1 && _complete == 0
            ? _inOrder[0].Rows.BuildAnywhere()
            : new PartialObservations(_property, [.. _inOrder.Select(rows => rows.Build())], _order);
    }

    private bool AddComplete(Action<ObservationsBuilder> add, int count)
    {
        ReadCount += count;
        if (_missing is null && count > 0)
        {
            int rows = _complete >= 0 ? _complete : _patterns.GetOrAdd(new double[_property.Length], _addPattern);
            add(_inOrder[rows].Rows);
            Extend(rows, count);
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

    private int AddPattern(MissingPattern pattern)
    {
        _complete = pattern.IsComplete ? _inOrder.Count : _complete;
        if (!pattern.IsComplete)
        {
            _storage?.NoteGaps();
        }

        _inOrder.Add(new PatternBuilder(pattern, _property, _weighted, _storage));
        return _inOrder.Count - 1;
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
            _missing = new InvalidObservationException("MissingValue", DescribeMissing(column), RowNumber(), _property[column]);
        }

        return false;
    }

    private int CountMissing(double[] row)
    {
        int missing = 0;
        for (int j = 0; j < row.Length; j++)
        {
            if (double.IsNaN(row[j]))
            {
                missing++;
            }
            else if (double.IsInfinity(row[j]))
            {
                throw new InvalidObservationException(
                    "InfiniteValue",
                    $"{DescribeRow()}, column '{_property[j]}' is infinite or too large. Remove or repair the row.",
                    RowNumber(),
                    _property[j],
                    row[j]);
            }
        }

        return missing;
    }

    private void CheckWeight(double weight)
    {
        if (!(weight >= 0) || double.IsInfinity(weight) || (!_weighted && weight != 1))
        {
            string fault = double.IsNaN(weight) ? "has no weight" : FormattableString.Invariant($"has the weight {weight:R}");
            throw new InvalidObservationException(
                "InvalidRowWeight",
                $"{DescribeRow()} {fault}. A weight says how often a row counts: a finite number of at least 0, and 0 leaves the row out.",
                RowNumber(),
                null,
                weight);
        }
    }

    private string CountText() => FormattableString.Invariant(
        $" In all {_omitted} of {ReadCount} rows {(_omitted == 1 ? "lacks" : "lack")} {_missingCells} {(_missingCells == 1 ? "cell" : "cells")}.");

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
        ? FormattableString.Invariant($"There are no rows left: all {_omitted} were left out, since cells are missing.")
        : _zeroWeight > 0
        ? FormattableString.Invariant($"There are no rows: all {_zeroWeight} have the weight 0.")
        : "There are no rows. Check the file, the query or the filter in front of this command.";

    /// <summary>The rows of one pattern on their way into a table of the columns that they have.</summary>
    private sealed class PatternBuilder
    {
        private readonly double[] _observed;

        public PatternBuilder(MissingPattern pattern, string[] property, bool weighted, RowStorage? storage)
        {
            Pattern = pattern;
            _observed = new double[pattern.Observed.Length];
            Rows = new ObservationsBuilder(pattern.Observed.Select(j => property[j]), weighted, null, pattern.IsComplete ? null : 1, storage);
        }

        public MissingPattern Pattern { get; }

        /// <summary>The observed columns.</summary>
        public ObservationsBuilder Rows { get; }

        public void Add(double[] row, double weight)
        {
            Pattern.Gather(row, _observed);
            Rows.Add(_observed, weight);
        }

        public PatternRows Build() => new(Pattern, Rows.Build());
    }
}
