using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GmmTools.Selection;

/// <summary>The best of several fits of the same rows by an information criterion.</summary>
public sealed class FitSelection
{
    /// <summary>Criteria that differ less than by this many decimals are equal: they differ by the rounding of the sums.</summary>
    private const int Decimals = 6;

    /// <summary>Sums of the same weights may differ by their order.</summary>
    private const double WeightTolerance = 1e-9;

    /// <summary>Volumes that differ by less, as logarithms, differ by rounding.</summary>
    private const double VolumeTolerance = 1e-6;

    private FitSelection(IReadOnlyList<int> ranked, IReadOnlyList<SelectionWarning> warnings)
    {
        Ranked = ranked;
        Warnings = warnings;
    }

    /// <summary>Indices of the fits that can be chosen, best first; at least one. Of equals the one with fewer parameters comes first,
    /// then the one that was given first.</summary>
    public IReadOnlyList<int> Ranked { get; }

    /// <summary>What a reader should know before relying on the best.</summary>
    public IReadOnlyList<SelectionWarning> Warnings { get; }

    /// <summary>Ranks fits.</summary>
    /// <param name="candidates">The fits. Failed ones, and those whose criterion is not finite, are left out.</param>
    /// <param name="criterion">By what they are ranked; smaller is better.</param>
    /// <param name="includeSpurious">Whether spurious fits compete. Otherwise they do only when there are no others.</param>
    /// <returns>The ranking.</returns>
    /// <exception cref="SelectionException">There is no fit (NoFits), every one failed (NothingFitted), none has a finite criterion
    /// (InfiniteCriterion), the fits are of different data (DifferentData), their noise has different volumes (DifferentNoise), or one is
    /// trimmed (TrimmingNotSupported).</exception>
    public static FitSelection Choose(
        IReadOnlyList<FitCandidate> candidates, SelectionCriterion criterion, bool includeSpurious = false)
    {
        CheckWhole(candidates ?? throw new ArgumentNullException(nameof(candidates)));
        CheckSameData(candidates);
        CheckSameNoise(candidates);
        int[] usable = FindUsable(candidates, criterion);
        int[] determined = PreferWhere(usable, index => !candidates[index].IsSaturated);
        int[] sound = includeSpurious ? determined : PreferWhere(determined, index => !candidates[index].IsSpurious);
        int[] ranked =
        [
            .. sound
                .OrderBy(index => Math.Round(candidates[index].Value(criterion), Decimals))
                .ThenBy(index => candidates[index].ParameterCount),
        ];
        return new FitSelection(ranked, [.. FindWarnings(candidates, candidates[ranked[0]], criterion, includeSpurious)]);
    }

    /// <summary>Those that fulfil a condition, or all where none does.</summary>
    private static int[] PreferWhere(int[] indices, Func<int, bool> condition)
    {
        int[] preferred = [.. indices.Where(condition)];
        return preferred.Length > 0 ? preferred : indices;
    }

    private static int[] FindUsable(IReadOnlyList<FitCandidate> candidates, SelectionCriterion criterion)
    {
        int[] fitted = [.. Enumerable.Range(0, candidates.Count).Where(index => candidates[index].Failure is null)];
        if (fitted.Length == 0)
        {
            throw NothingFitted(candidates);
        }

        int[] usable = [.. fitted.Where(index => IsFinite(candidates[index].Value(criterion)))];
        return usable.Length > 0
            ? usable
            : throw new SelectionException(
                "InfiniteCriterion",
                FormattableString.Invariant($"{Name(criterion)} is infinite for every fit: {Counted.Of(candidates[fitted[0]].RowCount, "row", "is", "are")} too few for so many parameters. Use another criterion, fewer components or a more restricted covariance model."),
                criterion);
    }

    private static SelectionException NothingFitted(IReadOnlyList<FitCandidate> candidates) => candidates.Count == 0
        ? new SelectionException("NoFits", "There are no fits to choose from.")
        : new SelectionException(
            "NothingFitted",
            FormattableString.Invariant($"{(candidates.Count == 1 ? "The only combination could not" : $"None of the {candidates.Count} combinations could")} be fitted. {candidates[0]}: {candidates[0].Failure}"));

