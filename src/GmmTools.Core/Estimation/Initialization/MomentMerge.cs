using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// What it costs to replace two components by the one that has their mean and covariance, and the replacement. Holds workspace: not for
/// use from several threads at once.
/// </summary>
internal sealed class MomentMerge
{
    private readonly MixtureParameters _mixture;
    private readonly double[] _covariance;
    private readonly double[] _shift;
    private readonly double[] _halfLogs;

    /// <param name="mixture">The mixture, factorised.</param>
    public MomentMerge(MixtureParameters mixture)
    {
        _mixture = mixture;
        _covariance = new double[mixture.CovarianceLength];
        _shift = new double[mixture.Dimension];
        _halfLogs = new double[mixture.ComponentCount];
        for (int k = 0; k < _halfLogs.Length; k++)
        {
            _halfLogs[k] = 0.5 * mixture.LogDeterminant(k);
        }
    }

    /// <summary>Log-likelihood of the classification per unit of row weight that is lost; negative where it gains.</summary>
    public double Loss(int left, int right)
    {
        Combine(left, right);
        double[] weights = _mixture.Weights;
        double sum = weights[left] + weights[right];
        return Part(sum, HalfLogDeterminant()) - Part(weights[left], _halfLogs[left]) - Part(weights[right], _halfLogs[right]);
    }

    /// <summary>Makes the first component stand for both; the second is left as it is.</summary>
    public void Merge(int kept, int gone)
    {
        Combine(kept, gone);
        double[] weights = _mixture.Weights;
        double share = weights[gone] / (weights[kept] + weights[gone]);
        for (int i = 0; i < _shift.Length; i++)
        {
            _mixture.Means[(kept * _shift.Length) + i] -= share * _shift[i];
        }

        Array.Copy(_covariance, 0, _mixture.Covariances, kept * _covariance.Length, _covariance.Length);
        weights[kept] += weights[gone];
        _halfLogs[kept] = HalfLogDeterminant();
    }

    private static double Part(double weight, double halfLogDeterminant) =>
        weight > 0 ? weight * (halfLogDeterminant - Math.Log(weight)) : 0;

    /// <summary>Mean of the covariances, and the spread of the means.</summary>
    private void Combine(int left, int right)
    {
        int dimension = _shift.Length;
        double sum = _mixture.Weights[left] + _mixture.Weights[right];
        double share = _mixture.Weights[left] / sum;
        for (int i = 0; i < dimension; i++)
        {
            _shift[i] = _mixture.Means[(left * dimension) + i] - _mixture.Means[(right * dimension) + i];
        }

        int first = left * _covariance.Length;
        int second = right * _covariance.Length;
        for (int i = 0; i < _covariance.Length; i++)
        {
            _covariance[i] = (share * _mixture.Covariances[first + i]) + ((1 - share) * _mixture.Covariances[second + i]);
        }

        double spread = share * (1 - share);
        int place = 0;
        for (int i = 0; i < dimension; i++)
        {
            for (int j = _mixture.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
            {
                _covariance[place++] += spread * _shift[i] * _shift[j];
            }
        }
    }

    /// <summary>½·log|Σ| of the covariance in the workspace, which is overwritten only by the next.</summary>
    private double HalfLogDeterminant()
    {
        if (_mixture.Shape == CovarianceShape.Full)
        {
            double[] factor = _factor ??= new double[_covariance.Length];
            return PackedMatrix.TryCholesky(_covariance, 0, factor, 0, _shift.Length)
                ? PackedMatrix.SumLogDiagonal(factor, 0, _shift.Length)
                : double.NegativeInfinity;
        }

        double sum = 0;
        foreach (double variance in _covariance)
        {
            sum += 0.5 * Math.Log(variance);
        }

        return sum;
    }

    private double[]? _factor;
}
