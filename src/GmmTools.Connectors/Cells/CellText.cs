using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GmmTools.Connectors.Cells;

/// <summary>Cells and names as messages show them: short, on one line.</summary>
internal static class CellText
{
    private const int MostCharacters = 40;

    public static string Quote(object? value) => Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);

    public static string Quote(string text)
    {
        StringBuilder shown = new("'");
        int length = Math.Min(text.Length, MostCharacters);
        for (int i = 0; i < length; i++)
        {
            // a line break or a NUL would tear the message apart
            shown.Append(char.IsControl(text[i]) ? '\uFFFD' : text[i]);
        }

        return shown.Append(text.Length > MostCharacters ? "…'" : "'").ToString();
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
