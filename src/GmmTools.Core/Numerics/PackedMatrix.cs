using System;
using GmmTools.Numerics.Dense;

namespace GmmTools.Numerics;

/// <summary>
/// Symmetric and lower triangular matrices as the lower triangle, row by row: entry (i, j), j ≤ i, stands at i(i+1)/2 + j.
/// All methods work in place on a part of a larger array, so that an iteration allocates nothing.
/// </summary>
internal static unsafe class PackedMatrix
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
        double[] source, int sourceOffset, double[] target, int targetOffset, int order, double relativePivot = 0) =>
        Factorize(source, sourceOffset, target, targetOffset, order, relativePivot) == order;

    /// <summary>As <see cref="TryCholesky"/>, as far as pivots allow.</summary>
    /// <returns>The order of the leading block that has a factor; its factor is in the target.</returns>
    public static int Factorize(
        double[] source, int sourceOffset, double[] target, int targetOffset, int order, double relativePivot = 0)
    {
        if (order == 0)
        {
            return 0;
        }

        fixed (double* matrix = &source[sourceOffset], factor = &target[targetOffset])
        {
            int row = 0;
            while (row < order)
            {
                bool two = row + 1 < order && row >= DenseKernel.MinOrder;
                int column = two ? FillTwoRows(matrix, factor, row) : 0;
                for (int next = row; next <= (two ? row + 1 : row); next++)
                {
                    if (!TryFinishRow(matrix, factor, next, column, relativePivot))
                    {
                        return next;
                    }
                }

                row += two ? 2 : 1;
            }
        }

        return order;
    }

    /// <summary>The entries of two rows of a Cholesky factor, four columns at a time, left of the first row's diagonal.</summary>
    /// <returns>The column from which they are still to be found.</returns>
    private static int FillTwoRows(double* matrix, double* factor, int row)
    {
        double* first = factor + Index(row, 0);
        double* second = factor + Index(row + 1, 0);
        double* sums = stackalloc double[2 * DenseKernel.Four];
        double** right = stackalloc double*[DenseKernel.Four];
        int column = 0;
        for (; column + DenseKernel.Four <= row; column += DenseKernel.Four)
        {
            for (int m = 0; m < DenseKernel.Four; m++)
            {
                right[m] = factor + Index(column + m, 0);
            }

            DenseKernel.Instance.Products(first, second, right, column, sums);
            FillFour(matrix + Index(row, 0), first, right, column, sums);
            FillFour(matrix + Index(row + 1, 0), second, right, column, sums + DenseKernel.Four);
        }

        return column;
    }

    /// <summary>Four entries of a row from the products of what stands left of them, one after the other.</summary>
    private static void FillFour(double* matrixRow, double* row, double** above, int column, double* sums)
    {
        for (int m = 0; m < DenseKernel.Four; m++)
        {
            double sum = matrixRow[column + m] - sums[m];
            for (int j = column; j < column + m; j++)
            {
                sum -= row[j] * above[m][j];
            }

            row[column + m] = sum / above[m][column + m];
        }
    }

    /// <summary>The entries of a row of a Cholesky factor from a column on, and its pivot.</summary>
    private static bool TryFinishRow(double* matrix, double* factor, int row, int column, double relativePivot)
    {
        double* matrixRow = matrix + Index(row, 0);
        double* target = factor + Index(row, 0);
        double diagonal = matrixRow[row];
        for (; column < row; column++)
        {
            double* above = factor + Index(column, 0);
            target[column] = SubtractProducts(matrixRow[column], target, above, column) / above[column];
        }

        double pivot = SubtractProducts(diagonal, target, target, row);

        // written so that NaN fails as well
        if (!(pivot > relativePivot * diagonal) || !(pivot > 0) || double.IsInfinity(pivot))
        {
            return false;
        }

        target[row] = Math.Sqrt(pivot);
        return true;
    }

    private static double SubtractProducts(double value, double* left, double* right, int count)
    {
        if (count >= DenseKernel.MinOrder)
        {
            return value - DenseKernel.Instance.Dot(left, right, count);
        }

        for (int m = 0; m < count; m++)
        {
            value -= left[m] * right[m];
        }

        return value;
    }

    /// <summary>Inverse of a lower triangular matrix, which is lower triangular too. The places must not overlap.</summary>
    public static void InvertLower(double[] lower, int lowerOffset, double[] inverse, int inverseOffset, int order)
    {
        if (order == 0)
        {
            return;
        }

        fixed (double* factor = &lower[lowerOffset], target = &inverse[inverseOffset])
        {
            for (int i = 0; i < order; i++)
            {
                double* row = factor + Index(i, 0);
                double* inverseRow = target + Index(i, 0);
                double reciprocal = 1 / row[i];
                for (int j = 0; j <= i; j++)
                {
                    inverseRow[j] = 0;
                }

                // row i of the inverse: −1/Lᵢᵢ · Σₘ Lᵢₘ · (row m of the inverse), by rows so that memory is read in order
                AddRows(target, row, i, -reciprocal, inverseRow);
                inverseRow[i] = reciprocal;
            }
        }
    }

    /// <summary>Adds rows of a triangle, each times a number and all times a factor.</summary>
    private static void AddRows(double* triangle, double* numbers, int count, double factor, double* target)
    {
        double* factors = stackalloc double[DenseKernel.Four];
        double** rows = stackalloc double*[DenseKernel.Four];
        int row = 0;
        for (; count >= DenseKernel.MinOrder && row + DenseKernel.Four <= count; row += DenseKernel.Four)
        {
            for (int m = 0; m < DenseKernel.Four; m++)
            {
                rows[m] = triangle + Index(row + m, 0);
                factors[m] = factor * numbers[row + m];
                for (int j = row + 1; j <= row + m; j++)
                {
                    target[j] += factors[m] * rows[m][j];
                }
            }

            DenseKernel.Instance.AddFour(target, factors, rows, row + 1);
        }

        for (; row < count; row++)
        {
            double times = numbers[row] * factor;
            double* source = triangle + Index(row, 0);
            for (int j = 0; j <= row; j++)
            {
                target[j] += times * source[j];
            }
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

    /// <summary>T·A·Tᵀ for a packed lower triangle T and a symmetric matrix A.</summary>
    public static double[,] Congruence(double[] triangle, double[,] matrix)
    {
        int order = matrix.GetLength(0);
        double[,] result = new double[order, order];
        double[] half = new double[order];
        fixed (double* factor = triangle, source = matrix, row = half)
        {
            for (int i = 0; i < order; i++)
            {
                Array.Clear(half, 0, order);
                double* numbers = factor + Index(i, 0);
                for (int m = 0; m <= i; m++)
                {
                    DenseKernel.Instance.Add(row, numbers[m], source + ((long)m * order), order);
                }

                for (int j = 0; j <= i; j++)
                {
                    result[i, j] = result[j, i] = DenseKernel.Instance.Dot(row, factor + Index(j, 0), j + 1);
                }
            }
        }

        return result;
    }
}
