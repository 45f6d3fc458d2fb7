using System;
#if NET
using System.Buffers;
#endif
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
#if NET
using System.Text;
#endif
using GmmTools.Observations;

namespace GmmTools.Connectors.Cells;

/// <summary>
/// Turns cells into numbers: numbers are taken as they are, text is read in one stated culture and without thousands
/// separators, so that <c>1,5</c> is never 15 and a blank is never 0. Immutable; may be used by several threads.
/// </summary>
public sealed class CellParser
{
    /// <summary>What text may hold: sign, decimal separator, exponent. No thousands separators.</summary>
    internal const NumberStyles Style = NumberStyles.Float;

    private readonly NumberFormatInfo _format;
    private readonly HashSet<string>? _missingText;
    private readonly double[] _missingNumbers = [];
#if NET
    /// <summary>Plain numbers have at most this many characters.</summary>
    private const int MaxPlainCharacters = 32;

    private readonly byte _separator;
#endif

    /// <summary>Creates a parser.</summary>
    /// <param name="culture">The culture in which text is read; null for the invariant culture.</param>
    /// <param name="missingText">
    /// What stands for a missing cell instead of blanks, NA and NaN, in any case; null for these. Where one of them is a number, cells
    /// of that number are missing however they are written, and in numeric cells as well.
    /// </param>
    /// <param name="readsUnits">Whether text such as 46KB, 76% or 1.2 ms is a number: of bytes, per cent or seconds.</param>
    public CellParser(CultureInfo? culture = null, IReadOnlyList<string>? missingText = null, bool readsUnits = false)
    {
        ReadsUnits = readsUnits;
        Culture = culture ?? CultureInfo.InvariantCulture;
        _format = NumberFormatInfo.GetInstance(Culture);
        if (missingText is not null)
        {
            _missingText = new HashSet<string>(missingText.Select(text => text.Trim()), StringComparer.OrdinalIgnoreCase);
            _missingNumbers = [.. _missingText.Select(ReadMissingNumber).Where(number => !double.IsNaN(number))];
        }
#if NET
        _separator = HasPlainNumbers ? (byte)_format.NumberDecimalSeparator[0] : (byte)0;
#endif
    }

    /// <summary>The culture in which text is read.</summary>
    public CultureInfo Culture { get; }

    /// <summary>Whether text with a unit is a number.</summary>
    internal bool ReadsUnits { get; }

    /// <summary>Whether a number stands for a missing cell: NaN, or one of those that were said to.</summary>
    /// <param name="number">The number.</param>
    /// <returns>Whether nothing was observed.</returns>
    public bool IsMissing(double number) =>
        double.IsNaN(number) || (_missingNumbers.Length > 0 && Array.IndexOf(_missingNumbers, number) >= 0);

#if NET
    /// <summary>Whether numbers are written with ASCII signs and separator, so that they can be read from bytes.</summary>
    internal bool HasPlainNumbers =>
        _format is { NegativeSign: "-", PositiveSign: "+", NumberDecimalSeparator: "." or "," };
#endif

    /// <summary>Whether there are numbers that stand for missing cells, so that each has to be compared with them.</summary>
    internal bool HasMissingNumbers => _missingNumbers.Length > 0;

    /// <summary>Reads a finite number, in the invariant culture.</summary>
    /// <param name="value">The cell, without any wrapping object.</param>
    /// <param name="number">The number, where there is one.</param>
    /// <returns>Whether there is.</returns>
    internal static bool TryReadFinite(object? value, out double number) =>
        new CellParser().Parse(value, out number) == CellKind.Number && !double.IsInfinity(number);

    /// <summary>Reads a cell.</summary>
    /// <param name="value">The cell, without any wrapping object.</param>
    /// <param name="number">The number; NaN when the cell is none.</param>
    /// <returns>What the cell is. Infinite numbers count as numbers.</returns>
    public CellKind Parse(object? value, out double number)
    {
        switch (value)
        {
            case null or DBNull:
                number = double.NaN;
                return CellKind.Missing;
            case string text:
                return ParseText(text, out number);
            default:
                bool numeric = TryConvert(value, out number);
                return !numeric ? CellKind.NotANumber : Classify(ref number);
        }
    }

