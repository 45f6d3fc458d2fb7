using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using GmmTools.Binding.Models;
using GmmTools.Mixtures;

namespace GmmTools.Completion;

/// <summary>Offers the names of the covariance models. A wildcard that was typed stays: it comes first, then what it matches.</summary>
public sealed class CovarianceModelCompleter : IArgumentCompleter
{
    private const string Everything = "*";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = (wordToComplete ?? string.Empty).Trim('\'', '"');
        return WildcardPattern.ContainsWildcardCharacters(typed)
            ? CompleteWildcard(typed)
            : WordCompletion.Complete([.. Offered(), Everything], typed, Describe);
    }

    private static IEnumerable<CompletionResult> CompleteWildcard(string typed)
    {
        string[] matches = [.. CovarianceModelArgument.Match(typed).Select(model => model.ToString())];
        return matches.Length == 0
            ? []
            : WordCompletion.Complete([typed, .. matches], string.Empty, word => word == typed ? string.Join(", ", matches) : Describe(word));
    }

    /// <summary>E and V are names for one column; V alone would only be in the way of the others.</summary>
    private static IEnumerable<string> Offered() => CovarianceModels.Names.Where(name => name.Length > 1);

    private static string Describe(string word)
    {
        if (word == Everything)
        {
            return "all models";
        }

        CovarianceModel model = CovarianceModels.Parse(word);
        return $"{model}: {model.Describe()}";
    }
}
