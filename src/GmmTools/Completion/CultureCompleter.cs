using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace GmmTools.Completion;

/// <summary>Offers the names of cultures, with their names in words; those of this session first.</summary>
public sealed class CultureCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        CultureInfo[] all = [CultureInfo.CurrentCulture, .. CultureInfo.GetCultures(CultureTypes.SpecificCultures)];
        IEnumerable<string> names = all.Select(culture => culture.Name).Where(name => name.Length > 0).Distinct();
        return WordCompletion.Complete(names, wordToComplete, name => CultureInfo.GetCultureInfo(name).EnglishName);
    }
}
