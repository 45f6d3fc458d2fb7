using System;
using System.Diagnostics;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Checkpoints;

/// <summary>The place of one run of EM in a checkpoint: empty, its latest state, or its outcome.</summary>
internal sealed class RunSlot
{
    /// <summary>The least that a slot takes in a state: whether it is finished, and that it is empty.</summary>
    public const int MinNumbers = 2;

    private readonly Checkpoint _checkpoint;
    private readonly Stopwatch _sinceCapture = Stopwatch.StartNew();
    private EmRun? _outcome;
    private byte[]? _state;
    private int _capturedIteration;

    public RunSlot(Checkpoint checkpoint)
    {
        _checkpoint = checkpoint;
    }

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
    /// <exception cref="CheckpointException">What was read from the file is no state of such a run.</exception>
    public void Restore(Action<StateExchange> exchange) => _checkpoint.Restore(_state!, exchange);

    /// <summary>The outcome of the run, when it is over; else null.</summary>
    /// <param name="size">A mixture of the size that the run has.</param>
    /// <param name="maxIteration">The most iterations of the run.</param>
    /// <exception cref="CheckpointException">What was read from the file is no outcome of such a run.</exception>
    public EmRun? FindOutcome(MixtureParameters size, int maxIteration)
    {
        if (_outcome is not null && !(_outcome.HasSizeOf(size) && _outcome.IterationCount <= maxIteration))
        {
            throw _checkpoint.Unreadable("the outcome of a run belongs to another one");
        }

        return _outcome;
    }

    /// <summary>Keeps the outcome of the run.</summary>
    public void Complete(EmRun run) => _checkpoint.Update(
        () =>
        {
            _outcome = run;
            _state = null;
        },
        write: false);

    /// <summary>Writes or reads the slot.</summary>
    public void Exchange(StateExchange state)
    {
        bool finished = state.Flag(_outcome is not null);
        if (finished)
        {
            _outcome = EmRun.Exchange(state, _outcome);
            return;
        }

        int length = state.Count(_state?.Length ?? -1, "the length of the state of a run", min: -1);
        if (length < 0)
        {
            return;
        }

        _state = state.Bytes(_state, length);
    }
}
