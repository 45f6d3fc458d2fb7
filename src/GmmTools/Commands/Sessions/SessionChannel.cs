using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Binding;
using GmmTools.Connectors.Sessions;

namespace GmmTools.Commands.Sessions;

/// <summary>
/// The way to the rows of one session, whatever its transport: SSH, WinRM, or a process beside this one. One pipeline runs there as long as the rows are needed: its
/// input are the requests, its output the answers, in the same order.
/// </summary>
internal sealed class SessionChannel : ISessionChannel
{
    private const int ProbeMilliseconds = 1000;

    private readonly Runspace _runspace;
    private readonly Action<string> _warn;
    private readonly string _id = Guid.NewGuid().ToString("N");
    private readonly object _gate = new();
    private readonly Queue<TaskCompletionSource<byte[]>> _waiting = new();
    private readonly PSDataCollection<PSObject> _requests = [];
    private readonly PSDataCollection<PSObject> _answers = [];
    private Task _ended = Task.CompletedTask;
    private Exception? _end;
    private bool _forgets = true;

    /// <param name="name">What the session is called.</param>
    /// <param name="runspace">The session.</param>
    /// <param name="warn">Hears what the session warns of; from any thread.</param>
    public SessionChannel(string name, Runspace runspace, Action<string> warn)
    {
        Name = name;
        _runspace = runspace;
        _warn = warn;
        _answers.DataAdded += (_, _) => Deliver();
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>How far the reading is, as the session tells it.</summary>
    public string Progress { get; private set; } = "begins to read";

    private bool IsOpen => _runspace.RunspaceStateInfo.State == RunspaceState.Opened;

    /// <inheritdoc/>
    public Task<byte[]> AskAsync(byte[] request, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Task<byte[]> answer = Expect(cancellationToken);
            if (_end is null)
            {
                // what cannot be sent is answered with the reason when the pipeline ends
                TrySend(request);
            }

            return answer;
        }
    }

    /// <summary>Reads the rows in the session, which keeps them.</summary>
    /// <param name="arguments">How they are read.</param>
    /// <param name="cancellationToken">Stops whatever the session does with the rows, now and later.</param>
    /// <returns>What is to be known of them.</returns>
    public async Task<byte[]> OpenAsync(SessionArguments arguments, CancellationToken cancellationToken)
    {
        Hashtable own = (Hashtable)arguments.Parameters.Clone();
        own["Id"] = _id;
        PowerShell shell = PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript(SessionScripts.Serve)
            .AddParameter("Open", arguments.Command.FullName)
            .AddParameter("Read", typeof(ReadMixtureSessionCommand).FullName)
            .AddParameter("Arguments", own);
        shell.Streams.Warning.DataAdded += (_, added) => _warn($"Session '{Name}': {shell.Streams.Warning[added.Index].Message}");
        shell.Streams.Progress.DataAdded += (_, added) => Progress = shell.Streams.Progress[added.Index].StatusDescription;
        Task<byte[]> head = Expect(cancellationToken);
        _ended = ServeAsync(shell, cancellationToken);
        return await head.ConfigureAwait(false);
    }

