using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using GmmTools.Help.Model;
using GmmTools.Help.Writing;
using static GmmTools.Help.Pages.MarkdownText;

namespace GmmTools.Help.Pages;

/// <summary>Writes the help of a command as a page in Markdown.</summary>
internal static class CommandPage
{
    private const int Width = 76;

    /// <summary>The page.</summary>
    /// <param name="command">The help.</param>
    public static string Write(CommandHelp command) => Join(
    [
        $"# {command.Name}",
        Paragraphs(command.Synopsis),
        "## Description",
        Paragraphs(command.Description),
        "## Examples",
        .. command.Examples.SelectMany(Example),
        "## Syntax",
        .. command.Syntax.Select(set => Fence("text", Syntax(command.Name, set))),
        "## Parameters",
        .. command.Parameters.SelectMany(Parameter),
        command.Inputs.Count == 0 ? string.Empty : "## Input",
        Types(command.Inputs),
        command.Outputs.Count == 0 ? string.Empty : "## Output",
        Types(command.Outputs),
        "## See also",
        string.Join('\n', command.Links.Select(Link)),
    ]);

    /// <summary>Paragraphs; one of several lines is code, and a mark at its start makes an item of a list.</summary>
    private static string Paragraphs(IEnumerable<string> paragraphs) => Join(paragraphs.Select(Paragraph)).TrimEnd('\n');

    private static string Paragraph(string text)
    {
        if (text.Contains('\n', StringComparison.Ordinal))
        {
            return Fence("text", text);
        }

        int mark = text.IndexOf(' ', StringComparison.Ordinal);
        bool isItem = mark > 0 && (text[..mark] == "-" || (text[mark - 1] == '.' && text[..(mark - 1)].All(char.IsAsciiDigit)));
        return isItem ? text[..(mark + 1)] + Escape(text[(mark + 1)..]) : Escape(text);
    }

    private static IEnumerable<string> Example(ExampleHelp example, int index) =>
    [
        string.Create(CultureInfo.InvariantCulture, $"### Example {index + 1}: {Escape(example.Title)}"),
        Fence("powershell", example.Code),
        Paragraphs(example.Remarks),
        example.Output is null ? string.Empty : Fence("text", example.Output),
    ];

    private static IEnumerable<string> Parameter(ParameterHelp parameter)
    {
        string type = TypeNames.Describe(parameter.Info.ParameterType);
        string position = parameter.Info.Position < 0 ? "named" : parameter.Info.Position.ToString(CultureInfo.InvariantCulture);
        string[] facts =
        [
            Escape(type),
            parameter.Info.IsMandatory ? "required" : $"default: {Escape(parameter.DefaultValue)}",
            parameter.Info.Position < 0 ? string.Empty : $"position {position}",
            parameter.Info.ValueFromPipeline ? "from the pipeline" : string.Empty,
            parameter.AcceptsWildcards ? "wildcards" : string.Empty,
            parameter.Choices.Length == 0 ? string.Empty : "one of " + Escape(string.Join(", ", parameter.Choices)),
            parameter.Info.Aliases.Count == 0 ? string.Empty : "alias " + Escape(string.Join(", ", parameter.Info.Aliases)),
        ];
        return [$"### -{parameter.Info.Name}", Paragraphs(parameter.Description), $"*{string.Join("; ", facts.Where(fact => fact.Length > 0))}*"];
    }

    private static string Types(IEnumerable<TypeHelp> types) =>
        Join(types.DistinctBy(type => type.Name).Select(type => Join([$"**{Escape(type.Name)}**", Paragraphs(type.Description)]).TrimEnd('\n'))).TrimEnd('\n');

    private static string Link(LinkHelp link) =>
        link.Address.Length == 0 ? $"- {Escape(link.Text)}" : $"- [{Escape(link.Text)}]({link.Address})";

    /// <summary>The command with the parameters of a set, broken into lines.</summary>
    private static string Syntax(string name, IEnumerable<ParameterHelp> parameters)
    {
        StringBuilder text = new(name);
        int length = name.Length;
        foreach (string word in parameters.Select(Syntax))
        {
            if (length + 1 + word.Length > Width)
            {
                text.Append("\n   ");
                length = 3;
            }

            text.Append(' ').Append(word);
            length += 1 + word.Length;
        }

        return text.ToString();
    }

    private static string Syntax(ParameterHelp parameter)
    {
        string name = parameter.Info.Position < 0 ? $"-{parameter.Info.Name}" : $"[-{parameter.Info.Name}]";
        string whole = TypeNames.IsSwitch(parameter.Info.ParameterType) ? name : $"{name} <{TypeNames.Describe(parameter.Info.ParameterType)}>";
        return parameter.Info.IsMandatory ? whole : $"[{whole}]";
    }
}
