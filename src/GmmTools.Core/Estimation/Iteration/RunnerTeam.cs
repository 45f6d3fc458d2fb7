using System;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Iteration;

/// <summary>
/// Runs EM from many starts. Where the rows are too few to be shared by threads, the starts are; each run is the same either way, and
/// so is their order.
/// </summary>
internal sealed class RunnerTeam : IDisposable
{
    private readonly EmRunner[] _runners;
    private readonly WorkerTeam? _team;
    private readonly FitJournal? _journal;

    /// <param name="rows">The rows.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="options">What to estimate.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    public RunnerTeam(InMemoryObservations rows, PooledMoments pooled, EmOptions options, FitJournal? journal)
    {
        _journal = journal;
        bool sharesStarts = new ThreadBudget(options.ThreadCount).SharesStarts(rows, options.ComponentCount, options.RestartCount);
        _runners = new EmRunner[sharesStarts ? options.ThreadCount : 1];
        for (int i = 0; i < _runners.Length; i++)
        {
            _runners[i] = new EmRunner(rows, pooled, EstimationModel.Create(options, pooled, rows.TotalWeight), RunRules.Of(options), sharesStarts ? 1 : options.ThreadCount);
        }

        _team = sharesStarts ? new WorkerTeam(options.ThreadCount) : null;
    }

    /// <summary>The runner of the calling thread, for runs one after the other.</summary>
    public EmRunner First => _runners[0];

    /// <summary>Does all runs.</summary>
    /// <param name="count">Number of runs.</param>
    /// <param name="run">Does the run of a number, from 0; its slot is to be handed on.</param>
    /// <param name="done">Takes the runs in order on the calling thread; those that were finished, also when the others were interrupted.</param>
    /// <exception cref="OperationCanceledException">The runs were interrupted.</exception>
    public void Run(int count, Func<EmRunner, int, RunSlot?, EmRun> run, Action<int, EmRun> done)
    {
        EmRun?[] runs = new EmRun?[count];
        RunSlot[]? slots = _journal?.Open(count);
        try
        {
            if (_team is not null)
            {
                _team.Run(count, (thread, number) => runs[number] = run(_runners[thread], number, slots?[number]));
                return;
            }

            for (int number = 0; number < count; number++)
            {
                runs[number] = run(First, number, slots?[number]);
            }
        }
        finally
        {
            for (int number = 0; number < count; number++)
            {
                if (runs[number] is EmRun finished)
                {
                    done(number, finished);
                }
            }
        }
    }

    public void Dispose()
    {
        _team?.Dispose();
        foreach (EmRunner runner in _runners)
        {
            runner.Dispose();
        }
    }
}
