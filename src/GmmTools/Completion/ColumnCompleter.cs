using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GmmTools.Completion;

/// <summary>Base of what offers the names of columns that a command line does not name yet.</summary>
public abstract class ColumnCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IReadOnlyList<string> names;
        try
        {
            names = FindNames(commandAst);
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            // whatever is wrong with the file or the variable, the Tab key is not the place to say it
            names = [];
        }

        HashSet<string> given = new(GivenNames(commandAst, wordToComplete), StringComparer.OrdinalIgnoreCase);
        return [.. WordCompletion.Complete(names.Where(name => !given.Contains(name)), wordToComplete)];
    }

    /// <summary>The names of all columns.</summary>
    /// <param name="command">The command line.</param>
    private protected abstract IReadOnlyList<string> FindNames(CommandAst command);

    /// <summary>The words of the command line but for those of -Header; those among the names of the columns are taken already.</summary>
    private static IEnumerable<string> GivenNames(CommandAst command, string typed)
    {
        IScriptExtent? header = ColumnSources.Argument(command, "Header")?.Extent;
        return command
            .FindAll(ast => ast is StringConstantExpressionAst, true)
            .Where(word => header is null || word.Extent.StartOffset < header.StartOffset || word.Extent.EndOffset > header.EndOffset)
            .Select(word => ((StringConstantExpressionAst)word).Value)
            .Where(word => !string.Equals(word, typed, StringComparison.OrdinalIgnoreCase));
    }
}
