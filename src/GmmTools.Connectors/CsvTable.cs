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
    private readonly MissingValuePolicy _policy;
    private string[]? _names;
    private string[] _undecided = [];
    private double[] _row = [];
    private RowCollector? _collector;
    private CsvFile? _file;
    private int[] _columns = [];
    private CompanionColumns _companions = CompanionColumns.None;
    private long _count;

    public CsvTable(CsvReadOptions options, MissingValuePolicy policy, Action<long>? rowsRead, CancellationToken cancellationToken)
    {
        _options = options;
        _policy = policy;
        _rowsRead = rowsRead;
        _cancellationToken = cancellationToken;
        _parser = new CellParser(options.Culture, options.MissingText);
    }

    /// <summary>Reads one file.</summary>
    public void Append(string path)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        using CsvFile file = CsvFile.Open(path, _options.Delimiter, _options.Encoding, _parser.Culture, false, _cancellationToken);
        _file = file;
        _companions = CompanionColumns.Resolve(file.Header, _options.WeightProperty, _options.Extra, _options.Property, path);
        int[]? columns = FindColumns(file, path);
        while (file.Read())
        {
            _columns = columns ??= ChooseNumeric(file, path);
            ReadRow(file, columns);
            Tick();
        }
    }

    /// <summary>The rows.</summary>
    public RowTable Build()
    {
        _rowsRead?.Invoke(_count);

        // Without columns there were no rows, and the collector says so.
        _collector ??= new RowCollector(["none"]);
        return new RowTable(_collector.Build(), _collector.Intake, _undecided);
    }

    /// <summary>The columns wanted, or null when the first row has to decide.</summary>
    private int[]? FindColumns(CsvFile file, string path)
    {
        if (_names is not null)
        {
            return ColumnSelector.ResolveNames(file.Header, _names, path);
        }

        return _options.Property.Count == 0 ? null : Choose(file, ColumnSelector.Resolve(file.Header, _options.Property, path));
    }

    private int[] ChooseNumeric(CsvFile file, string path)
    {
        object?[] cells = _companions.Hide(Enumerable.Range(0, file.Header.Length).Select(file.GetText));
        _undecided = ColumnSelector.FindUndecided(file.Header, cells, _parser);
        return Choose(file, ColumnSelector.SelectNumeric(file.Header, cells, _parser, path));
    }

    private int[] Choose(CsvFile file, int[] chosen)
    {
        int[] columns = _companions.Without(chosen);
        _names = [.. columns.Select(column => file.Header[column])];
        _row = new double[columns.Length];
        _collector = new RowCollector(_names, _companions.Weight is not null, _policy)
        {
            RowNumber = () => _file!.Location.Row,
            DescribeRow = () => _file!.Location.ToString(),
            DescribeMissing = j => CellParser.DescribeMissing(_file!.GetText(_columns[j]), _file.Location, _names[j]),
        };
        return columns;
    }

    private void ReadRow(CsvFile file, int[] columns)
    {
        for (int j = 0; j < columns.Length; j++)
        {
            if (file.Parse(_parser, columns[j], out _row[j]) == CellKind.NotANumber)
            {
                throw _parser.ErrorFor(CellKind.NotANumber, file.GetText(columns[j]), file.Location, _names![j]);
            }
        }

        double weight = 1;
        if (_companions.Weight is int column && file.Parse(_parser, column, out weight) == CellKind.NotANumber)
        {
            throw _parser.ErrorFor(CellKind.NotANumber, file.GetText(column), file.Location, file.Header[column]);
        }

        if (_collector!.Add(_row, weight))
        {
            _options.ExtraRead?.Invoke(file.Location, [.. _companions.Extra.Select(file.GetText)]);
        }
    }

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
