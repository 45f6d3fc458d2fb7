using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using GmmTools.Binding;
using GmmTools.Connectors.Cells;
using GmmTools.Observations;

namespace GmmTools.Correction;

/// <summary>Makes of a command line and the error that it led to the command line that the error asks for.</summary>
internal static class CommandCorrection
{
    /// <summary>The corrected command line, or null where there is no saying what it should be.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="ast">The same, parsed.</param>
    /// <param name="error">The error.</param>
    public static string? For(string line, Ast ast, ErrorRecord error)
    {
        if (FindCommand(ast, error) is not CommandAst found)
        {
            return null;
        }

        CommandText command = new(line, ast, found, error.InvocationInfo.MyCommand);
        string? corrected = error.Exception switch
        {
            CommandException exception => ForName(command, exception.Target as string, exception.Suggestion),
            InvalidObservationException exception => ForRows(command, exception),
            GmmToolsException exception => ForName(command, exception.OffendingValue as string, exception.Suggestion),
            _ => null,
        };

        // what a terminal would obey is not put into its line
        return corrected is null || corrected == line || VisibleText.InMessage(corrected) != corrected ? null : corrected;
    }

    /// <summary>The command of the module that failed.</summary>
    private static CommandAst? FindCommand(Ast ast, ErrorRecord error)
    {
        if (error.InvocationInfo?.MyCommand is not CmdletInfo { ImplementingType: Type type } info || type.Assembly != typeof(CommandCorrection).Assembly)
        {
            return null;
        }

        CommandAst[] candidates =
        [
            .. ast.FindAll(part => part is CommandAst command && IsNamed(command, info, error.InvocationInfo), searchNestedScriptBlocks: true).Cast<CommandAst>(),
        ];
        return candidates.Length == 1
            ? candidates[0]
            : Array.Find(candidates, command =>
                command.Extent.StartLineNumber == error.InvocationInfo.ScriptLineNumber && command.Extent.StartColumnNumber == error.InvocationInfo.OffsetInLine);
    }

    private static bool IsNamed(CommandAst command, CmdletInfo info, InvocationInfo invocation) => command.GetCommandName() is string name
        && (string.Equals(name.Substring(name.LastIndexOf('\\') + 1), info.Name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(name, invocation.InvocationName, StringComparison.OrdinalIgnoreCase));

    private static string? ForRows(CommandText command, InvalidObservationException error) => error.Remedy?.Name switch
    {
        "UseCulture" or "UseCultureOrUngroup" => command.With("Culture", error.Remedy.Values[0]),
        "UseInvariantCulture" or "UseInvariantCultureOrUngroup" => command.Without("Culture"),
        "ReadUnits" => command.With("Unit", "Auto"),
        "FilterEmptyCells" or "FilterMissingText" or "FillOrAllowGaps" or "OmitGapsOrColumn" => command.With("MissingValue", "Omit"),
        "CorrectOrChooseColumns" or "ChooseNumericColumns" when error.Column is string column => WithoutColumn(command, column),
        _ => ForName(command, error.Column, error.Suggestion),
    };

    private static string? WithoutColumn(CommandText command, string column) => command.Has("Property")
        ? command.WithoutElement("Property", column)
        : command.With("ExcludeProperty", CellText.AsArgument(column));

    /// <summary>The name that was meant in place of the one that was written; where none was written, the model has it, and the rows have another.</summary>
    private static string? ForName(CommandText command, string? name, string? meant)
    {
        if (name is null || meant is null)
        {
            return null;
        }

        return command.WithWord(name, CellText.AsArgument(meant))
            ?? command.After($"Select-Object *, @{{ Name = {Quote(name)}; Expression = {Quote(meant)} }}");
    }

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
