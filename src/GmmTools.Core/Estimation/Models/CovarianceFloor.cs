using System;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;

namespace GmmTools.Estimation.Models;

/// <summary>
/// The least covariance that a component may have. Without it the likelihood has no bound, since a component may shrink onto a single
/// row. It is made of scales that no far row can change (<see cref="RowScales"/>), in coordinates where the pooled covariance is the
/// identity, so that it does not depend on units: a fraction ε of the squared spread of the densest rows. To this is added the variance δ²/12
/// of values within a step δ in which a column was recorded, below which rows tell nothing of a spread. Raising the eigenvalues in
/// coordinates where the floor is the identity is the exact constrained M-step, so that the likelihood still never falls;
/// Hathaway, Annals of Statistics 13 (1985) 795-800, gave the idea of constraining the ratio.
/// </summary>
internal sealed class CovarianceFloor
{
    /// <summary>The fraction where ε is 0 but a covariance is singular: more than rounding takes away.</summary>
    private const double MinRaised = 1e-14;

    /// <summary>The most that steps raise the floor to, as a share of the pooled covariance: rare values of a column may be further apart than
    /// it is wide.</summary>
    private const double MaxStepShare = 0.1;

    /// <summary>
    /// Variances so many times those of all rows are no cluster's: where volumes are equal, a component that collapses in one direction
    /// grows without bound in another.
    /// </summary>
    private const double MaxSpread = 1e4;

    /// <summary>How much further, and how often, a covariance is raised as long as rounding leaves it indefinite.</summary>
    private const double RaisingFactor = 4;
    private const int MaxRaises = 60;

    /// <summary>A covariance this little above the floor was raised to it.</summary>
    private const double HeldShare = 1e-6;

    private enum FloorKind
    {
        Spherical,
        Diagonal,
        Full,
    }

    private readonly FloorKind _kind;
    private readonly double _fraction;
    private readonly bool _countsSteps;
    private readonly PooledMoments _pooled;
    private readonly double[] _trial;
    private double[]? _least;
    private double[]? _bound;
    private double[] _inverseFactor = [];
    private double[] _factor = [];

    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="model">The covariance model: spheres are held against the mean variance.</param>
    /// <param name="fraction">ε.</param>
    /// <param name="countsSteps">Whether the steps in which columns were recorded raise it; not where a prior does.</param>
    public CovarianceFloor(PooledMoments pooled, CovarianceModel model, double fraction, bool countsSteps = true)
    {
        _countsSteps = countsSteps && fraction > 0;
        _kind = model.Shape() == CovarianceShape.Full ? FloorKind.Full
            : model.ShapeLetter() == 'I' ? FloorKind.Spherical
            : FloorKind.Diagonal;
        _pooled = pooled;
        _fraction = fraction;
        _trial = new double[pooled.Covariance.Length];
    }

    /// <summary>The floor: a packed matrix, or d variances. Found when a covariance first comes near what it can be.</summary>
    private double[] Least => _least ??= CreateLeast();

    /// <summary>Whether a component's covariance lies below the floor, so that its likelihood has no bound, or beyond all bounds.</summary>
    public bool IsBelow(MixtureParameters mixture, int component) =>
        IsUnbounded(mixture, component) || !IsAbove(mixture, component, 1);

