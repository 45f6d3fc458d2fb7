using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GmmTools.Help.Documentation;

/// <summary>Turns the elements of a doc comment into paragraphs of plain text.</summary>
/// <param name="commands">The assembly of the commands, whose classes are called by the names of their commands.</param>
internal sealed partial class CommentText(Assembly commands)
{
    /// <summary>The paragraphs of an element; none when there is no such element.</summary>
    /// <param name="element">A summary, remarks, or a part of an example.</param>
    public string[] Paragraphs(XElement? element) => Paragraphs(element is null ? [] : element.Nodes());

    /// <summary>The paragraphs of some nodes.</summary>
    /// <param name="nodes">The nodes, in order.</param>
    public string[] Paragraphs(IEnumerable<XNode> nodes)
    {
        List<string> paragraphs = [];
        StringBuilder line = new();
        foreach (XNode node in nodes)
        {
            if (node is XElement block && BlockParagraphs(block) is string[] whole)
            {
                Flush(line, paragraphs);
                paragraphs.AddRange(whole);
            }
            else
            {
                line.Append(Inline(node));
            }
        }

        Flush(line, paragraphs);
        return [.. paragraphs];
    }

    /// <summary>The lines of a code element without the indentation that they have in the source.</summary>
    /// <param name="code">The element.</param>
    public static string Code(XElement code)
    {
        string[] lines = [.. code.Value.ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd())];
        int first = Array.FindIndex(lines, line => line.Length > 0);
        int last = Array.FindLastIndex(lines, line => line.Length > 0);
        if (first < 0)
        {
            return string.Empty;
        }

        lines = lines[first..(last + 1)];

        // what stands right behind the opening tag has no indentation that could be compared
        string[] measured = [.. lines.Skip(first == 0 ? 1 : 0).Where(line => line.Length > 0)];
        int indentation = measured.Length == 0 ? 0 : measured.Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select((line, index) => index == 0 && first == 0 ? line.TrimStart() : line.Length < indentation ? string.Empty : line[indentation..]));
    }

    private static void Flush(StringBuilder line, List<string> paragraphs)
    {
        string text = Spaces().Replace(line.ToString(), " ").Trim();
        line.Clear();
        if (text.Length > 0)
        {
            paragraphs.Add(text);
        }
    }

    private string[]? BlockParagraphs(XElement element) => element.Name.LocalName switch
    {
        "para" => Paragraphs(element),
        "code" => [Code(element)],
        "list" => [.. ListItems(element)],
        _ => null,
    };

    private IEnumerable<string> ListItems(XElement list)
    {
        bool numbered = (string?)list.Attribute("type") == "number";
        int number = 0;
        foreach (XElement item in list.Elements("item"))
        {
            number++;
            string mark = numbered ? number.ToString(CultureInfo.InvariantCulture) + "." : "-";
            XElement? term = item.Element("term");
            string text = string.Join(" ", Paragraphs(item.Element("description") ?? (term is null ? item : null)));
            yield return term is null ? $"{mark} {text}" : $"{mark} {string.Join(" ", Paragraphs(term))}: {text}";
        }
    }

    private string Inline(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element => element.Name.LocalName switch
        {
            "c" or "b" or "i" or "em" or "strong" => string.Concat(element.Nodes().Select(Inline)),
            "see" or "seealso" => Reference(element),
            "paramref" or "typeparamref" => (string)element.Attribute("name")!,
            "br" => " ",
            _ => throw new HelpException($"<{element.Name.LocalName}> has no meaning in the help. Use <para>, <list>, <c>, <code> and <see>."),
        },
        _ => string.Empty,
    };

    private string Reference(XElement element)
    {
        if (!element.IsEmpty && element.Value.Length > 0)
        {
            return element.Value;
        }

        return (string?)element.Attribute("langword") is string word ? Keyword(word)
            : (string?)element.Attribute("href") is string address ? address
            : Name((string?)element.Attribute("cref") ?? throw new HelpException("<see> needs a cref, an href or a langword."));
    }

    /// <summary>What a member is called by those who type commands.</summary>
    /// <param name="id">The compiler's name of the member, such as P:GmmTools.Commands.Internal.RowSourceCommand.MissingText.</param>
    public string Name(string id)
    {
        string name = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('(')[0];
        string last = name[(name.LastIndexOf('.') + 1)..];
        return id[0] == 'T' ? CommandNames.Find(commands.GetType(name)) ?? last
            : id[0] == 'P' && commands.GetType(name[..name.LastIndexOf('.')]) is Type owner && CommandNames.IsCommand(owner) ? "-" + last
            : last;
    }

    private static string Keyword(string word) => word is "null" or "true" or "false" ? "$" + word : word;

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
