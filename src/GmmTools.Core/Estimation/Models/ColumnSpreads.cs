using System;
using System.Linq;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Models;

/// <summary>How wide the columns are, whatever the outermost rows are: the distance of their quartiles, in standard deviations of a normal
/// distribution.</summary>
internal static class ColumnSpreads
{
    /// <summary>Probabilities between whose quantiles a column is measured, and how far these are apart in a standard normal distribution. Further ones are
    /// tried where most values of a column are equal.</summary>
    private static readonly (double Tail, double Width)[] Quantiles = [(0.25, 1.3489795003921634), (0.1, 2.5631031310892007), (0.02, 4.107497821364184)];

    /// <summary>The spreads of all columns, in their units.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="pooled">Moments of all rows, for columns in which nearly all values are equal.</param>
    public static double[] Of(InMemoryObservations rows, PooledMoments pooled) => [.. Enumerable.Range(0, pooled.Dimension).Select(j => Of(rows, pooled, j))];

    private static double Of(InMemoryObservations rows, PooledMoments pooled, int column)
    {
        double[] values = new double[rows.Count];
        double[] weights = new double[rows.Count];
        int place = 0;
        foreach (RowChunk chunk in rows.Chunks)
        {
            for (int i = 0; i < chunk.Count; i++)
            {
                if (chunk.Counts(i))
                {
                    values[place] = chunk.Values[(column * chunk.Count) + i];
                    weights[place++] = chunk.Weights?[i] ?? 1;
                }
            }
        }

        Array.Sort(values, weights);
        foreach ((double tail, double width) in Quantiles)
        {
            double spread = (Quantile(values, weights, 1 - tail) - Quantile(values, weights, tail)) / width;
            if (spread > 0)
            {
                return spread;
            }
        }

        return Math.Sqrt(pooled.Variance(column));
    }

    /// <summary>The smallest value up to which rows have such a share of the weight.</summary>
    private static double Quantile(double[] values, double[] weights, double probability)
    {
        double left = probability * weights.Sum();
        int place = 0;
        while (place < values.Length - 1 && (left -= weights[place]) > 0)
        {
            place++;
        }

        return values[place];
    }
}
