using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Comparison;

/// <summary>What is known in closed form of two normal distributions, for pairs of components of two mixtures of the same columns.</summary>
internal sealed class NormalPairs
{
    private static readonly double LogTwoPi = Math.Log(2 * Math.PI);

    private readonly MixtureParameters _first;
    private readonly MixtureParameters _second;
    private readonly double[] _work;
    private readonly double[] _factor;
    private readonly double[] _difference;

    public NormalPairs(MixtureParameters first, MixtureParameters second)
    {
        _first = first;
        _second = second;
        _work = new double[PackedMatrix.Length(first.Dimension)];
        _factor = new double[_work.Length];
        _difference = new double[first.Dimension];
    }

    /// <summary>Kullback and Leibler's divergence of component i of the first mixture from component j of the second:
    /// ½·(log |Σⱼ|/|Σᵢ| + tr(Σⱼ⁻¹·Σᵢ) + δᵀ·Σⱼ⁻¹·δ − d).</summary>
    public double Divergence(int i, int j)
    {
        int order = _first.Dimension;
        Load(_first, i, null, 0);
        PackedMatrix.TryCholesky(_work, 0, _factor, 0, order);
        double sum = _second.LogDeterminant(j) - _first.LogDeterminant(i) - order;
        for (int row = 0; row < order; row++)
        {
            double z = 0;
            for (int m = 0; m <= row; m++)
            {
                z += Factor(j, row, m) * (_first.Means[(i * order) + m] - _second.Means[(j * order) + m]);
            }

            sum += z * z;
            for (int column = 0; column <= row; column++)
            {
                double entry = 0;
                for (int m = column; m <= row; m++)
                {
                    entry += Factor(j, row, m) * _factor[PackedMatrix.Index(m, column)];
                }

                sum += entry * entry;
            }
        }

        return Math.Max(0, 0.5 * sum);
    }

    /// <summary>log ∫ Nᵢ(x)·Nⱼ(x) dx = log N(μᵢ; μⱼ, Σᵢ + Σⱼ).</summary>
    public double LogOverlap(int i, int j)
    {
        int order = _first.Dimension;
        Load(_first, i, _second, j);
        if (!PackedMatrix.TryCholesky(_work, 0, _factor, 0, order))
        {
            return double.NegativeInfinity;
        }

        double squares = 0;
        for (int row = 0; row < order; row++)
        {
            double z = _first.Means[(i * order) + row] - _second.Means[(j * order) + row];
            for (int column = 0; column < row; column++)
            {
                z -= _factor[PackedMatrix.Index(row, column)] * _difference[column];
            }

            _difference[row] = z / _factor[PackedMatrix.Index(row, row)];
            squares += _difference[row] * _difference[row];
        }

        return (-0.5 * ((order * LogTwoPi) + squares)) - PackedMatrix.SumLogDiagonal(_factor, 0, order);
    }

    /// <summary>Entropy of component i of the first mixture.</summary>
    public double Entropy(int i) => 0.5 * ((_first.Dimension * (LogTwoPi + 1)) + _first.LogDeterminant(i));

    private double Factor(int component, int row, int column) =>
        _second.Shape == CovarianceShape.Full ? _second.PrecisionFactors[_second.CovarianceIndex(component, row, column)]
        : row == column ? _second.PrecisionFactors[_second.CovarianceIndex(component, row, row)]
        : 0;

    private void Load(MixtureParameters first, int i, MixtureParameters? second, int j)
    {
        for (int row = 0; row < first.Dimension; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                _work[PackedMatrix.Index(row, column)] = first.Covariance(i, row, column) + (second?.Covariance(j, row, column) ?? 0);
            }
        }
    }
}