    /// <summary>Lets the session forget the rows.</summary>
    public async Task CloseAsync()
    {
        try
        {
            _requests.Complete();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // the pipeline is ending: remoting raises whatever it comes upon
        }

        await _ended.ConfigureAwait(false);
        if (!_forgets && IsOpen)
        {
            // a pipeline that was stopped could not do so itself
            Hashtable forget = new() { ["Read"] = typeof(ReadMixtureSessionCommand).FullName, ["Id"] = _id };
            await RunAsync(SessionScripts.Forget, forget, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Runs a script in the session.</summary>
    /// <param name="script">The script.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What it gives.</returns>
    /// <exception cref="SessionException">SessionLost, SessionFailed.</exception>
    public async Task<IReadOnlyList<PSObject>> RunAsync(string script, IDictionary parameters, CancellationToken cancellationToken)
    {
        try
        {
            using PowerShell shell = PowerShell.Create();
            shell.Runspace = _runspace;
            shell.AddScript(script).AddParameters(parameters);
            Task<PSDataCollection<PSObject>> ended = Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke);
            using (cancellationToken.Register(() => shell.BeginStop(null, null)))
            {
                return [.. await ended.ConfigureAwait(false)];
            }
        }
        catch (Exception exception)
        {
            throw Explain(exception, cancellationToken);
        }
    }

    /// <summary>Runs the pipeline to its end; what still waits then hears of it.</summary>
    private async Task ServeAsync(PowerShell shell, CancellationToken cancellationToken)
    {
        Exception end = new OperationCanceledException("The rows were let go.");
        CancellationTokenRegistration stop = default;
        try
        {
            Task ended = Task.Factory.FromAsync(shell.BeginInvoke(_requests, _answers), shell.EndInvoke);
            _forgets = false;
            stop = cancellationToken.Register(() => shell.BeginStop(null, null));
            bool isLost = false;
            while (await Task.WhenAny(ended, Task.Delay(ProbeMilliseconds, CancellationToken.None)).ConfigureAwait(false) != ended)
            {
                // a pipeline that has ended takes nothing either, but tells so at once
                if (isLost)
                {
                    throw new IOException("Nothing can be sent.");
                }

                isLost = !Probe();
            }

            await ended.ConfigureAwait(false);
            _forgets = shell.InvocationStateInfo.State == PSInvocationState.Completed;
            shell.Dispose();
        }
        catch (Exception exception)
        {
            // it is not disposed of: that would wait for a session that may be gone
            end = Explain(exception, cancellationToken);
            _forgets |= end is SessionException { ErrorId: "SessionLost" };
        }

        stop.Dispose();
        lock (_gate)
        {
            _end = end;
            while (_waiting.Count > 0)
            {
                _waiting.Dequeue().TrySetException(end);
            }
        }
    }

    /// <summary>Sends something to a session that is waited for: not every transport tells by itself that the other side is gone, but none can send to it.</summary>
    private bool Probe()
    {
        lock (_gate)
        {
            return _waiting.Count == 0 || TrySend([]);
        }
    }

    private bool TrySend(byte[] request)
    {
        try
        {
            _requests.Add(PSObject.AsPSObject(request));
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // remoting raises whatever it comes upon, a NullReferenceException among others
            return false;
        }
    }

    /// <summary>A place among those who wait. Who does not wait any more lets the answer pass.</summary>
    private Task<byte[]> Expect(CancellationToken cancellationToken)
    {
        TaskCompletionSource<byte[]> place = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_end is not null)
            {
                place.SetException(_end);
                return place.Task;
            }

            _waiting.Enqueue(place);
        }

        CancellationTokenRegistration cancelled = cancellationToken.Register(() => place.TrySetCanceled(cancellationToken));
        place.Task.ContinueWith(_ => cancelled.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return place.Task;
    }

    private void Deliver()
    {
        lock (_gate)
        {
            foreach (PSObject answer in _answers.ReadAll())
            {
                if (_waiting.Count > 0 && Bare.Of(answer) is byte[] bytes)
                {
                    _waiting.Dequeue().TrySetResult(bytes);
                }
            }
        }
    }

    private Exception Explain(Exception exception, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested ? new OperationCanceledException("The session was told to stop.", exception, cancellationToken)
        : IsLoss(exception) ? new SessionException("SessionLost", $"Session '{Name}' was lost: {(exception is RuntimeException ? Words(exception) : "nothing can be sent to it any more.")}", Name, exception)
        : new SessionException("SessionFailed", $"Session '{Name}': {Words(exception)}", Name, exception);

    private bool IsLoss(Exception exception) =>
        !IsOpen || exception is not RuntimeException || exception is PSRemotingTransportException or PSRemotingDataStructureException or InvalidRunspaceStateException;

    /// <summary>What an error says, as a sentence.</summary>
    /// <param name="exception">The error.</param>
    public static string Words(Exception exception)
    {
        ErrorRecord? record = (exception as IContainsErrorRecord)?.ErrorRecord;
        string words = (record?.ErrorDetails?.Message ?? exception.Message).Trim();
        return words.EndsWith(".", StringComparison.Ordinal) ? words : words + ".";
    }
}
