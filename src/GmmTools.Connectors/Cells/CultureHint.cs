using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Connectors.Cells;

/// <summary>Finds the culture in which a text would have been a number, so that the error can name it.</summary>
internal static class CultureHint
{
    /// <summary>Cultures with a decimal comma that many files are written in.</summary>
    private static readonly string[] CommonNames = ["de-DE", "fr-FR"];

    private const char TypesetMinus = '\u2212';
    private const char NoBreakSpace = '\u00A0';
    private const char NarrowNoBreakSpace = '\u202F';

    /// <summary>How the sentence "x is not a number in this culture; ..." goes on, and what to do where the culture is to be changed; or
    /// null when no likely culture reads the text.</summary>
    public static (string Reason, Remedy? Remedy)? For(string text, CultureInfo culture)
    {
        CultureInfo? other = Find(text, culture);
        if (TryReadGrouped(text, culture, out double grouped))
        {
            return DescribeGrouped(text, other, grouped);
        }

        return other is null ? null : ($"it is in {Name(other)}.", Use(other));
    }

    /// <summary>Whether a text that is no number shows one all the same: in another culture, in groups of three digits, with a sign of
    /// currency or per cent, in parentheses, or with the minus of print.</summary>
    public static bool IsMeantAsNumber(string text, CultureInfo culture)
    {
        string bare = string.Concat(text.Where(character => !IsOrnament(character))).Replace(TypesetMinus, '-').Replace(NoBreakSpace, ' ').Trim();
        return For(text, culture) is not null
            || (bare != text.Trim() && (TryRead(bare, CellParser.Style, culture, out _) || For(bare, culture) is not null))
            || IsGroupedBySpaces(bare);
    }

    private static bool IsOrnament(char character) =>
        character is '%' or '(' or ')' || char.GetUnicodeCategory(character) == UnicodeCategory.CurrencySymbol;

    private static bool IsGroupedBySpaces(string text)
    {
        string[] groups = text.TrimStart('-', '+').Split(' ', NarrowNoBreakSpace);
        return groups.Length > 1
            && groups[0].Length is >= 1 and <= 3
            && groups.Take(groups.Length - 1).All(group => group.All(IsDigit))
            && groups.Skip(1).All(group => group.Length >= 3 && group.Take(3).All(IsDigit) && (group.Length == 3 || group[3] is '.' or ','));
    }

    private static bool IsDigit(char character) => character is >= '0' and <= '9';

    /// <summary>A likely culture other than the given one that reads the text as a number, or null.</summary>
    public static CultureInfo? Find(string text, CultureInfo culture)
    {
        foreach (CultureInfo candidate in Candidates())
        {
            // every culture reads plain digits: only one with a format of its own explains the failure
            if (!candidate.Equals(culture) && TryRead(text, CellParser.Style, candidate, out _))
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>Whether there is such a culture: .NET makes one of any word that it does not know, which reads as the invariant one.</summary>
    public static bool IsKnown(CultureInfo culture)
    {
        const int NoIdentifier = 0x1000;
        return culture.LCID != NoIdentifier
            || Array.Exists(CultureInfo.GetCultures(CultureTypes.AllCultures), known => known.Name == culture.Name);
    }

    /// <summary>The culture as messages name it.</summary>
    public static string Name(CultureInfo culture) => culture.Name.Length == 0 ? "the invariant culture" : culture.Name;

    private static Remedy Use(CultureInfo culture) =>
        culture.Name.Length == 0 ? new Remedy("UseInvariantCulture") : new Remedy("UseCulture", culture.Name);

    private static Remedy UseOrUngroup(CultureInfo culture, string meant) =>
        culture.Name.Length == 0 ? new Remedy("UseInvariantCultureOrUngroup", meant) : new Remedy("UseCultureOrUngroup", culture.Name, meant);

    /// <summary>1,500 may be one and a half in German or fifteen hundred in English: the message must not decide.</summary>
    private static (string Reason, Remedy? Remedy) DescribeGrouped(string text, CultureInfo? other, double grouped)
    {
        string meant = RoundTrip.Text(grouped);
        if (other is null || !TryRead(text, CellParser.Style, other, out double alternative))
        {
            return ($"thousands separators are not read. Write it as {meant}.", null);
        }

        string read = RoundTrip.Text(alternative);
        return ($"it is {read} in {Name(other)}.", UseOrUngroup(other, meant));
    }

    private static bool TryReadGrouped(string text, CultureInfo culture, out double number)
    {
        number = double.NaN;
        string separator = culture.NumberFormat.NumberGroupSeparator;
        string trimmed = text.Trim();
        int first = separator.Length == 0 ? -1 : trimmed.IndexOf(separator, StringComparison.Ordinal);
        if (first <= 0)
        {
            return false;
        }

        // .NET allows a separator between any two digits; only groups of three are one
        string whole = trimmed.Split(culture.NumberFormat.NumberDecimalSeparator[0])[0];
        string[] groups = whole.Split(separator[0]);
        for (int i = 1; i < groups.Length; i++)
        {
            if (groups[i].Length != 3)
            {
                return false;
            }
        }

        return groups[0].TrimStart('-', '+').Length is >= 1 and <= 3
            && TryRead(text, CellParser.Style | NumberStyles.AllowThousands, culture, out number);
    }

    /// <summary>.NET reads past zero characters at the end, in every culture.</summary>
    private static bool TryRead(string text, NumberStyles style, CultureInfo culture, out double number) =>
        double.TryParse(text.Trim(), style, culture, out number) && !double.IsNaN(number) && !double.IsInfinity(number) && text.All(character => character != '\0');

    private static IEnumerable<CultureInfo> Candidates()
    {
        yield return CultureInfo.CurrentCulture;
        yield return CultureInfo.InvariantCulture;
        foreach (string name in CommonNames)
        {
            CultureInfo? culture = TryGet(name);
            if (culture is not null)
            {
                yield return culture;
            }
        }
    }

    private static CultureInfo? TryGet(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            // .NET without ICU knows the invariant culture alone
            return null;
        }
    }
}
