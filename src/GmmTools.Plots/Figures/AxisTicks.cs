using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace GmmTools.Plots.Figures;

/// <summary>
/// Chooses marks for axes at round values: steps of 1, 2 or 5 times a power of ten (P. Heckbert, Nice numbers for graph labels, in:
/// Graphics Gems, 1990), decades, or calendar units.
/// </summary>
internal static class AxisTicks
{
    private const double LargestPlain = 1e6;
    private const double SmallestPlain = 1e-4;

    /// <summary>Marks for an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="most">About how many labels there is room for.</param>
    public static IReadOnlyList<Tick> Choose(Axis axis, int most)
    {
        if (axis.Ticks is not null)
        {
            return axis.Ticks;
        }

        int count = Math.Max(2, most);
        return axis.Scale switch
        {
            AxisScale.Logarithmic => ChooseLogarithmic(axis, count),
            AxisScale.Date => DateTicks.Choose(axis, count),
            _ => ChooseLinear(axis, count),
        };
    }

    /// <summary>A round step so that a span has at most so many of them.</summary>
    /// <param name="span">The span.</param>
    /// <param name="most">The most steps.</param>
    internal static double RoundStep(double span, int most)
    {
        double least = span / most;
        double power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (double factor in new[] { 1.0, 2, 5 })
        {
            if (factor * power >= least * (1 - 1e-9))
            {
                return factor * power;
            }
        }

        return 10 * power;
    }

    private static List<Tick> ChooseLinear(Axis axis, int most)
    {
        double step = RoundStep(axis.Last - axis.First, most);
        if (axis.IsWhole)
        {
            step = Math.Max(1, Math.Round(step));
        }

        Func<double, string> format = Formatter(step, Math.Max(Math.Abs(axis.First), Math.Abs(axis.Last)));
        double slack = step * 1e-6;
        List<Tick> ticks = [];
        for (double i = Math.Ceiling((axis.First - slack) / step); i * step <= axis.Last + slack && ticks.Count <= 2 * most; i++)
        {
            ticks.Add(new Tick(i * step, format(i * step)));
        }

        return ticks;
    }

    private static Func<double, string> Formatter(double step, double largest)
    {
        int stepExponent = (int)Math.Floor(Math.Log10(step) + 1e-9);
        if (largest >= LargestPlain || largest < SmallestPlain)
        {
            int exponent = (int)Math.Floor(Math.Log10(largest));
            int digits = Math.Max(0, Math.Min(15, exponent - stepExponent));
            string mantissa = "0." + new string('0', digits);
            return value => value == 0
                ? "0"
                : (value / Math.Pow(10, exponent)).ToString(mantissa.TrimEnd('.'), CultureInfo.InvariantCulture)
                    + "e" + exponent.ToString(CultureInfo.InvariantCulture);
        }

        string plain = "F" + Math.Max(0, -stepExponent).ToString(CultureInfo.InvariantCulture);
        return value => (value == 0 ? 0 : value).ToString(plain, CultureInfo.InvariantCulture);
    }

    private static IReadOnlyList<Tick> ChooseLogarithmic(Axis axis, int most)
    {
        double decades = axis.Last - axis.First;
        int[] factors = decades * 3 <= most ? [1, 2, 5] : [1];
        int step = Math.Max(1, (int)Math.Ceiling(decades / most));
        List<Tick> ticks = [];
        for (int power = (int)Math.Floor(axis.First); power <= axis.Last; power++)
        {
            foreach (int factor in factors)
            {
                double place = power + Math.Log10(factor);
                if (place >= axis.First - 1e-9 && place <= axis.Last + 1e-9 && power % step == 0)
                {
                    ticks.Add(new Tick(place, FormatValue(factor, power)));
                }
            }
        }

        return ticks.Count >= 2 ? ticks : ChooseWithinDecade(axis, most);
    }

    private static string FormatValue(int factor, int power) => power is >= -4 and < 6
        ? (factor * Math.Pow(10, power)).ToString("0.####", CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{factor}e{power}");

    /// <summary>Less than a decade: the marks of a linear axis, where they stand on this one.</summary>
    private static Tick[] ChooseWithinDecade(Axis axis, int most)
    {
        Axis linear = new(axis.Title, axis.ToValue(axis.First), axis.ToValue(axis.Last));
        return [.. ChooseLinear(linear, most).Where(tick => tick.Place > 0).Select(tick => tick with { Place = Math.Log10(tick.Place) })];
    }
}
