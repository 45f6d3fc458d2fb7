using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using GmmTools.Binding;
using GmmTools.Commands.Internal;
using GmmTools.Observations.Intake;

namespace GmmTools.Commands.Sessions;

/// <summary>What sessions are told of a command.</summary>
internal static class SessionArguments
{
    private static readonly string[] Sent =
    [
        "Path", "LiteralPath", "Delimiter", "Header", "Encoding", "MissingValue", "MissingText", "Unit", "WeightProperty", "ThrottleLimit", "MemoryLimit", "TempPath",
        "ExcludeProperty",
    ];

    /// <summary>How the rows are read there: as they would be here.</summary>
    /// <param name="command">The command.</param>
    /// <param name="columns">The columns; null for all numeric ones.</param>
    public static Hashtable Of(RowSourceCommand command, IReadOnlyList<string>? columns)
    {
        Dictionary<string, object> bound = command.MyInvocation.BoundParameters;
        Hashtable arguments = [];
        foreach (string name in Sent.Where(bound.ContainsKey))
        {
            arguments[name] = bound[name];
        }

        if (command.Culture is not null)
        {
            arguments["Culture"] = command.Culture.Name;
        }

        if (columns is not null)
        {
            arguments["Property"] = columns.ToArray();
        }

        return arguments;
    }

    /// <summary>Refuses parameters of sessions where there are none.</summary>
    /// <param name="command">The command.</param>
    /// <param name="sessions">The sessions, or null.</param>
    /// <exception cref="CommandException">SessionNotGiven.</exception>
    public static void RequireSessions(RowSourceCommand command, PSSession[]? sessions)
    {
        if (sessions is null && Given(command, "InstallModule", "MissingSession") is string alone)
        {
            throw new CommandException("SessionNotGiven", $"-{alone} was given, but no sessions. Add -Session, or leave it out.");
        }
    }

    /// <summary>Whether -MissingSession leaves out sessions that are lost.</summary>
    /// <param name="missingSession">Stop or Continue.</param>
    public static bool GoesOn(string missingSession) => string.Equals(missingSession, "Continue", StringComparison.OrdinalIgnoreCase);

    /// <summary>Refuses what is not available for rows in sessions.</summary>
    /// <param name="command">The command.</param>
    /// <param name="other">What is not available and was asked for; or null.</param>
    /// <param name="names">Parameters that are not available.</param>
    /// <exception cref="CommandException">SessionNotSupported.</exception>
    public static void Refuse(RowSourceCommand command, string? other, params string[] names)
    {
        other ??= Given(command, names) ?? (command.ParsePolicy() == MissingValuePolicy.Marginalize ? "MissingValue Marginalize" : null);
        if (other is not null)
        {
            string name = command.MyInvocation.MyCommand.Name;
            throw new CommandException(
                "SessionNotSupported", $"-{other} cannot be combined with -Session. Leave one of them out, or bring the rows here, as in Invoke-Command $sessions {{ Import-Csv data.csv }} | {name}.");
        }
    }

    private static string? Given(RowSourceCommand command, params string[] names) => Array.Find(names, command.MyInvocation.BoundParameters.ContainsKey);

    /// <summary>The module that the sessions need: the one that has the command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="install">Whether sessions without it are given a copy.</param>
    public static SessionModule Module(PSCmdlet command, bool install)
    {
        PSModuleInfo module = command.MyInvocation.MyCommand.Module;
        return new SessionModule(module.Version.ToString(), module.ModuleBase, install);
    }
}
