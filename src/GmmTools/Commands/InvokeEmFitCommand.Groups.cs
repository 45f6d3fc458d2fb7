using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Completion;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Output;
using GmmTools.Selection;

namespace GmmTools.Commands;

/// <content>Fits by group.</content>
public sealed partial class InvokeEmFitCommand
{
    private GroupColumns? _groups;
    private IRowExtras? _extras;

    /// <summary>Columns by which the rows are grouped, by name or calculated as for -Property: each group, such as the requests of one host, is fitted
    /// by itself, side by side with the others. They are not part of the rows that are fitted. A fit has its group in the property Group and in
    /// properties named like the columns; a group that cannot be fitted becomes a FitFailure. Values that differ only in case are one group, as for
    /// Group-Object. The commands that score rows take all fits together as -Model and judge each row by the fit of its group.</summary>
    [Parameter(ParameterSetName = InputObjectSet, HelpMessage = "Columns by which the rows are grouped; each group is fitted by itself.")]
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(PropertyCompleter))]
    [ValidateNotNullOrEmpty]
    public object[]? GroupProperty { get; set; }

    /// <summary>What goes with the rows: where they start, or the group that they belong to.</summary>
    private IRowExtras? Extras => _extras ??= _known is not null && _groups is not null ? new JoinedExtras(_known, _groups) : (IRowExtras?)Starts ?? _groups;

    private GroupColumns? FindGroups()
    {
        PropertyArgument columns = PropertyArgument.Read(GroupProperty, Usage);
        RefuseCalculatedInFiles(columns);
        GroupColumns? groups = GroupColumns.Create(columns);
        string? other = groups is null ? null
            : _start is not null ? InitialComponent is null ? nameof(InitialResponsibility) : nameof(InitialComponent)
            : Checkpoint is not null ? nameof(Checkpoint)
            : null;
        if (groups is not null && TrimFraction is { Length: > 1 })
        {
            throw new CommandException(
                "GroupsNotSupported",
                "-GroupProperty fits each group with one -TrimFraction. Give one share, or find it by a trimming curve of the rows of one group.");
        }

        return other is null ? groups : throw new CommandException(
            "GroupsNotSupported",
            $"-GroupProperty cannot be combined with -{other}. Leave one of them out, or fit the groups one by one, as in $rows | Group-Object {groups!.Columns[0]} | ForEach-Object {{ $_.Group | {Usage} -{other} ... }}.");
    }

    private void FitGroups(RowTable table)
    {
        GroupedRows rows = _groups!.Rows;
        IReadOnlyList<RowTable> tables = Store.Split(rows, table.Observations);
        EmOptions options = CreateOptions(_initial is null ? null : ColumnOrder.Arrange(_initial, table.Observations.Property));
        TellKnown();
        IReadOnlyList<CovarianceModel> models = CovarianceModelArgument.Resolve(CovarianceModel, table.Observations.Property.Count);
        _combinationCount = rows.Groups.Count;
        IReadOnlyList<IReadOnlyList<IFitOutcome>> outcomes = BackgroundWork.Run(
            () => new GroupSearch(options, progress => Volatile.Write(ref _latestProgress, progress))
                .Fit(rows.Groups, tables, CreateAxes(FindComponentCounts(_initial), models), options.KnownComponents?.Split(rows.Places, rows.Groups.Count), StopToken),
            ReportProgress,
            StopToken);
        WriteGroups([.. outcomes.SelectMany(group => ChoosesComponentCount ? [GroupedFits.ChooseBest(group)] : group)], table.Intake);
    }

    private void WriteGroups(IReadOnlyList<IFitOutcome> outcomes, RowIntake intake)
    {
        foreach (IFitOutcome outcome in outcomes)
        {
            WriteVerbose(FitText.Describe(outcome));
        }

        if (ChoosesComponentCount)
        {
            TellChosen(outcomes);
        }

        IEnumerable<string> warnings = FitText.Warn(outcomes);
        foreach (string warning in intake.Warning is string left ? [left, .. warnings] : warnings)
        {
            WriteWarning(warning);
        }

        WriteObject(outcomes.Select(GroupedFits.Wrap), enumerateCollection: true);
    }

    /// <summary>Says what was chosen where nobody said how many components.</summary>
    private void TellChosen(IReadOnlyList<IFitOutcome> outcomes)
    {
        IEnumerable<string> counts =
            from fit in outcomes.OfType<EmFit>()
            group fit by fit.ComponentCount into same
            orderby same.Key
            select FormattableString.Invariant($"{same.Key} in {Counted.Of(same.Count(), "group")}");
        Inform(FormattableString.Invariant(
            $"Of 1 to {ComponentCountArgument.MaxOpen} components, the number with the smallest BIC: {string.Join(", ", counts)}. For others, add -ComponentCount."));
    }
}
