using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using GmmTools.Errors;

namespace GmmTools.Help.Writing;

/// <summary>Writes the help page with all errors.</summary>
internal static class ErrorPage
{
    /// <summary>Name of the page.</summary>
    public const string Name = "about_GmmToolsErrors";

    private const int Width = 80;
    private const string Indentation = "    ";

    /// <summary>The page.</summary>
    public static string Write()
    {
        StringBuilder page = new();
        page.Append(Section("TOPIC", [Name]));
        page.Append(Section("SHORT DESCRIPTION", ["All errors of the module, with cause and remedy."]));
        page.Append(Section(
            "LONG DESCRIPTION",
            [
                "An error names the row, the column and the value at fault, and says what to do. Scripts tell errors apart by their identifiers:",
                string.Empty,
                "PS> $rows = [pscustomobject]@{ x = 1 }, [pscustomobject]@{ x = 'many' }",
                "PS> try { $rows | Invoke-EmFit x 1 } catch { $_.FullyQualifiedErrorId }",
                string.Empty,
                "What comes before the comma is the identifier, as below. The category is in $_.CategoryInfo.Category, the value at fault in $_.TargetObject.",
            ]));
        foreach ((string heading, IReadOnlyList<ErrorDescription> errors) in ErrorCatalogue.Sections)
        {
            page.Append(Section(heading, errors.OrderBy(error => error.ErrorId, StringComparer.Ordinal).SelectMany(Lines)));
        }

        page.Append(Section("SEE ALSO", ["about_GmmTools"]));
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static IEnumerable<string> Lines(ErrorDescription error) => [error.ErrorId, Indentation + error.Cause, Indentation + "-> " + error.Remedy, string.Empty];

    private static string Section(string heading, IEnumerable<string> lines) =>
        heading + "\n" + string.Concat(lines.SelectMany(Wrap).Select(line => (Indentation + line).TrimEnd() + "\n")).TrimEnd('\n') + "\n\n";

    private static IEnumerable<string> Wrap(string text)
    {
        string indentation = text[..(text.Length - text.TrimStart().Length)];
        int room = Width - Indentation.Length;
        string line = indentation;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > indentation.Length && line.Length + word.Length > room)
            {
                yield return line;
                line = indentation;
            }

            line += word + " ";
        }

        yield return line;
    }
}
