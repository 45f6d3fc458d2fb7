using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using GmmTools.Binding;
using GmmTools.Classification;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Completion;

/// <summary>Offers the variables that hold a fit or a mixture, and files of Export-GaussianMixture.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    private const string Extension = ".json";

    /// <summary>The commands that take classifiers; the first takes nothing else.</summary>
    private static readonly string[] TakingClassifiers =
        ["Get-MixtureClass", "Export-GaussianMixture", "ConvertTo-MixtureSql", "Export-MixturePlot", "Show-MixturePlot"];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete ?? string.Empty;
        try
        {
            return [.. Variables(typed, commandName), .. Files(typed)];
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            // whatever is wrong with a folder, the Tab key is not the place to say it
            return [];
        }
    }

    private static IEnumerable<CompletionResult> Variables(string typed, string command)
    {
        string prefix = typed.TrimStart('$');
        if (typed.Length > 0 && typed[0] != '$')
        {
            return [];
        }

        return
            from item in ScriptBlock.Create("Get-Variable").Invoke()
            let variable = (PSVariable)item.BaseObject
            where variable.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && IsTaken(Bare.Of(variable.Value), command)
            orderby variable.Name
            select new CompletionResult("$" + variable.Name, "$" + variable.Name, CompletionResultType.Variable, VisibleText.Of(variable.Value.ToString()!));
    }

    private static bool IsTaken(object? value, string command) => value is MixtureClassifier
        ? TakingClassifiers.Contains(command, StringComparer.OrdinalIgnoreCase)
        : value is EmFit or GaussianMixture && !string.Equals(command, TakingClassifiers[0], StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<CompletionResult> Files(string typed) => typed.StartsWith("$", StringComparison.Ordinal)
        ? []
        : CompletionCompleters.CompleteFilename(typed).Where(file =>
            file.ResultType == CompletionResultType.ProviderContainer || file.CompletionText.TrimEnd('\'', '"').EndsWith(Extension, StringComparison.OrdinalIgnoreCase));
}
