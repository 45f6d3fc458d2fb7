using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Observations;
using GmmTools.Selection;

namespace GmmTools.Binding.Models;

/// <summary>The best fit of each of several groups of rows, and what a reader should know of the choices: one sentence of each kind.</summary>
internal sealed class GroupChoices
{
    private readonly List<string> _warnings = [];
    private readonly List<(RowGroup Group, string Text)> _failures = [];
    private readonly List<(RowGroup Group, string Text)> _doubts = [];

    /// <param name="fits">The fits.</param>
    public GroupChoices(IReadOnlyList<PSObject> fits)
    {
        RowGroup?[] groups = [.. fits.Select(GroupedModels.GroupOf)];
        HasGroups = groups.Length > 0 && groups.All(group => group is not null);
        Groups = [.. fits.Zip(groups, (fit, group) => (Fit: fit, Group: group)).GroupBy(pair => pair.Group).Select(same => same.Select(pair => pair.Fit).ToArray())];
    }

    /// <summary>Whether each fit is that of a group.</summary>
    public bool HasGroups { get; }

    /// <summary>The fits of each group, in the order given.</summary>
    public IReadOnlyList<IReadOnlyList<PSObject>> Groups { get; }

    /// <summary>What a reader should know.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            foreach (string warning in _warnings)
            {
                yield return warning;
            }

            if (_failures.Count > 0)
            {
                yield return FormattableString.Invariant(
                    $"{_failures.Count} of {Counted.Of(Groups.Count, "group")} {(_failures.Count == 1 ? "has" : "have")} no fit to choose. The first ({_failures[0].Group}): {_failures[0].Text}");
            }

            if (_doubts.Count > 0)
            {
                yield return FormattableString.Invariant(
                    $"The choice in {_doubts.Count} of {Counted.Of(Groups.Count, "group")} comes with a warning. The first ({_doubts[0].Group}): {_doubts[0].Text}");
            }
        }
    }

    /// <summary>Ranks fits of the same rows.</summary>
    /// <param name="fits">The fits.</param>
    /// <param name="criterion">By what they are ranked.</param>
    /// <param name="includeSpurious">Whether spurious fits compete.</param>
    public FitSelection Choose(IReadOnlyList<PSObject> fits, SelectionCriterion criterion, bool includeSpurious)
    {
        FitSelection selection = Rank(fits, criterion, includeSpurious);
        _warnings.AddRange(selection.Warnings.Select(Text));
        return selection;
    }

    /// <summary>Ranks the fits of one of many groups; null where none can be chosen, which does not stop the others.</summary>
    /// <param name="fits">The fits of the group.</param>
    /// <param name="criterion">By what they are ranked.</param>
    /// <param name="includeSpurious">Whether spurious fits compete.</param>
    public FitSelection? TryChoose(IReadOnlyList<PSObject> fits, SelectionCriterion criterion, bool includeSpurious)
    {
        RowGroup group = GroupedModels.GroupOf(fits[0])!;
        try
        {
            FitSelection selection = Rank(fits, criterion, includeSpurious);
            if (selection.Warnings.Count > 0)
            {
                _doubts.Add((group, Text(selection.Warnings[0])));
            }

            return selection;
        }
        catch (SelectionException exception)
        {
            _failures.Add((group, exception.Message));
            return null;
        }
    }

    private static FitSelection Rank(IReadOnlyList<PSObject> fits, SelectionCriterion criterion, bool includeSpurious) =>
        FitSelection.Choose([.. fits.Select(FitArgument.Read)], criterion, includeSpurious);

    private static string Text(SelectionWarning warning) => ErrorRecords.WithAdvice(warning.Text, warning.Remedy);
}
