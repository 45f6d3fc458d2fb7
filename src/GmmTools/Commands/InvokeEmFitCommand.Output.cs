using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Estimation;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Output;
using GmmTools.Selection;

namespace GmmTools.Commands;

/// <content>What the command says and writes.</content>
public sealed partial class InvokeEmFitCommand
{
    private void TellRows(IObservations observations, RowIntake intake)
    {
        WriteVerbose(string.Format(
            CultureInfo.InvariantCulture,
            "{0} {1}; {2}{3}.",
            observations.Property.Count == 1 ? "Column" : "Columns",
            string.Join(", ", observations.Property),
            Counted.Of(observations.Count, "row"),
            intake.IncompleteCount > 0 ? FormattableString.Invariant($", {intake.IncompleteCount} of them with missing values") : string.Empty));
        if (_reader?.Durations.Count > 0)
        {
            WriteVerbose($"Durations are read in seconds: {string.Join(", ", _reader.Durations)}.");
        }

        if (_reader?.TimesWarning is string times)
        {
            WriteWarning(times);
        }
    }

    private void Write(IReadOnlyList<IFitOutcome> outcomes, RowIntake intake)
    {
        IReadOnlyList<IFitOutcome> counted = outcomes.ReplaceFits(fit => fit.WithIntake(intake));
        if (_combinationCount == 0)
        {
            Tell((EmFit)counted[0]);
            WriteObject(counted[0]);
            return;
        }

        foreach (IFitOutcome outcome in outcomes)
        {
            WriteVerbose(FitText.Describe(outcome));
        }

        if (ChoosesComponentCount)
        {
            WriteBest(counted);
            return;
        }

        // what was left out is the same for all of them, and is said once
        IEnumerable<string> warnings = FitText.Warn(outcomes);
        foreach (string warning in intake.Warning is string left ? [left, .. warnings] : warnings)
        {
            WriteWarning(warning);
        }

        WriteObject(counted, enumerateCollection: true);
    }

    /// <summary>Writes the best by BIC of the fits that were tried, and says so where the user sees it.</summary>
    private void WriteBest(IReadOnlyList<IFitOutcome> outcomes)
    {
        FitSelection selection = FitSelection.Choose([.. outcomes.Select(FitCandidate.From)], SelectionCriterion.Bic);
        EmFit best = (EmFit)outcomes[selection.Ranked[0]];
        Inform(FormattableString.Invariant(
            $"Of 1 to {ComponentCountArgument.MaxOpen} components, {best.ComponentCount} ({FitCells.Model(PSObject.AsPSObject(best))}) has the smallest BIC. For others, add -ComponentCount."));
        foreach (SelectionWarning warning in selection.Warnings)
        {
            WriteWarning(ErrorRecords.WithAdvice(warning.Text, warning.Remedy));
        }

        Tell(best);
        WriteObject(best);
    }

    /// <summary>Says something where the user sees it.</summary>
    private void Inform(string text) => WriteInformation(new HostInformationMessage { Message = text }, ["PSHOST"]);

    private void TellCheckpoint()
    {
        if (_checkpoint?.Path is string path && File.Exists(path))
        {
            WriteVerbose(string.Format(CultureInfo.InvariantCulture, "Resuming from the checkpoint '{0}', saved at {1:u}.", path, File.GetLastWriteTimeUtc(path)));
        }
    }

    private void Tell(EmFit fit)
    {
        foreach (string line in FitText.DescribeRun(fit))
        {
            WriteVerbose(line);
        }

        foreach (string warning in fit.Warnings)
        {
            WriteWarning(warning);
        }
    }
}
