using System;
using System.Collections.Generic;
using GmmTools.Numerics;

namespace GmmTools.Observations.Intake;

/// <summary>Gathers rows into blocks and passes each on when the next begins, so that what goes with a row can still be added to it.</summary>
internal sealed class RowBlockBuilder
{
    private readonly int _dimension;
    private readonly int _capacity;
    private readonly Action<RowBlock>? _take;
    private double[] _values;
    private long[] _numbers;
    private List<IReadOnlyList<object?>>? _extra;
    private int _count;
    private bool _hasGaps;
    private double[]? _weights;

    /// <param name="dimension">Number of columns, d.</param>
    /// <param name="capacity">Rows per block.</param>
    /// <param name="take">Takes a full block; null when the only block is asked for.</param>
    public RowBlockBuilder(int dimension, int capacity, Action<RowBlock>? take)
    {
        _dimension = dimension;
        _capacity = capacity;
        _take = take;
        _values = new double[capacity * dimension];
        _numbers = new long[capacity];
    }

    /// <summary>Names of the columns that go with the rows.</summary>
    public IReadOnlyList<string> ExtraNames { get; set; } = [];

    /// <summary>Adds a row; NaN where a cell is missing.</summary>
    public void Add(double[] row, long number, double weight = 1)
    {
        MakeRoom();
        if (weight != 1 && _weights is null)
        {
            _weights = new double[_capacity];
            for (int i = 0; i < _count; i++)
            {
                _weights[i] = 1;
            }
        }

        if (_weights is not null)
        {
            _weights[_count] = weight;
        }

        for (int j = 0; j < _dimension; j++)
        {
            _values[(j * _capacity) + _count] = row[j];
            _hasGaps |= double.IsNaN(row[j]);
        }

        _numbers[_count++] = number;
    }

    /// <summary>Adds complete rows that lie one after the other.</summary>
    public void AddRows(double[] rows, int count, long firstNumber) => AddMany(count, firstNumber, (done, taken) =>
    {
        for (int i = 0; i < taken; i++)
        {
            int source = (done + i) * _dimension;
            for (int j = 0; j < _dimension; j++)
            {
                _values[(j * _capacity) + _count + i] = rows[source + j];
            }
        }
    });

    /// <summary>Adds complete rows that are given by columns.</summary>
    public void AddColumns(double[][] columns, int count, long firstNumber) => AddMany(count, firstNumber, (done, taken) =>
    {
        for (int j = 0; j < _dimension; j++)
        {
            Array.Copy(columns[j], done, _values, (j * _capacity) + _count, taken);
        }
    });

    /// <summary>Adds what goes with the row that was added last.</summary>
    public void AddExtra(IReadOnlyList<object?> cells) => (_extra ??= []).Add(cells);

    /// <summary>Passes on what is left.</summary>
    public void Flush()
    {
        if (_count > 0)
        {
            _take!(Take());
        }
    }

    /// <summary>The rows so far; the builder is empty afterwards.</summary>
    public RowBlock Take()
    {
        RowBlock block = new(new RowChunk(Compact(), _count, TakeWeights()), _hasGaps, TakeNumbers(), ExtraNames, _extra);
        _values = new double[_capacity * _dimension];
        _numbers = new long[_capacity];
        _extra = null;
        _count = 0;
        _hasGaps = false;
        return block;
    }

    private void AddMany(int count, long firstNumber, Action<int, int> copy)
    {
        int done = 0;
        while (done < count)
        {
            MakeRoom();
            int taken = Math.Min(count - done, _capacity - _count);
            copy(done, taken);
            for (int i = 0; i < taken; i++)
            {
                _numbers[_count + i] = firstNumber + done + i;
                if (_weights is not null)
                {
                    _weights[_count + i] = 1;
                }
            }

            _count += taken;
            done += taken;
        }
    }

    private void MakeRoom()
    {
        if (_count == _capacity)
        {
            Flush();
        }
    }

    private double[] Compact()
    {
        if (_count == _capacity)
        {
            return _values;
        }

        double[] values = new double[_count * _dimension];
        for (int j = 0; j < _dimension; j++)
        {
            Array.Copy(_values, j * _capacity, values, j * _count, _count);
        }

        return values;
    }

    private double[]? TakeWeights()
    {
        double[]? weights = _weights;
        _weights = null;
        if (weights is not null)
        {
            Array.Resize(ref weights, _count);
        }

        return weights;
    }

    private long[] TakeNumbers()
    {
        Array.Resize(ref _numbers, _count);
        return _numbers;
    }
}
