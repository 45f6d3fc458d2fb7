namespace GmmTools.Numerics;

/// <summary>Some thousand consecutive rows, column after column, so that kernels read each column in order.</summary>
public sealed class RowChunk
{
    internal RowChunk(double[] values, int count, double[]? weights)
    {
        Values = values;
        Count = count;
        Weights = weights;
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Values: column j of row i stands at j·<see cref="Count"/> + i.</summary>
    public double[] Values { get; }

    /// <summary>One weight per row, or null when every row counts once.</summary>
    public double[]? Weights { get; }

    /// <summary>Whether a row counts at all; views leave rows out by a weight of 0.</summary>
    internal bool Counts(int index) => Weights is null || Weights[index] > 0;

    /// <summary>The same rows, which are not copied, with other weights.</summary>
    internal RowChunk WithWeights(double[] weights) => new(Values, Count, weights);

    /// <summary>Copies one row.</summary>
    internal void CopyRow(int index, double[] target)
    {
        for (int j = 0; j < target.Length; j++)
        {
            target[j] = Values[(j * Count) + index];
        }
    }
}
