using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using static GmmTools.Help.Pages.MarkdownText;

namespace GmmTools.Help.Pages;

/// <summary>Writes a help page about_... as a page in Markdown.</summary>
/// <remarks>
/// Such a page is text of 80 columns. Headings begin at the margin; an empty line ends a block. What a block is can be seen: commands begin with a
/// prompt or with a variable, items with a dash, tables have columns, and the rest is prose.
/// </remarks>
internal static partial class TopicPage
{
    private const string Indentation = "    ";
    private const string Prompt = "PS> ";

    private static readonly string[] Names = ["BIC", "SQL", "SQL Server", "PostgreSQL", "Pester", "PowerShell", "Measure-MixtureUncertainty"];

    /// <summary>The page.</summary>
    /// <param name="lines">The text of the help page.</param>
    public static string Write(string[] lines)
    {
        List<string> parts = [];
        foreach ((string heading, string[] body) in Sections(lines))
        {
            string[] errors = [.. ErrorList.Write(heading)];
            parts.AddRange(heading switch
            {
                "TOPIC" => ["# " + body[0]],
                "SHORT DESCRIPTION" or "LONG DESCRIPTION" => Blocks(body),
                "SEE ALSO" => ["## See also", string.Join('\n', body.Select(link => "- " + link))],
                "SOURCES" => ["## Sources", string.Join('\n', Sources(body))],
                _ => ["## " + Heading(heading), .. errors.Length > 0 ? errors : Blocks(body)],
            });
        }

        return Join(parts);
    }

    private static IEnumerable<(string Heading, string[] Body)> Sections(string[] lines)
    {
        int[] starts = [.. Enumerable.Range(0, lines.Length).Where(index => lines[index].Length > 0 && lines[index][0] != ' ')];
        return starts.Select((start, index) => (
            lines[start],
            lines[(start + 1)..(index + 1 < starts.Length ? starts[index + 1] : lines.Length)]
                .Select(line => line.StartsWith(Indentation, StringComparison.Ordinal) ? line[Indentation.Length..] : line.TrimStart())
                .SkipWhile(line => line.Length == 0).Reverse().SkipWhile(line => line.Length == 0).Reverse().ToArray()));
    }

