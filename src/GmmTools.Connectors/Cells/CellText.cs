using System;
using System.Globalization;
using System.Linq;

namespace GmmTools.Connectors.Cells;

/// <summary>Cells and names as messages show them: short, on one line, which a line break or a NUL would tear apart.</summary>
internal static class CellText
{
    private const int MaxCharacters = 40;

    public static string Quote(object? value) => Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);

    public static string Quote(string text)
    {
        bool isLong = text.Length > MaxCharacters;
        return $"'{VisibleText.Of(isLong ? text.Substring(0, MaxCharacters) : text)}{(isLong ? "…" : string.Empty)}'";
    }

    /// <summary>A name as it can be typed as an argument in PowerShell.</summary>
    public static string AsArgument(string text)
    {
        bool plain = text.Length > 0
            && char.IsLetter(text[0])
            && text.All(character => char.IsLetterOrDigit(character) || character == '_');
        return plain ? text : "'" + string.Join("''", text.Split('\'')) + "'";
    }
}
