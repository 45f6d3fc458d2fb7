using System;
using System.Linq;
using GmmTools.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace GmmTools.Mixtures;

/// <summary>Why the covariances of a mixture are not of the model that it is said to be of.</summary>
internal static class CovarianceModelFault
{
    /// <summary>How far numbers may be apart that a model makes equal, relative to them: more than what text and inner iterations lose.</summary>
    private const double Tolerance = 1e-6;

    /// <summary>What a determinant loses for each factor by which correlations diminish it.</summary>
    private const double DeterminantRounding = 1e-13;

    /// <summary>The first component that does not go with the first one, or with its own columns.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="model">The model.</param>
    /// <param name="inAnyUnits">Whether the model may hold in other units of the columns only, as that of columns that were standardized.</param>
    /// <returns>The component, from 0, and what the model says of it; or null.</returns>
    public static (int Component, string Rule)? Find(MixtureParameters mixture, CovarianceModel model, bool inAnyUnits)
    {
        CovarianceModel held = mixture.Dimension == 1 ? model.ToUnivariate() : inAnyUnits ? InAnyUnits(model) : model;
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            if (FindRule(mixture, held, k) is string rule)
            {
                return (k, rule);
            }
        }

        return null;
    }

    /// <summary>What is left of a model when columns are taken in other units.</summary>
    private static CovarianceModel InAnyUnits(CovarianceModel model) => model switch
    {
        CovarianceModel.EII => CovarianceModel.EEI,
        CovarianceModel.VII => CovarianceModel.VEI,
        CovarianceModel.EVE or CovarianceModel.EEV => CovarianceModel.EVV,
        CovarianceModel.VVE or CovarianceModel.VEV => CovarianceModel.VVV,
        _ => model,
    };

    private static string? FindRule(MixtureParameters mixture, CovarianceModel model, int k) => model switch
    {
        CovarianceModel.VVI or CovarianceModel.VVV => null,
        CovarianceModel.EII or CovarianceModel.VII when !IsSphere(mixture, k) => "has different variances, but those of a sphere must be equal",
        CovarianceModel.EII or CovarianceModel.EEI or CovarianceModel.EEE when !IsMultiple(mixture, k, 1) =>
            "differs from the first, but all must be the same",
        CovarianceModel.VEI or CovarianceModel.VEE when !IsMultiple(mixture, k, Ratio(mixture, k)) =>
            "is not a multiple of the first, but all must have one shape and orientation",
        CovarianceModel.EVI or CovarianceModel.EVE or CovarianceModel.EVV or CovarianceModel.EEV when !HasVolumeOfFirst(mixture, k) =>
            "does not have the determinant of the first, but all must have one volume",
        CovarianceModel.EEV or CovarianceModel.VEV when !HasShapeOfFirst(mixture, k) =>
            "does not have the eigenvalue ratios of the first, but all must have one shape",
        CovarianceModel.EVE or CovarianceModel.VVE when !HasAxesOfFirst(mixture, k) => "does not have the axes of the first, but all must have the same",
        _ => null,
    };

    private static bool IsSphere(MixtureParameters mixture, int k)
    {
        double first = mixture.Covariance(k, 0, 0);
        for (int j = 1; j < mixture.Dimension; j++)
        {
            if (!(Math.Abs(mixture.Covariance(k, j, j) - first) <= Tolerance * first))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Geometric mean of the ratios of the variances to those of the first component.</summary>
    private static double Ratio(MixtureParameters mixture, int k)
    {
        double sum = 0;
        for (int j = 0; j < mixture.Dimension; j++)
        {
            sum += Math.Log(mixture.Covariance(k, j, j) / mixture.Covariance(0, j, j));
        }

        return Math.Exp(sum / mixture.Dimension);
    }

    private static bool IsMultiple(MixtureParameters mixture, int k, double ratio)
    {
        for (int i = 0; i < mixture.Dimension; i++)
        {
            for (int j = mixture.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
            {
                double scale = ratio * Math.Sqrt(mixture.Covariance(0, i, i)) * Math.Sqrt(mixture.Covariance(0, j, j));
                if (!(Math.Abs(mixture.Covariance(k, i, j) - (ratio * mixture.Covariance(0, i, j))) <= Tolerance * scale))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool HasVolumeOfFirst(MixtureParameters mixture, int k)
    {
        double rounding = DeterminantRounding * (LossByCorrelation(mixture, 0) + LossByCorrelation(mixture, k));
        return !(Math.Abs(mixture.LogDeterminant(k) - mixture.LogDeterminant(0)) > (Tolerance + rounding) * mixture.Dimension);
    }

    /// <summary>Product of the variances over the determinant.</summary>
    private static double LossByCorrelation(MixtureParameters mixture, int k)
    {
        double log = -mixture.LogDeterminant(k);
        for (int j = 0; j < mixture.Dimension; j++)
        {
            log += Math.Log(mixture.Covariance(k, j, j));
        }

        return Math.Exp(log);
    }

    /// <summary>Compares the power sums of the eigenvalues, as shares of their sum: cheaper than the eigenvalues, and well conditioned.</summary>
    private static bool HasShapeOfFirst(MixtureParameters mixture, int k)
    {
        (double second, double third, double fourth) = PowerSums(Normalized(mixture, 0));
        (double otherSecond, double otherThird, double otherFourth) = PowerSums(Normalized(mixture, k));
        return IsClose(second, otherSecond) && IsClose(third, otherThird) && IsClose(fourth, otherFourth);
    }

    private static bool IsClose(double left, double right) => Math.Abs(left - right) <= Tolerance * left;

    private static (double Second, double Third, double Fourth) PowerSums(Matrix<double> matrix)
    {
        Matrix<double> square = matrix * matrix;
        return (InnerProduct(matrix, matrix), InnerProduct(square, matrix), InnerProduct(square, square));
    }

    /// <summary>Symmetric matrices have common axes when they commute.</summary>
    private static bool HasAxesOfFirst(MixtureParameters mixture, int k)
    {
        Matrix<double> first = Normalized(mixture, 0);
        Matrix<double> other = Normalized(mixture, k);
        Matrix<double> product = first * other;
        double largest = (product - product.Transpose()).Enumerate().Max(Math.Abs);
        return largest <= Tolerance * first.FrobeniusNorm() * other.FrobeniusNorm();
    }

    /// <summary>A covariance matrix over its trace.</summary>
    private static Matrix<double> Normalized(MixtureParameters mixture, int k)
    {
        Matrix<double> matrix = Matrix<double>.Build.DenseOfArray(mixture.CovarianceMatrix(k));
        return matrix / matrix.Trace();
    }

    private static double InnerProduct(Matrix<double> left, Matrix<double> right) => left.PointwiseMultiply(right).RowSums().Sum();
}
