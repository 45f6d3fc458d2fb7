using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using GmmTools.Help.Model;
using static GmmTools.Help.Writing.MamlNames;

namespace GmmTools.Help.Writing;

/// <summary>Writes the help of commands as Get-Help reads it.</summary>
internal static class MamlWriter
{
    private const string OutputHeading = "Output:";

    /// <summary>The help file.</summary>
    /// <param name="commands">The commands.</param>
    public static XDocument Write(IEnumerable<CommandHelp> commands) => new(
        new XElement(File + "helpItems", new XAttribute("schema", "maml"), commands.Select(WriteCommand)));

    private static XElement WriteCommand(CommandHelp command) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", command.Name),
            new XElement(Command + "verb", command.Name.Split('-')[0]),
            new XElement(Command + "noun", command.Name.Split('-')[1]),
            new XElement(Maml + "description", Paragraphs(command.Synopsis))),
        new XElement(Maml + "description", Paragraphs(command.Description)),
        new XElement(Command + "syntax", command.Syntax.Select(set => WriteSyntax(command.Name, set))),
        new XElement(Command + "parameters", command.Parameters.Select(WriteParameter)),
        new XElement(Command + "inputTypes", command.Inputs.Select(type => WriteType(Command + "inputType", type))),
        new XElement(Command + "returnValues", command.Outputs.Select(type => WriteType(Command + "returnValue", type))),
        new XElement(Command + "examples", command.Examples.Select(WriteExample)),
        new XElement(Maml + "relatedLinks", command.Links.Select(WriteLink)));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(text => new XElement(Maml + "para", text));

    private static XElement WriteSyntax(string name, IReadOnlyList<ParameterHelp> parameters) => new(
        Command + "syntaxItem", new XElement(Maml + "name", name), parameters.Select(WriteSyntaxParameter));

    /// <summary>A parameter in the syntax, where a switch stands without a value.</summary>
    private static XElement WriteSyntaxParameter(ParameterHelp parameter) => new(
        Command + "parameter",
        Attributes(parameter),
        new XElement(Maml + "name", parameter.Info.Name),
        parameter.Choices.Length == 0
            ? null
            : new XElement(Command + "parameterValueGroup", parameter.Choices.Select(choice => WriteValue(choice, required: false))),
        TypeNames.IsSwitch(parameter.Info.ParameterType) ? null : WriteValue(TypeNames.Describe(parameter.Info.ParameterType), required: true));

    /// <summary>A parameter in the list of all.</summary>
    private static XElement WriteParameter(ParameterHelp parameter) => new(
        Command + "parameter",
        Attributes(parameter),
        new XElement(Maml + "name", parameter.Info.Name),
        new XElement(Maml + "description", Paragraphs(parameter.Description)),
        WriteValue(TypeNames.Describe(parameter.Info.ParameterType), required: !TypeNames.IsSwitch(parameter.Info.ParameterType)),
        new XElement(Dev + "type", new XElement(Maml + "name", TypeNames.Describe(parameter.Info.ParameterType))),
        new XElement(Dev + "defaultValue", parameter.DefaultValue));

    private static XAttribute[] Attributes(ParameterHelp parameter) =>
    [
        new("required", parameter.Info.IsMandatory ? "true" : "false"),
        new("variableLength", parameter.Info.ParameterType.IsArray ? "true" : "false"),
        new("globbing", parameter.AcceptsWildcards ? "true" : "false"),
        new("pipelineInput", parameter.Info.ValueFromPipeline ? "True (ByValue)" : "False"),
        new("position", parameter.Info.Position < 0 ? "named" : parameter.Info.Position.ToString(CultureInfo.InvariantCulture)),
        new("aliases", parameter.Info.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Info.Aliases)),
    ];

    private static XElement WriteValue(string value, bool required) => new(
        Command + "parameterValue",
        new XAttribute("required", required ? "true" : "false"),
        new XAttribute("variableLength", "false"),
        value);

    private static XElement WriteType(XName element, TypeHelp type) => new(
        element,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name)),
        new XElement(Maml + "description", Paragraphs(type.Description)));

    private static XElement WriteExample(ExampleHelp example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", FormattableString.Invariant($"----- Example {index + 1}: {example.Title} -----")),
        new XElement(Dev + "code", example.Code),
        new XElement(
            Dev + "remarks",
            Paragraphs(example.Remarks),
            example.Output is null ? null : Paragraphs([OutputHeading, example.Output]),
            Paragraphs([string.Empty])));

    private static XElement WriteLink(LinkHelp link) => new(
        Maml + "navigationLink", new XElement(Maml + "linkText", link.Text), new XElement(Maml + "uri", link.Address));
}
