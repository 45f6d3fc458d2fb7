using System;
using System.Collections.Generic;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Runs;

/// <summary>
/// Finds components that owe their likelihood to a few rows which happen to lie in a line, in a plane or at a point: the spurious
/// maxima of McLachlan and Peel, Finite Mixture Models (2000), section 3.10. Such a component holds few rows for its number of
/// columns, and its smallest eigenvalue is tiny beside those of the components on average. Many rows in a plane are no accident.
/// </summary>
internal static class SpuriousCheck
{
    /// <summary>Rows per column (and one more) from which a flat component counts as found in the data.</summary>
    private const double RowsPerColumn = 5;

    /// <summary>Eigenvalue beside the average covariance of the components below which a component is flat.</summary>
    private const double FlatRatio = 1e-3;

    /// <summary>The spurious components, numbered from 1 in the order of the mixture.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="totalWeight">Number of rows, or the sum of their weights.</param>
    public static List<SpuriousComponent> Find(MixtureParameters mixture, double totalWeight)
    {
        List<SpuriousComponent> found = [];
        double[]? average = null;
        for (int k = 0; k < mixture.ComponentCount && mixture.ComponentCount > 1; k++)
        {
            double rows = mixture.Weights[k] * totalWeight;
            if (rows >= RowsPerColumn * (mixture.Dimension + 1))
            {
                continue;
            }

            average ??= AverageCovariance(mixture);
            double ratio = SmallestRatio(mixture, k, average);
            if (!(ratio >= FlatRatio))
            {
                found.Add(new SpuriousComponent(k + 1, rows, ratio));
            }
        }

        return found;
    }

    private static double[] AverageCovariance(MixtureParameters mixture)
    {
        double[] average = new double[mixture.CovarianceLength];
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            for (int i = 0; i < average.Length; i++)
            {
                average[i] += mixture.Weights[k] * mixture.Covariances[(k * average.Length) + i];
            }
        }

        return average;
    }

    private static double SmallestRatio(MixtureParameters mixture, int component, double[] average)
    {
        int offset = component * mixture.CovarianceLength;
        if (mixture.Shape == CovarianceShape.Diagonal)
        {
            double smallest = double.PositiveInfinity;
            for (int j = 0; j < mixture.Dimension; j++)
            {
                smallest = Math.Min(smallest, mixture.Covariances[offset + j] / average[j]);
            }

            return smallest;
        }

        double[] factor = new double[average.Length];
        double[] inverse = new double[average.Length];
        if (!PackedMatrix.TryCholesky(average, 0, factor, 0, mixture.Dimension))
        {
            return 0;
        }

        PackedMatrix.InvertLower(factor, 0, inverse, 0, mixture.Dimension);
        return SymmetricEigen.SmallestEigenvalue(PackedMatrix.Congruence(inverse, mixture.CovarianceMatrix(component)));
    }
}
