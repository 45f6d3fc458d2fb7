using System;
using System.Globalization;
using GmmTools.Connectors.Cells;

namespace GmmTools.Connectors.Csv;

/// <summary>Where the names of a file's columns come from.</summary>
internal sealed class CsvHeader
{
    private CsvHeader(string[]? names, string? source)
    {
        Names = names;
        Source = source;
    }

    /// <summary>The names; null when the first row of the text has them.</summary>
    public string[]? Names { get; }

    /// <summary>What has the names, when it is a line before the first row of the text; or null.</summary>
    public string? Source { get; }

    /// <summary>Finds the names, unless the first row has them.</summary>
    /// <param name="path">The file.</param>
    /// <param name="text">Its text, nothing of which is read.</param>
    /// <param name="delimiter">What stands between cells.</param>
    /// <param name="request">How the file is opened.</param>
    public static CsvHeader Find(string path, CsvText text, char delimiter, CsvRequest request)
    {
        if (request.Header is not null)
        {
            return new CsvHeader(request.Header, null);
        }

        if (text.Preamble.Fields is string[] fields)
        {
            return fields.Length > 0 ? new CsvHeader(fields, "the line that begins with #Fields:") : throw CsvFault.Empty(path);
        }

        CellParser parser = new(request.Culture);
        string[] first = Preamble.Split(text.PeekLine(), delimiter);
        string[]? names = text.Preamble.FindNames(first, delimiter, cell => IsNumber(cell, parser));
        return new CsvHeader(names, names is null ? null : "the last comment that fits the first row");
    }

    /// <summary>A name that is a number, or null.</summary>
    public static string? FindNumber(string[] names, CultureInfo culture)
    {
        CellParser parser = new(culture);
        return Array.Find(names, name => IsNumber(name, parser));
    }

    private static bool IsNumber(string cell, CellParser parser) => parser.ParseText(cell, out _) == CellKind.Number;
}