    /// <summary>Capitals as in a sentence, where a name is not written otherwise.</summary>
    private static string Heading(string text)
    {
        string sentence = text.Any(char.IsLower) ? text : text[0] + text[1..].ToLowerInvariant();
        return Names.Aggregate(sentence, (result, name) => Regex.Replace(result, $@"\b{name}\b", name, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
    }

    private static IEnumerable<string> Sources(string[] body)
    {
        List<string> entries = [];
        foreach (string line in body)
        {
            if (line.StartsWith(' '))
            {
                entries[^1] += " " + line.Trim();
            }
            else if (line.Length > 0)
            {
                entries.Add(line);
            }
        }

        return entries.Select(entry => "- " + Escape(entry));
    }

    private static string[] Blocks(string[] body)
    {
        List<string> blocks = [];
        List<string> block = [];
        foreach (string line in body.Append(string.Empty))
        {
            // a list may begin right after the words that announce it
            if (block.Count > 0 && (line.Length == 0 || (line.StartsWith("- ", StringComparison.Ordinal) && !block[0].StartsWith("- ", StringComparison.Ordinal))))
            {
                blocks.Add(Block([.. block]));
                block.Clear();
            }

            if (line.Length > 0)
            {
                block.Add(line);
            }
        }

        return [.. blocks];
    }

    private static string Block(string[] lines)
    {
        int margin = lines.Min(line => line.Length - line.TrimStart().Length);
        if (lines[0].StartsWith(Prompt, StringComparison.Ordinal))
        {
            return Fence("powershell", string.Join('\n', lines.Select(line => line.StartsWith(Prompt, StringComparison.Ordinal) ? line[Prompt.Length..] : line)));
        }

        if (Code().IsMatch(lines[0]))
        {
            return Fence("powershell", string.Join('\n', lines.Select(line => line[margin..])));
        }

        if (lines[0].StartsWith("- ", StringComparison.Ordinal))
        {
            return string.Join('\n', lines.Select(line => line.StartsWith("- ", StringComparison.Ordinal) ? "- " + Escape(line[2..]) : "  " + Escape(line.Trim())));
        }

        return margin == 0 && lines.All(IsProse) ? Escape(Reword(string.Join(' ', lines)))
            : margin == 0 && IsAnswer(lines) ? Answer(lines)
            : Terms(lines) ?? Fence("text", string.Join('\n', lines.Select(line => line[margin..])));
    }

    /// <summary>The site shows commands without the prompt.</summary>
    private static string Reword(string text) => text
        .Replace(" (Lines that begin with PS> can be typed as shown.)", string.Empty, StringComparison.Ordinal)
        .Replace("Lines that begin with PS>", "The commands", StringComparison.Ordinal);

    private static bool IsProse(string line) => line[0] != ' ' && !Columns().IsMatch(line);

    /// <summary>A question, or several commands, with the answer indented below.</summary>
    private static bool IsAnswer(string[] lines)
    {
        int question = lines.TakeWhile(IsProse).Count();
        return question > 0 && question < lines.Length
            && lines.Skip(question).All(line => line.StartsWith(Indentation, StringComparison.Ordinal) && line[Indentation.Length] != ' ' && !Columns().IsMatch(line.Trim()));
    }

    private static string Answer(string[] lines) => Join(
    [
        $"**{Escape(string.Join(' ', lines.TakeWhile(IsProse)))}**",
        Escape(string.Join(' ', lines.SkipWhile(IsProse).Select(line => line.Trim()))),
    ]).TrimEnd('\n');

    /// <summary>A table of two columns, terms and what they mean; null where the lines are no such table.</summary>
    private static string? Terms(string[] lines)
    {
        int margin = lines[0].Length - lines[0].TrimStart().Length;
        int[] columns = [.. lines.Select(line => Columns().Matches(line[margin..])).Where(found => found.Count == 1).Select(found => margin + found[0].Index + found[0].Length).Distinct()];
        bool isTable = columns.Length == 1 && lines.All(line => line.Length > margin
            && Columns().Count(line[margin..]) < 2 && !line.Contains("---", StringComparison.Ordinal)
            && (line[margin] != ' ' || line.Length - line.TrimStart().Length == columns[0]));
        if (!isTable)
        {
            return null;
        }

        List<(string Term, string Text)> rows = [];
        foreach (string line in lines)
        {
            string term = line[..Math.Min(columns[0], line.Length)].Trim();
            string text = line.Length > columns[0] ? line[columns[0]..] : string.Empty;
            bool isTermOnly = line[margin] != ' ' && !Columns().IsMatch(line[margin..]);
            if (isTermOnly)
            {
                (term, text) = (line.Trim(), string.Empty);
            }

            // what goes on below a term or its meaning
            if (rows.Count > 0 && (term.Length == 0 || (rows[^1].Text.Length == 0 && rows[^1].Term.Length > 0)))
            {
                rows[^1] = (Append(rows[^1].Term, term), Append(rows[^1].Text, text));
            }
            else
            {
                rows.Add((term, text));
            }
        }

        return "| | |\n| --- | --- |\n" + string.Join('\n', rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"| {Escape(row.Term)} | {Escape(row.Text)} |")));
    }

    private static string Append(string text, string more) => text.Length == 0 ? more : more.Length == 0 ? text : text + " " + more;

    [GeneratedRegex(@"(?<=\S) {2,}(?=\S)")]
    private static partial Regex Columns();

    [GeneratedRegex(@"^ *(\$\w+ = |Add-Type |Describe '|-Query ')")]
    private static partial Regex Code();
}
