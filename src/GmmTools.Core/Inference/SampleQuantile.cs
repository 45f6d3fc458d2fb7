using System;

namespace GmmTools.Inference;

/// <summary>Quantiles of a sample: definition 7 of Hyndman and Fan, The American Statistician 50 (1996) 361-365, which interpolates between order
/// statistics.</summary>
internal static class SampleQuantile
{
    /// <summary>The quantile of a probability.</summary>
    /// <param name="sorted">The sample in ascending order, at least one number.</param>
    /// <param name="probability">From 0 to 1.</param>
    public static double Of(double[] sorted, double probability)
    {
        double place = probability * (sorted.Length - 1);
        int below = (int)Math.Floor(place);
        int above = Math.Min(below + 1, sorted.Length - 1);
        double share = place - below;
        return share == 0 ? sorted[below] : sorted[below] + (share * (sorted[above] - sorted[below]));
    }
}
