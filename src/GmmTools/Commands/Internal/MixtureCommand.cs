using System;
using System.Management.Automation;
using System.Threading;

namespace GmmTools.Commands.Internal;

/// <summary>Base of the commands that take no rows.</summary>
public abstract class MixtureCommand : PSCmdlet, IDisposable
{
    private readonly CommandRun _run;
    private readonly Action _process;

    private protected MixtureCommand()
    {
        _run = new CommandRun(this);

        // a delegate made once, not for each of a million records
        _process = Process;
    }

    /// <summary>Cancelled when the user stops the pipeline.</summary>
    private protected CancellationToken StopToken => _run.StopToken;

    /// <inheritdoc/>
    public void Dispose()
    {
        _run.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => _run.Step(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => _run.Step(_process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => _run.LastStep(End);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _run.Stop();

    /// <summary>Writes a warning without control sequences of the user's data.</summary>
    /// <param name="text">The warning.</param>
    private protected new void WriteWarning(string text) => _run.Warn(text);

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
}
