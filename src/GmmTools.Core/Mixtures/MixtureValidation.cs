using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Mixtures;

/// <summary>The checks that make a set of numbers a Gaussian mixture.</summary>
internal static class MixtureValidation
{
    /// <summary>How far the weights may be from a sum of 1: more than rounding, less than a typing error.</summary>
    public const double WeightSumTolerance = 1e-8;

    /// <summary>How far mirrored entries of a covariance matrix may differ, relative to the variances.</summary>
    private const double SymmetryTolerance = 1e-9;

    /// <summary>Classes of components; null where none has any.</summary>
    public static IReadOnlyList<string?>? CheckedClasses(IReadOnlyList<string?>? classes, int componentCount)
    {
        if (classes is not null && classes.Count != componentCount)
        {
            throw new InvalidMixtureException(
                "ClassCountMismatch",
                Invariant($"The mixture has {Counted.Of(componentCount, "component")}, but {Counted.Of(classes.Count, "class", "was", "were")} given. Give one per component, or none."),
                classes.Count);
        }

        return classes?.Any(name => !string.IsNullOrWhiteSpace(name)) == true
            ? FixedList.Of(classes.Select(name => string.IsNullOrWhiteSpace(name) ? null : name))
            : null;
    }

    public static IReadOnlyList<string> CheckedNames(IReadOnlyList<string>? names, int dimension)
    {
        if (names is null)
        {
            return DefaultNames(dimension);
        }

        if (names.Count != dimension)
        {
            throw new InvalidMixtureException(
                "PropertyCountMismatch",
                Invariant($"The mixture has {Counted.Of(dimension, "column")}, but {Counted.Of(names.Count, "name", "was", "were")} given: {string.Join(", ", names)}. Give one name per column."),
                names.ToArray());
        }

        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            if (string.IsNullOrWhiteSpace(name) || !seen.Add(name))
            {
                throw new InvalidMixtureException(
                    "DuplicateProperty",
                    $"Column names must be non-empty and differ from each other, in any case; '{name}' does not. Rename the column.",
                    name);
            }
        }

