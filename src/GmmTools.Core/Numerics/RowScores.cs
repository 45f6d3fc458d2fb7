using System;

namespace GmmTools.Numerics;

/// <summary>What a mixture says of the rows of a block.</summary>
public sealed class RowScores
{
    internal RowScores(int count, int componentCount, bool withResponsibilities)
    {
        Count = count;
        LogDensities = new double[count];
        Components = new int[count];
        Probabilities = new double[count];
        Responsibilities = withResponsibilities ? new double[componentCount * count] : null;
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>log p(x) of each row, natural logarithm: of its observed columns where cells are missing. −∞ only where even the logarithm
    /// is beyond the range of numbers.</summary>
    public double[] LogDensities { get; }

    /// <summary>The most probable component of each row, from 1; the first of several. 0 where the background is more probable than each, or the row is trimmed.</summary>
    public int[] Components { get; }

    /// <summary>The probability of that component, or of the background.</summary>
    public double[] Probabilities { get; }

    /// <summary>Responsibilities: that of component k (from 0) for row i stands at k·<see cref="Count"/> + i. Null unless asked for.</summary>
    public double[]? Responsibilities { get; }

    /// <summary>Sets the scores of one row.</summary>
    internal void Set(int row, double logDensity, double[] responsibilities, double ofBackground = 0)
    {
        int best = 0;
        for (int k = 0; k < responsibilities.Length; k++)
        {
            best = responsibilities[k] > responsibilities[best] ? k : best;
            if (Responsibilities is not null)
            {
                Responsibilities[(k * Count) + row] = responsibilities[k];
            }
        }

        LogDensities[row] = logDensity;
        bool isBackground = ofBackground > responsibilities[best];
        Components[row] = isBackground ? 0 : best + 1;
        Probabilities[row] = isBackground ? ofBackground : responsibilities[best];
    }

    /// <summary>Takes rows that are less probable than a level from all components.</summary>
    internal void Trim(double logDensity)
    {
        for (int i = 0; i < Count; i++)
        {
            if (LogDensities[i] < logDensity)
            {
                Components[i] = 0;
                Probabilities[i] = 1;
                for (int k = i; Responsibilities is not null && k < Responsibilities.Length; k += Count)
                {
                    Responsibilities[k] = 0;
                }
            }
        }
    }

    /// <summary>Takes over the scores of other rows.</summary>
    /// <param name="other">Their scores.</param>
    /// <param name="rows">For each of them its place here.</param>
    internal void Set(RowScores other, int[] rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            LogDensities[rows[i]] = other.LogDensities[i];
            Components[rows[i]] = other.Components[i];
            Probabilities[rows[i]] = other.Probabilities[i];
            for (int k = 0; Responsibilities is not null && k < Responsibilities.Length / Math.Max(1, Count); k++)
            {
                Responsibilities[(k * Count) + rows[i]] = other.Responsibilities![(k * other.Count) + i];
            }
        }
    }
}