    /// <summary>A trimmed fit has a likelihood of the rows that it chose itself.</summary>
    private static void CheckWhole(IReadOnlyList<FitCandidate> candidates)
    {
        int trimmed = candidates.TakeWhile(candidate => !candidate.IsTrimmed).Count();
        if (trimmed < candidates.Count)
        {
            throw new SelectionException(
                "TrimmingNotSupported",
                FormattableString.Invariant($"Fit {trimmed + 1} ({candidates[trimmed]}) is not fitted to all rows, so no criterion compares it with other fits."),
                candidates[trimmed].ToString())
            { Remedy = new Remedy("ReadTrimmingCurve") };
        }
    }

    private static void CheckSameData(IReadOnlyList<FitCandidate> candidates)
    {
        for (int i = 1; i < candidates.Count; i++)
        {
            if (FindDifference(candidates[0], candidates[i]) is string difference)
            {
                throw new SelectionException(
                    "DifferentData",
                    FormattableString.Invariant($"Fit 1 ({candidates[0]}) and fit {i + 1} ({candidates[i]}) come from different data: {difference}. A criterion compares models of the same rows only. Fit all of them to the same rows and columns, or choose among the fits of each data set."));
            }
        }
    }

    /// <summary>The likelihood grows without bound as the volume of the noise shrinks.</summary>
    private static void CheckSameNoise(IReadOnlyList<FitCandidate> candidates)
    {
        int[] noisy = [.. Enumerable.Range(0, candidates.Count).Where(i => candidates[i].NoiseLogVolume is double volume && !double.IsNaN(volume))];
        foreach (int i in noisy)
        {
            double first = candidates[noisy[0]].NoiseLogVolume!.Value;
            double own = candidates[i].NoiseLogVolume!.Value;
            if (Math.Abs(own - first) > VolumeTolerance)
            {
                throw new SelectionException(
                    "DifferentNoise",
                    FormattableString.Invariant($"The noise of fit {noisy[0] + 1} has the volume {Math.Exp(first):G9}, that of fit {i + 1} the volume {Math.Exp(own):G9}. Criteria compare fits with noise of one volume only."));
            }
        }
    }

    private static string? FindDifference(FitCandidate first, FitCandidate second)
    {
        if (first.RowCount != second.RowCount)
        {
            return FormattableString.Invariant($"{Counted.Of(first.RowCount, "row")} and {Counted.Of(second.RowCount, "row")}");
        }

        if (Math.Abs(first.TotalWeight - second.TotalWeight) > WeightTolerance * Math.Abs(first.TotalWeight))
        {
            return FormattableString.Invariant($"rows of total weight {first.TotalWeight:R} and {second.TotalWeight:R}");
        }

        // the order of the columns does not matter to the density
        bool same = first.Property.Count == second.Property.Count
            && new HashSet<string>(first.Property, StringComparer.OrdinalIgnoreCase).SetEquals(second.Property);
        return same ? null : $"columns {string.Join(", ", first.Property)} and columns {string.Join(", ", second.Property)}";
    }

    private static IEnumerable<SelectionWarning> FindWarnings(
        IReadOnlyList<FitCandidate> candidates, FitCandidate best, SelectionCriterion criterion, bool includeSpurious)
    {
        if (best.IsSaturated)
        {
            yield return new(FormattableString.Invariant(
                $"{best.TotalWeight:R} rows are too few for any of these fits: a mixture of several components needs five rows per component and two per parameter, and the best, {best}, has {best.ParameterCount} parameters. Try fewer components or more restricted covariance models."));
        }

        if (best.IsSpurious && !includeSpurious)
        {
            yield return new(FormattableString.Invariant(
                $"Every fit is spurious: in the best, {best}, some components describe only a few rows on a line, in a plane or at a point, so its likelihood says little. Try fewer components or more restricted covariance models."));
        }

        int least = candidates.Min(candidate => candidate.ComponentCount);
        int most = candidates.Max(candidate => candidate.ComponentCount);
        int limit = best.MostComponents(2 * most);
        if (most > least && best.ComponentCount == most && limit > most)
        {
            yield return new(
                FormattableString.Invariant($"The best by {Name(criterion)}, {best}, has the largest number of components tried; more may be better still."),
                new Remedy("TryMoreComponents", Text(least), Text(limit)));
        }
        else if (most > least && best.ComponentCount == least && least > 1)
        {
            yield return new(
                FormattableString.Invariant($"The best by {Name(criterion)}, {best}, has the smallest number of components tried; fewer may be better still."),
                new Remedy("TryFewerComponents", Text(most)));
        }
    }

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Name(SelectionCriterion criterion) =>
        criterion == SelectionCriterion.Aicc ? "AICc" : criterion.ToString().ToUpper(CultureInfo.InvariantCulture);

    private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
}
