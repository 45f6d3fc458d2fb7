using System;
using System.Globalization;
using System.Linq;
using System.Text;

namespace GmmTools;

/// <summary>
/// Text of the user's data for a terminal. Names of columns, paths and cells come from anywhere, and a terminal obeys the control sequences
/// in them: here they are shown instead, as in <c>\x1b[31m</c>. Files keep them as they are.
/// </summary>
public static class VisibleText
{
    /// <summary>A text on one line.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text with an escape for each control character and each character that turns the direction of what follows.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    public static string Of(string text) => Escape(text ?? throw new ArgumentNullException(nameof(text)), keepsLines: false);

    /// <summary>A message, which may have several lines.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text with escapes, but for its line breaks and tabs.</returns>
    /// <exception cref="ArgumentNullException">The text is null.</exception>
    public static string InMessage(string text) => Escape(text ?? throw new ArgumentNullException(nameof(text)), keepsLines: true);

    private static string Escape(string text, bool keepsLines)
    {
        if (!text.Any(IsObeyed))
        {
            return text;
        }

        StringBuilder shown = new();
        for (int i = 0; i < text.Length; i++)
        {
            char character = text[i];
            bool isLayout = character is '\n' or '\t' || (character == '\r' && i + 1 < text.Length && text[i + 1] == '\n');
            shown.Append(!IsObeyed(character) || (keepsLines && isLayout) ? character.ToString() : Escape(character));
        }

        return shown.ToString();
    }

    private static string Escape(char character) => character switch
    {
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        <= '\u00FF' => @"\x" + ((int)character).ToString("x2", CultureInfo.InvariantCulture),
        _ => @"\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
    };

    /// <summary>Control characters, line and paragraph separators, and marks, embeddings, overrides and isolates of direction (UAX 9).</summary>
    private static bool IsObeyed(char character) =>
        char.IsControl(character)
        || character is '\u200E' or '\u200F' or '\u061C' or (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
