using System;
using System.Management.Automation;
using System.Threading;
using GmmTools.Binding;
using GmmTools.Loading;

namespace GmmTools.Commands.Internal;

/// <summary>A run of a command: every error of a step leaves as an error record, and Ctrl+C cancels a token.</summary>
/// <param name="command">The command.</param>
/// <param name="finish">Runs last, however the command ends; null for nothing.</param>
internal sealed class CommandRun(PSCmdlet command, Action? finish = null) : IDisposable
{
    /// <summary>The most warnings that a command writes; of more the last one counts the rest.</summary>
    private const int MaxWarnings = 5;

    private readonly CancellationTokenSource _stop = new();
    private string? _lastWarning;
    private long _warningCount;

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
            EndWarnings();
            FeedbackBridge.Begin();
            command.ThrowTerminatingError(ErrorRecords.TryCreate(exception)!);
        }
    }

    /// <summary>Runs the last step.</summary>
    /// <param name="step">The step.</param>
    public void LastStep(Action step)
    {
        Step(step);
        finish?.Invoke();
        EndWarnings();
    }

    /// <summary>Writes a warning without control sequences of the user's data, or counts it where there were many.</summary>
    /// <param name="text">The warning.</param>
    public void Warn(string text)
    {
        _warningCount++;
        string visible = VisibleText.InMessage(text);
        if (_warningCount < MaxWarnings)
        {
            command.WriteWarning(visible);
        }
        else if (_warningCount == MaxWarnings)
        {
            // whether it is the last is known at the end
            _lastWarning = visible;
        }
    }

    private void EndWarnings()
    {
        string? last = _lastWarning;
        _lastWarning = null;
        if (last is not null)
        {
            command.WriteWarning(_warningCount == MaxWarnings
                ? last
                : FormattableString.Invariant($"{Counted.Of(_warningCount - MaxWarnings + 1, "more warning", "is", "are")} not shown; those about a fit are in its property Warnings."));
        }
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
