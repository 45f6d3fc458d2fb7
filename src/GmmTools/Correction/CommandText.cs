using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GmmTools.Correction;

/// <summary>One command of a line, and the line as it would be with another argument. What a command cannot have is null.</summary>
/// <param name="line">The command line.</param>
/// <param name="ast">The same, parsed.</param>
/// <param name="command">The command in it.</param>
/// <param name="info">What the command can have.</param>
internal sealed class CommandText(string line, Ast ast, CommandAst command, CommandInfo info)
{
    private readonly int _start = ast.Extent.StartOffset;

    /// <summary>Whether a parameter is written.</summary>
    /// <param name="parameter">Its name.</param>
    public bool Has(string parameter) => Find(parameter) is not null;

    /// <summary>With a parameter, in place of the value that it has where it is written.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="value">Its value, as it is to be written.</param>
    public string? With(string parameter, string value)
    {
        if (!info.Parameters.ContainsKey(parameter))
        {
            return null;
        }

        return Find(parameter) is not CommandParameterAst written ? Insert(command.Extent.EndOffset, $" -{parameter} {value}")
            : ValueOf(written) is Ast old ? Replace(old.Extent, value)
            : null;
    }

    /// <summary>Without a parameter.</summary>
    /// <param name="parameter">Its name.</param>
    public string? Without(string parameter)
    {
        if (Find(parameter) is not CommandParameterAst written)
        {
            return null;
        }

        int first = written.Extent.StartOffset - _start;
        int last = (ValueOf(written) ?? written).Extent.EndOffset - _start;
        return line.Substring(0, first).TrimEnd() + line.Substring(last);
    }

    /// <summary>Without one of several values of a parameter.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="value">The value.</param>
    public string? WithoutElement(string parameter, string value)
    {
        if (Find(parameter) is not CommandParameterAst written || ValueOf(written) is not ArrayLiteralAst list)
        {
            return null;
        }

        ExpressionAst[] kept = [.. list.Elements.Where(element => !Is(element, value))];
        return kept.Length == 0 || kept.Length == list.Elements.Count ? null : Replace(list.Extent, string.Join(", ", kept.Select(element => element.Extent.Text)));
    }

    /// <summary>With another word in place of one.</summary>
    /// <param name="word">The word, as it is meant, not as it is quoted.</param>
    /// <param name="other">The other word, as it is to be written.</param>
    public string? WithWord(string word, string other) =>
        command.Find(part => Is(part, word), searchNestedScriptBlocks: true) is Ast found ? Replace(found.Extent, other) : null;

    /// <summary>With another command before it, that what is piped goes through.</summary>
    /// <param name="other">The other command.</param>
    public string? After(string other) => command.Parent is PipelineAst pipeline && pipeline.PipelineElements.IndexOf(command) > 0
        ? Insert(command.Extent.StartOffset, other + " | ")
        : null;

    private static bool Is(Ast part, string value) => part is StringConstantExpressionAst text && string.Equals(text.Value, value, StringComparison.OrdinalIgnoreCase);

    private CommandParameterAst? Find(string parameter) => command.CommandElements.OfType<CommandParameterAst>().FirstOrDefault(written =>
        parameter.StartsWith(written.ParameterName, StringComparison.OrdinalIgnoreCase)
        && (written.ParameterName.Length == parameter.Length || !info.Parameters.Keys.Any(other => other != parameter && other.StartsWith(written.ParameterName, StringComparison.OrdinalIgnoreCase))));

    private Ast? ValueOf(CommandParameterAst written)
    {
        int next = command.CommandElements.IndexOf(written) + 1;
        return (Ast?)written.Argument ?? (next < command.CommandElements.Count && command.CommandElements[next] is not CommandParameterAst ? command.CommandElements[next] : null);
    }

    private string Insert(int offset, string text) => line.Insert(offset - _start, text);

    private string Replace(IScriptExtent extent, string text) =>
        line.Substring(0, extent.StartOffset - _start) + text + line.Substring(extent.EndOffset - _start);
}
