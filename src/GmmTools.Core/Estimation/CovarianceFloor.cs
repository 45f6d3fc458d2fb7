using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation;

/// <summary>
/// The least covariance that a component may have: a fraction ε of the covariance of all rows. Without it the likelihood has
/// no bound, since a component may shrink onto a single row. Being relative, it does not depend on units. Raising the
/// eigenvalues (in coordinates where the pooled covariance is the identity) to ε is the exact constrained M-step, so that the
/// likelihood still never falls; Hathaway, Annals of Statistics 13 (1985) 795-800, gave the idea of constraining the ratio.
/// </summary>
internal sealed class CovarianceFloor
{
    /// <summary>What a covariance is raised to when the floor is 0 but the covariance is singular: more than rounding takes away.</summary>
    private const double LeastRaised = 1e-14;

    private readonly double _fraction;

    /// <summary>A little above the floor, so that rounding does not put a raised covariance below it again.</summary>
    private readonly double _raised;
    private readonly PooledMoments _pooled;
    private readonly double[] _trial;

    public CovarianceFloor(PooledMoments pooled, double fraction)
    {
        _pooled = pooled;
        _fraction = fraction;
        _raised = Math.Max(2 * fraction, LeastRaised);
        _trial = new double[pooled.Covariance.Length];
    }

    /// <summary>Whether Σₖ − ε·S is not positive definite.</summary>
    public bool IsFullBelow(MixtureParameters mixture, int component)
    {
        int offset = component * mixture.CovarianceLength;
        for (int i = 0; i < _trial.Length; i++)
        {
            _trial[i] = mixture.Covariances[offset + i] - (_fraction * _pooled.Covariance[i]);
        }

        return !PackedMatrix.TryCholesky(_trial, 0, _trial, 0, mixture.Dimension);
    }

    public bool IsDiagonalBelow(MixtureParameters mixture, int component)
    {
        int offset = component * mixture.CovarianceLength;
        for (int j = 0; j < mixture.Dimension; j++)
        {
            if (IsVarianceBelow(mixture.Covariances[offset + j], _pooled.Variance(j)))
            {
                return true;
            }
        }

        return false;
    }

    public bool IsSphericalBelow(MixtureParameters mixture, int component) =>
        IsVarianceBelow(mixture.Covariances[component * mixture.CovarianceLength], _pooled.MeanVariance);

    public void RaiseFull(MixtureParameters mixture, int component)
    {
        int order = mixture.Dimension;
        double[,] whitened = _pooled.Whiten(mixture, component);
        double[] values = SymmetricEigen.Decompose(whitened, out double[,] vectors);
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int m = 0; m < order; m++)
                {
                    sum += vectors[i, m] * vectors[j, m] * Math.Max(values[m], _raised);
                }

                whitened[i, j] = whitened[j, i] = sum;
            }
        }

        _pooled.Unwhiten(whitened, mixture, component);
    }

    public void RaiseDiagonal(MixtureParameters mixture, int component)
    {
        int offset = component * mixture.CovarianceLength;
        for (int j = 0; j < mixture.Dimension; j++)
        {
            mixture.Covariances[offset + j] = Raised(mixture.Covariances[offset + j], _pooled.Variance(j));
        }
    }

    public void RaiseSpherical(MixtureParameters mixture, int component)
    {
        int offset = component * mixture.CovarianceLength;
        for (int j = 0; j < mixture.Dimension; j++)
        {
            mixture.Covariances[offset + j] = Raised(mixture.Covariances[offset + j], _pooled.MeanVariance);
        }
    }

    private bool IsVarianceBelow(double variance, double pooled) =>
        !(variance > _fraction * pooled) || double.IsInfinity(variance);

    private double Raised(double variance, double pooled) =>
        IsVarianceBelow(variance, pooled) ? _raised * pooled : variance;
}
