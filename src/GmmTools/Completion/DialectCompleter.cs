using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using GmmTools.Binding;

namespace GmmTools.Completion;

/// <summary>Offers the dialects of SQL.</summary>
public sealed class DialectCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        WordCompletion.Complete(KnownDialectAttribute.ValidValues, wordToComplete);
}
