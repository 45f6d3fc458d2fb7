using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;

namespace GmmTools.Mixtures;

/// <summary>
/// The mixtures that follow from a mixture for some of its columns: the marginal one, whatever the others are, and the conditional one,
/// where the others are known. Both are Gaussian mixtures again: Bishop, Pattern Recognition and Machine Learning (2006), section 2.3. Those of
/// multivariate t are of multivariate t: marginal ones have the same degrees of freedom, conditional ones one more for each known column.
/// </summary>
public static class MixtureProjection
{
    /// <summary>The distribution of some columns, whatever the others are.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="columns">The columns wanted, from 0, each once, in any order; the new mixture has them in this order.</param>
    /// <returns>A mixture of as many components, with the same weights. Noise stays uniform: in the widths of the columns.</returns>
    /// <exception cref="ArgumentException">No columns, or one twice, or one that is not there.</exception>
    public static GaussianMixture Marginal(this GaussianMixture mixture, IReadOnlyList<int> columns)
    {
        CheckColumns(mixture, columns);
        MixtureParameters source = mixture.Parameters;
        MixtureParameters target = new(source.ComponentCount, columns.Count, Shape(source, columns.Count));
        Array.Copy(source.Weights, target.Weights, source.ComponentCount);
        target.Background = source.Background?.Of(columns);
        target.BackgroundWeight = source.BackgroundWeight;
        target.CopyTails(source);
        for (int k = 0; k < source.ComponentCount; k++)
        {
            for (int i = 0; i < columns.Count; i++)
            {
                target.Means[(k * columns.Count) + i] = source.Means[(k * source.Dimension) + columns[i]];
                for (int j = target.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
                {
                    target.Covariances[target.CovarianceIndex(k, i, j)] = source.Covariance(k, columns[i], columns[j]);
                }
            }
        }

        return new GaussianMixture(target, [.. columns.Select(j => mixture.Property[j])], Project(mixture.CovarianceModel, columns.Count), componentClasses: mixture.ComponentClasses);
    }

    /// <summary>The distribution of the other columns, where some are known.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="columns">The known columns, from 0, each once; at least one column must be left.</param>
    /// <param name="values">Their values, finite.</param>
    /// <returns>A mixture of the other columns in their order: the weights are the responsibilities of the components for the values, the
    /// means are the regressions of the components at the values.</returns>
    /// <exception cref="ArgumentException">No columns, or one twice, or one that is not there, or all of them.</exception>
    public static GaussianMixture Conditional(this GaussianMixture mixture, IReadOnlyList<int> columns, IReadOnlyList<double> values)
    {
        CheckColumns(mixture, columns);
        if (columns.Count == mixture.Dimension || values.Count != columns.Count)
        {
            throw new ArgumentException("There must be one value per known column, and a column that is not known.", nameof(columns));
        }

        double[] row = [.. Enumerable.Repeat(double.NaN, mixture.Dimension)];
        for (int i = 0; i < columns.Count; i++)
        {
            row[columns[i]] = values[i];
        }

        MissingPattern pattern = MissingPattern.Of(row);
        double[] observed = new double[pattern.Observed.Length];
        pattern.Gather(row, observed);
        ConditionalMixture view = new(mixture.ComponentCount, mixture.Dimension, observed.Length, mixture.Parameters.Shape);
        view.Condition(mixture.Parameters, pattern);
        SingleRowScorer scorer = view.Observed.Terms.Link.CreateRowScorer(view.Observed.Terms);
        scorer.Score(observed);
        MixtureParameters parameters =
            Parameters(view, scorer.Responsibilities, observed, Shape(mixture.Parameters, pattern.Missing.Length), pattern.Missing.Length);
        parameters.Background = mixture.Parameters.Background?.Of(pattern.Missing);
        parameters.BackgroundWeight = scorer.BackgroundResponsibility;
        return new GaussianMixture(
            parameters,
            [.. pattern.Missing.Select(j => mixture.Property[j])],
            Project(Conditional(mixture), pattern.Missing.Length),
            componentClasses: mixture.ComponentClasses);
    }

    /// <summary>Of t, what is known scales the matrix of each component by a factor of its own.</summary>
    private static CovarianceModel Conditional(GaussianMixture mixture) => mixture.Tail == Tail.Normal || mixture.ComponentCount == 1
        ? mixture.CovarianceModel
        : mixture.CovarianceModel switch
        {
            CovarianceModel.EII => CovarianceModel.VII,
            CovarianceModel.EEI => CovarianceModel.VEI,
            CovarianceModel.EEE => CovarianceModel.VEE,
            CovarianceModel model => model,
        };

    private static MixtureParameters Parameters(
        ConditionalMixture view, double[] weights, double[] observed, CovarianceShape shape, int dimension)
    {
        MixtureParameters target = new(weights.Length, dimension, shape)
        {
            DegreesOfFreedom = view.Observed.DegreesOfFreedom is double[] degrees ? [.. degrees.Select(number => number + observed.Length)] : null,
        };
        for (int k = 0; k < weights.Length; k++)
        {
            double scale = view.ConditionalScale(observed, k);
            target.Weights[k] = weights[k];
            for (int i = 0; i < dimension; i++)
            {
                target.Means[(k * dimension) + i] = view.ConditionalMean(observed, k, i);
                for (int j = shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
                {
                    target.Covariances[target.CovarianceIndex(k, i, j)] = scale * view.ConditionalCovariance(k, i, j);
                }
            }
        }

        return target;
    }

    /// <summary>With one column there is no telling diagonal from full; the models of one column are full ones.</summary>
    private static CovarianceShape Shape(MixtureParameters source, int dimension) =>
        dimension == 1 ? CovarianceShape.Full : source.Shape;

    /// <summary>
    /// What part of a matrix keeps of the model. Parts of λₖ·C differ in the factor only; parts of diagonal matrices are diagonal, but the
    /// product of some of the variances is not the same for all components because that of all is.
    /// </summary>
    private static CovarianceModel Project(CovarianceModel model, int dimension) => dimension == 1
        ? (model is CovarianceModel.EII or CovarianceModel.EEI or CovarianceModel.EEE ? CovarianceModel.EEE : CovarianceModel.VVV)
        : model switch
        {
            CovarianceModel.EII or CovarianceModel.VII or CovarianceModel.EEI or CovarianceModel.VEI or CovarianceModel.VVI
                or CovarianceModel.EEE or CovarianceModel.VEE => model,
            CovarianceModel.EVI => CovarianceModel.VVI,
            _ => CovarianceModel.VVV,
        };

    private static void CheckColumns(GaussianMixture mixture, IReadOnlyList<int> columns)
    {
        if (columns.Count == 0 || columns.Distinct().Count() != columns.Count || columns.Any(j => j < 0 || j >= mixture.Dimension))
        {
            throw new ArgumentException("The columns must be some of the mixture's, each once.", nameof(columns));
        }
    }
}
