using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using GmmTools.Binding.Connections;

namespace GmmTools.Completion;

/// <summary>Offers the drivers of databases.</summary>
public sealed class DriverCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        WordCompletion.Complete(KnownDriverAttribute.ValidValues, wordToComplete);
}
