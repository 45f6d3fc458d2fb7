using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Rows;
using GmmTools.Commands.Internal;
using GmmTools.Comparison;
using GmmTools.Completion;
using GmmTools.Connectors.Cells;
using GmmTools.Output;

namespace GmmTools.Commands;

/// <summary>Measures how well two columns of labels agree, such as components and known classes.</summary>
/// <remarks>
/// <para>The two columns may use different labels, and different numbers of them. The adjusted Rand index (Hubert and Arabie 1985) looks at pairs of
/// rows: it is 1 when both columns form the same groups, and about 0 when they are unrelated. The misclassification rate is the share of rows that
/// disagree when labels are matched one to one so that as many rows as possible agree.</para>
/// <para>-ConfusionTable returns a row for each label of the reference instead: how many of its rows have each label of the other column, and which
/// label it is matched with. Rows are counted as they come and not kept. Labels are compared without regard to case, and numbers as they are
/// written.</para>
/// </remarks>
/// <example>
/// <para>Components of a fit compared with the species that the botanist named</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 3
/// $flowers = Import-Csv ./src/Examples/iris.csv | Get-MixtureMembership $fit
/// $flowers | Measure-PartitionAgreement class Component
/// </code>
/// <para>The fit did not know the species.</para>
/// </example>
/// <example>
/// <para>Which species are confused</para>
/// <code>
/// $fit = Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 3
/// $flowers = Import-Csv ./src/Examples/iris.csv | Get-MixtureMembership $fit
/// $flowers | Measure-PartitionAgreement class Component -ConfusionTable | Format-Table
/// </code>
/// <para>Setosa is well separated; the other two overlap.</para>
/// </example>
/// <example>
/// <para>Two fits of the same rows</para>
/// <code>
/// $two, $three = Invoke-EmFit -Path ./src/Examples/iris.csv -ComponentCount 2, 3
/// $rows = Import-Csv ./src/Examples/iris.csv | Get-MixtureMembership $two | Get-MixtureMembership $three -Prefix Three
/// ($rows | Measure-PartitionAgreement -ReferenceProperty Component -DifferenceProperty ThreeComponent).AdjustedRandIndex -gt 0.5
/// </code>
/// <para>The third component splits one of the two.</para>
/// </example>
/// <seealso cref="GetMixtureMembershipCommand"/>
/// <seealso cref="CompareGaussianMixtureCommand"/>
[Cmdlet(VerbsDiagnostic.Measure, "PartitionAgreement", HelpUri = OnlineHelp.Page)]
[OutputType(typeof(PartitionSummary), typeof(PSCustomObject))]
public sealed class MeasurePartitionAgreementCommand : MixtureCommand
{
    private const int RowsPerCheck = 1024;

    private readonly PartitionAgreement _agreement = new();
    private RowAccessor? _accessor;
    private int _reference;
    private int _difference;
    private long _count;
    private long _omitted;

    /// <summary>The column that is taken as the truth.</summary>
    [Parameter(Mandatory = true, Position = 0, HelpMessage = "Name of a column of labels.")]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string ReferenceProperty { get; set; } = string.Empty;

    /// <summary>The column to compare with it.</summary>
    [Parameter(Mandatory = true, Position = 1, HelpMessage = "Name of a column of labels.")]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public string DifferenceProperty { get; set; } = string.Empty;

    /// <summary>The rows: objects with properties, dictionaries, or a DataTable as an argument.</summary>
    [Parameter(ValueFromPipeline = true, HelpMessage = "The rows: objects with properties, dictionaries, or a DataTable as an argument.")]
    public PSObject? InputObject { get; set; }

    /// <summary>Returns the confusion table, a row for each label of the reference, instead of the summary.</summary>
    [Parameter(HelpMessage = "Returns the confusion table, a row for each label of the reference, instead of the summary.")]
    public SwitchParameter ConfusionTable { get; set; }

