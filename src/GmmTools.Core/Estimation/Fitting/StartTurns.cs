using System;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Moves;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// Starts one after the other, each led as far as local moves go, until further ones bring nothing. When that is depends on the starts before
/// alone, so that a higher number of starts takes the same ones and perhaps more.
/// </summary>
internal sealed class StartTurns : IDisposable
{
    private readonly EmOptions _options;
    private readonly RunLimits _first;
    private readonly MoveSearch? _moves;
    private readonly FitJournal? _journal;
    private readonly double _worthwhile;
    private readonly int _patience;
    private readonly bool _tries;
    private double _best = double.NegativeInfinity;
    private int _failures;
    private bool _bestIsClose = true;

    /// <param name="rows">The rows.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="options">What is estimated.</param>
    /// <param name="effort">How much work the search may be.</param>
    /// <param name="trial">Limits of a run that shows where a start leads.</param>
    /// <param name="coversAllRows">Whether these are all rows, and not a sample of them.</param>
    /// <param name="report">Takes the progress of moves, or null.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    public StartTurns(
        InMemoryObservations rows,
        PooledMoments pooled,
        EmOptions options,
        SearchEffort effort,
        RunLimits trial,
        bool coversAllRows,
        Action<EmTrace, double>? report,
        FitJournal? journal)
    {
        _options = options;
        _journal = journal;
        _tries = coversAllRows;
        _worthwhile = trial.Tolerance * rows.TotalWeight;
        _patience = Math.Max(1, options.RestartCount / effort.RestartsPerFailure);
        _moves = effort.MovesStarts && MoveSearch.Suits(options, rows)
            ? new MoveSearch(rows, pooled, options, trial.Coarser(0, effort.MoveIterations), trial, report, journal)
            : null;
        _first = _moves is not null ? trial.Coarser(0, effort.MoveIterations) : trial;
    }

    /// <summary>Whether further starts are not worth it.</summary>
    public bool IsOver => _failures >= _patience || (_options.ComponentCount >= SearchEffort.ManyComponents && !_bestIsClose);

    /// <summary>Takes the next start.</summary>
    /// <param name="mixture">The start.</param>
    /// <param name="runner">Runs EM.</param>
    /// <param name="number">Number of the start.</param>
    /// <param name="report">Takes the progress.</param>
    /// <returns>Where it leads.</returns>
    public EmRun Take(MixtureParameters mixture, EmRunner runner, int number, Action<EmTrace, double>? report)
    {
        EmRun run = runner.Run(mixture, _first, report, _journal?.Open());
        ulong seed = SplitMix64.Derive(~_options.Seed, (ulong)number);
        run = _moves?.Improve(run, runner, seed, false) ?? run;
        if (_tries && run.BoundedLogLikelihood > _best)
        {
            // what all rows decide on is looked for from the best only, so that further starts cost little and still never end lower
            run = _moves?.Improve(run, runner, ~seed, true) ?? run;
        }

        if (run.BoundedLogLikelihood > _best + _worthwhile)
        {
            _best = run.BoundedLogLikelihood;
            _failures = 0;
            _bestIsClose = _moves?.IsClose != false;
        }
        else
        {
            _failures++;
        }

        return run;
    }

    public void Dispose() => _moves?.Dispose();
}
