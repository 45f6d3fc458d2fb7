using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors.Sessions;

namespace GmmTools.Commands.Sessions;

/// <summary>Where sessions come from: from the user, or opened for a command, which closes them at its end.</summary>
internal sealed class SessionSource : IDisposable
{
    private readonly IReadOnlyList<PSSession> _given = [];
    private readonly string _way = string.Empty;
    private readonly IReadOnlyList<string> _hosts = [];
    private readonly IReadOnlyDictionary<string, object> _options = new Dictionary<string, object>();
    private readonly List<Runspace> _own = [];

    /// <param name="given">Sessions that are open.</param>
    public SessionSource(IReadOnlyList<PSSession> given) => _given = given;

    /// <param name="way">The parameter of New-PSSession that takes a host.</param>
    /// <param name="hosts">The hosts.</param>
    /// <param name="options">Further parameters of New-PSSession.</param>
    public SessionSource(string way, IReadOnlyList<string> hosts, IReadOnlyDictionary<string, object> options)
    {
        _way = way;
        _hosts = hosts;
        _options = options;
    }

    /// <summary>How many sessions there are.</summary>
    public int Count => _given.Count + _hosts.Count;

    /// <summary>Opens the sessions, side by side where that is to be done.</summary>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The sessions in order; one that cannot be opened fails with SessionNotOpened.</returns>
    public IReadOnlyList<Task<PSSession>> Open(CancellationToken cancellationToken) =>
    [
        .. _given.Select(Task.FromResult),
        .. _hosts.Select(host => Task.Factory.StartNew(
            () => Open(host, cancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
    ];

    /// <summary>Closes the sessions that were opened.</summary>
    public void Dispose()
    {
        lock (_own)
        {
            _own.ForEach(runspace => runspace.Dispose());
            _own.Clear();
        }
    }

    /// <summary>A session of New-PSSession, which belongs to a place of its own, so that no other command meets it.</summary>
    private PSSession Open(string host, CancellationToken cancellationToken)
    {
        Runspace place = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        place.Open();
        lock (_own)
        {
            _own.Add(place);
        }

        using PowerShell shell = PowerShell.Create();
        shell.Runspace = place;
        shell.AddCommand("New-PSSession").AddParameter(_way, host).AddParameter("ErrorAction", "Stop");
        foreach (KeyValuePair<string, object> option in _options)
        {
            shell.AddParameter(option.Key, option.Value);
        }

        using (cancellationToken.Register(() => shell.BeginStop(null, null)))
        {
            try
            {
                PSSession session = shell.Invoke<PSSession>().Single();
                lock (_own)
                {
                    // closed before the place that it was opened in
                    _own.Insert(0, session.Runspace);
                }

                return session;
            }
            catch (Exception exception) when (exception is RuntimeException or InvalidOperationException)
            {
                throw cancellationToken.IsCancellationRequested
                    ? new OperationCanceledException("The session was told to stop.", exception, cancellationToken)
                    : new SessionException("SessionNotOpened", $"No session with '{host}' can be opened: {SessionChannel.Words(exception)}", host, exception);
            }
        }
    }
}
