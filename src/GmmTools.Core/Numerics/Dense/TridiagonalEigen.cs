using System;

namespace GmmTools.Numerics.Dense;

/// <summary>
/// Eigenvalues and eigenvectors of one symmetric matrix by way of a tridiagonal one: Householder's reflections, then implicit QR steps with
/// Wilkinson's shift. Golub and Van Loan, Matrix Computations (4th edition 2013), sections 8.3.1 to 8.3.5. Some 4·d³ operations where
/// Jacobi's method takes a hundred; eigenvalues are exact to rounding of the largest.
/// </summary>
internal static unsafe class TridiagonalEigen
{
    private const double Rounding = 2.3e-16;

    /// <summary>Steps per eigenvalue after which the rest counts as found: two or three are usual.</summary>
    private const int MaxSteps = 60;

    /// <summary>The eigenvalues of a finite symmetric matrix, in no order.</summary>
    /// <param name="matrix">The matrix, row by row, of which the lower triangle is read; overwritten.</param>
    /// <param name="order">Its order.</param>
    public static double[] Values(double[] matrix, int order)
    {
        double[] diagonal = new double[order];
        double[] beside = new double[order];
        fixed (double* a = matrix)
        {
            Reduce(a, order, diagonal, beside, new double[order]);
        }

        Diagonalise(diagonal, beside, null, order);
        return diagonal;
    }

    /// <summary>The eigenvalues of a finite symmetric matrix, in no order, and its eigenvectors in the same order.</summary>
    /// <param name="matrix">The matrix, row by row, of which the lower triangle is read; overwritten.</param>
    /// <param name="order">Its order.</param>
    /// <param name="vectors">Receives the eigenvectors, each a row.</param>
    public static double[] Decompose(double[] matrix, int order, double[] vectors)
    {
        double[] diagonal = new double[order];
        double[] beside = new double[order];
        double[] scales = new double[order];
        fixed (double* a = matrix, rows = vectors)
        {
            Reduce(a, order, diagonal, beside, scales);
            Accumulate(a, order, scales, rows);
            Diagonalise(diagonal, beside, rows, order);
        }

        return diagonal;
    }

    /// <summary>
    /// QᵀAQ = T, Q a product of reflections I − τvvᵀ, which take the last row first; v of row i stays in its first i places. The entry
    /// between i − 1 and i of T goes to place i − 1 beside the diagonal.
    /// </summary>
    private static void Reduce(double* a, int order, double[] diagonal, double[] beside, double[] scales)
    {
        double[] image = new double[order];
        fixed (double* p = image)
        {
            for (int i = order - 1; i > 0; i--)
            {
                double* v = a + ((long)i * order);
                scales[i] = Reflect(v, i, out beside[i - 1]);
                if (scales[i] != 0)
                {
                    Multiply(a, order, v, i, scales[i], p);
                    Update(a, order, v, p, i, scales[i]);
                }
            }
        }

        for (int i = 0; i < order; i++)
        {
            diagonal[i] = a[((long)i * order) + i];
        }
    }

    /// <summary>The reflection that leaves of a vector only its last entry: overwrites it by v and returns τ, 0 where nothing is to do.</summary>
    private static double Reflect(double* vector, int count, out double left)
    {
        double largest = 0;
        for (int i = 0; i < count; i++)
        {
            largest = Math.Max(largest, Math.Abs(vector[i]));
        }

        double last = vector[count - 1];
        if (count == 1 || largest == 0)
        {
            left = last;
            return 0;
        }

        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            double entry = vector[i] / largest;
            sum += entry * entry;
        }

        left = largest * Math.Sqrt(sum) * (last > 0 ? -1 : 1);
        double pivot = last - left;
        for (int i = 0; i < count - 1; i++)
        {
            vector[i] /= pivot;
        }

