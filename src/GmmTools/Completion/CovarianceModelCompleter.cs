using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using GmmTools.Mixtures;

namespace GmmTools.Completion;

/// <summary>Offers the names of the covariance models.</summary>
public sealed class CovarianceModelCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        WordCompletion.Complete(CovarianceModels.Names, wordToComplete);
}
