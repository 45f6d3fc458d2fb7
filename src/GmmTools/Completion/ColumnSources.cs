using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using GmmTools.Binding;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Connectors;

namespace GmmTools.Completion;

/// <summary>
/// Where a command line says what columns there are. Nothing that a user wrote is run: constants and variables are looked at, the
/// beginning of a file is read.
/// </summary>
internal static class ColumnSources
{
    private static readonly string[] CsvCommands = ["Import-Csv", "ipcsv"];
    private static readonly string[] PathParameters = ["Path", "LiteralPath", "PSPath"];

    /// <summary>The names of the columns, or none where nothing tells them.</summary>
    /// <param name="command">The command that is being typed.</param>
    public static IReadOnlyList<string> Find(CommandAst command)
    {
        if (command.Parent is PipelineAst pipeline && pipeline.PipelineElements[0] != command)
        {
            return FromHead(pipeline.PipelineElements[0]) is { Count: > 0 } columns ? columns : OutputColumns.Find(pipeline, command);
        }

        return FromFile(command, false)
            ?? FromVariable(Argument(command, "InputObject"), FromRows)
            ?? FromVariable(Argument(command, "InitialModel"), value => [.. ModelArgument.Resolve(PSObject.AsPSObject(value)).Property])
            ?? [];
    }

    /// <summary>The names of the columns of the model that a command gets: by -Model, as its first argument, or from the pipeline; none
    /// where it is in no variable.</summary>
    /// <param name="command">The command that is being typed.</param>
    public static IReadOnlyList<string> FindModel(CommandAst command)
    {
        Ast? argument = Argument(command, "Model") ?? command.CommandElements.ElementAtOrDefault(1) as VariableExpressionAst;
        if (argument is null && command.Parent is PipelineAst pipeline && pipeline.PipelineElements[0] is CommandExpressionAst head)
        {
            argument = head.Expression;
        }

        return FromVariable(argument, value => [.. ModelArgument.Resolve(PSObject.AsPSObject(value)).Property]) ?? [];
    }

    /// <summary>What a command line gives to a parameter, or null.</summary>
    /// <param name="command">The command.</param>
    /// <param name="parameter">Name of the parameter.</param>
    public static Ast? Argument(CommandAst command, string parameter)
    {
        for (int i = 0; i < command.CommandElements.Count; i++)
        {
            if (command.CommandElements[i] is CommandParameterAst named
                && string.Equals(named.ParameterName, parameter, StringComparison.OrdinalIgnoreCase))
            {
                return named.Argument ?? command.CommandElements.ElementAtOrDefault(i + 1);
            }
        }

        return null;
    }

    private static IReadOnlyList<string> FromHead(CommandBaseAst head) => head switch
    {
        CommandExpressionAst expression => FromVariable(expression.Expression, FromRows) ?? [],
        CommandAst command when CsvCommands.Contains(command.GetCommandName(), StringComparer.OrdinalIgnoreCase) =>
            FromFile(command, true) ?? [],
        _ => [],
    };

    private static string[]? FromFile(CommandAst command, bool positional)
    {
        if (Argument(command, "Header") is Ast header)
        {
            return Constants(header);
        }

        string? path = PathParameters.Select(name => Constant(Argument(command, name))).FirstOrDefault(found => found is not null)
            ?? (positional ? Constant(command.CommandElements.Skip(1).FirstOrDefault()) : null);
        if (path is null)
        {
            return null;
        }

        string? delimiter = Constant(Argument(command, "Delimiter"));
        object file = Evaluate("param($path) $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($path)", path)!;
        return FileObservationReader.ReadHeader(file.ToString()!, delimiter?.Length == 1 ? delimiter[0] : null);
    }

    private static IReadOnlyList<string>? FromVariable(Ast? argument, Func<object, IReadOnlyList<string>> read)
    {
        if (argument is not VariableExpressionAst variable)
        {
            return null;
        }

        object? value = Evaluate("param($name) $ExecutionContext.SessionState.PSVariable.GetValue($name)", variable.VariablePath.UserPath);
        return value is null ? null : read(value);
    }

    private static IReadOnlyList<string> FromRows(object value)
    {
        object bare = Bare.Of(value)!;
        object? first = bare switch
        {
            DataTable table => table.Rows.Count > 0 ? table.Rows[0] : null,
            string or IDictionary => bare,
            IList { Count: > 0 } list => list[0],
            // a sequence may be lazy: it is not begun
            IEnumerable => null,
            _ => value,
        };
        RowAccessor? accessor = first is null ? null : RowAccessor.Create(PSObject.AsPSObject(first));
        return accessor is { HasNames: true } ? accessor.Columns : [];
    }

    private static string? Constant(Ast? argument) => (argument as StringConstantExpressionAst)?.Value;

    private static string[] Constants(Ast argument) =>
        [.. argument.FindAll(part => part is StringConstantExpressionAst, false).Select(part => ((StringConstantExpressionAst)part).Value)];

    /// <summary>Runs a script of ours.</summary>
    public static object? Evaluate(string script, string argument) => ScriptBlock.Create(script).InvokeReturnAsIs(argument);
}
