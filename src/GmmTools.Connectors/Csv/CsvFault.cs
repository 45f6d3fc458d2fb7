using GmmTools.Connectors.Cells;
using GmmTools.Observations;
using Sylvan.Data.Csv;

namespace GmmTools.Connectors.Csv;

/// <summary>What can be wrong with a CSV file as a whole, and with how it is asked for.</summary>
internal static class CsvFault
{
    /// <summary>Whether a character can stand between cells.</summary>
    public static bool CanDelimit(char delimiter) =>
        !char.IsLetterOrDigit(delimiter) && delimiter is not ('"' or '\n' or '\r' or '\0') && delimiter < 128;

    /// <summary>Complains about a delimiter that cannot be one.</summary>
    /// <exception cref="InvalidObservationException">InvalidDelimiter.</exception>
    public static void CheckDelimiter(char? delimiter)
    {
        if (delimiter is char used && !CanDelimit(used))
        {
            throw new InvalidObservationException(
                "InvalidDelimiter",
                $"{CellText.Quote(used)} cannot stand between cells. Use a comma, a semicolon, a tab, a vertical bar or a space.",
                offendingValue: used);
        }
    }

    /// <summary>The file has nothing but blank lines and comments.</summary>
    public static InvalidObservationException Empty(string path) => new(
        "EmptyFile", $"'{path}' is empty. The first line must name the columns.", offendingValue: path);

    /// <summary>The file has characters at its beginning that no text has.</summary>
    public static InvalidObservationException NoText(string path, char character) => new(
        "MalformedCsv",
        character == '\0'
            ? $"'{path}' has NUL characters in its first line: it is not text, or its encoding is a different one."
            : $"'{path}' has control characters in its first line: it is not text. Give CSV, CSV compressed by gzip, or Parquet.",
        offendingValue: path)
    { Remedy = character == '\0' ? new Remedy("ReadAsUnicode") : null };

    /// <summary>The reader of rows cannot go on.</summary>
    public static InvalidObservationException Malformed(string path, long row, long line, CsvFormatException exception)
    {
        // what the tokenizer says about its own settings would not help
        string reason = exception is CsvRecordTooLargeException ? "The row never ends: a quote is not closed." : exception.Message;
        return new InvalidObservationException(
            "MalformedCsv",
            $"'{path}', line {line}: {reason} Check the quotes from this line on, and the delimiter.",
            row == 0 ? null : row,
            null,
            path,
            exception);
    }
}
