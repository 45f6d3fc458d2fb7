using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Connectors.Cells;

namespace GmmTools.Commands;

/// <content>Arguments that were taken for something else than they were meant for.</content>
public sealed partial class InvokeEmFitCommand
{
    /// <inheritdoc/>
    private protected override string Usage =>
        $"Invoke-EmFit{(ComponentCount is null ? string.Empty : FormattableString.Invariant($" -ComponentCount {CountsText()}"))}";

    /// <summary>Complains of a number in place of a column, where nothing else says how many components.</summary>
    private void CheckLack(PSObject? firstRow)
    {
        if (_lacksComponentCount)
        {
            throw ComponentCountArgument.Missing(GivenColumns.Names!, firstRow?.BaseObject);
        }
    }

    /// <summary>Complains where there is no input at all: then the first argument was perhaps meant to be it.</summary>
    private void CheckInput()
    {
        if (ReadsFiles || MyInvocation.ExpectingInput || MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)))
        {
            return;
        }

        string[] names = GivenColumns.Names ?? [];
        string file = Array.Find(names, TextRow.IsFileName) ?? string.Empty;
        string taken = names.Length == 0 ? string.Empty
            : names.Length > 1 && names.All(name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) ? ": the numbers were taken for columns (-Property)"
            : $": {CellText.Quote(names[0])} was taken for a column (-Property)";
        string advice = file.Length > 0 ? $"To fit a file, write Invoke-EmFit -Path {CellText.AsArgument(file)}{Usage.Substring("Invoke-EmFit".Length)}."
            : $"Pipe the rows, as in $rows | {Usage}, or name a file with -Path.";
        throw new CommandException("NoRows", $"There are no rows{taken}. {advice}", names);
    }

    private string CountsText() => ComponentCount!.Length > 2 && ComponentCount.Zip(ComponentCount.Skip(1), (count, next) => next - count).All(step => step == 1)
        ? FormattableString.Invariant($"({ComponentCount[0]}..{ComponentCount[ComponentCount.Length - 1]})")
        : string.Join(", ", ComponentCount);
}
