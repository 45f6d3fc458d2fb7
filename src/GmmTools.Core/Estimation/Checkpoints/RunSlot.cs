using System;
using System.Diagnostics;
using System.IO;
using GmmTools.Estimation.Runs;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Checkpoints;

/// <summary>The place of one run of EM in a checkpoint: empty, its latest state, or its outcome.</summary>
internal sealed class RunSlot
{
    private readonly Checkpoint _checkpoint;
    private readonly Stopwatch _sinceCapture = Stopwatch.StartNew();
    private byte[]? _state;
    private int _capturedIteration;

    public RunSlot(Checkpoint checkpoint)
    {
        _checkpoint = checkpoint;
    }

    /// <summary>The outcome, when the run is over.</summary>
    public EmRun? Finished { get; private set; }

    /// <summary>Whether the slot holds a state to go on from.</summary>
    public bool HasState => _state is not null;

    /// <summary>Whether it is time to capture the state.</summary>
    /// <param name="iteration">Iterations done so far.</param>
    public bool IsDue(int iteration) =>
        _sinceCapture.Elapsed >= _checkpoint.Options.Interval
        || iteration - _capturedIteration >= (_checkpoint.Options.IterationCount ?? int.MaxValue);

    /// <summary>Keeps the state of the run.</summary>
    /// <param name="iteration">Iterations done so far.</param>
    /// <param name="exchange">Lists the state.</param>
    public void Capture(int iteration, Action<StateExchange> exchange)
    {
        byte[] state = CheckpointFile.ToBytes(exchange);
        _checkpoint.Update(() => _state = state, write: true);
        _capturedIteration = iteration;
        _sinceCapture.Restart();
    }

    /// <summary>Goes back to the state that was kept.</summary>
    /// <param name="exchange">Lists the state.</param>
    public void Restore(Action<StateExchange> exchange)
    {
        using BinaryReader reader = new(new MemoryStream(_state!));
        exchange(new StateReader(reader));
    }

    /// <summary>Keeps the outcome of the run.</summary>
    public void Complete(EmRun run) => _checkpoint.Update(
        () =>
        {
            Finished = run;
            _state = null;
        },
        write: false);

    /// <summary>Writes or reads the slot.</summary>
    public void Exchange(StateExchange state)
    {
        bool finished = state.Flag(Finished is not null);
        if (finished)
        {
            Finished = EmRun.Exchange(state, Finished);
            return;
        }

        int length = state.Count(_state?.Length ?? -1);
        if (length < 0)
        {
            return;
        }

        _state = state.Bytes(_state, length);
    }
}
