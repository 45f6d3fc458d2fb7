using System;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;

namespace GmmTools.Commands.Internal;

/// <summary>Base of the commands: every error leaves as an error record, and Ctrl+C cancels a token.</summary>
public abstract class MixtureCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Action _process;

    private protected MixtureCommand()
    {
        // a delegate made once, not for each of a million rows
        _process = Process;
    }

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    private protected CancellationToken StopToken => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(_process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Guard(End);
        Finish();
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // the stop came when the command was over
        }
    }

    /// <summary>Releases what the command holds.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    /// <summary>Runs before the first record.</summary>
    private protected virtual void Begin()
    {
    }

    /// <summary>Runs for each record.</summary>
    private protected virtual void Process()
    {
    }

    /// <summary>Runs after the last record.</summary>
    private protected virtual void End()
    {
    }

    /// <summary>Runs last, however the command ends.</summary>
    private protected virtual void Finish()
    {
    }

    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // the pipeline is being stopped: nothing is to be said
            throw new PipelineStoppedException();
        }
        catch (Exception exception) when (ErrorRecords.TryCreate(exception) is not null)
        {
            Finish();
            ThrowTerminatingError(ErrorRecords.TryCreate(exception)!);
        }
    }
}
