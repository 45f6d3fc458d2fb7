using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using GmmTools.Connectors.Cells;
using GmmTools.Connectors.Csv;
using GmmTools.Connectors.Parquet;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors;

/// <summary>The rows of several files on their way into a table; the first file with rows decides on the columns.</summary>
internal sealed partial class FileTable
{
    private const int RowsPerCheck = 1000;
    private const int RowsPerReport = 4000;

    /// <summary>What is missing where nobody says so.</summary>
    private static readonly string[] MissingInLogs = [string.Empty, "NA", "NaN"];

    private readonly FileReadOptions _options;
    private readonly RowStorage? _storage;
    private readonly Action<long>? _rowsRead;
    private readonly CancellationToken _cancellationToken;
    private readonly FileNotes _notes;
    private readonly MissingValuePolicy _policy;
    private readonly Action<RowBlock>? _take;
    private readonly Action<object, IReadOnlyList<object?>>? _extraRead;
    private readonly ColumnUnits _units;
    private CellParser _parser;
    private string[]? _names;
    private string[]? _extraNames;
    private string[] _undecided = [];
    private double[] _row = [];
    private RowCollector? _collector;
    private CompanionColumns _companions = CompanionColumns.None;
    private long _count;

    /// <summary>Bytes of all files, of those that were read, and with what was read of the present one.</summary>
    private long _bytesInAll;
    private long _bytesBefore;
    private long _bytesRead;

    /// <summary>Where the row that is being added stands, and what is in its j-th cell: for errors.</summary>
    private Func<RowLocation> _locate = () => default;
    private Func<int, object?> _look = _ => null;

    public FileTable(
        FileReadOptions options, MissingValuePolicy policy, RowStorage? storage, Action<long>? rowsRead, CancellationToken cancellationToken)
    {
        _storage = storage;
        if (storage is not null)
        {
            storage.ShareRead = () => _bytesRead > 0 && _bytesInAll > 0 ? (double)_bytesRead / _bytesInAll : null;
        }

        _options = options;
        _extraRead = options.ExtraRead;
        _policy = policy;
        _rowsRead = rowsRead;
        _cancellationToken = cancellationToken;
        _notes = new FileNotes(options.Warn, options.Explain);
        _parser = CreateParser(false);
        _units = new ColumnUnits(_parser);
    }

    /// <summary>Rows that are passed on in blocks instead of being kept, with the cells of the extra columns.</summary>
    public FileTable(FileReadOptions options, Action<RowBlock> take, Action<long>? rowsRead, CancellationToken cancellationToken)
        : this(options, options.MissingValue, null, rowsRead, cancellationToken)
    {
        _take = take;
        _extraRead = (_, cells) => _collector!.AddExtra(cells);
    }

    /// <summary>Ends a stream: what was read before something went wrong is passed on, too.</summary>
    public RowIntake Flush()
    {
        _rowsRead?.Invoke(_count);
        _collector?.Flush();
        return _collector?.Intake ?? new RowIntake(0);
    }

    /// <summary>Reads files, one after the other.</summary>
    public void Append(IReadOnlyList<string> paths)
    {
        _bytesInAll = paths.Sum(LengthOf);
        foreach (string path in paths)
        {
            Append(path);
            _bytesBefore += LengthOf(path);
            _bytesRead = _bytesBefore;
        }
    }

    /// <summary>In the log of a web server - is a missing cell as well.</summary>
    private CellParser CreateParser(bool ofLog) =>
        new(_options.Culture, ofLog ? [.. _options.MissingText ?? MissingInLogs, "-"] : _options.MissingText, _options.ReadsUnits);

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private void Append(string path)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (ParquetFormat.IsParquet(path))
        {
            AppendParquet(path);
            return;
        }

