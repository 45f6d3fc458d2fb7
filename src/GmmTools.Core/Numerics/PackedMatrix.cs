using System;

namespace GmmTools.Numerics;

/// <summary>
/// Symmetric and lower triangular matrices as the lower triangle, row by row: entry (i, j), j ≤ i, stands at i(i+1)/2 + j.
/// All methods work in place on a part of a larger array, so that an iteration allocates nothing.
/// </summary>
internal static class PackedMatrix
{
    /// <summary>Entries of a packed triangle of the given order.</summary>
    public static int Length(int order) => order * (order + 1) / 2;

    /// <summary>Place of entry (row, column), column ≤ row.</summary>
    public static int Index(int row, int column) => (row * (row + 1) / 2) + column;

    /// <summary>
    /// Cholesky factor L of a symmetric matrix, A = L·Lᵀ. Target and source may be the same place.
    /// </summary>
    /// <returns>False when a pivot is not positive, or below the relative threshold times its diagonal entry.</returns>
    public static bool TryCholesky(
        double[] source, int sourceOffset, double[] target, int targetOffset, int order, double relativePivot = 0)
    {
        for (int i = 0; i < order; i++)
        {
            int rowI = targetOffset + Index(i, 0);
            double diagonal = source[sourceOffset + Index(i, i)];
            for (int j = 0; j <= i; j++)
            {
                int rowJ = targetOffset + Index(j, 0);
                double sum = source[sourceOffset + Index(i, j)];
                for (int m = 0; m < j; m++)
                {
                    sum -= target[rowI + m] * target[rowJ + m];
                }

                if (j < i)
                {
                    target[rowI + j] = sum / target[rowJ + j];
                    continue;
                }

                // written so that NaN fails as well
                if (!(sum > relativePivot * diagonal) || !(sum > 0) || double.IsInfinity(sum))
                {
                    return false;
                }

                target[rowI + i] = Math.Sqrt(sum);
            }
        }

        return true;
    }

    /// <summary>Inverse of a lower triangular matrix, which is lower triangular too. The places must not overlap.</summary>
    public static void InvertLower(double[] lower, int lowerOffset, double[] inverse, int inverseOffset, int order)
    {
        for (int i = 0; i < order; i++)
        {
            int rowI = lowerOffset + Index(i, 0);
            int inverseI = inverseOffset + Index(i, 0);
            double reciprocal = 1 / lower[rowI + i];
            for (int j = 0; j < i; j++)
            {
                inverse[inverseI + j] = 0;
            }

            // row i of the inverse: −1/Lᵢᵢ · Σₘ Lᵢₘ · (row m of the inverse), by rows so that memory is read in order
            for (int m = 0; m < i; m++)
            {
                double factor = -lower[rowI + m] * reciprocal;
                int inverseM = inverseOffset + Index(m, 0);
                for (int j = 0; j <= m; j++)
                {
                    inverse[inverseI + j] += factor * inverse[inverseM + j];
                }
            }

            inverse[inverseI + i] = reciprocal;
        }
    }

    /// <summary>Sum of the logarithms of the diagonal of a triangular factor: half the log-determinant of L·Lᵀ.</summary>
    public static double SumLogDiagonal(double[] lower, int offset, int order)
    {
        double sum = 0;
        for (int i = 0; i < order; i++)
        {
            sum += Math.Log(lower[offset + Index(i, i)]);
        }

        return sum;
    }

    /// <summary>The whole symmetric matrix, order × order.</summary>
    public static double[,] Unpack(double[] packed, int offset, int order)
    {
        double[,] matrix = new double[order, order];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                matrix[i, j] = matrix[j, i] = packed[offset + Index(i, j)];
            }
        }

        return matrix;
    }

    /// <summary>The lower triangle of a symmetric matrix.</summary>
    public static double[] Pack(double[,] symmetric)
    {
        int order = symmetric.GetLength(0);
        double[] packed = new double[Length(order)];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                packed[Index(i, j)] = symmetric[i, j];
            }
        }

        return packed;
    }

    /// <summary>T·A·Tᵀ for a packed lower triangle T.</summary>
    public static double[,] Congruence(double[] triangle, double[,] matrix)
    {
        int order = matrix.GetLength(0);
        double[,] half = new double[order, order];
        double[,] result = new double[order, order];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                for (int m = 0; m <= i; m++)
                {
                    half[i, j] += triangle[Index(i, m)] * matrix[m, j];
                }
            }
        }

        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                for (int m = 0; m <= j; m++)
                {
                    result[i, j] += half[i, m] * triangle[Index(j, m)];
                }

                result[j, i] = result[i, j];
            }
        }

        return result;
    }
}
