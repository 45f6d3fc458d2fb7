using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace GmmTools.Help.Pages;

/// <summary>Plain text as Markdown that shows the same characters.</summary>
internal static partial class MarkdownText
{
    /// <summary>What Markdown, or the program that makes the site of it, would take for a mark.</summary>
    private const string Marks = @"\`*[]<>#$~^|@{}";

    /// <summary>A text in which no character is a mark, and names of parameters are code.</summary>
    /// <param name="text">The text.</param>
    public static string Escape(string text) => Parameters().Replace(EscapeMarks(text), "`$0`");

    /// <summary>Lines of code or of a table in columns, as they are.</summary>
    /// <param name="language">powershell, sql or text.</param>
    /// <param name="code">The lines.</param>
    public static string Fence(string language, string code) => $"```{language}\n{code}\n```";

    /// <summary>Parts with an empty line between them.</summary>
    /// <param name="parts">The parts; empty ones are left out.</param>
    public static string Join(IEnumerable<string> parts) => string.Join("\n\n", parts.Where(part => part.Length > 0)) + "\n";

    private static string EscapeMarks(string text)
    {
        StringBuilder escaped = new(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isMark = Marks.Contains(text[i], StringComparison.Ordinal) || (text[i] == '_' && !IsInside(text, i));
            escaped.Append(isMark ? "\\" : string.Empty).Append(text[i]);
        }

        return escaped.ToString();
    }

    /// <summary>Whether a low line stands between letters or digits, where it is no mark.</summary>
    private static bool IsInside(string text, int index) =>
        index > 0 && index < text.Length - 1 && char.IsLetterOrDigit(text[index - 1]) && char.IsLetterOrDigit(text[index + 1]);

    [GeneratedRegex(@"(?<=^|[ (])-[A-Z][a-z]\w*")]
    private static partial Regex Parameters();
}
