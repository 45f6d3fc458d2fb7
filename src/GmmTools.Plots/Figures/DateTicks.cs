using System;
using System.Collections.Generic;
using System.Globalization;

namespace GmmTools.Plots.Figures;

/// <summary>Marks at whole years, months, days, hours, minutes or seconds.</summary>
internal static class DateTicks
{
    private static readonly TimeSpan[] Spans =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12),
        TimeSpan.FromDays(1), TimeSpan.FromDays(2), TimeSpan.FromDays(7), TimeSpan.FromDays(14),
    ];

    private static readonly int[] Months = [1, 3, 6, 12];

    /// <summary>Marks for an axis of dates.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="most">About how many.</param>
    public static IReadOnlyList<Tick> Choose(Axis axis, int most)
    {
        DateUnit unit = DateUnit.Recognize(axis.First, axis.Last);
        DateTime first = unit.ToDate(axis.First);
        DateTime last = unit.ToDate(axis.Last);
        foreach (TimeSpan step in Spans)
        {
            if ((last - first).Ticks <= step.Ticks * most)
            {
                return Steps(unit, first, last, step);
            }
        }

        double months = (last - first).TotalDays / 30.4;
        foreach (int step in Months)
        {
            if (months <= step * most)
            {
                return Calendar(unit, first, last, step, step % 12 == 0 ? "yyyy" : "yyyy-MM");
            }
        }

        int years = (int)Math.Max(1, AxisTicks.RoundStep(months / 12, most));
        return Calendar(unit, first, last, 12 * years, "yyyy");
    }

    private static List<Tick> Steps(DateUnit unit, DateTime first, DateTime last, TimeSpan step)
    {
        string format = step < TimeSpan.FromMinutes(1) ? "HH:mm:ss"
            : step < TimeSpan.FromHours(1) || (step < TimeSpan.FromDays(1) && first.Date == last.Date) ? "HH:mm"
            : step < TimeSpan.FromDays(1) ? "MM-dd HH:mm"
            : "yyyy-MM-dd";
        List<Tick> ticks = [];
        for (long at = (first.Ticks + step.Ticks - 1) / step.Ticks * step.Ticks; at <= last.Ticks; at += step.Ticks)
        {
            ticks.Add(CreateTick(unit, new DateTime(at), format));
        }

        return ticks;
    }

    private static List<Tick> Calendar(DateUnit unit, DateTime first, DateTime last, int months, string format)
    {
        List<Tick> ticks = [];
        int month = (((first.Year * 12) + first.Month - 1 + months - 1) / months) * months;
        for (; month / 12 <= last.Year && month / 12 <= DateTime.MaxValue.Year; month += months)
        {
            DateTime at = new(Math.Max(1, month / 12), (month % 12) + 1, 1);
            if (at >= first && at <= last)
            {
                ticks.Add(CreateTick(unit, at, format));
            }
        }

        return ticks;
    }

    private static Tick CreateTick(DateUnit unit, DateTime at, string format) =>
        new(unit.ToNumber(at), at.ToString(format, CultureInfo.InvariantCulture));
}
