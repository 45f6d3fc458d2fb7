using System;

namespace GmmTools.Numerics;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix: the axes of one matrix alone.</summary>
internal static class SymmetricEigen
{
    /// <summary>The smallest eigenvalue; NaN when an entry is not finite.</summary>
    public static double SmallestEigenvalue(double[,] symmetric) => Eigenvalues(symmetric)[0];

    /// <summary>Eigenvalues in increasing order; a single NaN when an entry is not finite.</summary>
    public static double[] Eigenvalues(double[,] symmetric)
    {
        foreach (double entry in symmetric)
        {
            if (double.IsNaN(entry) || double.IsInfinity(entry))
            {
                return [double.NaN];
            }
        }

        return Decompose(symmetric, out _);
    }

    /// <summary>Eigenvalues in increasing order, and the matching eigenvectors as columns.</summary>
    public static double[] Decompose(double[,] symmetric, out double[,] vectors)
    {
        int order = symmetric.GetLength(0);
        CommonAxes axes = new(1, order);
        axes.ResetAxes();
        axes.Find(PackedMatrix.Pack(symmetric), 0, null);
        double[] values = (double[])axes.Diagonals.Clone();
        int[] places = new int[order];
        for (int j = 0; j < order; j++)
        {
            places[j] = j;
        }

        Array.Sort(values, places);
        vectors = new double[order, order];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                vectors[i, j] = axes.Axes[(i * order) + places[j]];
            }
        }

        return values;
    }
}
