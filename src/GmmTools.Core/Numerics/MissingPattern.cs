using System.Collections.Generic;

namespace GmmTools.Numerics;

/// <summary>Which of the d columns a row has and which it lacks; both in increasing order.</summary>
internal sealed class MissingPattern
{
    private MissingPattern(int[] observed, int[] missing)
    {
        Observed = observed;
        Missing = missing;
    }

    /// <summary>The columns that are there, from 0.</summary>
    public int[] Observed { get; }

    /// <summary>The columns that are not, from 0.</summary>
    public int[] Missing { get; }

    /// <summary>Number of columns, d.</summary>
    public int Dimension => Observed.Length + Missing.Length;

    /// <summary>Whether nothing is missing.</summary>
    public bool IsComplete => Missing.Length == 0;

    /// <summary>The pattern of a row in which NaN stands for what is missing.</summary>
    public static MissingPattern Of(double[] row)
    {
        List<int> observed = [];
        List<int> missing = [];
        for (int j = 0; j < row.Length; j++)
        {
            (double.IsNaN(row[j]) ? missing : observed).Add(j);
        }

        return new MissingPattern([.. observed], [.. missing]);
    }

    /// <summary>Copies what is observed of a row next to each other.</summary>
    public void Gather(double[] row, double[] target)
    {
        for (int i = 0; i < Observed.Length; i++)
        {
            target[i] = row[Observed[i]];
        }
    }

    /// <summary>The inverse of <see cref="Gather"/>: NaN where nothing was observed.</summary>
    public void Scatter(double[] observed, double[] row)
    {
        for (int i = 0; i < Observed.Length; i++)
        {
            row[Observed[i]] = observed[i];
        }

        foreach (int j in Missing)
        {
            row[j] = double.NaN;
        }
    }
}