    /// <summary>What happens to rows without a label: Error (the default) stops, Omit drops them, with a warning.</summary>
    [Parameter(HelpMessage = "What happens to rows without a label: Error (the default) stops, Omit drops them, with a warning.")]
    [ValidateSet("Error", "Omit")]
    public string MissingValue { get; set; } = "Error";

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (PSObject? row in RowSource.Enumerate(InputObject, MyInvocation.ExpectingInput))
        {
            if (_count++ % RowsPerCheck == 0)
            {
                StopToken.ThrowIfCancellationRequested();
            }

            Count(row ?? throw new CommandException(
                "EmptyRow", FormattableString.Invariant($"Row {_count} is $null. Leave it out.")));
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (_omitted > 0)
        {
            WriteWarning(FormattableString.Invariant($"{_omitted} of {Counted.Of(_count, "row")} {(_omitted == 1 ? "was" : "were")} left out because labels are missing."));
        }

        if (_agreement.RowCount == 0)
        {
            throw new CommandException(
                "NoRows", "There are no rows with labels. Check the file, the query or the filter in front of this command.");
        }

        if (ConfusionTable)
        {
            WriteTable();
        }
        else
        {
            WriteObject(Summarize());
        }
    }

    private void Count(PSObject row)
    {
        if (_accessor is null)
        {
            _accessor = RowAccessor.Create(row);
            int[] columns = ColumnSelector.Resolve(_accessor.Columns, [ReferenceProperty, DifferenceProperty]);
            _reference = columns[0];
            _difference = columns[columns.Length - 1];
        }

        if (Label(row, _reference) is string reference && Label(row, _difference) is string difference)
        {
            _agreement.Add(reference, difference);
            return;
        }

        _omitted++;
        if (MissingValue == "Error")
        {
            string column = Label(row, _reference) is null ? ReferenceProperty : DifferenceProperty;
            throw new CommandException(
                "MissingLabel",
                FormattableString.Invariant($"Row {_count} has no label in column '{column}'. Give it one, or add -MissingValue Omit to leave such rows out."),
                row);
        }
    }

    private string? Label(PSObject row, int column)
    {
        string? text = Convert.ToString(_accessor!.GetCell(row, column), CultureInfo.InvariantCulture);
        return string.IsNullOrWhiteSpace(text) ? null : text!.Trim();
    }

    private PartitionSummary Summarize()
    {
        int[] match = _agreement.Match();
        return new PartitionSummary(_agreement.RowCount, _omitted, _agreement.AdjustedRandIndex(), _agreement.MisclassifiedCount())
        {
            ReferenceCount = _agreement.ReferenceLabels.Count,
            DifferenceCount = _agreement.DifferenceLabels.Count,
            Matching =
            [
                .. Order(_agreement.ReferenceLabels).Select(
                    i => _agreement.ReferenceLabels[i] + " = " + (match[i] < 0 ? "none" : _agreement.DifferenceLabels[match[i]])),
            ],
        };
    }

    private void WriteTable()
    {
        int[] match = _agreement.Match();
        int[] columns = Order(_agreement.DifferenceLabels);
        RowTemplate template = new(
        [
            ReferenceProperty,
            .. columns.Select(column => DifferenceProperty + "_" + _agreement.DifferenceLabels[column]),
            "Match_" + DifferenceProperty,
        ]);
        foreach (int row in Order(_agreement.ReferenceLabels))
        {
            WriteObject(template.Create(
            [
                _agreement.ReferenceLabels[row],
                .. columns.Select(column => (object?)_agreement.Count(row, column)),
                match[row] < 0 ? null : _agreement.DifferenceLabels[match[row]],
            ]));
        }
    }

    /// <summary>Labels in order: by number if all are numbers, otherwise as words.</summary>
    private static int[] Order(IReadOnlyList<string> labels)
    {
        double[] numbers = [.. labels.Select(label => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        IEnumerable<int> places = Enumerable.Range(0, labels.Count);
        return numbers.Any(double.IsNaN)
            ? [.. places.OrderBy(i => labels[i], StringComparer.OrdinalIgnoreCase)]
            : [.. places.OrderBy(i => numbers[i])];
    }
}
