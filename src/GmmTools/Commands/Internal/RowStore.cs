using System;
using System.Collections.Generic;
using System.Data.Common;
using System.Linq;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Binding.Rows;
using GmmTools.Connectors;
using GmmTools.Connectors.Cells;
using GmmTools.Connectors.Databases;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;

namespace GmmTools.Commands.Internal;

/// <summary>Keeps the rows of a command that needs all of them before it begins: in memory, or beyond a limit in a temporary file.</summary>
/// <param name="command">The command.</param>
internal sealed class RowStore(RowSourceCommand command) : IDisposable
{
    private RowStorage? _storage;

    /// <summary>The most memory that rows may take, in bytes; null for half of the memory that is free.</summary>
    public long? MemoryLimit { get; set; }

    /// <summary>The folder of the temporary file; null for the system's.</summary>
    public string? TempPath { get; set; }

    /// <summary>Leaves the temporary file to the caller, who removes it; null where there is none.</summary>
    public RowStorage? Detach()
    {
        RowStorage? storage = _storage;
        _storage = null;
        return storage;
    }

    /// <summary>Removes the temporary file: after an error and after Ctrl+C as well.</summary>
    public void Dispose() => _storage?.Dispose();

    /// <summary>What keeps the rows of a reader that has seen its first row.</summary>
    /// <param name="reader">The reader.</param>
    public RowCollector CreateCollector(RowReader reader) => CreateCollector(reader, command.ParsePolicy());

    /// <summary>What keeps the rows of a reader that has seen its first row.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="policy">What happens to rows with gaps.</param>
    public RowCollector CreateCollector(RowReader reader, MissingValuePolicy policy)
    {
        TellUndecided(reader.Undecided);
        if (reader.LeftOut.Count > 0)
        {
            command.WriteVerbose($"In the rows, {ColumnSelector.DescribeLeftOut(reader.LeftOut)}");
        }

        return new RowCollector(reader.Property, command.WeightProperty is not null, policy, PrepareStorage()) { DescribeMissing = reader.DescribeMissing };
    }

    /// <summary>The rows that were kept.</summary>
    /// <param name="collector">What kept them; null when there were none.</param>
    public RowTable BuildTable(RowCollector? collector)
    {
        collector ??= new RowCollector(["none"]);
        IObservations rows = collector.Build();
        TellStorage();
        return new RowTable(rows, collector.Intake, []);
    }

    /// <summary>Keeps a row that was read, and what goes with it.</summary>
    /// <param name="collector">What keeps the rows.</param>
    /// <param name="reader">What has read the row.</param>
    /// <param name="numbers">Its numbers.</param>
    /// <param name="extra">What takes the cells that go with it; null for none.</param>
    public static void Keep(RowCollector collector, RowReader reader, double[] numbers, IRowExtras? extra)
    {
        if (collector.Add(numbers, reader.Weight))
        {
            extra?.Add(new RowLocation(reader.Count), reader.GetExtra());
        }
    }

    /// <summary>The rows of each group.</summary>
    /// <param name="groups">The groups of the rows.</param>
    /// <param name="observations">The rows.</param>
    /// <returns>One table for each group, in order.</returns>
    public IReadOnlyList<RowTable> Split(GroupedRows groups, IObservations observations)
    {
        RowStorage storage = PrepareStorage();
        return BackgroundWork.Run(
            () => groups.Split(observations, command.WeightProperty is not null, storage.Beside, command.StopToken), () => { }, command.StopToken);
    }

    /// <summary>Reads the files.</summary>
    /// <param name="property">Names or wildcards of the columns; empty for all numeric ones.</param>
    /// <param name="exclude">Names or wildcards of columns to leave out, or null.</param>
    /// <param name="extra">Columns that go with the rows but are not part of them, and what takes their cells; or null.</param>
    public RowTable ReadFiles(
        IReadOnlyList<string> property, IReadOnlyList<string>? exclude = null, IRowExtras? extra = null) =>
        command is SessionRowCommand { InSessions: true } remote ? ReadSessions(remote, property)
        : ReadFiles(command.FindFiles(), property, exclude, extra);

