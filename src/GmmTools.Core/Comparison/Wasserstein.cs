using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Comparison;

/// <summary>
/// The 2-Wasserstein distance of two normal distributions: W² = |μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2(Σ₁^½·Σ₂·Σ₁^½)^½). Givens and Shortt, Michigan
/// Mathematical Journal 31 (1984) 231-240. It is in the units of the columns.
/// </summary>
internal static class Wasserstein
{
    /// <param name="first">A mixture.</param>
    /// <param name="i">Its component.</param>
    /// <param name="second">A mixture.</param>
    /// <param name="j">Its component.</param>
    /// <param name="factor">What the covariances are, in units of the matrices of the components.</param>
    public static double Distance(MixtureParameters first, int i, MixtureParameters second, int j, double factor = 1)
    {
        int order = first.Dimension;
        double[,] a = first.CovarianceMatrix(i);
        double[,] b = second.CovarianceMatrix(j);
        double scale = 0;
        double squares = 0;
        double trace = 0;
        for (int m = 0; m < order; m++)
        {
            scale = Math.Max(scale, Math.Max(a[m, m], b[m, m]));
        }

        // divided by the largest variance, so that products neither overflow nor vanish
        for (int m = 0; m < order; m++)
        {
            double difference = (first.Means[(i * order) + m] - second.Means[(j * order) + m]) / Math.Sqrt(scale);
            squares += difference * difference;
            trace += (a[m, m] / scale) + (b[m, m] / scale);
            for (int n = 0; n < order; n++)
            {
                a[m, n] /= scale;
                b[m, n] /= scale;
            }
        }

        return Math.Sqrt(scale) * Math.Sqrt(Math.Max(0, squares + (factor * (trace - (2 * TraceOfRoot(a, b))))));
    }

    /// <summary>tr (A^½·B·A^½)^½.</summary>
    private static double TraceOfRoot(double[,] a, double[,] b)
    {
        double[,] root = Root(a);
        double[] values = SymmetricEigen.Decompose(Symmetric(Product(Product(root, b), root)), out _);
        double sum = 0;
        foreach (double value in values)
        {
            sum += Math.Sqrt(Math.Max(0, value));
        }

        return sum;
    }

    private static double[,] Root(double[,] matrix)
    {
        int order = matrix.GetLength(0);
        double[] values = SymmetricEigen.Decompose(matrix, out double[,] vectors);
        double[,] root = new double[order, order];
        for (int m = 0; m < order; m++)
        {
            double value = Math.Sqrt(Math.Max(0, values[m]));
            for (int i = 0; i < order; i++)
            {
                for (int j = 0; j < order; j++)
                {
                    root[i, j] += value * vectors[i, m] * vectors[j, m];
                }
            }
        }

        return root;
    }

    private static double[,] Product(double[,] left, double[,] right)
    {
        int order = left.GetLength(0);
        double[,] product = new double[order, order];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < order; j++)
            {
                for (int m = 0; m < order; m++)
                {
                    product[i, j] += left[i, m] * right[m, j];
                }
            }
        }

        return product;
    }

    private static double[,] Symmetric(double[,] matrix)
    {
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < i; j++)
            {
                matrix[i, j] = matrix[j, i] = 0.5 * (matrix[i, j] + matrix[j, i]);
            }
        }

        return matrix;
    }
}
