using System;
using GmmTools.Numerics;

namespace GmmTools.Observations.Chunks;

/// <summary>A chunk that is being filled, column by column from the first row on, so that a full one is handed over as it is. Numbers are not
/// checked here.</summary>
internal sealed class ChunkFiller
{
    private readonly int _dimension;
    private readonly int _maxRows;
    private readonly bool _weighted;
    private int _nextCapacity;
    private int _capacity;
    private double[] _values = [];
    private double[]? _weights;

    /// <param name="dimension">Number of columns, d.</param>
    /// <param name="maxRows">Rows of a full chunk.</param>
    /// <param name="firstRows">Rows that there is room for at first.</param>
    /// <param name="weighted">Whether chunks always carry weights, not only where one differs from 1.</param>
    public ChunkFiller(int dimension, int maxRows, int firstRows, bool weighted)
    {
        _dimension = dimension;
        _maxRows = maxRows;
        _nextCapacity = Math.Min(maxRows, firstRows);
        _weighted = weighted;
    }

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the chunk is full, and to be taken before the next row.</summary>
    public bool IsFull => Count == _maxRows;

    /// <summary>Adds a row.</summary>
    public void Add(double[] row, double weight)
    {
        Reserve(1);
        for (int j = 0; j < _dimension; j++)
        {
            _values[(j * _capacity) + Count] = row[j];
        }

        Weigh(weight);
    }

    /// <summary>Adds some cells of a row.</summary>
    public void Add(double[] row, int[] columns, double weight)
    {
        Reserve(1);
        for (int j = 0; j < columns.Length; j++)
        {
            _values[(j * _capacity) + Count] = row[columns[j]];
        }

        Weigh(weight);
    }

    /// <summary>Adds rows that lie one after the other, as many as there is room for; each counts once.</summary>
    /// <param name="rows">Numbers, row after row.</param>
    /// <param name="first">The first row to add.</param>
    /// <param name="end">The row behind the last.</param>
    /// <returns>How many were added.</returns>
    public int AddRows(double[] rows, int first, int end)
    {
        int taken = Reserve(end - first);
        for (int i = 0; i < taken; i++)
        {
            int source = (first + i) * _dimension;
            for (int j = 0; j < _dimension; j++)
            {
                _values[(j * _capacity) + Count + i] = rows[source + j];
            }
        }

        return CountOnce(taken);
    }

    /// <summary>Adds rows that are given by columns, as many as there is room for; each counts once.</summary>
    /// <inheritdoc cref="AddRows"/>
    public int AddColumns(double[][] columns, int first, int end)
    {
        int taken = Reserve(end - first);
        for (int j = 0; j < _dimension; j++)
        {
            Array.Copy(columns[j], first, _values, (j * _capacity) + Count, taken);
        }

        return CountOnce(taken);
    }

    /// <summary>The rows so far; the filler is empty afterwards.</summary>
    public RowChunk Take()
    {
        double[] values = _values;
        double[]? weights = _weights;
        if (Count < _capacity)
        {
            values = Spread(Count);
            if (weights is not null)
            {
                Array.Resize(ref weights, Count);
            }
        }

        RowChunk chunk = new(values, Count, weights);

        // where one chunk was full, the next may well be
        _nextCapacity = IsFull ? _maxRows : _nextCapacity;
        _values = [];
        _weights = null;
        _capacity = Count = 0;
        return chunk;
    }

    /// <summary>Makes room.</summary>
    /// <param name="wanted">Rows wanted.</param>
    /// <returns>Rows that there is room for, at most so many.</returns>
    private int Reserve(int wanted)
    {
        if (Count + wanted > _capacity && _capacity < _maxRows)
        {
            int capacity = Math.Min(_maxRows, Math.Max(Count + wanted, Math.Max(_nextCapacity, 2 * _capacity)));
            _values = Spread(capacity);
            if (_weights is not null || _weighted)
            {
                Array.Resize(ref _weights, capacity);
            }

            _capacity = capacity;
        }

        return Math.Min(wanted, _capacity - Count);
    }

    /// <summary>The columns with room for more or fewer rows each.</summary>
    private double[] Spread(int capacity)
    {
        double[] values = new double[capacity * _dimension];
        for (int j = 0; j < _dimension; j++)
        {
            Array.Copy(_values, j * _capacity, values, j * capacity, Count);
        }

        return values;
    }

    private void Weigh(double weight)
    {
        if (weight != 1 && _weights is null)
        {
            _weights = new double[_capacity];
            CountOnce(0, Count);
        }

        if (_weights is not null)
        {
            _weights[Count] = weight;
        }

        Count++;
    }

    private int CountOnce(int taken)
    {
        CountOnce(Count, Count + taken);
        Count += taken;
        return taken;
    }

    private void CountOnce(int first, int end)
    {
        for (int i = first; _weights is not null && i < end; i++)
        {
            _weights[i] = 1;
        }
    }
}
