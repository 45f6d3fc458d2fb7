using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics.Dense;

namespace GmmTools.Comparison;

/// <summary>Two mixtures side by side, components matched so that the sum of their distances is least.</summary>
public sealed class MixtureComparison
{
    private MixtureComparison(IReadOnlyList<ComponentPair> pairs)
    {
        Pairs = pairs;
    }

    /// <summary>The matched components, in the order of the reference; components without a match stand last.</summary>
    public IReadOnlyList<ComponentPair> Pairs { get; }

    /// <summary>Compares two mixtures over the same columns. Distances of components of multivariate t are sampled.</summary>
    /// <param name="reference">The mixture that is held to be true.</param>
    /// <param name="difference">The mixture compared with it.</param>
    /// <param name="options">How distances are sampled that have no closed form; null for the default.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The comparison.</returns>
    /// <exception cref="InvalidMixtureException">The mixtures have different numbers of columns (DimensionMismatch).</exception>
    public static MixtureComparison Compare(
        GaussianMixture reference, GaussianMixture difference, DivergenceOptions? options = null, CancellationToken cancellationToken = default)
    {
        CheckDimensions(reference, difference);
        SampledHellinger? sampled = reference.Tail == Tail.Normal && difference.Tail == Tail.Normal
            ? null : new SampledHellinger(reference, difference, options ?? new DivergenceOptions(), cancellationToken);
        double[,] distances = sampled?.MeasureAll() ?? Distances(reference, difference);
        bool turned = reference.ComponentCount > difference.ComponentCount;
        int[] match = LinearAssignment.Solve(turned ? Transpose(distances) : distances);
        int[] differenceOf = turned ? Invert(match, reference.ComponentCount) : match;
        ComponentPair[] matched = [.. reference.Components.Select((component, k) => differenceOf[k] < 0
            ? new ComponentPair(component, null, double.NaN, double.NaN)
            : sampled is not null
            ? sampled.MeasurePair(k, differenceOf[k])
            : new ComponentPair(
                component,
                difference.Components[differenceOf[k]],
                distances[k, differenceOf[k]],
                Wasserstein.Distance(reference.Parameters, k, difference.Parameters, differenceOf[k])))];
        IEnumerable<ComponentPair> left = difference.Components
            .Where((_, k) => !differenceOf.Contains(k))
            .Select(component => new ComponentPair(null, component, double.NaN, double.NaN));
        return new MixtureComparison([.. matched.OrderBy(pair => pair.Difference is null), .. left]);
    }

    /// <summary>Mixtures of different numbers of columns cannot be compared.</summary>
    internal static void CheckDimensions(GaussianMixture reference, GaussianMixture difference)
    {
        reference.RefuseNoise("The comparison of mixtures");
        difference.RefuseNoise("The comparison of mixtures");
        if (reference.Dimension != difference.Dimension)
        {
            throw new InvalidMixtureException(
                "DimensionMismatch",
                FormattableString.Invariant($"The reference has {Counted.Of(reference.Dimension, "column")}, but the other mixture has {difference.Dimension}. Compare mixtures of the same columns."),
                difference);
        }
    }

    private static double[,] Distances(GaussianMixture reference, GaussianMixture difference)
    {
        double[,] distances = new double[reference.ComponentCount, difference.ComponentCount];
        for (int i = 0; i < reference.ComponentCount; i++)
        {
            for (int j = 0; j < difference.ComponentCount; j++)
            {
                distances[i, j] = Hellinger.Distance(reference.Parameters, i, difference.Parameters, j);
            }
        }

        return distances;
    }

    private static double[,] Transpose(double[,] matrix)
    {
        double[,] transposed = new double[matrix.GetLength(1), matrix.GetLength(0)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                transposed[j, i] = matrix[i, j];
            }
        }

        return transposed;
    }

    private static int[] Invert(int[] match, int count)
    {
        int[] inverse = [.. Enumerable.Repeat(-1, count)];
        for (int i = 0; i < match.Length; i++)
        {
            inverse[match[i]] = i;
        }

        return inverse;
    }
}
