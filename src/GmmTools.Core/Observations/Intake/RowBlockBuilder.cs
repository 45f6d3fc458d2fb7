using System;
using System.Collections.Generic;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations.Intake;

/// <summary>Gathers rows into blocks and passes each on when the next begins, so that what goes with a row can still be added to it.</summary>
internal sealed class RowBlockBuilder
{
    private readonly ChunkFiller _filler;
    private readonly Action<RowBlock>? _take;
    private long[] _numbers;
    private List<IReadOnlyList<object?>>? _extra;
    private bool _hasGaps;

    /// <param name="dimension">Number of columns, d.</param>
    /// <param name="capacity">Rows per block.</param>
    /// <param name="take">Takes a full block; null when the only block is asked for.</param>
    public RowBlockBuilder(int dimension, int capacity, Action<RowBlock>? take)
    {
        _filler = new ChunkFiller(dimension, capacity, capacity, weighted: false);
        _take = take;
        _numbers = new long[capacity];
    }

    /// <summary>Names of the columns that go with the rows.</summary>
    public IReadOnlyList<string> ExtraNames { get; set; } = [];

    /// <summary>Adds a row; NaN where a cell is missing.</summary>
    public void Add(double[] row, long number, double weight = 1)
    {
        MakeRoom();
        for (int j = 0; j < row.Length && !_hasGaps; j++)
        {
            _hasGaps = double.IsNaN(row[j]);
        }

        _numbers[_filler.Count] = number;
        _filler.Add(row, weight);
    }

    /// <summary>Adds complete rows that lie one after the other.</summary>
    public void AddRows(double[] rows, int count, long firstNumber) =>
        AddMany(count, firstNumber, done => _filler.AddRows(rows, done, count));

    /// <summary>Adds complete rows that are given by columns.</summary>
    public void AddColumns(double[][] columns, int count, long firstNumber) =>
        AddMany(count, firstNumber, done => _filler.AddColumns(columns, done, count));

    /// <summary>Adds what goes with the row that was added last.</summary>
    public void AddExtra(IReadOnlyList<object?> cells) => (_extra ??= []).Add(cells);

    /// <summary>Passes on what is left.</summary>
    public void Flush()
    {
        if (_filler.Count > 0)
        {
            _take!(Take());
        }
    }

    /// <summary>The rows so far; the builder is empty afterwards.</summary>
    public RowBlock Take()
    {
        int capacity = _numbers.Length;
        Array.Resize(ref _numbers, _filler.Count);
        RowBlock block = new(_filler.Take(), _hasGaps, _numbers, ExtraNames, _extra);
        _numbers = new long[capacity];
        _extra = null;
        _hasGaps = false;
        return block;
    }

    private void AddMany(int count, long firstNumber, Func<int, int> add)
    {
        for (int done = 0; done < count;)
        {
            MakeRoom();
            int before = _filler.Count;
            int taken = add(done);
            for (int i = 0; i < taken; i++)
            {
                _numbers[before + i] = firstNumber + done + i;
            }

            done += taken;
        }
    }

    private void MakeRoom()
    {
        if (_filler.IsFull)
        {
            Flush();
        }
    }
}
