using System;
using GmmTools.Numerics;

namespace GmmTools.Mixtures;

/// <summary>
/// The Hellinger distance of two normal distributions, √(1 − BC), where the Bhattacharyya coefficient is
/// BC = |Σ₁|^¼|Σ₂|^¼ / |Σ̄|^½ · exp(−⅛ δᵀΣ̄⁻¹δ), Σ̄ the mean of the covariances. Pardo, Statistical Inference Based on
/// Divergence Measures (2006), section 1.1.
/// </summary>
internal static class Hellinger
{
    public static double Distance(MixtureParameters first, int i, MixtureParameters second, int j)
    {
        int order = first.Dimension;
        double[] mean = new double[PackedMatrix.Length(order)];
        double[] a = new double[mean.Length];
        double[] b = new double[mean.Length];
        for (int row = 0; row < order; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                int entry = PackedMatrix.Index(row, column);
                a[entry] = first.Covariance(i, row, column);
                b[entry] = second.Covariance(j, row, column);
                mean[entry] = (0.5 * a[entry]) + (0.5 * b[entry]);
            }
        }

        double logDeterminants = 0.5 * (HalfLogDeterminant(a, order) + HalfLogDeterminant(b, order));
        double logCoefficient = logDeterminants - HalfLogDeterminant(mean, order);
        if (double.IsNaN(logCoefficient))
        {
            // covariances so flat that rounding leaves one of the three indefinite: distributions that hardly overlap
            return 1;
        }

        logCoefficient -= 0.125 * SquaredDistance(first, i, second, j, mean);
        return Math.Sqrt(Math.Max(0, 1 - Math.Exp(logCoefficient)));
    }

    /// <summary>½·log|Σ|, NaN when the matrix is not positive definite; the matrix is replaced by its Cholesky factor.</summary>
    private static double HalfLogDeterminant(double[] covariance, int order) =>
        PackedMatrix.TryCholesky(covariance, 0, covariance, 0, order)
            ? PackedMatrix.SumLogDiagonal(covariance, 0, order)
            : double.NaN;

    /// <summary>δᵀΣ̄⁻¹δ by forward substitution.</summary>
    private static double SquaredDistance(MixtureParameters first, int i, MixtureParameters second, int j, double[] factor)
    {
        int order = first.Dimension;
        double[] z = new double[order];
        double sum = 0;
        for (int row = 0; row < order; row++)
        {
            z[row] = first.Means[(i * order) + row] - second.Means[(j * order) + row];
            for (int column = 0; column < row; column++)
            {
                z[row] -= factor[PackedMatrix.Index(row, column)] * z[column];
            }

            z[row] /= factor[PackedMatrix.Index(row, row)];
            sum += z[row] * z[row];
        }

        return sum;
    }
}
