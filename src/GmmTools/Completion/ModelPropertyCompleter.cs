using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GmmTools.Completion;

/// <summary>Offers the names of the columns of the model that a command line names.</summary>
public sealed class ModelPropertyCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        IReadOnlyList<string> names;
        try
        {
            names = ColumnSources.FindModel(commandAst);
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            // whatever is wrong with the variable, the Tab key is not the place to say it
            names = [];
        }

        HashSet<string> given = new(
            commandAst.FindAll(ast => ast is StringConstantExpressionAst, true)
                .Select(word => ((StringConstantExpressionAst)word).Value)
                .Where(word => !string.Equals(word, wordToComplete, StringComparison.OrdinalIgnoreCase)),
            StringComparer.OrdinalIgnoreCase);
        return [.. WordCompletion.Complete(names.Where(name => !given.Contains(name)), wordToComplete)];
    }
}
