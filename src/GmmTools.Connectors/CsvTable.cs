using System;
using System.Linq;
using System.Threading;
using GmmTools.Observations;

namespace GmmTools.Connectors;

/// <summary>The rows of several files on their way into memory; the first file with rows decides on the columns.</summary>
internal sealed class CsvTable
{
    private const int RowsPerCheck = 1000;
    private const int RowsPerReport = 4000;

    private readonly CsvReadOptions _options;
    private readonly Action<long>? _rowsRead;
    private readonly CancellationToken _cancellationToken;
    private readonly CellParser _parser;
    private string[]? _names;
    private double[] _row = [];
    private ObservationsBuilder? _builder;
    private long _count;

    public CsvTable(CsvReadOptions options, Action<long>? rowsRead, CancellationToken cancellationToken)
    {
        _options = options;
        _rowsRead = rowsRead;
        _cancellationToken = cancellationToken;
        _parser = new CellParser(options.Culture);
    }

    /// <summary>Reads one file.</summary>
    public void Append(string path)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (ParquetFormat.IsParquet(path))
        {
            AppendParquet(path);
            return;
        }

        using CsvFile file = _options.Header is null
            ? CsvFile.Open(path, _options.Delimiter, _options.Encoding, _parser.Culture, false, _cancellationToken)
            : CsvFile.Open(path, [.. _options.Header], _options.Delimiter, _options.Encoding, _parser.Culture, _cancellationToken);
        ReadRows(file, FindColumns(file.Header, path), path);
    }

    /// <summary>The rows.</summary>
    public InMemoryObservations Build()
    {
        _rowsRead?.Invoke(_count);

        // Without columns there were no rows, and the builder says so.
        _builder ??= new ObservationsBuilder(["none"]);
        return _builder.Build();
    }

    /// <summary>The columns wanted, or null when the first row has to decide.</summary>
    private int[]? FindColumns(string[] header, string path)
    {
        if (_names is not null)
        {
            return ColumnSelector.ResolveNames(header, _names, path);
        }

        return _options.Property.Count == 0
            ? null
            : Choose(header, ColumnSelector.Resolve(header, _options.Property, _options.ExcludeProperty, path));
    }

    private int[] ChooseNumeric(string[] header, object?[] cells, string path) =>
        Choose(header, ColumnSelector.SelectNumeric(header, cells, _parser, _options.ExcludeProperty, path));

    private int[] Choose(string[] header, int[] columns)
    {
        _names = [.. columns.Select(column => header[column])];
        _row = new double[columns.Length];
        _builder = new ObservationsBuilder(_names);
        return columns;
    }

#if NET
    private void AppendParquet(string path)
    {
        int[] columns;
        int groupCount;
        using (ParquetFile file = ParquetFile.Open(path))
        {
            string[] header = file.Header;

            // a column of a numeric type counts as one whose first cell is a number, even when that is null
            object?[] kinds = [.. header.Select((_, column) => file.IsNumeric(column) ? (object)0.0 : false)];
            columns = FindColumns(header, path) ?? ChooseNumeric(header, kinds, path);
            if (columns.Any(column => !file.IsNumeric(column)))
            {
                throw file.ErrorFor(columns.First(column => !file.IsNumeric(column)));
            }

            groupCount = file.RowGroupCount;
        }

        using ParquetRowReader reader = new(
            path, columns, groupCount, _options.ThreadCount ?? Environment.ProcessorCount, _cancellationToken);
        long rows = 0;
        while (reader.Next() is ParquetRows group)
        {
            AddRows(group, rows, path);
            rows += group.Count;
            _count += group.Count;
            _rowsRead?.Invoke(_count);
        }
    }

    private void AddRows(ParquetRows group, long rowsBefore, string path)
    {
        long before = _builder!.Count;
        try
        {
            _builder.AddColumns(group.Columns, group.Count);
        }
        catch (InvalidObservationException exception)
        {
            RowLocation location = new(rowsBefore + _builder.Count - before + 1, path);
            throw exception.OffendingValue is double.NaN
                ? _parser.ErrorFor(CellKind.Missing, null, location, exception.Column!)
                : Locate(exception, location);
        }
    }
#else
    private static void AppendParquet(string path) => throw new InvalidObservationException(
        "ParquetNotSupported",
        $"'{path}' is a Parquet file, which only the engine for .NET 10 reads. Use PowerShell 7.6 or later, or convert it to CSV.",
        offendingValue: path);
#endif

    private void ReadRows(CsvFile file, int[]? columns, string path)
    {
        while (file.Read())
        {
            columns ??= ChooseNumeric(file.Header, [.. Enumerable.Range(0, file.Header.Length).Select(file.GetText)], path);
            ReadRow(file, columns);
            Tick();
#if NET
            // the first row is read as any reader would: it may decide on the columns
            if (file.RowCount == 1 && TryReadBlocks(file, columns))
            {
                return;
            }
#endif
        }
    }

#if NET
    /// <summary>Reads the rows after the first on several threads, as long as they are plain; then, or instead, one by one.</summary>
    /// <returns>Whether the rows were read.</returns>
    private bool TryReadBlocks(CsvFile file, int[] columns)
    {
        CsvBlockOptions options = _options.Blocks ?? new CsvBlockOptions(_options.ThreadCount ?? Environment.ProcessorCount);
        using CsvBlockReader? reader = file.TryReadBlocks(_parser, columns, options, _cancellationToken);
        if (reader is null)
        {
            return false;
        }

        long rows = file.RowCount;
        long lines = file.LineCount;
        while (CsvFile.Guard(file.Path, reader.Next) is CsvBlock block)
        {
            if (!block.IsRegular)
            {
                reader.Dispose();
                using CsvFile rest = file.OpenAt(block.Offset, rows, lines, _cancellationToken);
                ReadRows(rest, columns, file.Path);
                return true;
            }

            _builder!.AddRows(block.Numbers, block.RowCount);
            rows += block.RowCount;
            lines += block.LineCount;
            _count += block.RowCount;
            _rowsRead?.Invoke(_count);
        }

        return true;
    }
#endif

    private void ReadRow(CsvFile file, int[] columns)
    {
        for (int j = 0; j < columns.Length; j++)
        {
            CellKind kind = file.Parse(_parser, columns[j], out _row[j]);
            if (kind != CellKind.Number)
            {
                throw _parser.ErrorFor(kind, file.GetText(columns[j]), file.Location, _names![j]);
            }
        }

        try
        {
            _builder!.Add(_row);
        }
        catch (InvalidObservationException exception)
        {
            throw Locate(exception, file.Location);
        }
    }

    /// <summary>The builder counts the rows of all files together; the user looks for a row of one.</summary>
    private static InvalidObservationException Locate(InvalidObservationException exception, RowLocation location) =>
        new(
            exception.ErrorId,
            $"{location}: a number in column '{exception.Column}' is infinite or too large. Remove or repair the row.",
            location.Row,
            exception.Column,
            exception.OffendingValue,
            exception);

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
}
