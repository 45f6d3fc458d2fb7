using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;

namespace GmmTools.Binding.Models;

/// <summary>Brings mixtures over the same columns into one order of the columns.</summary>
internal static class ColumnOrder
{
    /// <summary>Whether two lists hold the same names, in any order and case.</summary>
    /// <param name="first">Names.</param>
    /// <param name="second">Names.</param>
    public static bool SameNames(IReadOnlyList<string> first, IReadOnlyList<string> second) =>
        first.Count == second.Count && new HashSet<string>(first, StringComparer.OrdinalIgnoreCase).SetEquals(second);

    /// <summary>The mixture with its columns in the given order; as it is when it has other columns.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="property">Names in the order wanted.</param>
    public static GaussianMixture Arrange(GaussianMixture mixture, IReadOnlyList<string> property)
    {
        if (!SameNames(mixture.Property, property) || mixture.Property.SequenceEqual(property, StringComparer.OrdinalIgnoreCase))
        {
            return mixture;
        }

        int[] source = [.. property.Select(name => IndexOf(mixture.Property, name))];
        GaussianMixture arranged = GaussianMixture.Create(
            [.. mixture.Components.Select(component => component.Weight)],
            [.. mixture.Components.Select(component => source.Select(column => component.Mean[column]).ToArray())],
            [.. mixture.Components.Select(component => Arrange(component.Covariance, source))],
            property,
            mixture.Noise is null ? null : mixture.Marginal(source).Noise,
            mixture.Tail == Tail.Student ? [.. mixture.Components.Select(component => component.DegreesOfFreedom!.Value)] : null,
            mixture.ComponentClasses);
        return new GaussianMixture(arranged.ToParameters(), property, mixture.CovarianceModel, mixture.Trimming, mixture.ComponentClasses);
    }

    private static double[,] Arrange(double[,] covariance, int[] source)
    {
        double[,] arranged = new double[source.Length, source.Length];
        for (int i = 0; i < source.Length; i++)
        {
            for (int j = 0; j < source.Length; j++)
            {
                arranged[i, j] = covariance[source[i], source[j]];
            }
        }

        return arranged;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        int index = 0;
        while (!string.Equals(names[index], name, StringComparison.OrdinalIgnoreCase))
        {
            index++;
        }

        return index;
    }
}
