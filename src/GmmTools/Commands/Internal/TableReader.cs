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

/// <summary>Reads all rows of a command, from wherever they come, so that one question can be answered about them.</summary>
/// <param name="command">The command.</param>
/// <param name="database">The same command, if its rows may be in a database; else null.</param>
internal sealed class TableReader(RowSourceCommand command, DatabaseRowCommand? database = null)
{
    private IReadOnlyList<string> _columns = [];
    private IReadOnlyList<string>? _excluded;
    private IRowExtras? _extra;
    private RowReader? _reader;
    private RowCollector? _collector;
    private FitPoolProgress? _latest;

    /// <summary>Reads the rows of a command that may be in a database.</summary>
    /// <param name="command">The command.</param>
    public TableReader(DatabaseRowCommand command)
        : this(command, command)
    {
    }

    /// <summary>What has read the rows of the pipeline.</summary>
    public RowReader Reader => _reader!;

    /// <summary>Prepares to read, before the first row.</summary>
    /// <param name="names">The columns that were asked for; null for all that can be used.</param>
    /// <param name="property">The columns of a mixture, in its order; null where there is none.</param>
    /// <param name="excluded">Names or wildcards of columns to leave out; null for none.</param>
    /// <param name="extra">Columns that go with the rows but are not part of them; null for none.</param>
    public void Begin(
        IReadOnlyList<string>? names, IReadOnlyList<string>? property, IReadOnlyList<string>? excluded = null, IRowExtras? extra = null)
    {
        _columns = property ?? names ?? [];
        _excluded = excluded;
        _extra = extra;
        _reader = command.ReadRows(names, property, excluded, extra);
    }

    /// <summary>Takes a row of the pipeline.</summary>
    /// <param name="row">The row; null when the pipeline held a null.</param>
    /// <param name="cells">The cells that it had, for one that was held back; else null.</param>
    public void Take(PSObject? row, object?[]? cells)
    {
        double[] numbers = _reader!.Read(row, cells);
        _collector ??= command.Store.CreateCollector(_reader);
        RowStore.Keep(_collector, _reader, numbers, _extra);
        command.Tick(_reader.Count);
    }

    /// <summary>All rows, when there are no more.</summary>
    public RowTable TakeAll() =>
        database is { InDatabase: true } ? command.Store.ReadDatabase(database.Connection!, database.CreateDatabaseOptions(_columns, _excluded))
        : command.ReadsFiles ? command.Store.ReadFiles(_columns, _excluded, _extra)
        : command.Store.BuildTable(_collector);

    /// <summary>Answers the question when all rows are there, and then says which rows were left out.</summary>
    /// <typeparam name="T">The answer.</typeparam>
    /// <param name="find">Finds it, on another thread.</param>
    /// <param name="report">Reports how far that is.</param>
    public T Answer<T>(Func<IObservations, T> find, Action report)
    {
        RowTable table = TakeAll();
        T answer = BackgroundWork.Run(() => find(table.Observations), report, command.StopToken);
        if (table.Intake.Warning is string omitted)
        {
            command.WriteWarning(omitted);
        }

        return answer;
    }

    /// <summary>Notes how many replicates are done, from any thread.</summary>
    public void NoteReplicates(FitPoolProgress progress) => Volatile.Write(ref _latest, progress);

    /// <summary>Reports how many replicates are done.</summary>
    public void ReportReplicates() => ReportDone("replicates");

    /// <summary>Reports how many of a thing are done.</summary>
    /// <param name="noun">What they are called.</param>
    public void ReportDone(string noun)
    {
        if (Volatile.Read(ref _latest) is FitPoolProgress progress)
        {
            command.Progress.Report(() => ProgressText.DescribeDone(progress, noun), 100 * progress.Done / progress.Total);
        }
    }
}
