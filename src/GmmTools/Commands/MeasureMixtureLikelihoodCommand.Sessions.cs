using System.Collections;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using GmmTools.Binding;
using GmmTools.Commands.Sessions;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;

namespace GmmTools.Commands;

/// <content>Rows in the files of other machines, which stay there.</content>
public sealed partial class MeasureMixtureLikelihoodCommand
{
    private readonly ConcurrentQueue<string> _notices = new();
    private SessionSet? _sessions;

    /// <summary>Sessions of New-PSSession, over SSH or WinRM, in each of which the files of -Path are read and the rows stay: only the mixture and sums travel.
    /// Needs this version of GmmTools in each session: see -InstallModule. See about_MixtureSessions.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "Sessions of New-PSSession, in which the files are read and the rows stay.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateNotNullOrEmpty]
    public PSSession[]? Session { get; set; }

    /// <summary>Copies this module into sessions that do not have it in this version: into a folder of the user there, out of the way of installed
    /// modules.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "Copies this module into sessions that do not have it in this version.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter InstallModule { get; set; }

    /// <summary>What happens when a session is lost. Stop (the default) ends with an error. Continue warns and measures the rows of the other
    /// sessions.</summary>
    [Parameter(ParameterSetName = PathSet, HelpMessage = "What happens when a session is lost: Stop (the default) or Continue.")]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ValidateSet("Stop", "Continue")]
    public string MissingSession { get; set; } = "Stop";

    /// <inheritdoc/>
    private protected override void Release() => _sessions?.Dispose();

    private void CheckSessions()
    {
        SessionArguments.RequireSessions(this, Session);
        if (Session is not null)
        {
            SessionArguments.Refuse(this, _groups is null ? null : "Model of several groups", nameof(PerObservation));
        }
    }

    private void MeasureInSessions()
    {
        _sessions = new SessionSet(Session!, SessionArguments.GoesOn(MissingSession), _notices.Enqueue);
        SessionModule module = SessionArguments.Module(this, InstallModule);
        Hashtable arguments = SessionArguments.Of(this, _mixture!.Property);
        LikelihoodSummary summary = BackgroundWork.Run(() => Measure(module, arguments), () => Progress.Report(() => _sessions.Status), StopToken);
        while (_notices.TryDequeue(out string? notice))
        {
            WriteWarning(notice);
        }

        RowIntake intake = _sessions.Intake;
        WriteObject(summary.WithIntake(intake));
        Tell(intake);
    }

    private LikelihoodSummary Measure(SessionModule module, Hashtable arguments)
    {
        _sessions!.Open(module, arguments, StopToken);
        return _sessions.Do(rows => LikelihoodSummary.Measure(_mixture!, rows, ThrottleLimit, StopToken));
    }
}
