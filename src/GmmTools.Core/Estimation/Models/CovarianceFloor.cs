using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;

namespace GmmTools.Estimation.Models;

/// <summary>
/// The least covariance that a component may have: a fraction ε of the covariance of all rows. Without it the likelihood has
/// no bound, since a component may shrink onto a single row. Being relative, it does not depend on units. Raising the
/// eigenvalues (in coordinates where the pooled covariance is the identity) to ε is the exact constrained M-step, so that the
/// likelihood still never falls; Hathaway, Annals of Statistics 13 (1985) 795-800, gave the idea of constraining the ratio.
/// </summary>
internal sealed class CovarianceFloor
{
    /// <summary>What a covariance is raised to when the floor is 0 but the covariance is singular: more than rounding takes away.</summary>
    private const double MinRaised = 1e-14;

    /// <summary>
    /// Variances so many times those of all rows are no cluster's: where volumes are equal, a component that collapses in one direction
    /// grows without bound in another.
    /// </summary>
    private const double MaxSpread = 1e4;

    /// <summary>How much further a covariance is raised as long as rounding leaves it indefinite.</summary>
    private const double RaisingFactor = 4;

    private enum FloorKind
    {
        Spherical,
        Diagonal,
        Full,
    }

    private readonly FloorKind _kind;
    private readonly double _fraction;

    /// <summary>The floor itself: were it more, a component just above the floor would lose likelihood when it is raised.</summary>
    private readonly double _raised;
    private readonly PooledMoments _pooled;
    private readonly double[] _trial;

    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="model">The covariance model: spheres are held against the mean variance.</param>
    /// <param name="fraction">ε.</param>
    public CovarianceFloor(PooledMoments pooled, CovarianceModel model, double fraction)
    {
        _kind = model.Shape() == CovarianceShape.Full ? FloorKind.Full
            : model.ShapeLetter() == 'I' ? FloorKind.Spherical
            : FloorKind.Diagonal;
        _pooled = pooled;
        _fraction = fraction;
        _raised = Math.Max(fraction, MinRaised);
        _trial = new double[pooled.Covariance.Length];
    }

    /// <summary>Whether a component's covariance lies below the floor, so that its likelihood has no bound, or beyond all bounds.</summary>
    public bool IsBelow(MixtureParameters mixture, int component) => _kind switch
    {
        FloorKind.Spherical => IsVarianceBelow(mixture.Covariances[component * mixture.CovarianceLength], _pooled.MeanVariance),
        FloorKind.Diagonal => IsDiagonalBelow(mixture, component),
        _ => IsFullBelow(mixture, component),
    };

    /// <summary>The covariance nearest in likelihood that respects the floor; further up where doubles cannot hold the result as a
    /// positive definite matrix.</summary>
    /// <param name="mixture">The mixture, changed in place.</param>
    /// <param name="component">The component, from 0.</param>
    public void Raise(MixtureParameters mixture, int component)
    {
        if (_kind == FloorKind.Full)
        {
            RaiseFull(mixture, component);
            return;
        }

        int offset = component * mixture.CovarianceLength;
        for (int j = 0; j < mixture.Dimension; j++)
        {
            double least = _raised * (_kind == FloorKind.Spherical ? _pooled.MeanVariance : _pooled.Variance(j));
            double variance = mixture.Covariances[offset + j];
            mixture.Covariances[offset + j] = variance > least && variance < MaxSpread * _pooled.Variance(j) ? variance : least;
        }
    }

    /// <summary>Σₖ ← Σₖ + f·S for all components: some way above the floor, whatever the model ties together.</summary>
    /// <param name="mixture">The mixture, changed in place.</param>
    /// <param name="factor">f as a multiple of the floor.</param>
    public void AddToAll(MixtureParameters mixture, double factor)
    {
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            AddPooled(mixture, k, factor * _raised);
        }
    }

    /// <summary>Gives every component the covariance of all rows, as a sphere where the model has spheres.</summary>
    public void SetToPooled(MixtureParameters mixture)
    {
        Array.Clear(mixture.Covariances, 0, mixture.Covariances.Length);
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            AddPooled(mixture, k, 1);
        }
    }

    private void AddPooled(MixtureParameters mixture, int component, double share)
    {
        int offset = component * mixture.CovarianceLength;
        for (int i = 0; i < mixture.CovarianceLength; i++)
        {
            mixture.Covariances[offset + i] += share * (_kind == FloorKind.Spherical ? _pooled.MeanVariance : _pooled.Covariance[i]);
        }
    }

    /// <summary>Whether Σₖ − ε·S is not positive definite.</summary>
    private bool IsFullBelow(MixtureParameters mixture, int component)
    {
        int offset = component * mixture.CovarianceLength;
        for (int j = 0; j < mixture.Dimension; j++)
        {
            if (!(mixture.Covariance(component, j, j) < MaxSpread * _pooled.Variance(j)))
            {
                return true;
            }
        }

        for (int i = 0; i < _trial.Length; i++)
        {
            _trial[i] = mixture.Covariances[offset + i] - (_fraction * _pooled.Covariance[i]);
        }

        return !PackedMatrix.TryCholesky(_trial, 0, _trial, 0, mixture.Dimension);
    }

    private bool IsDiagonalBelow(MixtureParameters mixture, int component)
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

    private void RaiseFull(MixtureParameters mixture, int component)
    {
        double least = _raised;
        int offset = component * mixture.CovarianceLength;
        double[,] whitened = _pooled.Whiten(mixture, component);
        if (!IsBounded(whitened))
        {
            Array.Clear(mixture.Covariances, offset, mixture.CovarianceLength);
            AddPooled(mixture, component, least);
            return;
        }

        double[] values = SymmetricEigen.DecomposeUnitFree(whitened, out double[,] vectors);
        do
        {
            _pooled.Unwhiten(Compose(values, vectors, least), mixture, component);
            least *= RaisingFactor;
        }
        while (!PackedMatrix.TryCholesky(mixture.Covariances, offset, _trial, 0, mixture.Dimension));
    }

    /// <summary>Whether a covariance in whitened coordinates is finite and no wider than a cluster can be.</summary>
    private static bool IsBounded(double[,] matrix)
    {
        foreach (double entry in matrix)
        {
            if (!(Math.Abs(entry) < MaxSpread))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The symmetric matrix of the given eigenvectors, and eigenvalues raised to a least one.</summary>
    private static double[,] Compose(double[] values, double[,] vectors, double least)
    {
        int order = values.Length;
        double[,] matrix = new double[order, order];
        double[] rows = new double[order * order];
        double[] scaled = new double[order];
        Buffer.BlockCopy(vectors, 0, rows, 0, rows.Length * sizeof(double));
        for (int i = 0; i < order; i++)
        {
            for (int m = 0; m < order; m++)
            {
                scaled[m] = vectors[i, m] * Math.Max(values[m], least);
            }

            for (int j = 0; j <= i; j++)
            {
                matrix[i, j] = matrix[j, i] = RowArithmetic.Dot(scaled, 0, rows, j * order, order);
            }
        }

        return matrix;
    }

    private bool IsVarianceBelow(double variance, double pooled) =>
        !(variance > _fraction * pooled && variance < MaxSpread * pooled);
}
