using System;
using GmmTools.Observations;

namespace GmmTools.Connectors.Csv;

/// <summary>
/// Counts the cells of lines before the reader of rows sees them: its time grows with their square, and a million cells would keep
/// it for minutes.
/// </summary>
/// <param name="path">The file, for messages.</param>
/// <param name="delimiter">What stands between cells.</param>
/// <param name="lines">Number of lines before the text.</param>
internal sealed class LineGuard(string path, char delimiter, long lines)
{
    /// <summary>The most cells of a line; nobody fits as many columns.</summary>
    public const int MaxCells = 1 << 16;

    private int _delimiters;
    private bool _quoted;

    /// <summary>Looks through the next piece of the text, whose lines end in line feeds.</summary>
    /// <exception cref="InvalidObservationException">A line has too many cells (MalformedCsv).</exception>
    public void Check(char[] text, int index, int count)
    {
        int end = index + count;
        for (int start = index; start < end;)
        {
            int feed = Array.IndexOf(text, '\n', start, end - start);
            int length = (feed < 0 ? end : feed) - start;

            // a line shorter than that has no more cells; one that goes on beyond the piece, or began before it, is counted
            if (length > MaxCells || feed < 0 || _delimiters > 0 || _quoted)
            {
                Count(text, start, length);
            }

            start += length + 1;
            if (feed >= 0)
            {
                lines++;
                _delimiters = 0;
                _quoted = false;
            }
        }
    }

    private void Count(char[] text, int start, int length)
    {
        for (int i = start; i < start + length; i++)
        {
            if (text[i] == '"')
            {
                _quoted = !_quoted;
            }
            else if (text[i] == delimiter && !_quoted)
            {
                _delimiters++;
            }
        }

        if (_delimiters >= MaxCells)
        {
            throw new InvalidObservationException(
                "MalformedCsv",
                FormattableString.Invariant($"'{path}', line {lines + 1} has more than {MaxCells} cells. Check the delimiter, and that the file has line breaks."),
                offendingValue: path);
        }
    }
}
