using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using GmmTools.Help.Model;

namespace GmmTools.Help.Documentation;

/// <summary>Puts together what a command's class and its doc comment say.</summary>
/// <param name="documentation">The doc comments.</param>
/// <param name="text">What makes text of them.</param>
internal sealed class CommandReader(XmlDocumentation documentation, CommentText text)
{
    /// <summary>The help of a command.</summary>
    /// <param name="type">Its class.</param>
    public CommandHelp Read(Type type)
    {
        string name = CommandNames.Find(type)!;
        CmdletInfo command = new(name, type);
        object instance = Activator.CreateInstance(type)!;
        XElement? comment = documentation.Find(type);
        List<IReadOnlyList<ParameterHelp>> syntax =
        [
            .. command.ParameterSets
                .OrderByDescending(set => set.IsDefault)
                .Select(set => (IReadOnlyList<ParameterHelp>)[.. set.Parameters.Where(IsOwn).OrderBy(Rank).Select(parameter => ReadParameter(parameter, instance))]),
        ];
        ParameterHelp[] all = [.. syntax.SelectMany(set => set).DistinctBy(parameter => parameter.Info.Name).OrderBy(parameter => parameter.Info.Name, StringComparer.Ordinal)];
        return new CommandHelp(name)
        {
            Synopsis = text.Paragraphs(comment?.Element("summary")),
            Description = text.Paragraphs(comment?.Element("remarks")),
            Syntax = syntax,
            Parameters = all,
            Inputs = [.. all.Where(parameter => parameter.Info.ValueFromPipeline).Select(parameter => new TypeHelp(parameter.Info.ParameterType.FullName!, parameter.Description))],
            Outputs = [.. ReadOutputs(type)],
            Examples = [.. (comment?.Elements("example") ?? []).Select(example => ReadExample(name, example))],
            Links = [.. (comment?.Elements("seealso") ?? []).Select(ReadLink)],
        };
    }

    private static bool IsOwn(CommandParameterInfo parameter) => !Cmdlet.CommonParameters.Contains(parameter.Name);

    /// <summary>As the engine shows them: by position, then what has to be given, then the rest; a switch that is added to many last.</summary>
    private static (int, int) Rank(CommandParameterInfo parameter) => (
        parameter.Position < 0 ? int.MaxValue : parameter.Position,
        parameter.IsMandatory ? 0 : Cmdlet.OptionalCommonParameters.Contains(parameter.Name) ? 2 : 1);

    private ParameterHelp ReadParameter(CommandParameterInfo parameter, object instance)
    {
        PropertyInfo? property = instance.GetType().GetProperty(parameter.Name);
        return property is null
            ? new ParameterHelp(parameter, CommonParameters.Describe(parameter.Name), "False", false, [])
            : new ParameterHelp(
                parameter,
                text.Paragraphs(documentation.Find(property)?.Element("summary")),
                DescribeValue(property.GetValue(instance)),
                parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
                [.. parameter.Attributes.OfType<ValidateArgumentsAttribute>().SelectMany(ReadChoices)]);
    }

    /// <summary>The values of a ValidateSet, or of an attribute of the module that has such a list.</summary>
    private static IList<string> ReadChoices(ValidateArgumentsAttribute choice) =>
        choice.GetType().GetProperty(nameof(ValidateSetAttribute.ValidValues))?.GetValue(choice) as IList<string> ?? [];

    private static string DescribeValue(object? value) => value switch
    {
        null or "" or 0ul => "None",
        SwitchParameter => "False",
        string words => words,
        IList list => list.Count == 0 ? "None" : string.Join(", ", list.Cast<object>().Select(DescribeValue)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private IEnumerable<TypeHelp> ReadOutputs(Type type) => type.GetCustomAttributes<OutputTypeAttribute>()
        .SelectMany(output => output.Type)
        .Where(output => output.Type != typeof(void))
        .DistinctBy(output => output.Name)
        .Select(output => new TypeHelp(output.Name, output.Type is null ? [] : text.Paragraphs(documentation.Find(output.Type)?.Element("summary"))));

    /// <summary>A title in a paragraph, the code, and what it shows; a second code element holds what is printed.</summary>
    private ExampleHelp ReadExample(string command, XElement example)
    {
        XElement[] code = [.. example.Elements("code")];
        if (code.Length is < 1 or > 2 || example.Elements().FirstOrDefault() is not { Name.LocalName: "para" } title)
        {
            throw new HelpException($"{command}: an <example> is <para>title</para><code>what to type</code><para>what it shows</para>, and maybe another <code> with the output.");
        }

        return new ExampleHelp(
            string.Join(" ", text.Paragraphs(title)).TrimEnd('.'),
            CommentText.Code(code[0]),
            text.Paragraphs(example.Nodes().Where(node => node != title && !code.Contains(node))),
            code.Length == 2 ? CommentText.Code(code[1]) : null);
    }

    private LinkHelp ReadLink(XElement link) => (string?)link.Attribute("cref") is string id
        ? new LinkHelp(text.Name(id), string.Empty)
        : new LinkHelp(
            string.Join(" ", text.Paragraphs(link)),
            (string?)link.Attribute("href") ?? throw new HelpException("<seealso> needs a cref or an href."));
}
