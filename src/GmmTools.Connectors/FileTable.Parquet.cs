#if NET
using System;
using System.Linq;
using GmmTools.Connectors.Cells;
using GmmTools.Connectors.Parquet;
#else
using GmmTools.Observations;
#endif

namespace GmmTools.Connectors;

/// <content>Parquet files.</content>
internal sealed partial class FileTable
{
#if NET
    private void AppendParquet(string path)
    {
        int[] columns;
        int groupCount;
        using (ParquetFile file = ParquetFile.Open(path, _cancellationToken))
        {
            columns = FindColumns(file, path);
            groupCount = file.RowGroupCount;
        }

        using ParquetRowReader reader = new(
            path,
            WithWeight(columns),
            _extraRead is null ? [] : [.. _companions.Extra],
            groupCount,
            _options.ThreadCount ?? Environment.ProcessorCount,
            _cancellationToken);
        long rows = 0;
        _look = _ => null;
        while (reader.Next() is ParquetRows group)
        {
            AddGroup(group, rows, path);
            rows += group.Count;
            _count += group.Count;
            _rowsRead?.Invoke(_count);
        }
    }

    private int[] FindColumns(ParquetFile file, string path)
    {
        string[] header = file.Header;

        string[] unknown = [.. header.Where((_, column) => file.IsUnknown(column))];
        if (unknown.Length > 0 && _options.Property.Count == 0 && _names is null)
        {
            _notes.Warn($"'{path}': columns of unknown types are left out: {string.Join(", ", unknown)}.");
        }

        // a column of a numeric type counts as one whose first cell is a number, even when that is null
        object?[] kinds = [.. header.Select((_, column) => file.IsNumeric(column) ? (object)0.0 : false)];
        int[] columns = FindColumns(header, path) ?? ChooseNumeric(header, [kinds], path);
        foreach (int column in WithWeight(columns).Where(column => !file.IsNumeric(column)))
        {
            throw file.ErrorFor(column);
        }

        foreach (int column in _companions.Extra.Where(column => !file.IsPlain(column)))
        {
            throw file.ErrorForExtra(column);
        }

        return columns;
    }

    private void AddGroup(ParquetRows group, long rowsBefore, string path)
    {
        MarkMissing(group);
        if (group.Extra.Length == 0 && _collector!.TryAddColumns(group.Columns, group.Count))
        {
            return;
        }

        int i = 0;
        _locate = () => new RowLocation(rowsBefore + i + 1, path);
        for (; i < group.Count; i++)
        {
            for (int j = 0; j < _row.Length; j++)
            {
                _row[j] = group.Columns[j][i];
            }

            double weight = _companions.Weight is null ? 1 : group.Columns[_row.Length][i];
            if (_collector!.Add(_row, weight) && group.Extra.Length > 0)
            {
                _extraRead!(_locate(), [.. group.Extra.Select(cells => cells[i])]);
            }
        }
    }

    /// <summary>Numbers that stand for missing cells become missing ones.</summary>
    private void MarkMissing(ParquetRows group)
    {
        if (!_parser.HasMissingNumbers)
        {
            return;
        }

        foreach (double[] column in group.Columns)
        {
            for (int i = 0; i < group.Count; i++)
            {
                column[i] = _parser.IsMissing(column[i]) ? double.NaN : column[i];
            }
        }
    }
#else
    private static void AppendParquet(string path) => throw new InvalidObservationException(
        "ParquetNotSupported",
        $"'{path}' is a Parquet file, which only the engine for .NET 10 reads. Use PowerShell 7.6 or later, or convert it to CSV.",
        offendingValue: path);
#endif
}
