using System;
using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Observations.Chunks;

/// <summary>What is known of rows as a whole, gathered chunk by chunk in their order.</summary>
internal sealed class RowTotals
{
    public RowTotals(int dimension)
    {
        Minimum = [.. Enumerable.Repeat(double.PositiveInfinity, dimension)];
        Maximum = [.. Enumerable.Repeat(double.NegativeInfinity, dimension)];
    }

    public long Count { get; private set; }

    public double TotalWeight { get; private set; }

    public double[] Minimum { get; }

    public double[] Maximum { get; }

    public static RowTotals Of(RowChunk[] chunks, int dimension)
    {
        RowTotals totals = new(dimension);
        foreach (RowChunk chunk in chunks)
        {
            totals.Add(chunk);
        }

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
        bool all = chunk.Weights is null || !Array.Exists(chunk.Weights, weight => weight == 0);
        Count += all ? chunk.Count : chunk.Weights!.Count(weight => weight > 0);
        TotalWeight += chunk.Weights?.Sum() ?? chunk.Count;
        for (int j = 0; j < Minimum.Length; j++)
        {
            AddColumn(chunk, j, all);
        }
    }

    private void AddColumn(RowChunk chunk, int column, bool all)
    {
        double minimum = Minimum[column];
        double maximum = Maximum[column];
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

        Minimum[column] = minimum;
        Maximum[column] = maximum;
    }
}
