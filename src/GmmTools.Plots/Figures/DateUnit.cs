using System;

namespace GmmTools.Plots.Figures;

/// <summary>How points in time were made numbers.</summary>
internal sealed class DateUnit
{
    /// <summary>Days, seconds, milliseconds and ticks of the last and the next century differ by orders of magnitude.</summary>
    private static readonly DateUnit[] Known =
    [
        new("days of Excel (ToOADate)", new DateTime(1899, 12, 30), TimeSpan.TicksPerDay),
        new("seconds since 1970", new DateTime(1970, 1, 1), TimeSpan.TicksPerSecond),
        new("milliseconds since 1970", new DateTime(1970, 1, 1), TimeSpan.TicksPerMillisecond),
        new("ticks of Windows files", new DateTime(1601, 1, 1), 1),
        new("ticks of .NET", DateTime.MinValue, 1),
    ];

    /// <summary>Small numbers are hardly dates of around 1900 or 1970.</summary>
    private const double MinNumber = 1000;

    private static readonly DateTime Earliest = new(1901, 12, 14);
    private static readonly DateTime Latest = new(2200, 1, 1);

    private readonly DateTime _origin;
    private readonly double _ticks;

    private DateUnit(string name, DateTime origin, double ticks)
    {
        Name = name;
        _origin = origin;
        _ticks = ticks;
    }

    /// <summary>The unit in words.</summary>
    public string Name { get; }

    /// <summary>The unit in which numbers are dates of our time: those of their middle.</summary>
    /// <param name="first">The first number.</param>
    /// <param name="last">The last number.</param>
    /// <exception cref="PlotException">There is none (NotADate).</exception>
    public static DateUnit Recognize(double first, double last)
    {
        foreach (DateUnit unit in Known)
        {
            double middle = first + ((last - first) / 2);
            if (middle >= unit.ToNumber(Earliest) && middle <= unit.ToNumber(Latest) && Math.Abs(middle) >= MinNumber)
            {
                return unit;
            }
        }

        throw new PlotException(
            "NotADate",
            FormattableString.Invariant($"Numbers from {first:G6} to {last:G6} are not dates of this or the last century, in days (ToOADate), seconds or milliseconds since 1970, or ticks."),
            first);
    }

    /// <summary>The point in time of a number.</summary>
    /// <param name="number">The number.</param>
    public DateTime ToDate(double number)
    {
        double ticks = _origin.Ticks + (number * _ticks);
        return new DateTime((long)Math.Max(DateTime.MinValue.Ticks, Math.Min(DateTime.MaxValue.Ticks - (double)TimeSpan.TicksPerDay, ticks)));
    }

    /// <summary>The number of a point in time.</summary>
    /// <param name="date">The point in time.</param>
    public double ToNumber(DateTime date) => (date.Ticks - _origin.Ticks) / _ticks;
}
