using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using GmmTools.Commands.Internal;

namespace GmmTools.Commands.Sessions;

/// <summary>How sessions read the rows of a command: as it would read them itself.</summary>
/// <param name="Command">The class of the cmdlet that reads them there.</param>
/// <param name="Parameters">Its parameters.</param>
internal sealed record SessionArguments(Type Command, Hashtable Parameters)
{
    private static readonly string[] Reading =
        ["Path", "LiteralPath", "Delimiter", "Header", "Encoding", "MissingValue", "MissingText", "Unit", "WeightProperty", "ThrottleLimit"];

    private static readonly string[] Keeping = ["MemoryLimit", "TempPath", "ExcludeProperty"];

    /// <summary>Rows that the sessions keep.</summary>
    /// <param name="command">The command.</param>
    /// <param name="columns">The columns; empty for all numeric ones.</param>
    public static SessionArguments OfTable(RowSourceCommand command, IReadOnlyList<string> columns) =>
        new(typeof(OpenMixtureSessionCommand), Collect(command, [.. Reading, .. Keeping], columns));

    /// <summary>Rows that come here as they are read.</summary>
    /// <param name="command">The command.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="extra">Columns that go with them.</param>
    /// <param name="limit">Which of them come; null for all.</param>
    public static SessionArguments OfStream(RowSourceCommand command, IReadOnlyList<string> columns, IReadOnlyList<string> extra, SessionLimit? limit)
    {
        Hashtable parameters = Collect(command, Reading, columns);
        if (extra.Count > 0)
        {
            parameters["IncludeProperty"] = extra.ToArray();
        }

        if (limit is not null)
        {
            parameters["Mixture"] = limit.Mixture;
            parameters["Level"] = limit.Level;
        }

        return new SessionArguments(typeof(SelectMixtureSessionCommand), parameters);
    }

    /// <summary>The module that the sessions need: the one that has the command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="install">Whether sessions without it are given a copy.</param>
    public static SessionModule Module(PSCmdlet command, bool install)
    {
        PSModuleInfo module = command.MyInvocation.MyCommand.Module;
        return new SessionModule(module.Version.ToString(), module.ModuleBase, install);
    }

    private static Hashtable Collect(RowSourceCommand command, string[] names, IReadOnlyList<string> columns)
    {
        Dictionary<string, object> bound = command.MyInvocation.BoundParameters;
        Hashtable parameters = [];
        foreach (string name in names.Where(bound.ContainsKey))
        {
            parameters[name] = bound[name];
        }

        if (command.Culture is not null)
        {
            parameters["Culture"] = command.Culture.Name;
        }

        if (columns.Count > 0)
        {
            parameters["Property"] = columns.ToArray();
        }

        return parameters;
    }
}