    /// <summary>Reads a cell of text.</summary>
    /// <param name="text">The text; blanks around it are ignored.</param>
    /// <param name="number">The number; NaN when the text is none.</param>
    /// <returns>What the cell is.</returns>
    public CellKind ParseText(string text, out double number)
    {
#if NET
        return ParseText(text.AsSpan(), out number);
#else
        bool parsed = double.TryParse(text, Style, _format, out number);
        return parsed && IsCleanNumber(number, text[text.Length - 1]) ? Classify(ref number) : ParseUnusual(text, out number);
#endif
    }

#if NET
    /// <summary>Reads a cell of text where it stands, without a copy.</summary>
    /// <param name="text">The text; blanks around it are ignored.</param>
    /// <param name="number">The number; NaN when the text is none.</param>
    /// <returns>What the cell is.</returns>
    internal CellKind ParseText(ReadOnlySpan<char> text, out double number)
    {
        if (TryParsePlain(text, out number))
        {
            return Classify(ref number);
        }

        bool parsed = double.TryParse(text, Style, _format, out number);
        return parsed && IsCleanNumber(number, text[^1]) ? Classify(ref number) : ParseUnusual(text.ToString(), out number);
    }

    private bool TryParsePlain(ReadOnlySpan<char> text, out double number)
    {
        Span<byte> bytes = stackalloc byte[MaxPlainCharacters];
        if (_separator != 0
            && text.Length is > 0 and <= MaxPlainCharacters
            && Ascii.FromUtf16(text, bytes, out int length) == OperationStatus.Done)
        {
            return Utf8Number.Read(bytes[..length], _separator, out number) == length;
        }

        number = double.NaN;
        return false;
    }
#endif

    private const string FillIn = " Fill it in, or leave such rows out before fitting.";

    /// <summary>The error for a cell that is no number.</summary>
    /// <param name="kind">What the cell is.</param>
    /// <param name="value">The cell.</param>
    /// <param name="row">Number of the row, from 1.</param>
    /// <param name="column">Name of the column.</param>
    /// <returns>The error (MissingValue or TextInNumericColumn), to be thrown.</returns>
    public InvalidObservationException ErrorFor(CellKind kind, object? value, long row, string column) =>
        ErrorFor(kind, value, new RowLocation(row), column);

    /// <summary>The error for a cell that is no number.</summary>
    /// <param name="kind">What the cell is.</param>
    /// <param name="value">The cell.</param>
    /// <param name="location">The row, and the file that it comes from.</param>
    /// <param name="column">Name of the column.</param>
    /// <returns>The error (MissingValue or TextInNumericColumn), to be thrown.</returns>
    public InvalidObservationException ErrorFor(CellKind kind, object? value, RowLocation location, string column)
    {
        string place = $"{location}, column '{column}'";
        return kind switch
        {
            CellKind.Missing => new InvalidObservationException(
                "MissingValue", $"{place} {StateOfMissing(value)}.{(IsNumber(value) ? FillIn : string.Empty)}", location.Row, column, value)
            { Remedy = RemedyForMissing(value, column) },
            CellKind.NotANumber => NotANumber(place, value, location, column),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A number is not an error."),
        };
    }

    /// <summary>Says that a cell is missing, as a sentence without its full stop: <c>Row 17, column 'Height' is empty</c>.</summary>
    /// <param name="value">The cell.</param>
    /// <param name="location">The row, and the file that it comes from.</param>
    /// <param name="column">Name of the column.</param>
    /// <returns>The text.</returns>
    public static string DescribeMissing(object? value, RowLocation location, string column) =>
        $"{location}, column '{column}' {StateOfMissing(value)}";

    private static bool IsNumber(object? value) => value is double or float;

    /// <summary>A cell of text can be told apart by a filter.</summary>
    private static Remedy? RemedyForMissing(object? value, string column)
    {
        string written = value is string text ? text.Trim() : string.Empty;
        string name = CellText.AsArgument(column);
        return IsNumber(value) ? null
            : written.Length == 0 ? new Remedy("FilterEmptyCells", name)
            : new Remedy("FilterMissingText", name, CellText.AsArgument(written));
    }

    private static string StateOfMissing(object? value) => value switch
    {
        double.NaN or float.NaN => "is NaN",
        null or DBNull => "is empty",
        string text when string.IsNullOrWhiteSpace(text) => "is empty",
        _ => $"is missing ({CellText.Quote(Convert.ToString(value, CultureInfo.InvariantCulture)!.Trim())})",
    };

