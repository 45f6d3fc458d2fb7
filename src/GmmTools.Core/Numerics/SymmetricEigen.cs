using System;
using GmmTools.Numerics.Dense;

namespace GmmTools.Numerics;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix: the axes of one matrix alone.</summary>
internal static class SymmetricEigen
{
    /// <summary>Order from which one eigenvalue is found without all of them.</summary>
    private const int MinPower = 32;

    private const int MaxPowers = 200;

    /// <summary>Relative growth of the largest eigenvalue's estimate below which powers change it no more.</summary>
    private const double MinGrowth = 1e-4;

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

        int order = symmetric.GetLength(0);
        if (order < MinPower)
        {
            return Decompose(symmetric, out _);
        }

        double[] values = TridiagonalEigen.Values(Rows(symmetric), order);
        Array.Sort(values);
        return values;
    }

    /// <summary>The largest eigenvalue of a positive semidefinite matrix and an eigenvector of length 1. Of a large matrix it is what the
    /// power method comes to: where several eigenvalues are nearly the largest, a mean of theirs and a vector between theirs.</summary>
    /// <param name="symmetric">The matrix.</param>
    /// <param name="vector">Overwritten.</param>
    public static double Largest(double[,] symmetric, double[] vector)
    {
        int order = vector.Length;
        if (order >= MinPower)
        {
            return LargestByPowers(Rows(symmetric), vector);
        }

        double[] values = Decompose(symmetric, out double[,] vectors);
        for (int i = 0; i < order; i++)
        {
            vector[i] = vectors[i, order - 1];
        }

        return values[order - 1];
    }

    /// <summary>Eigenvalues in increasing order, and the matching eigenvectors as columns.</summary>
    public static double[] Decompose(double[,] symmetric, out double[,] vectors)
    {
        int order = symmetric.GetLength(0);
        CommonAxes axes = new(1, order);
        axes.ResetAxes();
        axes.Find(PackedMatrix.Pack(symmetric), 0, null);
        double[] values = (double[])axes.Diagonals.Clone();
        vectors = Sort(values, (i, j) => axes.Axes[(i * order) + j]);
        return values;
    }

    /// <summary>Begins with the row of the largest sum of squares: in it the longest axis has its share.</summary>
    private static double LargestByPowers(double[] rows, double[] vector)
    {
        int order = vector.Length;
        double most = -1;
        for (int i = 0; i < order; i++)
        {
            double square = RowArithmetic.Dot(rows, i * order, rows, i * order, order);
            if (square > most)
            {
                most = square;
                Array.Copy(rows, i * order, vector, 0, order);
            }
        }

        Normalise(vector);
        double[] image = new double[order];
        double value = 0;
        for (int power = 0; power < MaxPowers; power++)
        {
            double before = value;
            for (int i = 0; i < order; i++)
            {
                image[i] = RowArithmetic.Dot(rows, i * order, vector, 0, order);
            }

            value = RowArithmetic.Dot(image, 0, vector, 0, order);
            if (!(value - before > MinGrowth * value))
            {
                break;
            }

            Array.Copy(image, vector, order);
            Normalise(vector);
        }

        return value;
    }

    private static void Normalise(double[] vector)
    {
        double length = Math.Sqrt(RowArithmetic.Dot(vector, 0, vector, 0, vector.Length));
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] /= length;
        }
    }

    /// <summary>As <see cref="Decompose"/>, with eigenvalues exact to rounding of the largest only: all that is asked for in coordinates free
    /// of units, and the quicker where the matrix is singular.</summary>
    public static double[] DecomposeUnitFree(double[,] symmetric, out double[,] vectors)
    {
        int order = symmetric.GetLength(0);
        if (order < MinPower)
        {
            return Decompose(symmetric, out vectors);
        }

        double[] rows = new double[order * order];
        double[] values = TridiagonalEigen.Decompose(Rows(symmetric), order, rows);
        vectors = Sort(values, (i, j) => rows[(j * order) + i]);
        return values;
    }

    /// <summary>Sorts eigenvalues; the matrix of the eigenvectors, of which entry i of number j is given, in the same order.</summary>
    private static double[,] Sort(double[] values, Func<int, int, double> entry)
    {
        int order = values.Length;
        int[] places = new int[order];
        for (int j = 0; j < order; j++)
        {
            places[j] = j;
        }

        Array.Sort(values, places);
        double[,] vectors = new double[order, order];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                vectors[i, j] = entry(i, places[j]);
            }
        }

        return vectors;
    }

    private static double[] Rows(double[,] matrix)
    {
        double[] rows = new double[matrix.Length];
        Buffer.BlockCopy(matrix, 0, rows, 0, rows.Length * sizeof(double));
        return rows;
    }
}
