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

    /// <summary>How much further a covariance is raised as long as rounding leaves it indefinite.</summary>
    private const double RaisingFactor = 4;

    private readonly double _fraction;

    /// <summary>The floor itself: were it more, a component just above the floor would lose likelihood when it is raised.</summary>
    private readonly double _raised;
    private readonly PooledMoments _pooled;
    private readonly double[] _trial;

    public CovarianceFloor(PooledMoments pooled, double fraction)
    {
        _pooled = pooled;
        _fraction = fraction;
        _raised = Math.Max(fraction, LeastRaised);
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

    /// <summary>Raises a covariance; further than the floor where doubles cannot hold the result as a positive definite matrix.</summary>
    public void RaiseFull(MixtureParameters mixture, int component)
    {
        double[,] whitened = _pooled.Whiten(mixture, component);
        double[] values = SymmetricEigen.Decompose(whitened, out double[,] vectors);
        double least = _raised;
        do
        {
            _pooled.Unwhiten(Compose(values, vectors, least), mixture, component);
            least *= RaisingFactor;
        }
        while (!PackedMatrix.TryCholesky(mixture.Covariances, component * mixture.CovarianceLength, _trial, 0, mixture.Dimension));
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

    /// <summary>The symmetric matrix of the given eigenvectors, and eigenvalues raised to a least one.</summary>
    private static double[,] Compose(double[] values, double[,] vectors, double least)
    {
        int order = values.Length;
        double[,] matrix = new double[order, order];
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int m = 0; m < order; m++)
                {
                    sum += vectors[i, m] * vectors[j, m] * Math.Max(values[m], least);
                }

                matrix[i, j] = matrix[j, i] = sum;
            }
        }

        return matrix;
    }

    private bool IsVarianceBelow(double variance, double pooled) =>
        !(variance > _fraction * pooled) || double.IsInfinity(variance);

    private double Raised(double variance, double pooled) =>
        IsVarianceBelow(variance, pooled) ? _raised * pooled : variance;
}
