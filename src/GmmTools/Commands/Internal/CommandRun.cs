using System;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;

namespace GmmTools.Commands.Internal;

/// <summary>A run of a command: every error of a step leaves as an error record, and Ctrl+C cancels a token.</summary>
/// <param name="command">The command.</param>
/// <param name="finish">Runs last, however the command ends; null for nothing.</param>
internal sealed class CommandRun(PSCmdlet command, Action? finish = null) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    public CancellationToken StopToken => _stop.Token;

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();

    /// <summary>Runs a step.</summary>
    /// <param name="step">The step.</param>
    public void Step(Action step)
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
            finish?.Invoke();
            command.ThrowTerminatingError(ErrorRecords.TryCreate(exception)!);
        }
    }

    /// <summary>Runs the last step.</summary>
    /// <param name="step">The step.</param>
    public void LastStep(Action step)
    {
        Step(step);
        finish?.Invoke();
    }

    /// <summary>Cancels what runs; from any thread.</summary>
    public void Stop()
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
}
