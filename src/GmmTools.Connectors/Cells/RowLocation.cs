using System.Globalization;
using System.Text;

namespace GmmTools.Connectors.Cells;

/// <summary>Where a row stands, for messages.</summary>
public readonly struct RowLocation
{
    /// <summary>Names a row.</summary>
    /// <param name="row">Number of the row of data, from 1.</param>
    /// <param name="source">The file or table, or null when there is only the pipeline.</param>
    /// <param name="line">Number of the line in the file, from 1, or null.</param>
    public RowLocation(long row, string? source = null, long? line = null)
    {
        Row = row;
        Source = source;
        Line = line;
    }

    /// <summary>Number of the row of data, from 1.</summary>
    public long Row { get; }

    /// <summary>The file or table, or null.</summary>
    public string? Source { get; }

    /// <summary>Number of the line in the file, from 1, or null.</summary>
    public long? Line { get; }

    /// <summary>The location as a message begins with it: <c>Row 17 of 'people.csv' (line 18)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        StringBuilder text = new("Row ");
        text.Append(Row.ToString(CultureInfo.InvariantCulture));
        if (Source is not null)
        {
            text.Append(" of '").Append(Source).Append('\'');
        }

        if (Line is long line)
        {
            text.Append(" (line ").Append(line.ToString(CultureInfo.InvariantCulture)).Append(')');
        }

        return text.ToString();
    }
}
