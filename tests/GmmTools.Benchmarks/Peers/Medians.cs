using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Benchmarks.Peers;

/// <summary>Medians of few numbers.</summary>
internal static class Medians
{
    /// <summary>The middle number, or the mean of the two in the middle; NaN of none.</summary>
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
