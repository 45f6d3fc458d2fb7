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
