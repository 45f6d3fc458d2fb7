using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Commands.Sessions;

namespace GmmTools.Commands.Internal;

/// <summary>Base of the commands whose rows may be in the files of other machines.</summary>
public abstract class SessionRowCommand : RowSourceCommand
{
    /// <summary>The parameters that say where the sessions come from.</summary>
    private static readonly string[] Ways = [nameof(Session), nameof(HostName), nameof(ComputerName)];

    private readonly ConcurrentQueue<string> _notices = new();
    private SessionSet? _sessions;

    /// <summary>Sessions of New-PSSession, over SSH or WinRM, in each of which the files of -Path are read. What is needed of them comes here: see
    /// about_MixtureSessions. The rows are in the order of the sessions. Needs this version of GmmTools in each session: see -InstallModule.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "Sessions of New-PSSession, in which the files are read.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public PSSession[]? Session { get; set; }

    /// <summary>Computers in whose files the rows are, as for -Session, over SSH: the command opens sessions by New-PSSession -HostName, and closes them at
    /// its end. Needs PowerShell 7 here and there.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "Computers in whose files the rows are, over SSH.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public string[]? HostName { get; set; }

    /// <summary>The user of -HostName. Default: as ssh decides.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "The user of -HostName.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>The private key of -UserName. Default: as ssh decides.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "The private key of -UserName.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public string? KeyFilePath { get; set; }

    /// <summary>Computers in whose files the rows are, as for -HostName, over WinRM: by New-PSSession -ComputerName. The tests of the module run over SSH, not
    /// over WinRM.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "Computers in whose files the rows are, over WinRM.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Alias("Cn")]
    [ValidateNotNullOrEmpty]
    public string[]? ComputerName { get; set; }

    /// <summary>The user of -ComputerName. Default: the present one.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "The user of -ComputerName.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The port of -HostName or -ComputerName. Default: as ssh or WinRM decides.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "The port of -HostName or -ComputerName.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateRange(1, 65535)]
    public int Port { get; set; }

    /// <summary>Copies this module into sessions that do not have it in this version: into a folder of the user there, out of the way of installed
    /// modules.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "Copies this module into sessions that do not have it in this version.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter InstallModule { get; set; }

    /// <summary>What happens when a session is lost, and cannot be opened again with the same rows. Stop (the default) ends with an error. Continue warns and
    /// goes on with the rows of the other sessions, as if that one had not been there.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "What happens when a session is lost: Stop (the default) or Continue.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateSet("Stop", "Continue")]
    public string MissingSession { get; set; } = "Stop";

    /// <summary>Whether the rows are in the files of sessions.</summary>
    internal bool InSessions => Session is not null || HostName is not null || ComputerName is not null;

    /// <summary>Whether the command goes on without a session that is lost.</summary>
    private protected bool GoesOnWithoutSessions => string.Equals(MissingSession, "Continue", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    private protected override void Release() => _sessions?.Dispose();

    /// <inheritdoc/>
    private protected override void CheckSource()
    {
        (string Parameter, string[] Owners)[] belongings =
        [
            (nameof(InstallModule), Ways),
            (nameof(MissingSession), Ways),
            (nameof(UserName), [nameof(HostName)]),
            (nameof(KeyFilePath), [nameof(HostName)]),
            (nameof(Credential), [nameof(ComputerName)]),
            (nameof(Port), [nameof(HostName), nameof(ComputerName)]),
        ];
        (string Parameter, string[] Owners) alone = Array.Find(belongings, pair => IsGiven(pair.Parameter) && !Array.Exists(pair.Owners, IsGiven));
        if (alone.Parameter is not null)
        {
            throw new CommandException(
                "SessionNotGiven", $"-{alone.Parameter} was given, but no sessions to use it for. Add -{string.Join(" or -", alone.Owners)}, or leave it out.");
        }

        string[] ways = [.. Ways.Where(IsGiven)];
        if (ways.Length > 1)
        {
            throw new CommandException(
                "SessionNotSupported", $"-{ways[0]} cannot be combined with -{ways[1]}. Open all sessions by New-PSSession, and pass them to -Session in the order wanted.");
        }
    }

    /// <summary>Refuses what is not available for rows in sessions.</summary>
    /// <param name="other">What is not available and was asked for; or null.</param>
    /// <param name="names">Parameters that are not available.</param>
    /// <exception cref="CommandException">SessionNotSupported.</exception>
    private protected void RefuseInSessions(string? other, params string[] names)
    {
        other ??= Array.Find(names, IsGiven);
        if (InSessions && other is not null)
        {
            string name = MyInvocation.MyCommand.Name;
            throw new CommandException(
                "SessionNotSupported", $"-{other} cannot be combined with -{Array.Find(Ways, IsGiven)}. Leave one of them out, or bring the rows here, as in Invoke-Command $sessions {{ Import-Csv data.csv }} | {name}.");
        }
    }

    /// <summary>Works with the rows in the sessions, on another thread, and reports meanwhile.</summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="columns">The columns; empty for all numeric ones.</param>
    /// <param name="work">The work with the sessions that have read their rows.</param>
    /// <param name="report">Reports how far the work is, once the rows are read; null for nothing.</param>
    internal T DoInSessions<T>(IReadOnlyList<string> columns, Func<SessionSet, T> work, Action? report = null)
    {
        SessionSet sessions = PrepareSessions();
        SessionArguments arguments = SessionArguments.OfTable(this, columns);
        bool isOpen = false;
        T result = BackgroundWork.Run(
            () =>
            {
                sessions.OpenRows(arguments, StopToken);
                Volatile.Write(ref isOpen, true);
                return work(sessions);
            },
            () => ReportSessions(Volatile.Read(ref isOpen) ? report ?? (() => { }) : ReportReading),
            StopToken);
        TellNotices();
        return result;
    }

    /// <summary>The sessions, which are not open yet.</summary>
    private protected SessionSet PrepareSessions()
    {
        // those of an earlier question have no rows any more
        _sessions?.Dispose();
        return _sessions = new SessionSet(CreateSource(), SessionArguments.Module(this, InstallModule), GoesOnWithoutSessions, _notices.Enqueue);
    }

    /// <summary>Says what the sessions have warned of.</summary>
    private protected void TellNotices()
    {
        while (_notices.TryDequeue(out string? notice))
        {
            WriteWarning(notice);
        }
    }

    /// <summary>Says a warning when there is time.</summary>
    /// <param name="text">The warning; from any thread.</param>
    private protected void Note(string text) => _notices.Enqueue(text);

    /// <summary>Says what there is to say, and how far the work is.</summary>
    /// <param name="report">Reports the latter.</param>
    private protected void ReportSessions(Action report)
    {
        TellNotices();
        report();
    }

    private void ReportReading() => Progress.Report(() => _sessions!.Status, parts: _sessions!.FindReading);

    private SessionSource CreateSource()
    {
        if (Session is not null)
        {
            return new SessionSource(Session);
        }

        string[] hosts = HostName ?? ComputerName!;
        string[] given = [.. new[] { nameof(UserName), nameof(KeyFilePath), nameof(Port), nameof(Credential) }.Where(IsGiven)];
        Dictionary<string, object> options = given.ToDictionary(name => name, name => MyInvocation.BoundParameters[name]);
        if (KeyFilePath is not null)
        {
            options[nameof(KeyFilePath)] = SessionState.Path.GetUnresolvedProviderPathFromPSPath(KeyFilePath);
        }

        return new SessionSource(HostName is null ? nameof(ComputerName) : nameof(HostName), hosts, options);
    }

    private bool IsGiven(string name) => MyInvocation.BoundParameters.ContainsKey(name);
}
