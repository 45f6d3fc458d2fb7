using System;
using System.Management.Automation;
using System.Threading;

namespace GmmTools.Shell.Running;

/// <summary>Ctrl+C: the first stops the running pipeline, the second lets the process die.</summary>
internal sealed class InterruptHandler : IDisposable
{
    private readonly Lock _gate = new();
    private PowerShell? _running;

    /// <summary>Starts to listen.</summary>
    public InterruptHandler() => Console.CancelKeyPress += OnCancelKeyPress;

    /// <summary>Whether Ctrl+C was pressed.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>Invokes a pipeline that Ctrl+C stops.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl+C was pressed before or while it ran.</exception>
    public void Invoke(PowerShell pipeline, PSInvocationSettings settings)
    {
        lock (_gate)
        {
            if (IsInterrupted)
            {
                throw new PipelineStoppedException();
            }

            _running = pipeline;
        }

        try
        {
            pipeline.Invoke(null, settings);
        }
        finally
        {
            lock (_gate)
            {
                _running = null;
            }
        }
    }

    /// <summary>Stops to listen.</summary>
    public void Dispose() => Console.CancelKeyPress -= OnCancelKeyPress;

    private void OnCancelKeyPress(object? sender, ConsoleCancelEventArgs pressed)
    {
        lock (_gate)
        {
            pressed.Cancel = !IsInterrupted;
            if (!IsInterrupted)
            {
                IsInterrupted = true;
                _running?.BeginStop(null, null);
            }
        }
    }
}
