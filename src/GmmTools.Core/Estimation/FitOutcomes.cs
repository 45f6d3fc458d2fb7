using System;
using System.Collections.Generic;
using System.Linq;

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
}
