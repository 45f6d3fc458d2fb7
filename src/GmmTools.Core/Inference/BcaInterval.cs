using System;
using System.Collections.Generic;
using System.Linq;
using MathNet.Numerics.Distributions;

namespace GmmTools.Inference;

/// <summary>
/// Bias-corrected and accelerated percentiles. The bias z₀ is found from how many replicates lie below the estimate; the acceleration, how fast the
/// standard error changes with the parameter, from a jackknife: Efron, Journal of the American Statistical Association 82 (1987) 171-185.
/// </summary>
internal static class BcaInterval
{
    /// <summary>z₀: the normal quantile of the share of replicates below the estimate, of which those that equal it count half.</summary>
    /// <param name="replicates">The replicates, at least one.</param>
    /// <param name="estimate">The estimate.</param>
    /// <returns>−∞ or ∞ where all replicates lie on one side.</returns>
    public static double Bias(IReadOnlyList<double> replicates, double estimate)
    {
        double below = replicates.Sum(value => value < estimate ? 1 : value == estimate ? 0.5 : 0);
        return Normal.InvCDF(0, 1, below / replicates.Count);
    }

    /// <summary>The acceleration; 0 where all estimates are the same, or there are none.</summary>
    /// <param name="estimates">The estimates of a jackknife, each without some of the rows.</param>
    public static double Acceleration(IReadOnlyList<double> estimates)
    {
        if (estimates.Count == 0)
        {
            return 0;
        }

        // as differences from the first, so that equal numbers differ by exactly 0
        double shift = estimates.Average(value => value - estimates[0]);
        double[] differences = [.. estimates.Select(value => shift - (value - estimates[0]))];

        // divided by the largest, whose cube may be beyond all numbers
        double largest = differences.Max(Math.Abs);
        return largest == 0 ? 0 : differences.Sum(value => Math.Pow(value / largest, 3)) / (6 * Math.Pow(differences.Sum(value => Math.Pow(value / largest, 2)), 1.5));
    }

    /// <summary>The share of replicates below an end of the interval.</summary>
    /// <param name="probability">The share below that of the percentile interval.</param>
    /// <param name="bias">z₀.</param>
    /// <param name="acceleration">The acceleration.</param>
    /// <returns>NaN where there is none: the bias is infinite, or the acceleration too large for the level.</returns>
    public static double ShareBelow(double probability, double bias, double acceleration)
    {
        double z = bias + Normal.InvCDF(0, 1, probability);
        double divisor = 1 - (acceleration * z);
        return double.IsInfinity(bias) || !(divisor > 0) ? double.NaN : Normal.CDF(0, 1, bias + (z / divisor));
    }
}
