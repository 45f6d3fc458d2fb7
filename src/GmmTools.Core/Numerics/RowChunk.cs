using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Numerics;

/// <summary>Some thousand consecutive rows, column after column, so that kernels read each column in order.</summary>
public sealed class RowChunk
{
    /// <summary>Stands for a component that is not known.</summary>
    internal const int UnknownLabel = -1;

    internal RowChunk(double[] values, int count, double[]? weights, int[]? labels = null)
    {
        Values = values;
        Count = count;
        Weights = weights;
        Labels = labels;
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>Values: column j of row i stands at j·<see cref="Count"/> + i.</summary>
    public double[] Values { get; }

    /// <summary>One weight per row, or null when every row counts once.</summary>
    public double[]? Weights { get; }

    /// <summary>For each row its label, from 0, which is its component unless the terms say otherwise; −1 where it has none. Null where no row has.</summary>
    internal int[]? Labels { get; }

    /// <summary>Whether a row counts at all; views leave rows out by a weight of 0.</summary>
    internal bool Counts(int index) => Weights is null || Weights[index] > 0;

    /// <summary>The same rows, which are not copied, with other weights.</summary>
    internal RowChunk WithWeights(double[] weights) => new(Values, Count, weights, Labels);

    /// <summary>The same rows, which are not copied, with what is known of their components.</summary>
    internal RowChunk WithLabels(int[] labels) => new(Values, Count, Weights, labels);

    /// <summary>The rows that count, copied.</summary>
    internal RowChunk WithoutLeftOut()
    {
        List<int> kept = new(Count);
        for (int i = 0; i < Count; i++)
        {
            if (Counts(i))
            {
                kept.Add(i);
            }
        }

        int dimension = Values.Length / Count;
        double[] values = new double[dimension * kept.Count];
        for (int j = 0; j < dimension; j++)
        {
            for (int i = 0; i < kept.Count; i++)
            {
                values[(j * kept.Count) + i] = Values[(j * Count) + kept[i]];
            }
        }

        return new RowChunk(values, kept.Count, Of(Weights, kept), Of(Labels, kept));
    }

    /// <summary>The label of a row, from 0; −1 where there is none. A single component may stand for all labels, as for the moments of all rows.</summary>
    /// <param name="index">The row.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="labelTerms">What labels say of components, K numbers for each; null where a label is a component.</param>
    internal int LabelOf(int index, int componentCount, double[]? labelTerms)
    {
        int label = Labels?[index] ?? UnknownLabel;
        int count = labelTerms?.Length / componentCount ?? componentCount;
        return label < count ? label : componentCount == 1 ? UnknownLabel : throw new RowLabelException(label, count);
    }

    /// <summary>Copies one row.</summary>
    internal void CopyRow(int index, double[] target)
    {
        for (int j = 0; j < target.Length; j++)
        {
            target[j] = Values[(j * Count) + index];
        }
    }

    private static T[]? Of<T>(T[]? numbers, List<int> rows) => numbers is null ? null : [.. rows.Select(row => numbers[row])];
}
