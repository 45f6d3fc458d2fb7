using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>EEV and VEV: one shape, turned to the eigenvectors of each scatter, the largest axis to the largest eigenvalue.</summary>
internal sealed class OwnAxesStep : MaximizationStep
{
    private readonly SpreadEstimator _spread;
    private CommonAxes[] _axes = [];
    private double[] _sums = [];
    private double[] _variances = [];
    private double[] _sorted = [];
    private int[][] _orders = [];

    public OwnAxesStep(CovarianceModel model)
        : base(model)
    {
        _spread = new SpreadEstimator(model);
    }

    public override void Begin()
    {
        foreach (CommonAxes axes in _axes)
        {
            axes.ResetAxes();
        }
    }

    public override void Exchange(StateExchange state, int componentCount, int dimension)
    {
        Resize(componentCount, dimension);
        foreach (CommonAxes axes in _axes)
        {
            state.Numbers(axes.Axes, "an axis");
            state.Check(!state.IsReading || axes.AreOrthonormal, "the axes of a component are not orthonormal");
        }
    }

    protected override void EstimateCovariances(SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result)
    {
        Resize(statistics.ComponentCount, statistics.Dimension);
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            FindAxes(statistics, k);
        }

        ReachedCap = !_spread.Estimate(statistics, _sums, previous, _variances);
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            for (int rank = 0; rank < statistics.Dimension; rank++)
            {
                _sorted[_orders[k][rank]] = _variances[(k * statistics.Dimension) + rank];
            }

            _axes[k].Compose(_sorted, 0, result.Covariances, k * result.CovarianceLength);
        }
    }

    /// <summary>Eigenvectors of a scatter, sought from those of the one before, and its eigenvalues in decreasing order.</summary>
    private void FindAxes(SufficientStatistics statistics, int component)
    {
        int dimension = statistics.Dimension;
        CommonAxes axes = _axes[component];
        axes.Find(statistics.Scatters, component * statistics.ScatterLength, null);
        int[] order = _orders[component];
        for (int j = 0; j < dimension; j++)
        {
            _sorted[j] = -axes.Diagonals[j];
            order[j] = j;
        }

        Array.Sort(_sorted, order);
        for (int rank = 0; rank < dimension; rank++)
        {
            _sums[(component * dimension) + rank] = Math.Max(0, -_sorted[rank]);
        }
    }

    private void Resize(int componentCount, int dimension)
    {
        if (_axes.Length == componentCount && _sorted.Length == dimension)
        {
            return;
        }

        _axes = new CommonAxes[componentCount];
        _orders = new int[componentCount][];
        for (int k = 0; k < componentCount; k++)
        {
            _axes[k] = new CommonAxes(1, dimension);
            _axes[k].ResetAxes();
            _orders[k] = new int[dimension];
        }

        _sums = new double[componentCount * dimension];
        _variances = new double[componentCount * dimension];
        _sorted = new double[dimension];
    }
}
