using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Commands.Sessions;
using GmmTools.Estimation;

namespace GmmTools.Commands;

/// <content>Rows in the files of other machines, which stay there.</content>
public sealed partial class InvokeEmFitCommand
{
    private SessionSet? _sessions;
    private bool _fitsSessions;

    /// <summary>Sessions of New-PSSession, over SSH or WinRM, in each of which the files of -Path are read and the rows stay: each iteration sends the mixture
    /// there and brings back sums. The rows are in the order of the sessions. Needs this version of GmmTools in each session: see -InstallModule. See
    /// about_MixtureSessions.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "Sessions of New-PSSession, in which the files are read and the rows stay.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public PSSession[]? Session { get; set; }

    /// <summary>Copies this module into sessions that do not have it in this version: into a folder of the user there, out of the way of installed
    /// modules.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "Copies this module into sessions that do not have it in this version.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter InstallModule { get; set; }

    /// <summary>What happens when a session is lost. Stop (the default) ends with an error. Continue warns and begins the fit again with the rows of
    /// the other sessions, as if that one had not been there.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "What happens when a session is lost: Stop (the default) or Continue.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateSet("Stop", "Continue")]
    public string MissingSession { get; set; } = "Stop";

    private bool GoesOnWithoutSessions => SessionArguments.GoesOn(MissingSession);

    /// <inheritdoc/>
    private protected override void Release() => _sessions?.Dispose();

    private void CheckSessions()
    {
        SessionArguments.RequireSessions(this, Session);
        if (Session is not null)
        {
            SessionArguments.Refuse(
                this, null, nameof(GroupProperty), nameof(InitialComponent), nameof(InitialResponsibility), nameof(KnownComponent), nameof(TrimFraction));
            if (GoesOnWithoutSessions && Checkpoint is not null)
            {
                throw new CommandException(
                    "SessionNotSupported", "-Checkpoint cannot be combined with -MissingSession Continue: it belongs to the rows of all sessions. Leave one of them out.");
            }
        }
    }

    /// <summary>Fits rows that do not come here.</summary>
    /// <returns>Whether there are such.</returns>
    private bool FitsElsewhere()
    {
        if (InDatabase)
        {
            FitInDatabase();
        }
        else if (Session is not null)
        {
            FitSessions();
        }

        return InDatabase || Session is not null;
    }

    private void FitSessions()
    {
        TellCheckpoint();
        _sessions = new SessionSet(Session!, GoesOnWithoutSessions, _notices.Enqueue);
        SessionModule module = SessionArguments.Module(this, InstallModule);
        Hashtable arguments = SessionArguments.Of(this, GivenColumns.Names ?? _initial?.Property);
        IReadOnlyList<IFitOutcome> outcomes = BackgroundWork.Run(() => FitSessions(module, arguments), ReportSessions, StopToken);
        TellNotices();
        WriteVerbose(FormattableString.Invariant(
            $"{_sessions.Rows.Sum(rows => rows.RequestCount)} requests to {Counted.Of(_sessions.Rows.Count, "session")}: {_sessions.Rows.Sum(rows => rows.BytesSent)} bytes sent, {_sessions.Rows.Sum(rows => rows.BytesReceived)} received."));
        Write(outcomes, _sessions.Intake);
    }

    /// <summary>Reads the rows where they are and fits them; on any thread.</summary>
    private IReadOnlyList<IFitOutcome> FitSessions(SessionModule module, Hashtable arguments)
    {
        _sessions!.Open(module, arguments, StopToken);
        Volatile.Write(ref _fitsSessions, true);
        return _sessions.Do(Fit);
    }

    private void ReportSessions()
    {
        TellNotices();
        if (Volatile.Read(ref _fitsSessions))
        {
            ReportProgress();
        }
        else
        {
            Progress.Report(() => _sessions!.Status);
        }
    }
}