        CsvRequest request = new(_parser.Culture)
        {
            Header = _options.Header is null ? null : [.. _options.Header],
            Delimiter = _options.Delimiter,
            Encoding = _options.Encoding,
            Notes = _notes,
        };
        using CsvFile file = CsvFile.Open(path, request, _cancellationToken);
        _parser = CreateParser(file.IsLog);
        ReadRows(file, FindColumns(file.Header, path), path);
    }

    /// <summary>The rows.</summary>
    public RowTable Build()
    {
        _rowsRead?.Invoke(_count);

        // Without columns there were no rows, and the collector says so.
        _collector ??= new RowCollector(["none"]);
        return new RowTable(_collector.Build(), _collector.Intake, _undecided);
    }

    /// <summary>The columns wanted, or null when the first row has to decide; and the columns that go with them.</summary>
    private int[]? FindColumns(string[] header, string path)
    {
        _companions = CompanionColumns.Resolve(header, _options.WeightProperty, _extraNames ?? _options.Extra, _options.Property, path);
        if (_names is not null)
        {
            return ColumnSelector.ResolveNames(header, _names, path);
        }

        if (_take is not null)
        {
            // a column may be scored and wanted as it is
            _companions = _companions.OtherThan(ColumnSelector.Resolve(header, _options.Property, path));
            _extraNames = [.. _companions.Extra.Select(column => header[column])];
        }

        return _options.Property.Count == 0
            ? null
            : Choose(header, ColumnSelector.Resolve(header, _options.Property, _options.ExcludeProperty, path));
    }

    private int[] ChooseNumeric(string[] header, IEnumerable<object?[]> firstRows, string path)
    {
        object?[][] rows = [.. firstRows.Select(_companions.Hide)];
        _undecided = ColumnSelector.FindUndecided(header, rows, _parser, _options.ExcludeProperty);
        int[] chosen = ColumnSelector.SelectNumeric(header, rows, _parser, _options.ExcludeProperty, path);
        string[] leftOut = [.. ColumnSelector.FindLeftOut(header, _companions.Without(Enumerable.Range(0, header.Length)), chosen, _options.ExcludeProperty)];
        if (leftOut.Length > 0)
        {
            _notes.Explain($"'{path}': {ColumnSelector.DescribeLeftOut(leftOut)}");
        }

        return Choose(header, chosen);
    }

    private int[] Choose(string[] header, int[] chosen)
    {
        int[] columns = _companions.Without(chosen);
        _names = [.. columns.Select(column => header[column])];
        _row = new double[columns.Length];
        _collector = _take is null
            ? new RowCollector(_names, _companions.Weight is not null, _policy, _storage)
            : new RowCollector(_names, _companions.Weight is not null, _policy, _take);
        if (_extraNames is not null)
        {
            _collector.NameExtra(_extraNames);
        }

        _collector.RowNumber = () => _locate().Row;
        _collector.DescribeRow = () => _locate().ToString();
        _collector.DescribeMissing = j => CellParser.DescribeMissing(_look(j), _locate(), _names[j]);
        return columns;
    }

    private void ReadRows(CsvFile file, int[]? columns, string path)
    {
        columns ??= Look(file, path);
        if (columns is null)
        {
            return;
        }

        Attend(file, columns);
#if NET
        // a row is read as any reader would, before blocks are
        if (file.RowCount == 0 && !ReadRow(file, columns))
        {
            return;
        }

        if (TryReadBlocks(file, columns))
        {
            return;
        }
#endif
        ReadRest(file, columns);
    }

    private void ReadRest(CsvFile file, int[] columns)
    {
        Attend(file, columns);
        bool more = true;
        while (more)
        {
            more = ReadRow(file, columns);
        }
    }

    private void Attend(CsvFile file, int[] columns)
    {
        _locate = () => file.Location;
        _look = j => file.GetText(columns[j]);
    }

    /// <summary>Reads the first rows, which decide on the columns; null when there are none.</summary>
    private int[]? Look(CsvFile file, string path)
    {
        List<KeyValuePair<RowLocation, string[]>> rows = [];
        while (rows.Count < ColumnSelector.MaxRowsInspected && file.Read())
        {
            rows.Add(new(file.Location, [.. Enumerable.Range(0, file.Header.Length).Select(file.GetText)]));
        }

        int[]? columns = rows.Count == 0 ? null : ChooseNumeric(file.Header, rows.Select(row => (object?[])row.Value), path);
        foreach (KeyValuePair<RowLocation, string[]> row in rows)
        {
            _locate = () => row.Key;
            _look = j => row.Value[columns![j]];
            for (int j = 0; j < columns!.Length; j++)
            {
                _row[j] = ReadNumber(row.Value[columns[j]], file.Header[columns[j]]);
                _units.Check(file.Header[columns[j]], row.Value[columns[j]], _locate);
            }

            AddRow(column => row.Value[column], file.Header);
            Tick();
        }

        return columns;
    }

    /// <summary>Reads a row.</summary>
    /// <returns>Whether there was one.</returns>
    private bool ReadRow(CsvFile file, int[] columns)
    {
        if (!file.Read())
        {
            return false;
        }

        for (int j = 0; j < columns.Length; j++)
        {
            _row[j] = file.Parse(_parser, columns[j], out double number) != CellKind.NotANumber
                ? number
                : throw NotANumber(file.GetText(columns[j]), file.Header[columns[j]]);
            if (_parser.ReadsUnits)
            {
                _units.Check(file.Header[columns[j]], file.GetText(columns[j]), _locate);
            }
        }

        AddRow(file.GetText, file.Header);
        Tick();
        return true;
    }

    private void AddRow(Func<int, string> textOf, string[] header)
    {
        double weight = _companions.Weight is int column ? ReadNumber(textOf(column), header[column]) : 1;
        if (_collector!.Add(_row, weight) && _companions.Extra.Count > 0)
        {
            _extraRead?.Invoke(_locate(), [.. _companions.Extra.Select(textOf)]);
        }
    }

    private double ReadNumber(string text, string column) =>
        _parser.ParseText(text, out double number) == CellKind.NotANumber ? throw NotANumber(text, column) : number;

    private InvalidObservationException NotANumber(string text, string column) =>
        _parser.ErrorFor(CellKind.NotANumber, text, _locate(), column);


    private void Tick()
    {
        _count++;
        if (_count % RowsPerCheck == 0)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (_count % RowsPerReport == 0)
            {
                _rowsRead?.Invoke(_count);
            }
        }
    }

