using System;
using GmmTools.Mixtures;

namespace GmmTools.Inference.Drift;

/// <summary>Whether a baseline was estimated from enough rows.</summary>
internal static class BaselineSize
{
    /// <summary>With fewer rows for each parameter than this, what a baseline does not know is more than is allowed for: the fits of the drift and the
    /// watch benchmark.</summary>
    private const int RowsPerParameter = 15;

    /// <summary>Says that there are too few rows; null where there are enough.</summary>
    /// <param name="mixture">The baseline.</param>
    /// <param name="rowCount">Number of rows that it was estimated from.</param>
    /// <param name="consequence">What comes of it.</param>
    public static string? Warn(GaussianMixture mixture, double rowCount, string consequence) => rowCount >= RowsPerParameter * mixture.ParameterCount ? null : FormattableString.Invariant(
        $"The baseline has {Counted.Of(mixture.ParameterCount, "parameter")} from {Counted.Of((long)Math.Round(rowCount), "row")}: it is so uncertain that {consequence}. Fit at least {Counted.Of(RowsPerParameter * mixture.ParameterCount, "row")}, or fewer components or columns.");
}
