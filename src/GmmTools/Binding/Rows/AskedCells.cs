using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Connectors.Cells;

namespace GmmTools.Binding.Rows;

/// <summary>Cells that are numbers only where their column is asked for: truth values are 0 and 1, values of an enumeration their numbers, and
/// points in time the seconds since that of the first row.</summary>
internal sealed class AskedCells
{
    private readonly SortedDictionary<string, DateTime> _origins = new(StringComparer.Ordinal);

    /// <summary>Says which columns held points in time, and since when their seconds count; null where none did.</summary>
    public string? DescribeOrigins()
    {
        if (_origins.Count == 0)
        {
            return null;
        }

        string columns = string.Join(", ", _origins.Select(origin => $"{origin.Key} ({Write(origin.Value)})"));
        return $"Points in time were read as seconds since that of the first row: {columns}. To score other rows, calculate the same seconds for them, as in -Property {Expression(_origins.First())}.";
    }

    /// <summary>The number of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="column">Name of the column.</param>
    /// <param name="row">Number of the row, from 1, for the error.</param>
    /// <param name="mayBegin">Whether seconds may begin with these rows; not where a mixture was fitted to others.</param>
    /// <returns>The number; null where the cell is none of these.</returns>
    /// <exception cref="CommandException">The cell is a point in time, and nothing says since when seconds count (TimeWithoutOrigin).</exception>
    public double? TryRead(object? cell, string column, long row, bool mayBegin) => cell switch
    {
        bool truth => truth ? 1 : 0,
        Enum value => ((IConvertible)value).ToDouble(CultureInfo.InvariantCulture),
        DateTimeOffset time => ReadTime(time.UtcDateTime, column, row, mayBegin),
        DateTime time => ReadTime(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : time, column, row, mayBegin),
        _ => null,
    };

    private double ReadTime(DateTime time, string column, long row, bool mayBegin)
    {
        if (!mayBegin)
        {
            throw new CommandException(
                "TimeWithoutOrigin",
                FormattableString.Invariant($"Row {row}, column '{column}' is a point in time; the mixture has seconds there, but does not say since when. Calculate them as for the fit, as in -Property {Expression(new(column, time))}."),
                time);
        }

        if (!_origins.TryGetValue(column, out DateTime origin))
        {
            _origins.Add(column, origin = time);
        }

        // a time without a zone is local beside others that have one
        return time.Kind == origin.Kind
            ? (time - origin).TotalSeconds
            : (time.ToUniversalTime() - origin.ToUniversalTime()).TotalSeconds;
    }

    private static string Write(DateTime time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    private static string Expression(KeyValuePair<string, DateTime> origin)
    {
        string type = origin.Value.Kind == DateTimeKind.Utc ? "datetimeoffset" : "datetime";
        string name = CellText.AsArgument(origin.Key);
        string quoted = name[0] == '\'' ? name : $"'{name}'";
        return $"@{{ n = {quoted}; e = {{ ([{type}]$_.{name} - [{type}]'{Write(origin.Value)}').TotalSeconds }} }}";
    }
}
