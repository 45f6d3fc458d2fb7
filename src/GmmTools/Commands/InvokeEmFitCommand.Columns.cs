using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;

namespace GmmTools.Commands;

/// <content>Columns that nobody asked for by name.</content>
public sealed partial class InvokeEmFitCommand
{
    /// <summary>Whether the rows decide on the columns, and name them: rows that are lists keep their cells, by whose places they are found
    /// again.</summary>
    private bool ChoosesColumns => GivenColumns.Names is null && _initial is null && (ReadsFiles || _reader!.HasNames);

    /// <summary>Whether gaps of columns by default leave the column out: properties of .NET objects are null where they do not apply, as the times of a
    /// process that has ended. A blank in a file or in the objects of Import-Csv is a missing cell.</summary>
    private bool LeavesOutGaps(PSObject? row) => ChoosesColumns && !MyInvocation.BoundParameters.ContainsKey(nameof(MissingValue))
        && RowAccessor.KindOf(row?.BaseObject ?? string.Empty) == RowKind.Object && row?.BaseObject is not PSCustomObject;

    /// <summary>The rows without columns that cannot be fitted, of those that nobody asked for; says which these are.</summary>
    private RowTable ChooseColumns(RowTable table)
    {
        if (!ChoosesColumns)
        {
            return table;
        }

        if (_reader!.MeantContents)
        {
            WriteWarning("Each row is a file with its size, not what the file contains. To fit the contents of files, name them with -Path; to fit their sizes without this warning, name Length with -Property.");
        }

        ColumnChoice choice = BackgroundWork.Run(
            () => ColumnChoice.Of(table.Observations, NeedsWholeCovariances(table), _toleratesGaps, ThrottleLimit, StopToken), () => { }, StopToken);
        if (_toleratesGaps && choice.Kept.Count == 0 && choice.Incomplete.Count > 0)
        {
            throw new CommandException(
                "MissingValue",
                $"No column has a number in every row and varies; missing in some: {string.Join(", ", choice.Incomplete)}. Name the columns to be fitted with -Property, and say with -MissingValue what happens to rows with missing values.");
        }

        RowTable chosen = table;
        if (choice.Kept.Count > 0 && choice.Kept.Count < table.Observations.Property.Count)
        {
            chosen = BackgroundWork.Run(
                () => choice.Apply(WeightProperty is not null, table.Intake, Store.PrepareStorage().Beside(), StopToken), () => { }, StopToken);
            if (Extras is not null && chosen.Observations.Count < table.Observations.Count)
            {
                // what goes with the rows would be another row's
                return table;
            }

            WriteWarning(ColumnText.DescribeLeftOut(choice));
        }

        if (ColumnText.DescribeCodes(ColumnChoice.FindCodes(chosen.Observations, StopToken), chosen.Observations.Count) is string codes)
        {
            WriteWarning(codes);
        }

        return chosen;
    }

    private bool NeedsWholeCovariances(RowTable table) => CovarianceModelArgument.Resolve(CovarianceModel, table.Observations.Property.Count)
        .Any(model => model.Shape() == CovarianceShape.Full);
}
