using System.Collections.Generic;
using System.Management.Automation;
using GmmTools.Binding;
using GmmTools.Connectors;
using GmmTools.Connectors.Cells;
using GmmTools.Observations;

namespace GmmTools.Commands;

/// <summary>Base of the commands that need all rows before they begin: rows are kept in memory, or beyond a limit in a temporary
/// file.</summary>
public abstract class RowInputCommand : RowSourceCommand
{
    private RowStorage? _storage;

    /// <summary>
    /// The most memory that rows may take, in bytes, such as 1GB. Rows beyond it are kept in a temporary file, which is read anew in each
    /// iteration; the result does not depend on it. Default: half of the memory that is free.
    /// </summary>
    [Parameter]
    [ValidateRange(0L, long.MaxValue)]
    public long? MemoryLimit { get; set; }

    /// <summary>The folder of the temporary file, on a disk with room for 8 bytes per cell. Default: the system's folder of such
    /// files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TempPath { get; set; }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // after an error and after Ctrl+C as well
            _storage?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>What keeps the rows of a reader that has seen its first row.</summary>
    /// <param name="reader">The reader.</param>
    private protected RowCollector CreateCollector(RowReader reader)
    {
        TellUndecided(reader.Undecided);
        if (reader.LeftOut.Count > 0)
        {
            WriteVerbose($"Of the rows, {ColumnSelector.DescribeLeftOut(reader.LeftOut)}");
        }

        return new RowCollector(reader.Property, WeightProperty is not null, ParsePolicy(), PrepareStorage()) { DescribeMissing = reader.DescribeMissing };
    }

    /// <summary>The rows that were kept.</summary>
    /// <param name="collector">What kept them; null when there were none.</param>
    private protected RowTable BuildTable(RowCollector? collector)
    {
        collector ??= new RowCollector(["none"]);
        IObservations rows = collector.Build();
        TellStorage();
        return new RowTable(rows, collector.Intake, []);
    }

    /// <summary>Reads the files.</summary>
    /// <param name="property">Names or wildcards of the columns; empty for all numeric ones.</param>
    /// <param name="exclude">Names or wildcards of columns to leave out, or null.</param>
    /// <param name="extra">Columns that go with the rows but are no part of them, and what takes their cells; or null.</param>
    private protected RowTable ReadFiles(
        IReadOnlyList<string> property, IReadOnlyList<string>? exclude = null, StartColumns? extra = null)
    {
        IReadOnlyList<string> files = FindFiles();
        FileReadOptions options = CreateReadOptions(property, exclude, extra?.Columns);
        options.ExtraRead = extra is null ? null : extra.Add;
        options.Storage = PrepareStorage();
        RowTable table = BackgroundWork.Run(
            () => FileObservationReader.ReadTable(files, options, CountRows, StopToken), ReportRows, StopToken);
        TellUndecided(table.Undecided);
        TellStorage();
        return table;
    }

    private RowStorage PrepareStorage() => _storage ??= new RowStorage(
        MemoryLimit ?? RowStorage.DefaultMemoryLimit(),
        TempPath is null ? null : FilePaths.ResolveFolder(SessionState, TempPath));

    private void TellStorage()
    {
        if (_storage?.Summary is string summary)
        {
            WriteVerbose(summary);
        }
    }

    /// <summary>Who lets gaps pass would not be told by an error that a column is not there.</summary>
    private void TellUndecided(IReadOnlyList<string> columns)
    {
        if (columns.Count > 0 && ParsePolicy() != MissingValuePolicy.Error)
        {
            WriteWarning($"The first {ColumnSelector.MostRowsLookedAt} rows decide which columns are numeric, and they have no value in {string.Join(", ", columns)}. Name the columns with -Property to include them.");
        }
    }
}
