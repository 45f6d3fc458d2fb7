using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Outliers;

/// <summary>
/// What each column contributes to the distance of a row from a component: the squares of R^(−½)·D⁻¹·(x − μ), where D holds the standard
/// deviations and R is the correlation matrix. They are not negative and sum to the squared Mahalanobis distance; each belongs to the one
/// transformed column that correlates most with its own. Garthwaite and Koch, Evaluating the contributions of individual variables to a
/// quadratic form, Australian and New Zealand Journal of Statistics 58 (2016) 99-119.
/// </summary>
internal sealed class DistanceShares
{
    private readonly int _dimension;
    private readonly double[] _mean;
    private readonly double[] _scales;
    private readonly double[,] _root;

    /// <param name="mixture">The mixture.</param>
    /// <param name="component">The component, from 0.</param>
    public DistanceShares(MixtureParameters mixture, int component)
    {
        _dimension = mixture.Dimension;
        _mean = new double[_dimension];
        Array.Copy(mixture.Means, component * _dimension, _mean, 0, _dimension);
        _scales = new double[_dimension];
        double[,] correlation = new double[_dimension, _dimension];
        for (int i = 0; i < _dimension; i++)
        {
            _scales[i] = Math.Sqrt(mixture.Covariance(component, i, i));
            for (int j = 0; j <= i; j++)
            {
                correlation[i, j] = correlation[j, i] = i == j ? 1 : mixture.Covariance(component, i, j) / _scales[i] / _scales[j];
            }
        }

        _root = InverseRoot(correlation);
    }

    /// <summary>The distance of a row, and each column's share of its square.</summary>
    public double Measure(double[] row, double[] shares)
    {
        double[] difference = new double[_dimension];
        double largest = 0;
        for (int j = 0; j < _dimension; j++)
        {
            difference[j] = (row[j] - _mean[j]) / _scales[j];
            largest = Math.Max(largest, Math.Abs(difference[j]));
        }

        if (!(largest > 0) || double.IsInfinity(largest))
        {
            SpreadEvenly(difference, largest, shares);
            return largest;
        }

        // divided by the largest, so that no square overflows
        double sum = 0;
        for (int i = 0; i < _dimension; i++)
        {
            double z = 0;
            for (int j = 0; j < _dimension; j++)
            {
                z += _root[i, j] * (difference[j] / largest);
            }

            shares[i] = z * z;
            sum += shares[i];
        }

        for (int i = 0; i < _dimension; i++)
        {
            shares[i] /= sum;
        }

        return largest * Math.Sqrt(sum);
    }

    /// <summary>At the mean all columns share alike; infinitely far from it, those do that are infinitely far.</summary>
    private static void SpreadEvenly(double[] difference, double largest, double[] shares)
    {
        int count = 0;
        for (int j = 0; j < shares.Length; j++)
        {
            count += Math.Abs(difference[j]) >= largest ? 1 : 0;
        }

        for (int j = 0; j < shares.Length; j++)
        {
            shares[j] = Math.Abs(difference[j]) >= largest ? 1.0 / count : 0;
        }
    }

    private static double[,] InverseRoot(double[,] correlation)
    {
        int order = correlation.GetLength(0);
        double[] values = SymmetricEigen.DecomposeUnitFree(correlation, out double[,] vectors);
        double[,] root = new double[order, order];
        for (int m = 0; m < order; m++)
        {
            // rounding may leave an eigenvalue of a positive definite matrix at zero
            double factor = 1 / Math.Sqrt(Math.Max(values[m], 1e-15));
            for (int i = 0; i < order; i++)
            {
                for (int j = 0; j < order; j++)
                {
                    root[i, j] += factor * vectors[i, m] * vectors[j, m];
                }
            }
        }

        return root;
    }
}
