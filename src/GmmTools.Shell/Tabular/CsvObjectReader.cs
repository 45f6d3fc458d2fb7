using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;

namespace GmmTools.Shell.Tabular;

/// <summary>Turns CSV text into objects whose properties are strings; a cell missing at the end of a row is null.</summary>
internal sealed class CsvObjectReader
{
    private readonly CsvRecordReader _records;
    private readonly List<string> _names;

    /// <summary>Reads the header, unless names are given.</summary>
    /// <exception cref="InvalidDataException">Two columns have the same name.</exception>
    public CsvObjectReader(TextReader reader, char delimiter, IReadOnlyList<string>? names)
    {
        _records = new CsvRecordReader(reader, delimiter);
        _names = names is null ? ReadHeader(_records) : [.. names];
        RequireDistinct(_names);
    }

    /// <summary>How many columns had no name and were called H1, H2, ...</summary>
    public int UnnamedCount { get; private set; }

    /// <summary>The rows, one object each.</summary>
    public IEnumerable<PSObject> ReadRows()
    {
        for (List<string>? cells = _records.Read(); cells is not null; cells = _records.Read())
        {
            yield return ToObject(cells);
        }
    }

    private static void RequireDistinct(List<string> names)
    {
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        string? repeated = names.Find(name => !seen.Add(name));
        if (repeated is not null)
        {
            throw new InvalidDataException($"The column '{repeated}' is there twice: give each column its own name, or names with -Header.");
        }
    }

    private PSObject ToObject(List<string> cells)
    {
        PSObject row = new(_names.Count);
        for (int column = 0; column < _names.Count; column++)
        {
            row.Properties.Add(new PSNoteProperty(_names[column], column < cells.Count ? cells[column] : null), preValidated: true);
        }

        return row;
    }

    private List<string> ReadHeader(CsvRecordReader records)
    {
        List<string>? header = records.Read();
        while (header is not null && header[0].StartsWith("#TYPE", StringComparison.OrdinalIgnoreCase))
        {
            header = records.Read();
        }

        header ??= [];
        while (header.Count > 1 && header[^1].Length == 0)
        {
            header.RemoveAt(header.Count - 1);
        }

        for (int column = 0; column < header.Count; column++)
        {
            if (header[column].Length == 0)
            {
                header[column] = string.Create(CultureInfo.InvariantCulture, $"H{column + 1}");
                UnnamedCount++;
            }
        }

        return header;
    }
}
