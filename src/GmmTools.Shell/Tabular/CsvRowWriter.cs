using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Shell.Tabular;

/// <summary>Turns objects into lines of CSV: the columns of the first object, every cell quoted, null left empty.</summary>
internal sealed class CsvRowWriter
{
    private readonly char _delimiter;

    /// <summary>A writer for the columns of an object.</summary>
    public CsvRowWriter(PSObject first, char delimiter)
        : this(ReadNames(first), delimiter)
    {
    }

    /// <summary>A writer for given columns.</summary>
    public CsvRowWriter(IReadOnlyList<string> names, char delimiter)
    {
        Names = names;
        _delimiter = delimiter;
    }

    /// <summary>The names of the columns.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The line of column names.</summary>
    public string Header => string.Join(_delimiter, Names.Select(Quote));

    /// <summary>The line of one object; a property that it lacks is an empty cell.</summary>
    public string Format(PSObject row) => string.Join(_delimiter, Names.Select(name => Quote(ReadText(row, name))));

    private static IReadOnlyList<string> ReadNames(PSObject row) =>
        row.BaseObject is System.Collections.IDictionary dictionary
            ? [.. dictionary.Keys.Cast<object>().Select(key => key.ToString() ?? string.Empty)]
            : [.. row.Properties.Where(property => property.IsGettable).Select(property => property.Name)];

    // The current culture's text, as Export-Csv writes it.
    private static string? ReadText(PSObject row, string name) =>
        row.BaseObject is System.Collections.IDictionary dictionary
            ? dictionary[name]?.ToString()
            : row.Properties[name]?.Value?.ToString();

    private static string Quote(string? text) =>
        text is null ? string.Empty : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
