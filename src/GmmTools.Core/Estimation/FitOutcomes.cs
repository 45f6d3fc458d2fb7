using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Observations;

namespace GmmTools.Estimation;

/// <summary>What is done with the outcomes of a model search.</summary>
public static class FitOutcomes
{
    /// <summary>The same outcomes with every fit replaced by another; failures stay as they are.</summary>
    /// <param name="outcomes">The outcomes.</param>
    /// <param name="replace">Makes a fit of a fit.</param>
    /// <returns>As many outcomes in the same order.</returns>
    public static IReadOnlyList<IFitOutcome> ReplaceFits(this IEnumerable<IFitOutcome> outcomes, Func<EmFit, EmFit> replace) =>
        [.. outcomes.Select(outcome => outcome is EmFit fit ? replace(fit) : outcome)];

    /// <summary>A fit, or why the rows do not determine it, where others go on without it.</summary>
    /// <param name="observations">The rows.</param>
    /// <param name="options">What is estimated.</param>
    /// <param name="fit">Fits them.</param>
    internal static IFitOutcome Of(IObservations observations, EmOptions options, Func<EmFit> fit)
    {
        try
        {
            return fit();
        }
        catch (GmmToolsException exception) when (IsOfRows(exception))
        {
            return new FitFailure(observations, options, exception.Message);
        }
    }

    /// <summary>Whether an error says that rows cannot be fitted so: no fault of a file, say.</summary>
    internal static bool IsOfRows(GmmToolsException exception) => exception is EstimationException or InvalidObservationException;
}