        vector[count - 1] = 1;
        return -pivot / left;
    }

    /// <summary>p = τ·A·v over the leading block, from its lower triangle.</summary>
    private static void Multiply(double* a, int order, double* v, int count, double scale, double* p)
    {
        DenseKernel kernel = DenseKernel.Instance;
        for (int r = 0; r < count; r++)
        {
            double* row = a + ((long)r * order);
            p[r] = kernel.Dot(row, v, r + 1);
            kernel.Add(p, v[r], row, r);
        }

        for (int r = 0; r < count; r++)
        {
            p[r] *= scale;
        }
    }

    /// <summary>A ← A − v·wᵀ − w·vᵀ with w = p − ½τ(pᵀv)·v, which is the reflection from both sides.</summary>
    private static void Update(double* a, int order, double* v, double* p, int count, double scale)
    {
        DenseKernel kernel = DenseKernel.Instance;
        kernel.Add(p, -0.5 * scale * kernel.Dot(p, v, count), v, count);
        for (int r = 0; r < count; r++)
        {
            double* row = a + ((long)r * order);
            kernel.Add(row, -v[r], p, r + 1);
            kernel.Add(row, -p[r], v, r + 1);
        }
    }

    /// <summary>Qᵀ, row by row.</summary>
    private static void Accumulate(double* a, int order, double[] scales, double* rows)
    {
        DenseKernel kernel = DenseKernel.Instance;
        for (int r = 0; r < order; r++)
        {
            double* row = rows + ((long)r * order);
            for (int j = 0; j < order; j++)
            {
                row[j] = r == j ? 1 : 0;
            }
        }

        for (int i = 1; i < order; i++)
        {
            // the rows from i on are still those of the identity, on which this reflection has no effect
            double* v = a + ((long)i * order);
            for (int r = 0; r < i && scales[i] != 0; r++)
            {
                double* row = rows + ((long)r * order);
                kernel.Add(row, -scales[i] * kernel.Dot(row, v, i), v, i);
            }
        }
    }

    /// <summary>QR steps on the unreduced block at the end until it falls apart, and so on upwards.</summary>
    private static void Diagonalise(double[] diagonal, double[] beside, double* rows, int order)
    {
        int steps = 0;
        for (int high = order - 1; high > 0;)
        {
            if (IsNegligible(diagonal, beside, high - 1) || steps > MaxSteps)
            {
                high--;
                steps = 0;
                continue;
            }

            int low = high - 1;
            while (low > 0 && !IsNegligible(diagonal, beside, low - 1))
            {
                low--;
            }

            Step(diagonal, beside, low, high, rows, order);
            steps++;
        }
    }

    private static bool IsNegligible(double[] diagonal, double[] beside, int place) =>
        Math.Abs(beside[place]) <= Rounding * (Math.Abs(diagonal[place]) + Math.Abs(diagonal[place + 1]));

    /// <summary>One step: a rotation that begins the QR factorisation of T − μI, and those that chase its bulge off the end.</summary>
    private static void Step(double[] diagonal, double[] beside, int low, int high, double* rows, int order)
    {
        double x = diagonal[low] - Shift(diagonal[high - 1], diagonal[high], beside[high - 1]);
        double z = beside[low];
        for (int k = low; k < high; k++)
        {
            double length = Hypotenuse(x, z);
            double c = length > 0 ? x / length : 1;
            double s = length > 0 ? z / length : 0;
            if (k > low)
            {
                beside[k - 1] = length;
            }

            double p = diagonal[k];
            double q = diagonal[k + 1];
            double off = beside[k];
            diagonal[k] = (c * c * p) + (2 * c * s * off) + (s * s * q);
            diagonal[k + 1] = (s * s * p) - (2 * c * s * off) + (c * c * q);
            beside[k] = (c * s * (q - p)) + (((c * c) - (s * s)) * off);
            if (k + 1 < high)
            {
                x = beside[k];
                z = s * beside[k + 1];
                beside[k + 1] *= c;
            }

            if (rows is not null)
            {
                DenseKernel.Instance.Rotate(rows + ((long)k * order), rows + ((long)(k + 1) * order), c, s, order);
            }
        }
    }

    /// <summary>The eigenvalue of the last two rows and columns that is nearer to the last entry.</summary>
    private static double Shift(double before, double last, double off)
    {
        double half = 0.5 * (before - last);
        double length = Hypotenuse(half, off);
        return length == 0 ? last : last - (off / (half + (half < 0 ? -length : length)) * off);
    }

    private static double Hypotenuse(double x, double y)
    {
        double larger = Math.Max(Math.Abs(x), Math.Abs(y));
        double ratio = larger == 0 ? 0 : Math.Min(Math.Abs(x), Math.Abs(y)) / larger;
        return larger * Math.Sqrt(1 + (ratio * ratio));
    }
}
