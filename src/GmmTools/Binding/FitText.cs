using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Selection;

namespace GmmTools.Binding;

/// <summary>What is told about fits.</summary>
internal static class FitText
{
    /// <summary>How a fit went, or why there is none.</summary>
    /// <param name="outcome">The outcome.</param>
    public static string Describe(IFitOutcome outcome) => outcome is EmFit fit
        ? string.Format(
            CultureInfo.InvariantCulture,
            "{0}: {1}, {2}, log-likelihood {3:F4}, BIC {4:F3}, {5}.",
            Name(fit),
            Counted.Of(fit.Starts.Count, "start"),
            Counted.Of(fit.IterationCount, "iteration"),
            fit.LogLikelihood,
            fit.Bic,
            fit.StopReason)
        : $"{Group(outcome)}{outcome}";

    /// <summary>How the starts of a fit went and which was kept, one line each.</summary>
    /// <param name="fit">The fit.</param>
    public static IEnumerable<string> DescribeRun(EmFit fit)
    {
        foreach (EmStart start in fit.Starts)
        {
            yield return string.Format(
                CultureInfo.InvariantCulture,
                "Start {0} of {1} ({2}): {3}, log-likelihood {4:F4}, {5}{6}.",
                start.Start,
                fit.Starts.Count,
                start.Initialization,
                Counted.Of(start.IterationCount, "iteration"),
                start.LogLikelihood,
                start.StopReason,
                start.CollapseCount > 0 ? $"; a component collapsed or ran out of rows {Counted.Of(start.CollapseCount, "time")} and was restarted elsewhere" : string.Empty);
        }

        yield return string.Format(
            CultureInfo.InvariantCulture,
            "Kept: {0}, log-likelihood {1:F4}, {2}.",
            Counted.Of(fit.IterationCount, "iteration"),
            fit.LogLikelihood,
            fit.StopReason);
        if (fit.DiscardedStart is EmStart higher)
        {
            yield return string.Format(
                CultureInfo.InvariantCulture,
                "Start {0} ended higher, at {1:F4}, but only because components of it {2}; it was not kept. To fit such a mixture, give it as -InitialModel.",
                higher.Start,
                higher.LogLikelihood,
                higher.StopReason == StopReason.Collapsed ? "collapsed" : "are narrow on a few rows");
        }
    }

    /// <summary>What a reader of many fits should know, at most one sentence of each kind.</summary>
    /// <param name="outcomes">The outcomes of a search.</param>
    public static IEnumerable<string> Warn(IReadOnlyList<IFitOutcome> outcomes)
    {
        FitFailure[] failed = [.. outcomes.OfType<FitFailure>()];
        if (failed.Length > 0)
        {
            yield return string.Format(
                CultureInfo.InvariantCulture,
                "{0} of {1} could not be fitted; see the property Failure of each. The first ({2}): {3}",
                failed.Length,
                Counted.Of(outcomes.Count, failed[0].Group is null ? "combination" : "fit"),
                Name(failed[0]),
                failed[0].Failure);
        }

        EmFit[] doubtful = [.. outcomes.OfType<EmFit>().Where(fit => fit.Warnings.Count > 0)];
        if (doubtful.Length > 0)
        {
            yield return string.Format(
                CultureInfo.InvariantCulture,
                "{0} of {1} {2} warnings; see the property Warnings. The first ({3}): {4}",
                doubtful.Length,
                Counted.Of(outcomes.Count, "fit"),
                doubtful.Length == 1 ? "has" : "have",
                Name(doubtful[0]),
                doubtful[0].Warnings[0]);
        }
    }

    private static string Name(IFitOutcome outcome) => $"{Group(outcome)}{FitCandidate.From(outcome)}";

    private static string Group(IFitOutcome outcome) => outcome.Group is null ? string.Empty : $"{outcome.Group}; ";
}
