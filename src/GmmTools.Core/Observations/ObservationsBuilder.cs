using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace GmmTools.Observations;

/// <summary>Collects rows one by one and hands them over, 8 bytes per cell: in memory, or where the storage says so in a file.</summary>
public sealed class ObservationsBuilder
{
    private const int FirstCapacity = 256;

    private readonly string[] _property;
    private readonly int _rowsPerChunk;
    private readonly int _firstCapacity;
    private readonly bool _weighted;
    private readonly List<RowChunk> _chunks = [];
    private readonly RowStorage? _storage;
    private ColumnStore? _store;
    private double[] _rows;
    private double[]? _weights;
    private int _pending;

    /// <summary>Starts a table.</summary>
    /// <param name="property">Names of the d ≥ 1 columns.</param>
    /// <param name="weighted">Whether rows carry weights.</param>
    public ObservationsBuilder(IEnumerable<string> property, bool weighted = false)
        : this(property, weighted, null)
    {
    }

    internal ObservationsBuilder(IEnumerable<string> property, bool weighted, int? rowsPerChunk, int? firstCapacity = null, RowStorage? storage = null)
    {
        _storage = storage;
        _property = property.ToArray();
        if (_property.Length == 0)
        {
            throw new InvalidObservationException("NoColumns", "No column was chosen. Name at least one numeric column.");
        }

        _weighted = weighted;
        _rowsPerChunk = rowsPerChunk ?? ChunkLayout.RowsPerChunk(_property.Length);
        _firstCapacity = firstCapacity ?? FirstCapacity;
        _rows = [];
    }

    /// <summary>Number of rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <param name="row">d finite numbers; copied.</param>
    /// <param name="weight">How often the row counts, when the table is weighted; a row of weight 0 is left out.</param>
    /// <exception cref="InvalidObservationException">A number is not finite, or the weight is negative.</exception>
    public void Add(double[] row, double weight = 1)
    {
        if (row.Length != _property.Length)
        {
            throw new ArgumentException($"The row has {row.Length} numbers, the table {_property.Length} columns.", nameof(row));
        }

        CheckFinite(row);
        CheckWeight(weight);
        if (weight == 0)
        {
            return;
        }

        EnsureRoom();
        Array.Copy(row, 0, _rows, _pending * row.Length, row.Length);
        if (_weights is not null)
        {
            _weights[_pending] = weight;
        }

        _pending++;
        Count++;
        if (_pending == _rowsPerChunk)
        {
            FlushChunk();
        }
    }

    /// <summary>Adds several rows at once, each counting once.</summary>
    /// <param name="rows">Finite numbers, row after row; copied.</param>
    /// <param name="count">Number of rows; the array may be longer.</param>
    /// <exception cref="InvalidObservationException">A number is not finite; the rows before it were added.</exception>
    public void AddRows(double[] rows, int count)
    {
        int dimension = _property.Length;
        int finite = AreFinite(rows, 0, count * dimension) ? count : FindFirst(count, i => !AreFinite(rows, i * dimension, dimension));
        int done = 0;
        while (done < finite)
        {
            EnsureRoom();
            int taken = Math.Min(finite - done, (_rows.Length / dimension) - _pending);
            Array.Copy(rows, done * dimension, _rows, _pending * dimension, taken * dimension);
            done += taken;
            Accept(taken);
        }

        if (done < count)
        {
            // the row at fault is told as any other
            double[] row = new double[dimension];
            Array.Copy(rows, done * dimension, row, 0, dimension);
            Add(row);
        }
    }

    /// <summary>Adds several rows at once, each counting once.</summary>
    /// <param name="columns">d columns of finite numbers; copied.</param>
    /// <param name="count">Number of rows; the columns may be longer.</param>
    /// <exception cref="InvalidObservationException">A number is not finite; the rows before it were added.</exception>
    public void AddColumns(double[][] columns, int count)
    {
        int finite = Array.TrueForAll(columns, column => AreFinite(column, 0, count))
            ? count
            : FindFirst(count, i => !Array.TrueForAll(columns, column => AreFinite(column, i, 1)));
        int done = 0;
        while (done < finite)
        {
            done += _pending == 0 && finite - done >= _rowsPerChunk && !_weighted
                ? AddChunk(columns, done)
                : AddPending(columns, done, finite);
        }

        if (done < count)
        {
            Add([.. columns.Select(column => column[done])]);
        }
    }

    /// <summary>The table; the builder is empty afterwards.</summary>
    /// <returns>The rows.</returns>
    /// <exception cref="InvalidObservationException">There are no rows (NoRows).</exception>
    public InMemoryObservations Build() => (InMemoryObservations)BuildAnywhere();

    /// <summary>The table, in memory or in a file as the storage says; the builder is empty afterwards.</summary>
    /// <returns>The rows.</returns>
    /// <exception cref="InvalidObservationException">There are no rows (NoRows).</exception>
    /// <exception cref="RowStorageException">The file cannot be written.</exception>
    internal ChunkedObservations BuildAnywhere()
    {
        if (Count == 0)
        {
            throw new InvalidObservationException(
                "NoRows",
                "There are no rows. Check the file, the query or the filter in front of this command.");
        }

        if (_pending > 0)
        {
            FlushChunk();
        }

        Guard(_store is null ? null : _store.Complete);
        ChunkedObservations observations = _store is null
            ? new InMemoryObservations(_property, [.. _chunks])
            : new MappedObservations(_property, _store);
        _chunks.Clear();
        _rows = [];
        Count = 0;
        return observations;
    }

