using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace GmmTools.Completion;

/// <summary>Completion from a list of words.</summary>
internal static class WordCompletion
{
    private static readonly char[] NeedsQuotes = [' ', '\'', '"', '`', '$', '(', ')', '{', '}', '[', ']', ',', ';', '|', '&', '<', '>', '@', '#'];

    /// <summary>The words that begin with what was typed, quoted where they need it.</summary>
    /// <param name="words">The words.</param>
    /// <param name="typed">What was typed, perhaps with a quote at the beginning.</param>
    /// <param name="describe">What a word means, or null where the word says it.</param>
    public static IEnumerable<CompletionResult> Complete(IEnumerable<string> words, string typed, Func<string, string>? describe = null)
    {
        string prefix = (typed ?? string.Empty).Trim('\'', '"');
        return words
            .Where(word => word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(word => new CompletionResult(
                Quote(word), VisibleText.Of(word), CompletionResultType.ParameterValue, VisibleText.Of(describe is null ? word : describe(word))));
    }

    private static string Quote(string word) =>
        word.IndexOfAny(NeedsQuotes) < 0 ? word : "'" + System.Management.Automation.Language.CodeGeneration.EscapeSingleQuotedStringContent(word) + "'";
}
