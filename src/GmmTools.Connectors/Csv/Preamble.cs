using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Connectors.Csv;

/// <summary>What the lines before the first row or header of a file say: comments, and directives of logs and spreadsheets.</summary>
internal sealed class Preamble
{
    /// <summary>Before the names of columns in a log of a web server (W3C extended log file format).</summary>
    private const string FieldsDirective = "#Fields:";

    private const string SeparatorDirective = "sep=";

    private readonly IReadOnlyList<string> _comments;

    /// <summary>Takes the lines.</summary>
    /// <param name="comments">Those that begin with #, in order.</param>
    public Preamble(IReadOnlyList<string> comments)
    {
        _comments = comments;
        Fields = comments.Select(ReadFields).LastOrDefault(fields => fields is not null);
        FieldsDelimiter = comments.Any(line => IsFields(line) && Enumerable.Contains(line, '\t')) ? '\t' : ' ';
    }

    /// <summary>No lines.</summary>
    public static Preamble Empty { get; } = new([]);

    /// <summary>The columns of a log; null when the file is none.</summary>
    public string[]? Fields { get; }

    /// <summary>What stands between the cells of a log.</summary>
    public char FieldsDelimiter { get; }

    /// <summary>The columns that a line of a log names; null when it is no such directive.</summary>
    public static string[]? ReadFields(string line) => IsFields(line)
        ? line.Substring(FieldsDirective.Length).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
        : null;

    /// <summary>The delimiter that a line states, as spreadsheets write it before the header: <c>sep=;</c>. Null when it is no such line.</summary>
    public static char? ReadSeparator(string line)
    {
        string bare = line.TrimEnd('\r', '\n');
        if (bare.Length > 2 && bare[0] == '"' && bare[bare.Length - 1] == '"')
        {
            bare = bare.Substring(1, bare.Length - 2);
        }

        return bare.Length == SeparatorDirective.Length + 1
            && bare.StartsWith(SeparatorDirective, StringComparison.OrdinalIgnoreCase)
            && CsvFault.CanDelimit(bare[bare.Length - 1])
            ? bare[bare.Length - 1]
            : null;
    }

    /// <summary>The names in the last comment that has one for each cell of the first line, when that is a row: one of its cells is a
    /// number.</summary>
    /// <param name="firstLine">The cells of the first line that is no comment.</param>
    /// <param name="delimiter">What stands between cells.</param>
    /// <param name="isNumber">Whether a cell is a number.</param>
    /// <returns>The names, or null.</returns>
    public string[]? FindNames(string[] firstLine, char delimiter, Func<string, bool> isNumber)
    {
        if (!Array.Exists(firstLine, cell => isNumber(cell)))
        {
            return null;
        }

        return _comments
            .Select(comment => Split(comment.TrimStart('#').Trim(), delimiter))
            .LastOrDefault(names => names.Length == firstLine.Length && AreNames(names, isNumber));
    }

    /// <summary>The cells of a line, without quotes and blanks around them.</summary>
    public static string[] Split(string line, char delimiter)
    {
        List<string> cells = [];
        bool quoted = false;
        int start = 0;
        for (int i = 0; i <= line.Length; i++)
        {
            if (i == line.Length || (line[i] == delimiter && !quoted))
            {
                cells.Add(line.Substring(start, i - start).Trim().Trim('"').Trim());
                start = i + 1;
            }
            else if (line[i] == '"')
            {
                quoted = !quoted;
            }
        }

        return [.. cells];
    }

    private static bool AreNames(string[] names, Func<string, bool> isNumber) =>
        names.All(name => name.Length > 0 && !isNumber(name))
            && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length;

    private static bool IsFields(string line) => line.StartsWith(FieldsDirective, StringComparison.OrdinalIgnoreCase);
}