    private InvalidObservationException NotANumber(string place, object? value, RowLocation location, string column)
    {
        (string reason, Remedy? remedy) = value is string text
            ? DescribeText(text)
            : ($" ({value?.GetType().Name}) is not a number.", new Remedy("ChooseNumericColumns"));
        return new InvalidObservationException("TextInNumericColumn", $"{place}: {CellText.Quote(value)}{reason}", location.Row, column, value)
        { Remedy = remedy };
    }

    private (string Reason, Remedy? Remedy) DescribeText(string text) =>
        HasUnit(text)
            ? (" is a number with a unit, which is not read unless asked for.", new Remedy("ReadUnits"))
        : CultureHint.For(text, Culture) is (string reason, var remedy)
            ? ($" is not a number in {CultureHint.Name(Culture)}; {reason}", remedy)
        : _missingText is not null && IsUsuallyMissing(text.Trim())
            ? (" is not a number, nor one of the texts that mean a missing value.", new Remedy("AddMissingText"))
        : (" is not a number.", new Remedy("CorrectOrChooseColumns"));

    /// <summary>Whether a text would be a number if units were read.</summary>
    internal bool HasUnit(string text) => !ReadsUnits && UnitText.TryRead(text, _format, out _) is not null;

    /// <summary>What the number of a cell measures, where units are read; null where it is a number without a unit, or none.</summary>
    internal UnitKind? UnitOf(string text) => ReadsUnits ? UnitText.TryRead(text, _format, out _) : null;

    private static bool TryConvert(object value, out double number)
    {
        double? converted = value switch
        {
            double typed => typed,
            float typed => typed,
            decimal typed => (double)typed,
            int typed => typed,
            long typed => typed,
            short typed => typed,
            byte typed => typed,
            uint typed => typed,
            ulong typed => typed,
            ushort typed => typed,
            sbyte typed => typed,
            BigInteger typed => (double)typed,
            TimeSpan typed => typed.TotalSeconds,
#if NET
            Half typed => (double)typed,
            Int128 typed => (double)typed,
            UInt128 typed => (double)typed,
            TimeOnly typed => typed.ToTimeSpan().TotalSeconds,
#else
            // this build does not know the type, the .NET that it runs on may
            IFormattable typed when value.GetType().FullName == "System.TimeOnly" => TimeSpan.Parse(typed.ToString("O", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).TotalSeconds,
#endif
            _ => null,
        };
        number = converted ?? double.NaN;
        return converted.HasValue;
    }

    /// <summary>NaN in any spelling means missing; .NET reads over NUL characters at the end, which are no part of a number.</summary>
    private static bool IsCleanNumber(double number, char last) => !double.IsNaN(number) && last != '\0';

    /// <summary>The rare cells: missing, not a number, or with blanks around it that .NET does not take for blanks.</summary>
    private CellKind ParseUnusual(string text, out double number)
    {
        string trimmed = text.Trim();
        if (IsMissingText(trimmed))
        {
            number = double.NaN;
            return CellKind.Missing;
        }

        if (!double.TryParse(trimmed, Style, _format, out number) || trimmed[trimmed.Length - 1] == '\0' || double.IsNaN(number))
        {
            bool isNaN = double.IsNaN(number) && _missingText is null;
            if (ReadsUnits && UnitText.TryRead(trimmed, _format, out number) is not null)
            {
                return Classify(ref number);
            }

            number = double.NaN;
            return isNaN ? CellKind.Missing : CellKind.NotANumber;
        }

        return Classify(ref number);
    }

    private CellKind Classify(ref double number)
    {
        if (!IsMissing(number))
        {
            return CellKind.Number;
        }

        number = double.NaN;
        return CellKind.Missing;
    }

    private double ReadMissingNumber(string text) => double.TryParse(text, Style, _format, out double number) ? number : double.NaN;

    private bool IsMissingText(string trimmed) => _missingText?.Contains(trimmed) ?? IsUsuallyMissing(trimmed);

    private static bool IsUsuallyMissing(string trimmed) =>
        trimmed.Length == 0
        || trimmed.Equals("NA", StringComparison.OrdinalIgnoreCase)
        || trimmed.Equals("NaN", StringComparison.OrdinalIgnoreCase);
}
