using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>
/// EVE and VVE: Σₖ = D·diag·Dᵀ with common axes D. VVE minimises Σₖ nₖ·log |diag DᵀSₖD| (Flury's common principal components), EVE,
/// whose volumes are equal, Σₖ |diag DᵀSₖD|^(1/d). The turning of the axes starts from those of the previous mixture, so that the
/// likelihood cannot fall even if it ends in a local optimum.
/// </summary>
internal sealed class CommonAxesStep : MaximizationStep
{
    /// <summary>The most sweeps of a first M-step, and of those that go on from the one before: EM itself brings these to the end.</summary>
    private const int MaxSweeps = 200;
    private const int MaxFurtherSweeps = 3;

    /// <summary>Makes the weights below differ from each other in no simple ratio.</summary>
    private const double GoldenRatio = 0.6180339887498949;

    private readonly SpreadEstimator _spread;
    private CommonAxes _axes = new(0, 0);
    private CommonAxes _eigenvectors = new(1, 0);
    private double[] _variances = [];
    private double[] _blend = [];

    public CommonAxesStep(CovarianceModel model)
        : base(model)
    {
        _spread = new SpreadEstimator(model);
    }

    protected override void EstimateCovariances(SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result)
    {
        Resize(statistics.ComponentCount, statistics.Dimension);
        double[]? weights = Model == CovarianceModel.VVE ? statistics.Weights : null;
        if (previous is null)
        {
            FindBest(statistics, weights);
        }
        else
        {
            BlendCovariances(previous);
            BeginAt(_blend, 0);
            ReachedCap = !_axes.Find(statistics.Scatters, 0, weights, MaxFurtherSweeps);
        }

        _spread.Estimate(statistics, _axes.Diagonals, null, _variances);
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            _axes.Compose(_variances, k * statistics.Dimension, result.Covariances, k * result.CovarianceLength);
        }
    }

    /// <summary>
    /// Without a mixture to go on from: the best of the optima that are found from the axes of all scatters together, of each alone, and of
    /// the coordinates.
    /// </summary>
    private void FindBest(SufficientStatistics statistics, double[]? weights)
    {
        int best = 0;
        double least = double.PositiveInfinity;
        for (int start = -1; start <= statistics.ComponentCount; start++)
        {
            FindFrom(start, statistics, weights);
            double criterion = _axes.Criterion(weights);
            if (criterion < least)
            {
                least = criterion;
                best = start;
            }
        }

        ReachedCap = !FindFrom(best, statistics, weights);
    }

    private bool FindFrom(int start, SufficientStatistics statistics, double[]? weights)
    {
        if (start < 0)
        {
            BlendScatters(statistics);
            BeginAt(_blend, 0);
        }
        else if (start < statistics.ComponentCount)
        {
            BeginAt(statistics.Scatters, start * statistics.ScatterLength);
        }
        else
        {
            _axes.ResetAxes();
        }

        return _axes.Find(statistics.Scatters, 0, weights, MaxSweeps);
    }

    /// <summary>Sets the axes to the eigenvectors of a matrix.</summary>
    private void BeginAt(double[] packed, int offset)
    {
        _eigenvectors.ResetAxes();
        _eigenvectors.Find(packed, offset, null);
        Array.Copy(_eigenvectors.Axes, _axes.Axes, _axes.Axes.Length);
    }

    /// <summary>Matrices with common axes have them in any blend; in a blend of odd weights no two eigenvalues meet by chance.</summary>
    private void BlendCovariances(MixtureParameters mixture)
    {
        Array.Clear(_blend, 0, _blend.Length);
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            double weight = 0.5 + ((k + 1) * GoldenRatio % 1);
            double scale = weight * Math.Exp(-mixture.LogDeterminant(k) / mixture.Dimension);
            for (int i = 0; i < _blend.Length; i++)
            {
                _blend[i] += scale * mixture.Covariances[(k * _blend.Length) + i];
            }
        }
    }

    private void BlendScatters(SufficientStatistics statistics)
    {
        Array.Clear(_blend, 0, _blend.Length);
        for (int i = 0; i < statistics.Scatters.Length; i++)
        {
            _blend[i % _blend.Length] += statistics.Scatters[i];
        }
    }

    private void Resize(int componentCount, int dimension)
    {
        if (_axes.Count != componentCount || _axes.Order != dimension)
        {
            _axes = new CommonAxes(componentCount, dimension);
            _eigenvectors = new CommonAxes(1, dimension);
            _variances = new double[componentCount * dimension];
            _blend = new double[PackedMatrix.Length(dimension)];
        }
    }
}