    /// <summary>Whether numbers are all finite; a quick answer for many.</summary>
    internal static bool AreFinite(double[] values, int start, int count)
    {
        // a number times zero is zero, unless it is not finite: then it is NaN, and the sum as well
        double first = 0;
        double second = 0;
        int end = start + count;
        int i = start;
        for (; i < end - 1; i += 2)
        {
            first += values[i] * 0;
            second += values[i + 1] * 0;
        }

        return !double.IsNaN(first + second + (i < end ? values[i] * 0 : 0));
    }

    private static int FindFirst(int count, Func<int, bool> wanted)
    {
        int i = 0;
        while (i < count && !wanted(i))
        {
            i++;
        }

        return i;
    }

    /// <summary>A whole chunk, where no rows wait: columns stay columns.</summary>
    private int AddChunk(double[][] columns, int start)
    {
        double[] values = new double[_rowsPerChunk * columns.Length];
        for (int j = 0; j < columns.Length; j++)
        {
            Array.Copy(columns[j], start, values, j * _rowsPerChunk, _rowsPerChunk);
        }

        Keep(new RowChunk(values, _rowsPerChunk, null));
        Count += _rowsPerChunk;
        return _rowsPerChunk;
    }

    private int AddPending(double[][] columns, int start, int end)
    {
        EnsureRoom();
        int dimension = columns.Length;
        int taken = Math.Min(end - start, (_rows.Length / dimension) - _pending);
        for (int j = 0; j < dimension; j++)
        {
            double[] column = columns[j];
            for (int i = 0; i < taken; i++)
            {
                _rows[((_pending + i) * dimension) + j] = column[start + i];
            }
        }

        Accept(taken);
        return taken;
    }

    /// <summary>Counts rows that were copied behind those that wait.</summary>
    private void Accept(int taken)
    {
        for (int i = 0; _weights is not null && i < taken; i++)
        {
            _weights[_pending + i] = 1;
        }

        _pending += taken;
        Count += taken;
        if (_pending == _rowsPerChunk)
        {
            FlushChunk();
        }
    }

    private void EnsureRoom()
    {
        int capacity = _rows.Length / _property.Length;
        if (_pending < capacity)
        {
            return;
        }

        int grown = Math.Min(_rowsPerChunk, Math.Max(_firstCapacity, capacity * 2));
        Array.Resize(ref _rows, grown * _property.Length);
        if (_weighted)
        {
            Array.Resize(ref _weights, grown);
        }
    }

    private void FlushChunk()
    {
        int dimension = _property.Length;
        double[] values = new double[_pending * dimension];
        for (int j = 0; j < dimension; j++)
        {
            for (int i = 0; i < _pending; i++)
            {
                values[(j * _pending) + i] = _rows[(i * dimension) + j];
            }
        }

        double[]? weights = null;
        if (_weights is not null)
        {
            weights = new double[_pending];
            Array.Copy(_weights, weights, _pending);
        }

        Keep(new RowChunk(values, _pending, weights));
        _pending = 0;
    }

    private void Keep(RowChunk chunk)
    {
        long bytes = (chunk.Values.Length + (long)(chunk.Weights?.Length ?? 0)) * sizeof(double);
        if (_store is null && _storage?.TryKeep(bytes) == false)
        {
            Spill(_storage);
        }

        if (_store is null)
        {
            _chunks.Add(chunk);
        }
        else
        {
            Guard(() => _store.Append(chunk));
        }
    }

    /// <summary>Moves what is in memory to a file.</summary>
    private void Spill(RowStorage storage)
    {
        _store = storage.CreateStore(_property.Length, _rowsPerChunk, _weighted);
        foreach (RowChunk chunk in _chunks)
        {
            Guard(() => _store.Append(chunk));
        }

        _chunks.Clear();
        _chunks.Capacity = 0;
    }

    private void Guard(Action? write)
    {
        try
        {
            write?.Invoke();
        }
        catch (IOException exception)
        {
            throw _storage!.Failure(exception);
        }
    }

    private void CheckFinite(double[] row)
    {
        for (int j = 0; j < row.Length; j++)
        {
            if (double.IsNaN(row[j]) || double.IsInfinity(row[j]))
            {
                string kind = double.IsNaN(row[j]) ? "NaN" : "infinite";
                throw new InvalidObservationException(
                    double.IsNaN(row[j]) ? "NotANumber" : "InfiniteValue",
                    $"Row {Count + 1}, column '{_property[j]}' is {kind}. Remove or repair the row.",
                    Count + 1,
                    _property[j],
                    row[j]);
            }

            if (SquareLimits.IsTooLarge(row[j]))
            {
                throw SquareLimits.TooLarge(FormattableString.Invariant($"Row {Count + 1}, column '{_property[j]}'"), row[j], Count + 1, _property[j]);
            }
        }
    }

    private void CheckWeight(double weight)
    {
        if (!(weight >= 0) || double.IsInfinity(weight) || (!_weighted && weight != 1))
        {
            throw new InvalidObservationException(
                "InvalidRowWeight",
                FormattableString.Invariant($"Row {Count + 1} has the weight {weight:R}. Row weights are finite numbers of at least 0."),
                Count + 1,
                null,
                weight);
        }
    }
}
