using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Estimation;

namespace GmmTools.Binding;

/// <summary>What is told about the fits of a search, one line each.</summary>
internal static class FitText
{
    /// <summary>How a fit went.</summary>
    /// <param name="fit">The fit.</param>
    public static string Describe(EmFit fit) => fit.Failure is null
        ? string.Format(
            CultureInfo.InvariantCulture,
            "{0}: {1} starts, {2} iterations, log-likelihood {3:F4}, BIC {4:F3}, {5}.",
            Name(fit),
            fit.Starts.Count,
            fit.IterationCount,
            fit.LogLikelihood,
            fit.Bic,
            fit.StopReason)
        : $"{Name(fit)}: not fitted. {fit.Failure}";

    /// <summary>What a reader of many fits should know, at most one sentence of each kind.</summary>
    /// <param name="fits">The fits.</param>
    public static IEnumerable<string> Warn(IReadOnlyList<EmFit> fits)
    {
        EmFit[] failed = [.. fits.Where(fit => fit.Failure is not null)];
        if (failed.Length > 0)
        {
            yield return string.Format(
                CultureInfo.InvariantCulture,
                "{0} of {1} combinations could not be fitted; the property Failure says why. The first, {2}: {3}",
                failed.Length,
                fits.Count,
                Name(failed[0]),
                failed[0].Failure);
        }

        EmFit[] doubtful = [.. fits.Where(fit => fit.Failure is null && fit.Warnings.Count > 0)];
        if (doubtful.Length > 0)
        {
            yield return string.Format(
                CultureInfo.InvariantCulture,
                "{0} of {1} fits have warnings; the property Warnings holds them. The first, {2}: {3}",
                doubtful.Length,
                fits.Count,
                Name(doubtful[0]),
                doubtful[0].Warnings[0]);
        }
    }

    private static string Name(EmFit fit) => string.Format(CultureInfo.InvariantCulture, "{0},{1}", fit.CovarianceModel, fit.ComponentCount);
}
