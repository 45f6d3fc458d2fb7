using System;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;

namespace GmmTools.Commands;

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

    /// <summary>Writes a warning without control sequences of the user's data.</summary>
    /// <param name="text">The warning.</param>
    private protected new void WriteWarning(string text) => base.WriteWarning(VisibleText.InMessage(text));

    /// <summary>Writes a verbose message without control sequences of the user's data.</summary>
    /// <param name="text">The message.</param>
    private protected new void WriteVerbose(string text) => base.WriteVerbose(VisibleText.InMessage(text));

    /// <summary>Asks, as <see cref="Cmdlet.ShouldProcess(string)"/>, without control sequences of the user's data.</summary>
    /// <param name="target">What is to be changed.</param>
    private protected new bool ShouldProcess(string target) => base.ShouldProcess(VisibleText.Of(target));

    /// <summary>Asks, as <see cref="Cmdlet.ShouldProcess(string, string)"/>, without control sequences of the user's data.</summary>
    /// <param name="target">What is to be changed.</param>
    /// <param name="action">What is to be done.</param>
    private protected new bool ShouldProcess(string target, string action) => base.ShouldProcess(VisibleText.Of(target), action);

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