    /// <summary>Whether a component's covariance is held at the floor.</summary>
    public bool IsHeld(MixtureParameters mixture, int component) => !IsAbove(mixture, component, 1 + HeldShare);

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
            double variance = mixture.Covariances[offset + j];
            mixture.Covariances[offset + j] = variance > Least[j] && variance < MaxSpread * PooledVariance(j) ? variance : Least[j];
        }
    }

    /// <summary>Σₖ ← Σₖ + f·F for all components: some way above the floor, whatever the model ties together.</summary>
    /// <param name="mixture">The mixture, changed in place.</param>
    /// <param name="factor">f as a multiple of the floor.</param>
    public void AddToAll(MixtureParameters mixture, double factor)
    {
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            Add(Least, factor, mixture, k);
        }
    }

    /// <summary>Gives every component the covariance of all rows, as a sphere where the model has spheres.</summary>
    public void SetToPooled(MixtureParameters mixture)
    {
        Array.Clear(mixture.Covariances, 0, mixture.Covariances.Length);
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            AddPooled(mixture, k);
        }
    }

    private void AddPooled(MixtureParameters mixture, int component)
    {
        double[] pooled = (double[])_pooled.Covariance.Clone();
        for (int j = 0; j < pooled.Length && _kind == FloorKind.Spherical; j++)
        {
            pooled[j] = _pooled.MeanVariance;
        }

        Add(pooled, 1, mixture, component);
    }

    private static void Add(double[] covariance, double factor, MixtureParameters mixture, int component)
    {
        for (int i = 0; i < covariance.Length; i++)
        {
            mixture.Covariances[(component * covariance.Length) + i] += factor * covariance[i];
        }
    }

    private double PooledVariance(int column) => _kind == FloorKind.Spherical ? _pooled.MeanVariance : _pooled.Variance(column);

    /// <summary>Whether a variance is not finite or wider than a cluster can be.</summary>
    private bool IsUnbounded(MixtureParameters mixture, int component)
    {
        for (int j = 0; j < mixture.Dimension; j++)
        {
            if (!(mixture.Covariance(component, j, j) < MaxSpread * PooledVariance(j)))
            {
                return true;
            }
        }

        // off the diagonal, too
        for (int i = component * mixture.CovarianceLength; i < (component + 1) * mixture.CovarianceLength; i++)
        {
            if (double.IsNaN(mixture.Covariances[i]) || double.IsInfinity(mixture.Covariances[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether Σₖ − f·F is positive definite. The scales of the rows are not looked for where the most that F can be is below.</summary>
    private bool IsAbove(MixtureParameters mixture, int component, double factor)
    {
        if (_fraction == 0)
        {
            return IsAbove(mixture, component, _pooled.Covariance, 0);
        }

        bool isKnown = _least is not null || _pooled.HasScales;
        return (!isKnown && IsAbove(mixture, component, _pooled.Covariance, factor * (MaxStepShare + _fraction)))
            || (!isKnown && IsAbove(mixture, component, _bound ??= CreateBound(), factor))
            || IsAbove(mixture, component, Least, factor);
    }

    /// <summary>What the floor is at most: no spread exceeds 1, and a few rows bound the steps.</summary>
    private double[] CreateBound()
    {
        double[] steps = [.. Enumerable.Range(0, _pooled.Dimension).Select(j => _countsSteps ? StepVariance(j, _pooled.StepBounds[j]) : 0)];
        double[] bound = [.. _pooled.Covariance.Select(covariance => Math.Max(_fraction, MinRaised) * covariance)];
        for (int j = 0; j < steps.Length; j++)
        {
            bound[_kind == FloorKind.Full ? PackedMatrix.Index(j, j) : j] += steps[j];
        }

        return _kind == FloorKind.Spherical ? [.. bound.Select(_ => bound.Max())] : bound;
    }

    private bool IsAbove(MixtureParameters mixture, int component, double[] least, double factor)
    {
        int offset = component * mixture.CovarianceLength;
        if (_kind == FloorKind.Full)
        {
            for (int i = 0; i < _trial.Length; i++)
            {
                _trial[i] = mixture.Covariances[offset + i] - (factor * least[i]);
            }

            return PackedMatrix.TryCholesky(_trial, 0, _trial, 0, mixture.Dimension);
        }

        for (int j = 0; j < mixture.Dimension; j++)
        {
            if (!(mixture.Covariances[offset + j] > factor * least[j]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>L·D·Lᵀ, where Dⱼ = ε·sⱼ², and the variance of values within a step on the diagonal; of spheres the mean and the least.</summary>
    private double[] CreateLeast()
    {
        double[] deviations = [.. _pooled.Scales.Spreads.Select(spread => Math.Sqrt(Math.Max(_fraction, MinRaised)) * spread)];
        double[] spreads = _pooled.FromCoordinates([.. deviations.Select(deviation => deviation * deviation)]);
        double[] steps = [.. Enumerable.Range(0, _pooled.Dimension).Select(j => _countsSteps ? StepVariance(j, _pooled.Scales.Steps[j]) : 0)];
        if (_kind == FloorKind.Spherical)
        {
            double variance = spreads.Average() + steps.Min();
            return [.. spreads.Select(_ => variance)];
        }

        double[] least = (double[])spreads.Clone();
        for (int j = 0; j < steps.Length; j++)
        {
            least[_kind == FloorKind.Full ? PackedMatrix.Index(j, j) : j] += steps[j];
        }

        if (_kind == FloorKind.Full)
        {
            _factor = new double[least.Length];
            if (!PackedMatrix.TryCholesky(least, 0, _factor, 0, _pooled.Dimension))
            {
                // scales so far apart that doubles do not hold their product: the factor is known without it
                (least, _factor) = (spreads, _pooled.FactorTimes(deviations));
            }

            _inverseFactor = new double[least.Length];
            PackedMatrix.InvertLower(_factor, 0, _inverseFactor, 0, _pooled.Dimension);
        }

        return least;
    }

    /// <summary>δ²/12, but so little that the floor lies below the pooled covariance whatever the columns have to do with each other: S exceeds
    /// the diagonal matrix of the partial variances divided by d.</summary>
    private double StepVariance(int column, double step) =>
        Math.Min(step * step / 12, MaxStepShare / (_kind == FloorKind.Full ? _pooled.Dimension : 1) * _pooled.PartialVariance(column));

    private void RaiseFull(MixtureParameters mixture, int component)
    {
        double[] covariance = Least;
        double least = 1;
        int offset = component * mixture.CovarianceLength;
        if (IsUnbounded(mixture, component))
        {
            Array.Copy(covariance, 0, mixture.Covariances, offset, mixture.CovarianceLength);
            return;
        }

        double[] values = SymmetricEigen.DecomposeUnitFree(PackedMatrix.Congruence(_inverseFactor, mixture.CovarianceMatrix(component)), out double[,] vectors);
        for (int raise = 0; raise < MaxRaises; raise++)
        {
            double[] raised = PackedMatrix.Pack(PackedMatrix.Congruence(_factor, Compose(values, vectors, least)));
            Array.Copy(raised, 0, mixture.Covariances, offset, raised.Length);
            if (PackedMatrix.TryCholesky(mixture.Covariances, offset, _trial, 0, mixture.Dimension))
            {
                return;
            }

            least *= RaisingFactor;
        }

        Array.Copy(_pooled.Covariance, 0, mixture.Covariances, offset, mixture.CovarianceLength);
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
}
