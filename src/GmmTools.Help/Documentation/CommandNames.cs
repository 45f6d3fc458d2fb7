using System;
using System.Management.Automation;
using System.Reflection;

namespace GmmTools.Help.Documentation;

/// <summary>Names of commands by their classes.</summary>
internal static class CommandNames
{
    /// <summary>The command that a class is, as Verb-Noun; null when it is none.</summary>
    /// <param name="type">The class, or null.</param>
    public static string? Find(Type? type) =>
        type?.GetCustomAttribute<CmdletAttribute>() is CmdletAttribute command ? $"{command.VerbName}-{command.NounName}" : null;

    /// <summary>Whether a class is a command or a base of commands, so that its properties are parameters.</summary>
    /// <param name="type">The class.</param>
    public static bool IsCommand(Type type) => typeof(Cmdlet).IsAssignableFrom(type);
}