    /// <summary>Reads files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="property">Names or wildcards of the columns; empty for all numeric ones.</param>
    /// <param name="exclude">Names or wildcards of columns to leave out, or null.</param>
    /// <param name="extra">Columns that go with the rows but are not part of them, and what takes their cells; or null.</param>
    public RowTable ReadFiles(
        IReadOnlyList<string> files, IReadOnlyList<string> property, IReadOnlyList<string>? exclude, IRowExtras? extra)
    {
        FileReadOptions options = command.CreateReadOptions(property, exclude, extra?.Columns);
        options.ExtraRead = extra is null ? null : extra.Add;
        options.Storage = PrepareStorage();
        RowTable table = BackgroundWork.Run(
            () => FileObservationReader.ReadTable(files, options, command.CountRows, command.StopToken), command.ReportRows, command.StopToken);
        command.WriteNotes();
        TellUndecided(table.Undecided);
        TellStorage();
        return table;
    }

    /// <summary>Brings the rows of sessions here.</summary>
    private RowTable ReadSessions(SessionRowCommand remote, IReadOnlyList<string> property)
    {
        RowStorage storage = PrepareStorage();
        long count = 0;
        RowTable table = remote.DoInSessions(
            property,
            sessions => sessions.Do(rows =>
            {
                RowCollector collector = new(rows.Property, command.WeightProperty is not null, MissingValuePolicy.Marginalize, storage);
                Interlocked.Exchange(ref count, 0);
                foreach ((double[] row, double weight) in sessions.Rows.SelectMany(part => part.Fetch(command.StopToken)))
                {
                    collector.Add(row, weight);
                    Interlocked.Increment(ref count);
                }

                return new RowTable(collector.Build(), sessions.Intake, []);
            }),
            () => command.Progress.Report(() => Counted.Grouped(Interlocked.Read(ref count), "row") + " here"));
        TellStorage();
        return table;
    }

    /// <summary>Reads the rows of a table or query.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="options">Which rows are meant.</param>
    public RowTable ReadDatabase(DbConnection connection, DatabaseOptions options)
    {
        RowStorage storage = PrepareStorage();
        IReadOnlyList<string> constant = [];
        RowTable table = BackgroundWork.Run(Read, command.ReportRows, command.StopToken);
        if (constant.Count > 0)
        {
            command.WriteWarning(ColumnText.DescribeLeftOut(constant));
        }

        TellStorage();
        return table;

        RowTable Read()
        {
            using DatabaseObservations rows = DatabaseObservations.Open(connection, options, command.StopToken);
            constant = rows.ConstantColumns;
            return new RowTable(rows.Fetch(storage, command.CountRows, command.StopToken), rows.Intake, []);
        }
    }

    /// <summary>Where the rows are kept.</summary>
    public RowStorage PrepareStorage() => _storage ??= new RowStorage(
        MemoryLimit ?? RowStorage.DefaultMemoryLimit(),
        TempPath is null ? null : FilePaths.ResolveFolder(command.SessionState, TempPath));

    private void TellStorage()
    {
        if (_storage?.Summary is string summary)
        {
            command.WriteVerbose(summary);
        }
    }

    /// <summary>Warns of columns without a value in the rows inspected: where missing values are allowed, no error would report them.</summary>
    private void TellUndecided(IReadOnlyList<string> columns)
    {
        if (columns.Count > 0 && command.ParsePolicy() != MissingValuePolicy.Error)
        {
            command.WriteWarning($"The first {ColumnSelector.MaxRowsInspected} rows decide which columns are numeric, but they have no value in {string.Join(", ", columns)}. Name the columns with -Property to include them.");
        }
    }
}
