using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using GmmTools.Connectors.Cells;

namespace GmmTools.Binding.Rows;

/// <summary>A row that is one text, of a user who meant something else: lines that have to be split, or the name of a file.</summary>
internal static class TextRow
{
    /// <summary>A text of so many words is a line of a log.</summary>
    private const int MinWords = 4;

    private static readonly char[] Delimiters = [',', ';', '\t', '|', ' '];
    private static readonly string[] FileExtensions = [".csv", ".tsv", ".txt", ".gz", ".parquet"];

    /// <summary>Whether a text names a file of rows, by its extension.</summary>
    /// <param name="text">The text.</param>
    public static bool IsFileName(string text) =>
        text.IndexOfAny(Path.GetInvalidPathChars()) < 0 && FileExtensions.Contains(Path.GetExtension(text), StringComparer.OrdinalIgnoreCase);

    /// <summary>The error for a text that is no number; null where nothing tells what was meant.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">Number of the row, from 1.</param>
    /// <param name="names">Names for the cells, where they were given.</param>
    /// <param name="culture">The culture in which text is read.</param>
    public static CommandException? TryExplain(string text, long number, IReadOnlyList<string> names, CultureInfo culture)
    {
        string row = FormattableString.Invariant($"Row {number}");
        if (IsFileName(text))
        {
            return new CommandException(
                "TextInNumericColumn",
                $"{row} is the text {CellText.Quote(text)}, not a number. To read a file, name it with -Path, as in -Path {CellText.AsArgument(text)}.",
                text);
        }

        char delimiter = Array.Find(Delimiters, candidate => IsDelimiter(text, candidate));
        string[] cells = delimiter == default ? [] : text.Trim().Split(delimiter);
        bool hasNumbers = Array.Exists(cells, IsNumber);
        if (!hasNumbers && text.Trim().Split(' ').Length >= MinWords)
        {
            return new CommandException(
                "TextInNumericColumn",
                $"{row} is the line of text {CellText.Quote(text)}, not a number. Take the numbers out of the lines first, as in ... | ForEach-Object {{ if ($_ -match '([\\d.]+) ?ms') {{ [double]$Matches[1] }} }} | ...",
                text);
        }

        if (delimiter == default)
        {
            return null;
        }

        string header = !hasNumbers ? string.Empty
            : $" -Header {string.Join(", ", names.Count == cells.Length ? names.Select(CellText.AsArgument) : cells.Select((_, place) => FormattableString.Invariant($"x{place + 1}")))}";
        string separator = delimiter switch
        {
            ',' => string.Empty,
            '\t' => " -Delimiter \"`t\"",
            _ => $" -Delimiter '{delimiter}'",
        };
        string other = CultureHint.Find(text, culture) is null ? string.Empty : " If it is one number with a decimal comma, name its culture with -Culture.";
        return new CommandException(
            "TextInNumericColumn",
            $"{row} is the line of text {CellText.Quote(text)}, not a number. If it holds {(hasNumbers ? "several cells" : "the names of columns")}, split the lines first: ... | ConvertFrom-Csv{separator}{header} | ... A file of such lines is read with -Path.{other}",
            text);
    }

    /// <summary>Whether a text consists of several cells; between blanks all have to be numbers, as texts have blanks, too.</summary>
    private static bool IsDelimiter(string text, char delimiter)
    {
        string[] cells = text.Trim().Split(delimiter);
        return cells.Length > 1
            && (delimiter == ' ' ? Array.TrueForAll(cells, IsNumber) : Array.Exists(cells, cell => cell.Trim().Length > 0));
    }

    private static bool IsNumber(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
