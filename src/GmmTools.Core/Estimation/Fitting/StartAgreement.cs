using System;
using System.Collections.Generic;
using GmmTools.Estimation.Runs;

namespace GmmTools.Estimation.Fitting;

/// <summary>Whether the starts of a fit of many components say that its optimum is the highest.</summary>
internal static class StartAgreement
{
    /// <summary>With fewer components starts that differ are no surprise: each kind of them is blind to something.</summary>
    private const int ManyComponents = 16;

    /// <summary>The warning, where one is due.</summary>
    /// <param name="componentCount">Number of components.</param>
    /// <param name="record">What became of the starts.</param>
    public static IEnumerable<string> Warnings(int componentCount, StartRecord record)
    {
        if (componentCount >= ManyComponents && record.Starts.Count > 1 && record.BestStartCount <= 1)
        {
            yield return FormattableString.Invariant(
                $"No two of the {record.Starts.Count} starts reached the same optimum: with {componentCount} components there may be a higher one. Use more starts, or compare fits with other seeds.");
        }
    }
}