#if NET
    /// <summary>Reads the rows after the first on several threads, as long as they are plain; then, or instead, one by one.</summary>
    /// <returns>Whether the rows were read.</returns>
    private bool TryReadBlocks(CsvFile file, int[] columns)
    {
        // cells that are no numbers are not kept in blocks
        CsvBlockOptions options = _options.Blocks ?? new CsvBlockOptions(_options.ThreadCount ?? Environment.ProcessorCount);
        CsvCells cells = new(WithWeight(columns), _companions.Weight is null ? -1 : columns.Length, _policy != MissingValuePolicy.Error);
        using CsvBlockReader? reader = _companions.Extra.Count > 0 ? null : file.TryReadBlocks(_parser, cells, options, _cancellationToken);
        if (reader is null)
        {
            return false;
        }

        long rows = file.RowCount;
        long lines = file.LineCount;
        while (FileGuard.Read(file.Path, reader.Next) is CsvBlock block)
        {
            if (!block.IsRegular)
            {
                reader.Dispose();
                using CsvFile rest = file.OpenAt(block.Offset, rows, lines, _cancellationToken);
                ReadRest(rest, columns);
                return true;
            }

            // what is decompressed is longer than its file
            _bytesRead = _bytesBefore + Math.Min(block.Offset + block.Length, LengthOf(file.Path));
            AddBlock(block);
            rows += block.RowCount;
            lines += block.LineCount;
            _count += block.RowCount;
            _rowsRead?.Invoke(_count);
        }

        return true;
    }

    /// <summary>The columns of numbers: those wanted, and behind them the weights if there are any.</summary>
    private int[] WithWeight(int[] columns) => _companions.Weight is int weight ? [.. columns, weight] : columns;

    private void AddBlock(CsvBlock block)
    {
        if (_collector!.TryAddRows(block.Numbers, block.RowCount))
        {
            return;
        }

        // with weights or gaps; neither is at fault here, as such a block would not be regular
        int length = _row.Length + (_companions.Weight is null ? 0 : 1);
        for (int i = 0; i < block.RowCount; i++)
        {
            Array.Copy(block.Numbers, i * length, _row, 0, _row.Length);
            _collector.Add(_row, _companions.Weight is null ? 1 : block.Numbers[(i * length) + _row.Length]);
        }
    }
#endif
}
