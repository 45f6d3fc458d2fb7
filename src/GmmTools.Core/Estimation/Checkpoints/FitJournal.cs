using System.Collections.Generic;
using GmmTools.Estimation.Runs;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Checkpoints;

/// <summary>
/// The runs of EM that a fit consists of, in the order in which it begins them, which depends on nothing but rows and options. A fit
/// that begins again is given the outcomes of those that were finished, and so takes the same way.
/// </summary>
internal sealed class FitJournal
{
    private readonly Checkpoint _checkpoint;
    private readonly List<RunSlot> _slots = [];
    private EmRun? _best;
    private int _opened;

    public FitJournal(Checkpoint checkpoint)
    {
        _checkpoint = checkpoint;
    }

    /// <summary>What became of the starts of a fit that is done.</summary>
    public StartRecord Record { get; private set; } = new();

    /// <summary>The run that was kept, when the fit is done; else null.</summary>
    /// <param name="options">What the fit is to estimate.</param>
    /// <param name="dimension">Number of columns.</param>
    /// <exception cref="CheckpointException">What was read from the file is no outcome of such a fit.</exception>
    public EmRun? FindBest(EmOptions options, int dimension)
    {
        if (_best is null || (_best.IsOf(options, dimension) && Record.IsOf(options)))
        {
            return _best;
        }

        throw _checkpoint.Unreadable("the outcome of a fit belongs to another one");
    }

    /// <summary>The slots of the next runs. To be called from one thread.</summary>
    /// <param name="count">Number of runs.</param>
    public RunSlot[] Open(int count)
    {
        RunSlot[] opened = new RunSlot[count];
        _checkpoint.Update(
            () =>
            {
                for (int i = 0; i < count; i++)
                {
                    if (_opened == _slots.Count)
                    {
                        _slots.Add(new RunSlot(_checkpoint));
                    }

                    opened[i] = _slots[_opened++];
                }
            },
            write: false);
        return opened;
    }

    /// <summary>The slot of the next run.</summary>
    public RunSlot Open() => Open(1)[0];

    /// <summary>Keeps the outcome of the fit instead of its runs.</summary>
    public void Complete(EmRun best, StartRecord record) => _checkpoint.Update(
        () =>
        {
            _best = best;
            Record = record;
            _slots.Clear();
        },
        write: false);

    /// <summary>Writes or reads the journal.</summary>
    public void Exchange(StateExchange state)
    {
        if (state.Flag(_best is not null))
        {
            _best = EmRun.Exchange(state, _best);
            Record.Exchange(state);
            return;
        }

        int count = state.ItemCount(_slots.Count, "the number of runs", RunSlot.MinNumbers);
        for (int i = 0; i < count; i++)
        {
            if (i == _slots.Count)
            {
                _slots.Add(new RunSlot(_checkpoint));
            }

            _slots[i].Exchange(state);
        }
    }
}
