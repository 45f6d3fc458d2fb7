using System;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace GmmTools.Core.Tests.Estimation.MaximizationSteps;

/// <summary>Statistics made from scatter matrices, and mixtures from covariances, to try M-steps on.</summary>
internal static class Scatters
{
    /// <summary>Statistics with these scatters about the means, which are 0.</summary>
    public static SufficientStatistics Statistics(double[] weights, Matrix<double>[] scatters, CovarianceShape shape)
    {
        SufficientStatistics statistics = new(weights.Length, scatters[0].RowCount, shape) { TotalWeight = weights.Sum() };
        weights.CopyTo(statistics.Weights, 0);
        Fill(statistics.Scatters, scatters, shape);
        return statistics;
    }

    /// <summary>A mixture with these covariances and the means 0, not factorised.</summary>
    public static MixtureParameters Mixture(double[] weights, Matrix<double>[] covariances, CovarianceShape shape)
    {
        MixtureParameters mixture = new(weights.Length, covariances[0].RowCount, shape);
        weights.CopyTo(mixture.Weights, 0);
        Fill(mixture.Covariances, covariances, shape);
        return mixture;
    }

    /// <summary>The covariance matrix of a component.</summary>
    public static Matrix<double> Covariance(MixtureParameters mixture, int component) =>
        Matrix<double>.Build.Dense(mixture.Dimension, mixture.Dimension, (i, j) => mixture.Covariance(component, i, j));

    /// <summary>Scatters of a few normal rows each, as different as chance makes them.</summary>
    public static Matrix<double>[] Random(int componentCount, int dimension, ulong seed)
    {
        SplitMix64 random = new(seed);
        return [.. Enumerable.Range(0, componentCount).Select(k =>
        {
            Matrix<double> rows = Matrix<double>.Build.Dense(dimension + 4 + k, dimension, (_, _) => random.NextNormal());
            return (k + 1.0) * rows.TransposeThisAndMultiply(rows);
        })];
    }

    /// <summary>Any rotation.</summary>
    public static Matrix<double> Rotation(int dimension, ulong seed)
    {
        SplitMix64 random = new(seed);
        return Matrix<double>.Build.Dense(dimension, dimension, (_, _) => random.NextNormal()).QR().Q;
    }

    /// <summary>D·diag(v)·Dᵀ.</summary>
    public static Matrix<double> Compose(Matrix<double> axes, params double[] values) =>
        axes * Matrix<double>.Build.DenseOfDiagonalArray(values) * axes.Transpose();

    /// <summary>|Σ|^(1/d).</summary>
    public static double Root(Matrix<double> matrix) => Math.Pow(matrix.Determinant(), 1.0 / matrix.RowCount);

    /// <summary>Σₖ nₖ·log |Σₖ| + tr Σₖ⁻¹Sₖ, of which M-steps find the least value that their model has.</summary>
    public static double Criterion(SufficientStatistics statistics, MixtureParameters mixture)
    {
        double sum = 0;
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            Matrix<double> covariance = Covariance(mixture, k);
            sum += (statistics.Weights[k] * Math.Log(covariance.Determinant())) + (covariance.Inverse() * Scatter(statistics, k)).Trace();
        }

        return sum;
    }

    private static Matrix<double> Scatter(SufficientStatistics statistics, int component) =>
        Matrix<double>.Build.Dense(statistics.Dimension, statistics.Dimension, (i, j) =>
            statistics.Shape == CovarianceShape.Full
                ? statistics.Scatters[(component * statistics.ScatterLength) + PackedMatrix.Index(Math.Max(i, j), Math.Min(i, j))]
                : i == j ? statistics.Scatters[(component * statistics.ScatterLength) + i] : 0);

    private static void Fill(double[] target, Matrix<double>[] matrices, CovarianceShape shape)
    {
        int place = 0;
        foreach (Matrix<double> matrix in matrices)
        {
            for (int i = 0; i < matrix.RowCount; i++)
            {
                for (int j = shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
                {
                    target[place++] = matrix[i, j];
                }
            }
        }
    }
}
