using System;
using System.Collections.Generic;
using System.Management.Automation.Runspaces;

namespace GmmTools.Shell.Running;

/// <summary>Turns the words after the script's name into parameters, as <c>pwsh -File</c> does.</summary>
internal static class ScriptArguments
{
    /// <summary>Adds every word to the command: names as parameter tokens, the rest as values in their order.</summary>
    public static void AddTo(Command command, IReadOnlyList<string> words)
    {
        for (int index = 0; index < words.Count; index++)
        {
            string word = words[index];
            int colon = word.IndexOf(':', StringComparison.Ordinal);
            if (!IsParameterName(word))
            {
                command.Parameters.Add(null, word);
            }
            else if (colon < 0)
            {
                // A leading dash makes the engine treat it as a typed name: the next value is its argument, or it is a switch.
                command.Parameters.Add(new CommandParameter(word));
            }
            else if (colon < word.Length - 1)
            {
                command.Parameters.Add(word[1..colon], ReadValue(word[(colon + 1)..]));
            }
            else if (index + 1 < words.Count)
            {
                index++;
                command.Parameters.Add(word[1..colon], ReadValue(words[index]));
            }
            else
            {
                command.Parameters.Add(new CommandParameter(word[..colon]));
            }
        }
    }

    // -5 and -.5 are numbers, everything else with a dash is a name.
    private static bool IsParameterName(string word) => word.Length > 1 && word[0] == '-' && (char.IsLetter(word[1]) || word[1] == '_');

    private static object ReadValue(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
