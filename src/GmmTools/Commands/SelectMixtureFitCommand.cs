using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Estimation;
using GmmTools.Selection;

namespace GmmTools.Commands;

/// <summary>
/// Keeps the best of several fits of the same rows: the one with the smallest criterion. Combinations that could not be fitted are
/// left out, and so are spurious fits, whose likelihood comes from a few rows in a line or at a point, unless there are no others.
/// </summary>
[Cmdlet(VerbsCommon.Select, "MixtureFit")]
[OutputType(typeof(EmFit))]
public sealed class SelectMixtureFitCommand : MixtureCommand
{
    private readonly List<PSObject> _fits = [];

    /// <summary>The fits, as Invoke-EmFit gives them, or copies of them from a file or a job.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, HelpMessage = "The fits to choose from.")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// By what the best is chosen; of each the smallest is best. Bic (default) finds the number of components when they are normal; Icl
    /// prefers clusters that stand apart; Aic and Aicc (corrected for few rows) prefer good predictions and take more components.
    /// </summary>
    [Parameter(Position = 0)]
    [ValidateSet("Bic", "Icl", "Aic", "Aicc")]
    public string Criterion { get; set; } = "Bic";

    /// <summary>How many fits are kept, best first. Default 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int First { get; set; } = 1;

    /// <summary>Lets spurious fits compete with the others.</summary>
    [Parameter]
    public SwitchParameter IncludeSpurious { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => _fits.AddRange(FitArgument.Enumerate(InputObject));

    /// <inheritdoc/>
    private protected override void End()
    {
        FitCandidate[] candidates = [.. _fits.Select(FitArgument.Read)];
        SelectionCriterion criterion = (SelectionCriterion)Enum.Parse(typeof(SelectionCriterion), Criterion, ignoreCase: true);
        FitSelection selection = FitSelection.Choose(candidates, criterion, IncludeSpurious);
        Tell(candidates, selection, criterion);
        foreach (string warning in selection.Warnings)
        {
            WriteWarning(warning);
        }

        foreach (int index in selection.Ranked.Take(First))
        {
            WriteObject(_fits[index]);
        }
    }

    private void Tell(FitCandidate[] candidates, FitSelection selection, SelectionCriterion criterion)
    {
        WriteVerbose(string.Format(
            CultureInfo.InvariantCulture,
            "{0} fits: {1} compete, {2} could not be fitted, {3} are spurious.",
            candidates.Length,
            selection.Ranked.Count,
            candidates.Count(candidate => candidate.Failure is not null),
            candidates.Count(candidate => candidate.IsSpurious)));
        foreach (int index in selection.Ranked.Take(Math.Max(First, 3)))
        {
            WriteVerbose(string.Format(
                CultureInfo.InvariantCulture, "{0}: {1} {2:F3}", candidates[index], criterion, candidates[index].Value(criterion)));
        }
    }
}