        return names;
    }

    public static string[] DefaultNames(int dimension) =>
        [.. Enumerable.Range(1, dimension).Select(j => "x" + j.ToString(CultureInfo.InvariantCulture))];

    public static void CheckSizes(double[] weights, double[][] means, double[][,] covariances)
    {
        if (weights is null || means is null || covariances is null || weights.Length == 0)
        {
            throw new InvalidMixtureException("EmptyMixture", "A mixture needs at least one component: give weights, means and covariances.");
        }

        if (means.Length != weights.Length || covariances.Length != weights.Length)
        {
            throw new InvalidMixtureException(
                "ComponentCountMismatch",
                Invariant($"The numbers differ: {Counted.Of(weights.Length, "weight")}, {Counted.Of(means.Length, "mean")} and {Counted.Of(covariances.Length, "covariance matrix")}. Give one of each per component."),
                weights.Length);
        }

        int dimension = means[0]?.Length ?? 0;
        for (int k = 0; k < weights.Length; k++)
        {
            CheckComponentSize(k + 1, means[k], covariances[k], dimension);
        }
    }

    /// <param name="weights">Weights of the components.</param>
    /// <param name="ofNoise">Weight of the noise beside them; 0 for none.</param>
    public static void CheckWeights(double[] weights, double ofNoise = 0)
    {
        for (int k = 0; k < weights.Length; k++)
        {
            if (!(weights[k] >= 0) || weights[k] > 1 + WeightSumTolerance)
            {
                throw new InvalidMixtureException(
                    "InvalidWeight",
                    Invariant($"Weight {k + 1} is {weights[k]:R}. Weights are numbers from 0 to 1."),
                    weights[k]);
            }
        }

        if (!(ofNoise >= 0 && ofNoise <= 1))
        {
            throw new InvalidMixtureException("InvalidWeight", Invariant($"The weight of the noise is {ofNoise:R}. Weights are numbers from 0 to 1."), ofNoise);
        }

        double sum = weights.Sum() + ofNoise;
        if (Math.Abs(sum - 1) > WeightSumTolerance)
        {
            throw new InvalidMixtureException(
                "WeightSum",
                Invariant($"The weights sum to {sum:R}, not to 1. Divide each by {sum:R}."),
                weights);
        }
    }

    /// <summary>Refuses noise over other columns.</summary>
    public static void CheckNoise(MixtureParameters parameters)
    {
        if (parameters.Background is UniformBackground noise && !noise.IsSound(parameters.Dimension))
        {
            throw new InvalidMixtureException(
                "DimensionMismatch",
                Invariant($"The noise has {Counted.Of(noise.LogWidths.Count, "column")}, the mixture {parameters.Dimension}. Give the noise a middle and a width for each column."),
                noise.LogWidths.Count);
        }
    }

    /// <summary>Whether a number can be degrees of freedom.</summary>
    public static bool AreDegreesOfFreedom(double number) => number > 0 && !double.IsInfinity(number);

    /// <summary>Refuses degrees of freedom that are none, or not as many as components.</summary>
    public static void CheckTails(MixtureParameters parameters)
    {
        if (parameters.DegreesOfFreedom is not double[] degrees)
        {
            return;
        }

        if (degrees.Length != parameters.ComponentCount)
        {
            throw new InvalidMixtureException(
                "DegreesOfFreedomCount",
                Invariant($"{Counted.Of(parameters.ComponentCount, "component")} cannot have {Counted.Of(degrees.Length, "number")} of degrees of freedom. Give one for each component, or none."),
                degrees.Length);
        }

        int wrong = Array.FindIndex(degrees, number => !AreDegreesOfFreedom(number));
        if (wrong >= 0)
        {
            throw new InvalidMixtureException(
                "InvalidDegreesOfFreedom",
                Invariant($"The degrees of freedom of component {wrong + 1} are {degrees[wrong]:R}, but must be a finite number above 0."),
                degrees[wrong]);
        }
    }

    public static void CheckSymmetric(double[,] covariance, int component)
    {
        int order = covariance.GetLength(0);
        for (int i = 0; i < order; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double scale = RootOfProduct.Of(Math.Abs(covariance[i, i]), Math.Abs(covariance[j, j]));
                if (Math.Abs(covariance[i, j] - covariance[j, i]) > SymmetryTolerance * scale)
                {
                    throw new InvalidMixtureException(
                        "CovarianceNotSymmetric",
                        Invariant($"The covariance of component {component} is not symmetric: entry ({i + 1}, {j + 1}) is {covariance[i, j]:R}, entry ({j + 1}, {i + 1}) is {covariance[j, i]:R}. Give both the same value."),
                        covariance);
                }
            }
        }
    }

    /// <summary>Checks means and covariances, and leaves the parameters factorised.</summary>
    public static void CheckParameters(MixtureParameters parameters, IReadOnlyList<string> property)
    {
        for (int i = 0; i < parameters.Means.Length; i++)
        {
            if (double.IsNaN(parameters.Means[i]) || double.IsInfinity(parameters.Means[i]))
            {
                throw new InvalidMixtureException(
                    "MeanNotFinite",
                    Invariant($"The mean of component {(i / parameters.Dimension) + 1} in column '{property[i % parameters.Dimension]}' is {parameters.Means[i]}. Means are finite numbers."),
                    parameters.Means[i]);
            }
        }

        int failed = parameters.TryFactorize();
        if (failed >= 0)
        {
            throw NotPositiveDefinite(parameters, failed);
        }
    }

    private static InvalidMixtureException NotPositiveDefinite(MixtureParameters parameters, int component)
    {
        double[,] covariance = parameters.CovarianceMatrix(component);
        double smallest = SymmetricEigen.SmallestEigenvalue(covariance);
        return new InvalidMixtureException(
            "CovarianceNotPositiveDefinite",
            Invariant($"The covariance of component {component + 1} (by decreasing weight) is not positive definite: its smallest eigenvalue is {smallest:G6}. Check its variances and correlations; every eigenvalue must be positive."),
            covariance);
    }

    private static void CheckComponentSize(int component, double[] mean, double[,] covariance, int dimension)
    {
        if (mean is null || mean.Length == 0 || mean.Length != dimension)
        {
            throw new InvalidMixtureException(
                "DimensionMismatch",
                Invariant($"The mean of component {component} has {Counted.Of(mean?.Length ?? 0, "number")}, that of component 1 has {dimension}. Give every mean one number per column."),
                mean);
        }

        if (covariance is null || covariance.GetLength(0) != dimension || covariance.GetLength(1) != dimension)
        {
            throw new InvalidMixtureException(
                "DimensionMismatch",
                Invariant($"The covariance of component {component} is {covariance?.GetLength(0) ?? 0} x {covariance?.GetLength(1) ?? 0}, but its mean has {Counted.Of(dimension, "number")}. Give a {dimension} x {dimension} matrix."),
                covariance);
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
