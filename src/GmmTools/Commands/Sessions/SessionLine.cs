using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Connectors.Sessions;

namespace GmmTools.Commands.Sessions;

/// <summary>
/// The way to the rows of one session that survives its loss: another session of the same kind is opened to the same place, reads the rows again, and goes on
/// with the request that was not answered, if they are the rows that they were.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="warn">Hears what is warned of; from any thread.</param>
internal sealed class SessionLine(PSSession session, Action<string> warn) : ISessionChannel
{
    private const int MaxLosses = 3;
    private const int MaxAttempts = 3;
    private static readonly TimeSpan OpeningTime = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly List<Runspace> _own = [];
    private SessionChannel _channel = new($"{session.Name} on {session.ComputerName}", session.Runspace, warn);
    private SessionModule? _module;
    private SessionArguments? _arguments;
    private SessionPlace? _place;
    private byte[] _head = [];
    private Task _replacing = Task.CompletedTask;

    /// <inheritdoc/>
    public string Name { get; } = $"{session.Name} on {session.ComputerName}";

    /// <summary>The session that was given.</summary>
    public PSSession Session => session;

    /// <summary>How far the reading is.</summary>
    public string Progress => _channel.Progress;

    /// <summary>Reads the rows in the session.</summary>
    /// <param name="module">Brings the module.</param>
    /// <param name="arguments">How they are read.</param>
    /// <param name="cancellationToken">Stops whatever the session does with the rows, now and later.</param>
    /// <returns>What is to be known of them.</returns>
    /// <exception cref="SessionException">The session is lost, or cannot read them.</exception>
    public async Task<byte[]> OpenAsync(SessionModule module, SessionArguments arguments, CancellationToken cancellationToken)
    {
        _module = module;
        _arguments = arguments;
        _place = await module.ImportAsync(_channel, null, cancellationToken).ConfigureAwait(false);
        return _head = await _channel.OpenAsync(arguments, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<byte[]> AskAsync(byte[] request, CancellationToken cancellationToken)
    {
        for (int losses = 1; ; losses++)
        {
            SessionChannel channel = Volatile.Read(ref _channel);
            try
            {
                return await channel.AskAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (SessionException lost) when (lost.ErrorId == "SessionLost" && losses <= MaxLosses && !cancellationToken.IsCancellationRequested)
            {
                await ReplaceAsync(channel, lost, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Lets the session forget the rows, and closes those that took its place.</summary>
    public async Task CloseAsync()
    {
        try
        {
            await _channel.CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _own.ForEach(runspace => runspace.Dispose());
        }
    }

    /// <summary>Opens another session in place of one that was lost, unless that is done or being done.</summary>
    private Task ReplaceAsync(SessionChannel channel, SessionException lost, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_channel == channel && _replacing.IsCompleted)
            {
                _replacing = ReplaceAsync(lost, cancellationToken);
            }

            return _channel == channel ? _replacing : Task.CompletedTask;
        }
    }

    private async Task ReplaceAsync(SessionException lost, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _channel, await ReopenAsync(lost, cancellationToken).ConfigureAwait(false));
        warn($"{lost.Message} It was opened again, and the work goes on with the same rows.");
    }

    private async Task<SessionChannel> ReopenAsync(SessionException lost, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await ReopenOnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (SessionException exception) when (exception.ErrorId == "SessionLost" && attempt < MaxAttempts)
            {
                await Task.Delay(TimeSpan.FromSeconds(attempt), cancellationToken).ConfigureAwait(false);
            }
            catch (SessionException exception)
            {
                throw new SessionException("SessionLost", $"{lost.Message} It cannot be opened again as it was: {exception.Message}", Name, lost);
            }
        }
    }

    private async Task<SessionChannel> ReopenOnceAsync(CancellationToken cancellationToken)
    {
        SessionChannel channel = new(Name, await OpenRunspaceAsync(cancellationToken).ConfigureAwait(false), _ => { });
        await _module!.ImportAsync(channel, _place, cancellationToken).ConfigureAwait(false);
        byte[] head = await channel.OpenAsync(_arguments!, cancellationToken).ConfigureAwait(false);
        return head.SequenceEqual(_head) ? channel : throw new SessionException("SessionFailed", "Its files have other rows now.", Name);
    }

    private async Task<Runspace> OpenRunspaceAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<bool> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Runspace? runspace = null;
        try
        {
            runspace = RunspaceFactory.CreateRunspace(session.Runspace.ConnectionInfo);
            _own.Add(runspace);
            runspace.StateChanged += (_, change) =>
            {
                if (change.RunspaceStateInfo.State is RunspaceState.Opened or RunspaceState.Broken or RunspaceState.Closed)
                {
                    opened.TrySetResult(change.RunspaceStateInfo.State == RunspaceState.Opened);
                }
            };
            runspace.OpenAsync();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // a kind of session that cannot be opened by what is known of it
            throw new SessionException("SessionFailed", SessionChannel.Words(exception), Name, exception);
        }

        Task first = await Task.WhenAny(opened.Task, Task.Delay(OpeningTime, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (first != opened.Task || !await opened.Task.ConfigureAwait(false))
        {
            Exception? reason = runspace.RunspaceStateInfo.Reason;
            throw new SessionException("SessionLost", reason is null ? "It does not answer." : SessionChannel.Words(reason), Name, reason);
        }

        return runspace;
    }
}
