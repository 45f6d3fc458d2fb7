using System;
using System.Collections.Generic;
using System.Globalization;

namespace GmmTools.Connectors.Cells;

/// <summary>Numbers with a unit: sizes in bytes, with prefixes of 1024 as PowerShell has them, durations in seconds, and the number before a
/// per cent sign.</summary>
internal static class UnitText
{
    private const double Kibi = 1024;
    private const int MinColons = 2;

    private static readonly Dictionary<string, double> Sizes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["B"] = 1,
        ["KB"] = Kibi,
        ["KiB"] = Kibi,
        ["MB"] = Kibi * Kibi,
        ["MiB"] = Kibi * Kibi,
        ["GB"] = Kibi * Kibi * Kibi,
        ["GiB"] = Kibi * Kibi * Kibi,
        ["TB"] = Kibi * Kibi * Kibi * Kibi,
        ["TiB"] = Kibi * Kibi * Kibi * Kibi,
        ["PB"] = Kibi * Kibi * Kibi * Kibi * Kibi,
        ["PiB"] = Kibi * Kibi * Kibi * Kibi * Kibi,
    };

    /// <summary>How many seconds; below one second how many parts of one, as a division rounds once where a product with 0.001 rounds twice.</summary>
    private static readonly Dictionary<string, (double Seconds, double Parts)> Durations = new(StringComparer.Ordinal)
    {
        ["ns"] = (1, 1e9),
        ["us"] = (1, 1e6),
        ["\u00B5s"] = (1, 1e6),
        ["\u03BCs"] = (1, 1e6),
        ["ms"] = (1, 1e3),
        ["s"] = (1, 1),
        ["sec"] = (1, 1),
        ["min"] = (60, 1),
        ["h"] = (3600, 1),
        ["d"] = (86_400, 1),
    };

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">How numbers are written.</param>
    /// <param name="number">The number in bytes, seconds or per cent; NaN when the text is none.</param>
    /// <returns>What it measures, or null when the text is no number with a unit.</returns>
    public static UnitKind? TryRead(string text, NumberFormatInfo format, out double number)
    {
        string trimmed = text.Trim();
        int end = trimmed.Length;
        while (end > 0 && (char.IsLetter(trimmed[end - 1]) || trimmed[end - 1] == '%'))
        {
            end--;
        }

        string unit = trimmed.Substring(end);
        if (unit.Length == 0)
        {
            return TryReadClock(trimmed, out number) ? UnitKind.Duration : null;
        }

        string digits = trimmed.Substring(0, end);
        bool parsed = double.TryParse(digits, CellParser.Style, format, out double value) && !double.IsNaN(value) && !double.IsInfinity(value);
        (double Number, UnitKind Kind)? read = !parsed ? null
            : unit == "%" ? (value, UnitKind.Percentage)
            : Durations.TryGetValue(unit, out (double Seconds, double Parts) duration) ? (value * duration.Seconds / duration.Parts, UnitKind.Duration)
            : Sizes.TryGetValue(unit, out double size) ? (value * size, UnitKind.Size)
            : null;
        number = read?.Number ?? double.NaN;
        return read?.Kind;
    }

    /// <summary>Reads hours, minutes and seconds, before which there may be days: 1.02:03:04.5.</summary>
    private static bool TryReadClock(string text, out double number)
    {
        bool read = TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan time) && text.Split(':').Length == MinColons + 1;
        number = read ? time.TotalSeconds : double.NaN;
        return read;
    }
}
