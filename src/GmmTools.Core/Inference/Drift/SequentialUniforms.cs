using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Inference.Drift;

/// <summary>
/// Where a row lies in the distribution of each column under a mixture of normal components, alone and given the columns before it: probabilities that are
/// uniform and, the latter, independent for rows of the mixture (Rosenblatt, Annals of Mathematical Statistics 23 (1952) 470-472). Serves one thread.
/// </summary>
internal sealed class SequentialUniforms
{
    private readonly MixtureParameters _mixture;
    private readonly bool _isDiagonal;
    private readonly double[] _logWeights;

    /// <param name="mixture">Factorized parameters.</param>
    public SequentialUniforms(MixtureParameters mixture)
    {
        _mixture = mixture;
        _isDiagonal = mixture.Shape == CovarianceShape.Diagonal;
        _logWeights = new double[mixture.ComponentCount];
    }

    /// <summary>P(X ≤ value) and P(X ≥ value) of one column, each with the relative accuracy of a small number.</summary>
    public (double Below, double Above) Alone(int column, double value)
    {
        double below = 0;
        double above = 0;
        for (int k = 0; k < _mixture.ComponentCount; k++)
        {
            double z = (value - _mixture.Means[(k * _mixture.Dimension) + column]) / Math.Sqrt(_mixture.Covariance(k, column, column));
            below += _mixture.Weights[k] * GammaTail.Normal(z);
            above += _mixture.Weights[k] * GammaTail.Normal(-z);
        }

        return (below, above);
    }

    /// <summary>The same of each column, given those before it, up to the first that the row lacks.</summary>
    /// <param name="row">d numbers, NaN where a cell is missing.</param>
    /// <param name="below">Overwritten, as far as the row goes.</param>
    /// <param name="above">Overwritten likewise.</param>
    /// <returns>How many columns there are before the first that is missing.</returns>
    public int Given(double[] row, double[] below, double[] above)
    {
        for (int k = 0; k < _logWeights.Length; k++)
        {
            _logWeights[k] = Math.Log(_mixture.Weights[k]);
        }

        for (int j = 0; j < row.Length; j++)
        {
            if (double.IsNaN(row[j]))
            {
                return j;
            }

            AddColumn(row, j, out below[j], out above[j]);
        }

        return row.Length;
    }

    private void AddColumn(double[] row, int column, out double below, out double above)
    {
        double largest = double.NegativeInfinity;
        foreach (double weight in _logWeights)
        {
            largest = Math.Max(largest, weight);
        }

        double sum = below = above = 0;
        for (int k = 0; k < _logWeights.Length; k++)
        {
            double weight = Math.Exp(_logWeights[k] - largest);
            double z = Residual(row, column, k);
            sum += weight;
            below += weight * GammaTail.Normal(z);
            above += weight * GammaTail.Normal(-z);
            _logWeights[k] += Math.Log(_mixture.PrecisionFactors[_mixture.CovarianceIndex(k, column, column)]) - (0.5 * z * z);
        }

        below /= sum;
        above /= sum;
    }

    /// <summary>The cell less its mean given those before it, in its conditional standard deviations: a row of W(x − μ).</summary>
    private double Residual(double[] row, int column, int component)
    {
        double z = 0;
        for (int i = _isDiagonal ? column : 0; i <= column; i++)
        {
            z += _mixture.PrecisionFactors[_mixture.CovarianceIndex(component, column, i)] * (row[i] - _mixture.Means[(component * _mixture.Dimension) + i]);
        }

        return z;
    }
}
