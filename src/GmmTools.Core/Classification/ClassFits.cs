using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Selection;

namespace GmmTools.Classification;

/// <summary>A mixture for each class by itself, whose number of components and covariance model BIC chooses.</summary>
internal static class ClassFits
{
    /// <summary>The mixtures of the classes, and what a reader should know.</summary>
    /// <exception cref="ClassificationException">A class cannot be fitted (ClassNotFitted).</exception>
    public static (IReadOnlyList<GaussianMixture> Mixtures, IReadOnlyList<string> Warnings, int ParameterCount) Find(
        ClassifiedRows rows, ClassifierOptions options, Action<FitPoolProgress>? progress, CancellationToken cancellationToken)
    {
        RowGroup[] groups = [.. rows.Names.Select(name => new RowGroup(["class"], [name]))];
        RowTable[] tables =
        [
            .. rows.Names.Select((_, place) =>
            {
                IObservations own = rows.Of(place, cancellationToken);
                return new RowTable(own, new RowIntake(own.Count), []);
            }),
        ];
        IReadOnlyList<IReadOnlyList<IFitOutcome>> outcomes = new GroupSearch(options.Estimation, progress)
            .Fit(groups, tables, options.ComponentCounts, options.Models, cancellationToken);
        List<GaussianMixture> mixtures = [];
        List<string> warnings = [];
        int parameterCount = 0;
        for (int place = 0; place < groups.Length; place++)
        {
            EmFit best = Choose(rows, place, outcomes[place], warnings);
            mixtures.Add(best.Mixture);
            parameterCount += best.ParameterCount;
        }

        return (mixtures, warnings, parameterCount);
    }

    /// <summary>The error that the rows of a class do not determine its mixture.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="place">The class, from 0.</param>
    /// <param name="reason">A sentence of the fit that failed.</param>
    public static ClassificationException NotFitted(ClassifiedRows rows, int place, string reason) => new(
        "ClassNotFitted",
        FormattableString.Invariant($"Class '{rows.Names[place]}' has {Counted.Of(rows.Counts[place], "row")}, from which it cannot be learned: {reason}"),
        rows.Names[place])
    { Remedy = new Remedy("LeaveOutClass") };

    private static EmFit Choose(ClassifiedRows rows, int place, IReadOnlyList<IFitOutcome> outcomes, List<string> warnings)
    {
        if (outcomes.All(outcome => outcome is FitFailure))
        {
            throw NotFitted(rows, place, ((FitFailure)outcomes[0]).Failure);
        }

        FitSelection selection = FitSelection.Choose([.. outcomes.Select(FitCandidate.From)], SelectionCriterion.Bic);
        EmFit best = (EmFit)outcomes[selection.Ranked[0]];
        warnings.AddRange(best.Warnings.Concat(selection.Warnings.Select(warning => warning.Text)).Select(text => $"Class '{rows.Names[place]}': {text}"));
        return best;
    }
}
