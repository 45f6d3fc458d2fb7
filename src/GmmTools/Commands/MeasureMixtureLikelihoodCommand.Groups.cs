using System.Collections.Generic;
using System.Linq;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Output;
using GmmTools.Scoring;

namespace GmmTools.Commands;

/// <content>Rows of groups, each with a model of its own.</content>
public sealed partial class MeasureMixtureLikelihoodCommand
{
    private readonly GivenModels _models = new();
    private GroupedModels? _groups;
    private GroupColumns? _groupColumns;

    /// <inheritdoc/>
    private protected override bool TryAddModel() => _models.TryAdd(Model);

    private void MeasureGroups(RowTable table)
    {
        GroupedRows rows = _groupColumns!.Rows;
        IReadOnlyList<RowTable> tables = Store.Split(rows, table.Observations);
        HashSet<RowGroup> known = [.. _groups!.Groups];
        foreach ((RowGroup group, RowTable own) in rows.Groups.Zip(tables, (group, own) => (group, own)).Where(pair => known.Contains(pair.group)))
        {
            LikelihoodSummary summary = BackgroundWork.Run(
                () => LikelihoodSummary.Measure(_groups[group], own.Observations, ThrottleLimit, StopToken), () => { }, StopToken);
            WriteObject(GroupedFits.Describe(group, summary.WithIntake(own.Intake)));
        }

        HashSet<RowGroup> unknown = [.. rows.Groups.Except(known)];
        if (unknown.Count > 0)
        {
            WriteWarning(GroupedModels.DescribeUnknown(
                rows.Groups.Zip(tables, (group, own) => unknown.Contains(group) ? own.Intake.ReadCount : 0).Sum(), table.Observations.Count, unknown));
        }

        Tell(table.Intake);
    }
}
