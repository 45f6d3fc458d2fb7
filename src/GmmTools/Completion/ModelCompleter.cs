using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using GmmTools.Binding;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Completion;

/// <summary>Offers the variables that hold a fit or a mixture, and files of Export-GaussianMixture.</summary>
public sealed class ModelCompleter : IArgumentCompleter
{
    private const string Extension = ".json";

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string typed = wordToComplete ?? string.Empty;
        try
        {
            return [.. Variables(typed), .. Files(typed)];
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            // whatever is wrong with a folder, the Tab key is not the place to say it
            return [];
        }
    }

    private static IEnumerable<CompletionResult> Variables(string typed)
    {
        string prefix = typed.TrimStart('$');
        if (typed.Length > 0 && typed[0] != '$')
        {
            return [];
        }

        return
            from item in ScriptBlock.Create("Get-Variable").Invoke()
            let variable = (PSVariable)item.BaseObject
            where variable.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && Bare.Of(variable.Value) is EmFit or GaussianMixture
            orderby variable.Name
            select new CompletionResult("$" + variable.Name, "$" + variable.Name, CompletionResultType.Variable, VisibleText.Of(variable.Value.ToString()!));
    }

    private static IEnumerable<CompletionResult> Files(string typed) => typed.StartsWith("$", StringComparison.Ordinal)
        ? []
        : CompletionCompleters.CompleteFilename(typed).Where(file =>
            file.ResultType == CompletionResultType.ProviderContainer || file.CompletionText.TrimEnd('\'', '"').EndsWith(Extension, StringComparison.OrdinalIgnoreCase));
}
