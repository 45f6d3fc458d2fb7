using System;
using GmmTools.Estimation.Models;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;

namespace GmmTools.Estimation.Acceleration;

/// <summary>
/// Sufficient statistics as points of a space without borders: log nₖ, the means, and the Cholesky factor of each scatter with
/// the logarithm of its diagonal, all in units of the pooled standard deviations; where rows are weighed, also the logarithm of how far their
/// log-weights lie below the largest that they can be. Whatever point an extrapolation reaches stands
/// for valid statistics, and the M-step turns these into a mixture of the covariance model, whichever it is.
/// </summary>
internal sealed class StatisticsCoordinates
{
    private readonly double[] _scale;
    private readonly double[] _factor;
    private readonly int _componentLength;

    /// <summary>Whether there is a coordinate for the weights of the rows, which is the last one of each component.</summary>
    private readonly bool _weighsRows;

    public StatisticsCoordinates(int componentCount, PooledMoments pooled, SufficientStatistics statistics)
    {
        _scale = new double[pooled.Dimension];
        for (int j = 0; j < _scale.Length; j++)
        {
            _scale[j] = Math.Sqrt(pooled.Variance(j));
        }

        _factor = new double[statistics.ScatterLength];
        _weighsRows = statistics.MomentWeights.Length > 0;
        _componentLength = 1 + pooled.Dimension + statistics.ScatterLength + (_weighsRows ? 1 : 0);
        Length = componentCount * _componentLength;
    }

    /// <summary>Number of coordinates.</summary>
    public int Length { get; }

    /// <summary>Writes the coordinates of statistics.</summary>
    /// <returns>False when a component has no rows or a singular scatter, which has no coordinates.</returns>
    public bool TryWrite(SufficientStatistics statistics, double[] target)
    {
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            if (!TryWriteComponent(statistics, k, target))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Overwrites statistics by those of the coordinates, taken about their means.</summary>
    public void Read(double[] source, SufficientStatistics statistics)
    {
        double total = 0;
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            total += statistics.Weights[k] = Math.Exp(source[k * _componentLength]);
        }

        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            statistics.Weights[k] *= statistics.TotalWeight / total;
            ReadComponent(source, k, statistics);
        }
    }

    private bool TryWriteComponent(SufficientStatistics statistics, int component, double[] target)
    {
        int dimension = _scale.Length;
        int place = component * _componentLength;
        int mean = component * dimension;
        int scatter = component * statistics.ScatterLength;
        double weight = statistics.Weights[component];
        double inMoments = statistics.MomentWeight(component);
        double share = inMoments / weight;
        target[place++] = Math.Log(weight);
        if (_weighsRows)
        {
            // log u − u is at most −1
            target[place + _componentLength - 2] = Math.Log(-1 - (statistics.LogMomentWeights[component] / weight));
        }

        for (int i = 0; i < dimension; i++)
        {
            double shift = statistics.FirstMoments[mean + i] / inMoments;
            target[place + i] = (statistics.Centres[mean + i] + shift) / _scale[i];
            if (statistics.Shape == CovarianceShape.Diagonal)
            {
                double variance = (statistics.Scatters[scatter + i] / weight) - (share * shift * shift);
                target[place + dimension + i] = 0.5 * Math.Log(variance / (_scale[i] * _scale[i]));
                continue;
            }

            for (int j = 0; j <= i; j++)
            {
                double other = statistics.FirstMoments[mean + j] / inMoments;
                _factor[PackedMatrix.Index(i, j)] =
                    ((statistics.Scatters[scatter + PackedMatrix.Index(i, j)] / weight) - (share * shift * other)) / (_scale[i] * _scale[j]);
            }
        }

        if (statistics.Shape == CovarianceShape.Diagonal)
        {
            return IsFinite(target, component * _componentLength);
        }

        return PackedMatrix.TryCholesky(_factor, 0, _factor, 0, dimension)
            && CopyFactor(target, place + dimension)
            && IsFinite(target, component * _componentLength);
    }

    private bool CopyFactor(double[] target, int place)
    {
        Array.Copy(_factor, 0, target, place, _factor.Length);
        for (int i = 0; i < _scale.Length; i++)
        {
            target[place + PackedMatrix.Index(i, i)] = Math.Log(_factor[PackedMatrix.Index(i, i)]);
        }

        return true;
    }

    private bool IsFinite(double[] target, int place)
    {
        for (int i = place; i < place + _componentLength; i++)
        {
            if (double.IsNaN(target[i]) || double.IsInfinity(target[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void ReadComponent(double[] source, int component, SufficientStatistics statistics)
    {
        int dimension = _scale.Length;
        int place = (component * _componentLength) + 1;
        int scatter = component * statistics.ScatterLength;
        double weight = statistics.Weights[component];
        if (_weighsRows)
        {
            // the moments are about the means, so that it does not matter what they are divided by
            statistics.MomentWeights[component] = weight;
            statistics.LogMomentWeights[component] = weight * (-1 - Math.Exp(source[place + _componentLength - 2]));
        }

        for (int i = 0; i < dimension; i++)
        {
            statistics.FirstMoments[(component * dimension) + i] = 0;
            statistics.Centres[(component * dimension) + i] = source[place++] * _scale[i];
        }

        for (int i = 0; i < dimension; i++)
        {
            if (statistics.Shape == CovarianceShape.Diagonal)
            {
                double sd = Math.Exp(source[place + i]) * _scale[i];
                statistics.Scatters[scatter + i] = weight * sd * sd;
                continue;
            }

            for (int j = 0; j <= i; j++)
            {
                statistics.Scatters[scatter + PackedMatrix.Index(i, j)] = weight * _scale[i] * _scale[j] * RowProduct(source, place, i, j);
            }
        }
    }

    /// <summary>Entry (i, j) of L·Lᵀ, the diagonal of L being stored as logarithms.</summary>
    private static double RowProduct(double[] source, int place, int i, int j)
    {
        double diagonal = Math.Exp(source[place + PackedMatrix.Index(j, j)]);
        double last = diagonal * (i == j ? diagonal : source[place + PackedMatrix.Index(i, j)]);
        return last + RowArithmetic.Dot(source, place + PackedMatrix.Index(i, 0), source, place + PackedMatrix.Index(j, 0), j);
    }
}
