using System;
using System.Collections.Generic;

namespace GmmTools.Shell.Running;

/// <summary>The parsed command line: what to do, with which text or script, with which arguments.</summary>
internal sealed class CommandLine
{
    private CommandLine(ShellAction action, string text, IReadOnlyList<string> arguments)
    {
        Action = action;
        Text = text;
        Arguments = arguments;
    }

    /// <summary>What to do.</summary>
    public ShellAction Action { get; }

    /// <summary>The command text, the path of the script, or what is wrong with the command line.</summary>
    public string Text { get; }

    /// <summary>The arguments of the script.</summary>
    public IReadOnlyList<string> Arguments { get; }

    /// <summary>Reads the arguments of the process.</summary>
    public static CommandLine Parse(string[] arguments)
    {
        ReadOnlySpan<string> rest = arguments;
        if (rest.Length > 0 && rest[0] == "--")
        {
            rest = rest[1..];
        }

        if (rest.Length == 0)
        {
            return Reject("Nothing to run: give a script or -Command.");
        }

        return rest[0].ToUpperInvariant() switch
        {
            "-HELP" or "--HELP" or "-H" or "-?" or "/?" => new CommandLine(ShellAction.ShowHelp, string.Empty, []),
            "-COMMAND" or "--COMMAND" or "-C" => ParseCommand(rest[1..]),
            "-FILE" or "--FILE" or "-F" => ParseFile(rest[1..]),
            _ when rest[0].StartsWith('-') => Reject($"Unknown option '{rest[0]}'."),
            _ => ParseFile(rest),
        };
    }

    private static CommandLine ParseCommand(ReadOnlySpan<string> rest) =>
        rest.Length == 0
            ? Reject("-Command needs the text to run.")
            : new CommandLine(ShellAction.RunCommand, string.Join(' ', rest!), []);

    private static CommandLine ParseFile(ReadOnlySpan<string> rest) =>
        rest.Length == 0
            ? Reject("-File needs the path of a script.")
            : new CommandLine(ShellAction.RunFile, rest[0], rest[1..].ToArray());

    private static CommandLine Reject(string reason) => new(ShellAction.RejectUsage, reason, []);
}
