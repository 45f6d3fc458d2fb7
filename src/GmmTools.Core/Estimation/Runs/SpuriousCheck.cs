using System;
using System.Collections.Generic;
using System.Linq;
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
    public const double FlatRatio = 1e-3;

    /// <summary>The same for d + 1 rows and less, which span no volume: among many rows some are that close by accident.</summary>
    private const double PointRatio = 0.1;

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
            if (!IsFew(rows, mixture.Dimension))
            {
                continue;
            }

            average ??= AverageCovariance(mixture);
            if (IsFlat(mixture, k, average, FlatBelow(rows, mixture.Dimension)))
            {
                found.Add(new SpuriousComponent(k + 1, rows, Ratios(mixture, k, average).Min()));
            }
        }

        return found;
    }

    /// <summary>Whether so many rows lie in a plane by accident, as far as their number tells.</summary>
    /// <param name="rows">Number of rows, or the sum of their weights.</param>
    /// <param name="dimension">Number of columns, d.</param>
    public static bool IsFew(double rows, int dimension) => !(rows >= RowsPerColumn * (dimension + 1));

    /// <summary>
    /// What the log-likelihood owes to components being flat that hold few rows or are held at the floor: nₖ/2·Σ −log λ over their flat
    /// directions, as much as they would lose if they were as wide there as the components on average. It grows without bound as they get
    /// flatter, and says nothing of how well the rows are described.
    /// </summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="totalWeight">Number of rows, or the sum of their weights.</param>
    /// <param name="isHeld">Whether a component, from 0, is held at the floor.</param>
    /// <param name="heldWidth">The λ down to which components that many rows hold at the floor keep what they gain: 1 for nothing.</param>
    public static double FlatGain(MixtureParameters mixture, double totalWeight, Func<int, bool> isHeld, double heldWidth = FlatRatio)
    {
        double gain = 0;
        double[]? average = null;
        for (int k = 0; k < mixture.ComponentCount && mixture.ComponentCount > 1; k++)
        {
            double rows = mixture.Weights[k] * totalWeight;
            bool few = IsFew(rows, mixture.Dimension);
            if (few || isHeld(k))
            {
                average ??= AverageCovariance(mixture);
                double width = few ? 1 : heldWidth;
                double flatBelow = FlatBelow(rows, mixture.Dimension);
                gain += IsFlat(mixture, k, average, flatBelow)
                    ? 0.5 * rows * Ratios(mixture, k, average).Where(ratio => ratio > 0 && ratio < flatBelow).Sum(ratio => Math.Log(width / ratio))
                    : 0;
            }
        }

        return gain;
    }

    private static double FlatBelow(double rows, int dimension) => rows < dimension + 2 ? PointRatio : FlatRatio;

    private static double[] AverageCovariance(MixtureParameters mixture)
    {
        double[] average = new double[mixture.CovarianceLength];
        mixture.AddAverageCovariance(average);
        return average;
    }

    /// <summary>Whether a covariance is in some direction less than a ratio times the average one: by a Cholesky factor, far cheaper than eigenvalues.</summary>
    private static bool IsFlat(MixtureParameters mixture, int component, double[] average, double ratio)
    {
        int offset = component * mixture.CovarianceLength;
        double[] excess = new double[average.Length];
        for (int i = 0; i < excess.Length; i++)
        {
            excess[i] = mixture.Covariances[offset + i] - (ratio * average[i]);
        }

        return mixture.Shape == CovarianceShape.Diagonal
            ? excess.Any(value => !(value >= 0))
            : !PackedMatrix.TryCholesky(excess, 0, excess, 0, mixture.Dimension);
    }

    /// <summary>Eigenvalues of a covariance beside the average one; none is a number where they cannot be had.</summary>
    private static double[] Ratios(MixtureParameters mixture, int component, double[] average)
    {
        int offset = component * mixture.CovarianceLength;
        if (mixture.Shape == CovarianceShape.Diagonal)
        {
            return [.. Enumerable.Range(0, mixture.Dimension).Select(j => mixture.Covariances[offset + j] / average[j])];
        }

        double[] factor = new double[average.Length];
        double[] inverse = new double[average.Length];
        if (!PackedMatrix.TryCholesky(average, 0, factor, 0, mixture.Dimension))
        {
            return [0];
        }

        PackedMatrix.InvertLower(factor, 0, inverse, 0, mixture.Dimension);
        return SymmetricEigen.Eigenvalues(PackedMatrix.Congruence(inverse, mixture.CovarianceMatrix(component)));
    }
}
