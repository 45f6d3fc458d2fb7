using System;
using System.Collections;
using System.Globalization;

namespace GmmTools.Output;

/// <summary>What views show of numbers and models, in the current culture.</summary>
public static class NumberCells
{
    /// <summary>Digits of a mean that are always shown.</summary>
    private const int MinDigits = 5;

    private const int MaxDigits = 15;

    /// <summary>Digits after the point of a probability of a row.</summary>
    private const int RowDecimals = 4;

    /// <summary>A number with as many of three digits after the point as its column has room for: its sign and its leading digits are never cut off.</summary>
    /// <param name="value">The number; null stays null.</param>
    /// <param name="width">Characters that the column has.</param>
    public static string? Fit(object? value, int width)
    {
        if (value is not double number)
        {
            return null;
        }

        for (int digits = 3; digits >= 0; digits--)
        {
            string text = number.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture);
            if (text.Length <= width)
            {
                return text;
            }
        }

        return number.ToString("G" + Math.Max(1, width - 7).ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture);
    }

    /// <summary>A weight or a probability with as many decimals as asked for; one that is not 0 or 1 but would be shown so is written as 3.2e-7 or
    /// 1-4e-9, where this takes no more room.</summary>
    /// <param name="value">The number, in [0, 1]; null stays null.</param>
    /// <param name="decimals">Digits after the point.</param>
    public static string? Share(object? value, int decimals) => value is double share ? Share(share, decimals, decimals) : null;

    /// <summary>A weight or a probability of a row.</summary>
    /// <param name="value">The number, in [0, 1]; what is no such number stays as it is.</param>
    public static object? Share(object? value) => value is double share ? Share(share, RowDecimals, RowDecimals + 2) : value;

    /// <summary>Any number of a row with two digits after the point, as tables show them, or more where these would be zeros.</summary>
    /// <param name="value">The number; what is no number with digits after the point stays as it is.</param>
    public static object? Number(object? value) => value switch
    {
        double number when number != 0 && Math.Abs(number) < 0.005 => number.ToString("G3", CultureInfo.CurrentCulture),
        double or float or decimal => ((IFormattable)value).ToString("F2", CultureInfo.CurrentCulture),
        _ => value,
    };

    /// <summary>A mean with its digits down to a hundredth of the standard deviation, five at least; where these are more than five, whole numbers
    /// are written out.</summary>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The standard deviation, in the same units.</param>
    public static string Mean(double mean, double standardDeviation)
    {
        double ratio = Math.Abs(mean) / standardDeviation;
        double digits = ratio > 0 && !double.IsInfinity(ratio) ? Math.Floor(Math.Log10(ratio)) + 3 : MinDigits;
        int shown = (int)Math.Min(Math.Max(digits, MinDigits), MaxDigits);
        if (shown > MinDigits && Math.Abs(mean) < 1e15 && Math.Abs(mean) >= Math.Pow(10, shown))
        {
            return mean.ToString("F0", CultureInfo.CurrentCulture);
        }

        return mean.ToString("G" + shown.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture);
    }

    /// <summary>The name of a covariance model: E and V for one column, where these are all that there are.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="property">Names of the columns.</param>
    public static string? Model(string? model, object? property) =>
        property is ICollection { Count: 1 } && !string.IsNullOrEmpty(model) ? model!.Substring(0, 1) : model;

    private static string Share(double share, int decimals, int room)
    {
        double half = 0.5 * Math.Pow(10, -decimals);
        if (share > 0 && share < half)
        {
            return Small(share, decimals + 2);
        }

        string rest = share < 1 && share > 1 - half ? Small(1 - share, decimals) : string.Empty;
        return rest.Length > 0 && rest.Length <= room
            ? "1-" + rest
            : share.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture);
    }

    private static string Small(double number, int width)
    {
        string text = number.ToString("0.#e-0", CultureInfo.CurrentCulture);
        return text.Length <= width ? text : number.ToString("0e-0", CultureInfo.CurrentCulture);
    }
}
