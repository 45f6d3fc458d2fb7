using System;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace GmmTools.Core.Tests.Support;

/// <summary>Covariances near given ones that obey a model, by its definition Σₖ = λₖ·Dₖ·Aₖ·Dₖᵀ and nothing else.</summary>
internal static class FeasibleCovariances
{
    public static Matrix<double>[] Near(Matrix<double>[] covariances, CovarianceModel model, double size, SplitMix64 random)
    {
        string letters = model.ToString();
        int order = covariances[0].RowCount;
        Matrix<double>[] axes = Axes(covariances, letters[2]);
        double[] volume = Draws(1, size, random);
        double[] shape = Draws(order, size, random);
        Matrix<double> turn = Turn(order, size, random);
        return [.. covariances.Select((covariance, k) =>
        {
            double[] ownVolume = letters[0] == 'V' ? Draws(1, size, random) : volume;
            double[] ownShape = letters[1] == 'V' ? Draws(order, size, random) : letters[1] == 'E' ? shape : new double[order];
            Matrix<double> ownTurn = letters[2] == 'V' ? Turn(order, size, random)
                : letters[2] == 'E' ? turn
                : Matrix<double>.Build.DenseIdentity(order);
            Vector<double> variances = (axes[k].Transpose() * covariance * axes[k]).Diagonal();
            double mean = ownShape.Average();
            Vector<double> changed = variances.MapIndexed((j, value) => value * Math.Exp(ownVolume[0] + ownShape[j] - mean));
            Matrix<double> turned = ownTurn * axes[k];
            return turned * Matrix<double>.Build.DenseOfDiagonalVector(changed) * turned.Transpose();
        })];
    }

    /// <summary>The axes of each component, ordered so that those of one shape belong to each other.</summary>
    private static Matrix<double>[] Axes(Matrix<double>[] covariances, char orientation)
    {
        int order = covariances[0].RowCount;
        if (orientation == 'I')
        {
            return [.. covariances.Select(_ => Matrix<double>.Build.DenseIdentity(order))];
        }

        // common axes are those of any blend
        Matrix<double> blend = covariances.Select((covariance, k) => covariance / (k + Math.PI)).Aggregate((a, b) => a + b);
        return [.. covariances.Select(covariance => (orientation == 'E' ? blend : covariance).Evd(Symmetricity.Symmetric).EigenVectors)];
    }

    private static double[] Draws(int count, double size, SplitMix64 random) =>
        [.. Enumerable.Range(0, count).Select(_ => size * random.NextNormal())];

    /// <summary>A rotation by small angles: Cayley's map of a skew matrix.</summary>
    private static Matrix<double> Turn(int order, double size, SplitMix64 random)
    {
        Matrix<double> skew = Matrix<double>.Build.Dense(order, order);
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < i; j++)
            {
                skew[i, j] = size * random.NextNormal();
                skew[j, i] = -skew[i, j];
            }
        }

        Matrix<double> identity = Matrix<double>.Build.DenseIdentity(order);
        return (identity - skew).Inverse() * (identity + skew);
    }
}
