using System.Collections.Generic;
using System.Linq;
using GmmTools.Help.Model;

namespace GmmTools.Help.Documentation;

/// <summary>What the help of a command must have; the build fails without it.</summary>
internal static class HelpRules
{
    private const int FewestExamples = 3;

    /// <summary>What is missing, one sentence each.</summary>
    /// <param name="command">The help of a command.</param>
    public static IEnumerable<string> FindFaults(CommandHelp command)
    {
        if (command.Synopsis.Length == 0)
        {
            yield return $"{command.Name} has no <summary>.";
        }

        if (command.Description.Length == 0)
        {
            yield return $"{command.Name} has no <remarks>: they are the description.";
        }

        if (command.Examples.Count < FewestExamples)
        {
            yield return $"{command.Name} has {command.Examples.Count} <example> elements; it needs at least {FewestExamples}.";
        }

        foreach (ParameterHelp parameter in command.Parameters.Where(parameter => parameter.Description.Length == 0))
        {
            yield return $"{command.Name} -{parameter.Info.Name} has no <summary>.";
        }

        foreach (ExampleHelp example in command.Examples.Where(example => example.Code.Length == 0 || example.Title.Length == 0))
        {
            yield return $"{command.Name}: the example '{example.Title}' lacks its code or its title.";
        }
    }
}
