using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Inference.Testing;

/// <summary>P-values that allow for the number of tests: those at most q are a list of which a share of q is expected to be false. Benjamini and
/// Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289-300.</summary>
public static class FalseDiscoveryRate
{
    /// <summary>Adjusts p-values.</summary>
    /// <param name="pValues">The p-values; NaN where there was no test.</param>
    /// <returns>The adjusted ones, in the same order.</returns>
    public static double[] Adjust(IReadOnlyList<double> pValues)
    {
        _ = pValues ?? throw new ArgumentNullException(nameof(pValues));
        double[] adjusted = [.. Enumerable.Repeat(double.NaN, pValues.Count)];
        int[] order = [.. Enumerable.Range(0, pValues.Count).Where(i => !double.IsNaN(pValues[i])).OrderByDescending(i => pValues[i])];
        double least = 1;
        for (int i = 0; i < order.Length; i++)
        {
            int rank = order.Length - i;
            least = Math.Min(least, pValues[order[i]] * order.Length / rank);
            adjusted[order[i]] = least;
        }

        return adjusted;
    }
}
