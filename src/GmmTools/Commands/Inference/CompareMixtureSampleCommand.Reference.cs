using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Binding.Rows;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Commands.Inference;

/// <content>The rows that the others are compared with.</content>
public sealed partial class CompareMixtureSampleCommand
{
    private GroupColumns? _referenceGroups;
    private IReadOnlyList<string>? _referenceFiles;

    /// <summary>The rows that the others are compared with, such as those from before a deployment: all that can be given as -InputObject.</summary>
    [Parameter(Position = 0, HelpMessage = "The rows that the others are compared with.")]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? ReferenceObject { get; set; }

    /// <summary>CSV or Parquet files with the rows that the others are compared with; wildcards are allowed.</summary>
    [Parameter(HelpMessage = "CSV or Parquet files with the rows that the others are compared with; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ReferencePath { get; set; } = [];

    /// <summary>Files, as for -ReferencePath, but without wildcards: characters such as [ are taken literally.</summary>
    [Parameter(HelpMessage = "CSV or Parquet files with the rows that the others are compared with.")]
    [ValidateNotNullOrEmpty]
    public string[] ReferenceLiteralPath { get; set; } = [];

    /// <summary>Finds the reference, before a million rows are read.</summary>
    private void BeginReference()
    {
        string[] given = [.. new[] { nameof(ReferenceObject), nameof(ReferencePath), nameof(ReferenceLiteralPath) }.Where(MyInvocation.BoundParameters.ContainsKey)];
        if (given.Length != 1)
        {
            throw given.Length == 0
                ? new CommandException(
                    "ReferenceMissing",
                    $"There is nothing to compare the rows with. Add -ReferenceObject or -ReferencePath, as in $after | {Usage} -ReferenceObject $before.")
                : new CommandException(
                    "SeveralReferences",
                    $"-{given[0]} and -{given[1]} were both given, but rows are compared with one reference. Leave one of them out; the names of columns belong to -Property.");
        }

        if (ReferenceObject?.BaseObject is string text && TextRow.IsFileName(text))
        {
            throw new CommandException(
                "ReferenceMissing", $"-ReferenceObject takes rows, not the name of a file, '{text}'. Name the file with -ReferencePath.", text);
        }

        if (given[0] == nameof(ReferenceObject))
        {
            return;
        }

        CalculatedColumn? calculated = GivenColumns.Calculated.Concat(_groups?.Calculated ?? []).FirstOrDefault();
        _referenceFiles = calculated is null
            ? FilePaths.Resolve(
                SessionState,
                ReferencePath.Length > 0 ? ReferencePath : ReferenceLiteralPath,
                ReferencePath.Length == 0,
                $"pass a name that contains them to -{nameof(ReferenceLiteralPath)}")
            : throw new CommandException(
                "CalculatedInFile",
                $"Column '{calculated.Name}' is calculated, which is possible for objects only, but the reference is in a file. Give its rows, as in -ReferenceObject (Import-Csv before.csv), or calculate the column when the file is written.",
                calculated.Name);
    }

    /// <summary>Reads the reference.</summary>
    /// <param name="property">The columns of the other rows.</param>
    private RowTable ReadReference(IReadOnlyList<string> property)
    {
        RefuseTimes(_table.Reader);
        try
        {
            return _referenceFiles is null ? ReadReferenceRows(property) : Store.ReadFiles(_referenceFiles, property, null, _referenceGroups);
        }
        catch (InvalidObservationException error)
        {
            throw new InvalidObservationException(error.ErrorId, InReference(error.Message), error.Row, error.Column, error.OffendingValue, error) { Remedy = error.Remedy };
        }
        catch (CommandException error)
        {
            throw new CommandException(error.ErrorId, InReference(error.Message), error.Target, error);
        }
    }

    private RowTable ReadReferenceRows(IReadOnlyList<string> property)
    {
        RowReader reader = CreateReader(property, null, null, _referenceGroups);
        RowCollector? collector = null;
        FirstRows first = new(reader, Take);
        foreach (PSObject? row in RowSource.Enumerate(ReferenceObject, fromPipeline: false))
        {
            first.Add(row);
        }

        first.Release();
        RefuseTimes(reader);
        return Store.BuildTable(collector);

        void Take(PSObject? row, object?[]? cells)
        {
            double[] numbers = reader.Read(row, cells);
            collector ??= Store.CreateCollector(reader);
            Internal.RowStore.Keep(collector, reader, numbers, _referenceGroups);
            Tick(reader.Count);
        }
    }

    /// <summary>Points in time are read as seconds since that of the first row, which is another one on the other side.</summary>
    private static void RefuseTimes(RowReader reader)
    {
        if (reader.TimesWarning is not null)
        {
            throw new CommandException("TimeWithoutOrigin", "A column holds points in time, whose seconds would count from different rows on the two sides. Calculate seconds since a time of your choice with -Property, or leave the column out.");
        }
    }

    private static string InReference(string text) => $"In the reference: {text}";
}
