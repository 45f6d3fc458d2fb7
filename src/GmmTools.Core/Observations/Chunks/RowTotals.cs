using System;
using System.Linq;
using System.Threading;
using GmmTools.Numerics;

namespace GmmTools.Observations.Chunks;

/// <summary>What is known of rows as a whole, gathered chunk by chunk in their order.</summary>
internal sealed class RowTotals
{
    private readonly double[] _minimum;
    private readonly double[] _maximum;
    private RowChunk[]? _unread;

    public RowTotals(int dimension)
    {
        _minimum = [.. Enumerable.Repeat(double.PositiveInfinity, dimension)];
        _maximum = [.. Enumerable.Repeat(double.NegativeInfinity, dimension)];
    }

    public long Count { get; private set; }

    public double TotalWeight { get; private set; }

    public double[] Minimum
    {
        get
        {
            ReadRanges();
            return _minimum;
        }
    }

    public double[] Maximum
    {
        get
        {
            ReadRanges();
            return _maximum;
        }
    }

    /// <summary>The totals of chunks in memory, whose ranges are looked for when they are asked for: thousands of replicates never do.</summary>
    public static RowTotals Of(RowChunk[] chunks, int dimension)
    {
        RowTotals totals = new(dimension);
        foreach (RowChunk chunk in chunks)
        {
            totals.AddWeights(chunk);
        }

        totals._unread = chunks;
        return totals;
    }

    /// <summary>The same rows, less so much weight.</summary>
    public RowTotals Without(double weight)
    {
        RowTotals rest = (RowTotals)MemberwiseClone();
        rest.TotalWeight -= weight;
        return rest;
    }

    public void Add(RowChunk chunk)
    {
        AddWeights(chunk);
        AddRange(chunk);
    }

    private void AddWeights(RowChunk chunk)
    {
        Count += chunk.Weights?.Count(weight => weight > 0) ?? chunk.Count;
        TotalWeight += chunk.Weights?.Sum() ?? chunk.Count;
    }

    /// <summary>From any thread: what several find is the same.</summary>
    private void ReadRanges()
    {
        RowChunk[]? unread = Volatile.Read(ref _unread);
        if (unread is not null)
        {
            Array.ForEach(unread, AddRange);
            Volatile.Write(ref _unread, null);
        }
    }

    private void AddRange(RowChunk chunk)
    {
        bool all = chunk.Weights is null || !Array.Exists(chunk.Weights, weight => weight == 0);
        for (int j = 0; j < _minimum.Length; j++)
        {
            AddColumn(chunk, j, all);
        }
    }

    private void AddColumn(RowChunk chunk, int column, bool all)
    {
        double minimum = _minimum[column];
        double maximum = _maximum[column];
        int first = column * chunk.Count;
        for (int i = 0; i < chunk.Count; i++)
        {
            if (!all && !chunk.Counts(i))
            {
                continue;
            }

            double value = chunk.Values[first + i];
            minimum = value < minimum ? value : minimum;
            maximum = value > maximum ? value : maximum;
        }

        _minimum[column] = minimum;
        _maximum[column] = maximum;
    }
}
