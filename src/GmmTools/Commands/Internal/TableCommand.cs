using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Binding.Rows;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Selection;

namespace GmmTools.Commands.Internal;

/// <summary>Base of the commands that read all rows and then answer one question about them.</summary>
public abstract class TableCommand : RowSourceCommand
{
    private IReadOnlyList<string> _columns = [];
    private IReadOnlyList<string>? _excluded;
    private IRowExtras? _extra;
    private RowReader? _reader;
    private RowCollector? _collector;
    private FitPoolProgress? _latest;

    /// <summary>CSV files (plain or gzip-compressed) or Parquet files with the rows; wildcards are allowed. The first line of a CSV file names the
    /// columns. Many times faster than Import-Csv.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet, HelpMessage = "CSV or Parquet files; wildcards are allowed.")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files, as for -Path, but without wildcards: characters such as [ are taken literally.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, HelpMessage = "CSV or Parquet files.")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <inheritdoc/>
    private protected sealed override string[] RowFiles => ParameterSetName == PathSet ? Path : LiteralPath;

    /// <inheritdoc/>
    private protected sealed override void TakeRow(PSObject? row, object?[]? cells)
    {
        double[] numbers = _reader!.Read(row, cells);
        _collector ??= Store.CreateCollector(_reader);
        RowStore.Keep(_collector, _reader, numbers, _extra);
        Tick(_reader.Count);
    }

    /// <summary>Prepares to read, before the first row.</summary>
    /// <param name="names">The columns that were asked for; null for all that can be used.</param>
    /// <param name="property">The columns of a mixture, in its order; null where there is none.</param>
    /// <param name="excluded">Names or wildcards of columns to leave out; null for none.</param>
    /// <param name="extra">Columns that go with the rows but are not part of them; null for none.</param>
    private protected void BeginTable(
        IReadOnlyList<string>? names, IReadOnlyList<string>? property, IReadOnlyList<string>? excluded = null, IRowExtras? extra = null)
    {
        _columns = property ?? names ?? [];
        _excluded = excluded;
        _extra = extra;
        _reader = ReadRows(names, property, excluded, extra);
    }

    /// <summary>All rows, when there are no more.</summary>
    private protected RowTable TakeTable() => ReadsFiles ? Store.ReadFiles(_columns, _excluded, _extra) : Store.BuildTable(_collector);

    /// <summary>Answers the question when all rows are there, and then says which rows were left out.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="find">Finds it, on another thread.</param>
    /// <param name="report">Reports how far that is.</param>
    private protected T Answer<T>(Func<IObservations, T> find, Action report)
    {
        RowTable table = TakeTable();
        T answer = BackgroundWork.Run(() => find(table.Observations), report, StopToken);
        if (table.Intake.Warning is string omitted)
        {
            WriteWarning(omitted);
        }

        return answer;
    }

    /// <summary>What has read the rows of the pipeline.</summary>
    private protected RowReader Reader => _reader!;

    /// <summary>Notes how many replicates are done, from any thread.</summary>
    private protected void NoteReplicates(FitPoolProgress progress) => Volatile.Write(ref _latest, progress);

    /// <summary>Reports how many replicates are done.</summary>
    private protected void ReportReplicates() => ReportDone("replicates");

    /// <summary>Reports how many of a thing are done.</summary>
    /// <param name="noun">What they are called.</param>
    private protected void ReportDone(string noun)
    {
        if (Volatile.Read(ref _latest) is FitPoolProgress progress)
        {
            Progress.Report(() => ProgressText.DescribeDone(progress, noun), 100 * progress.Done / progress.Total);
        }
    }
}
