using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Moves;

/// <summary>
/// Leads a run out of a local optimum by split and merge moves until none pays: many at once, each judged on the rows of the components that
/// it touches, then tried by a few iterations of all.
/// </summary>
internal sealed class MoveSearch : IDisposable
{
    private const int MaxRounds = 30;

    private readonly WorkerTeam _team;
    private readonly MoveFinder _finder;
    private readonly RunLimits _glance;
    private readonly RunLimits _trial;
    private readonly double _worthwhile;
    private readonly Action<EmTrace, double>? _report;
    private readonly FitJournal? _journal;

    /// <param name="rows">The rows.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="options">What is estimated.</param>
    /// <param name="glance">Limits of the iterations that tell whether moves pay.</param>
    /// <param name="trial">Limits of the run that goes on from moves that do.</param>
    /// <param name="report">Takes the progress, or null.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    public MoveSearch(
        InMemoryObservations rows,
        PooledMoments pooled,
        EmOptions options,
        RunLimits glance,
        RunLimits trial,
        Action<EmTrace, double>? report,
        FitJournal? journal)
    {
        _report = report;
        _journal = journal;
        _team = new WorkerTeam(options.ThreadCount);
        _finder = new MoveFinder(rows, pooled, options, _team, glance);
        _glance = glance;
        _trial = trial;
        _worthwhile = trial.Tolerance * rows.TotalWeight;
    }

    /// <summary>Whether moves are free to change what is estimated: components that have a weight of their own, or rows of their own, cannot be
    /// given up for others, and one start alone is to stay what it is.</summary>
    public static bool Suits(EmOptions options, InMemoryObservations rows) =>
        options.RestartCount > 1 && options.FixedWeights is null && rows.Chunks.All(chunk => chunk.Labels is null);

    /// <summary>Whether some move was near to gain in the end, or the run had not converged, so that more rows or other starts might lead higher.</summary>
    public bool IsClose { get; private set; }

    /// <summary>Moves a run until no move gains.</summary>
    /// <param name="run">The run; it need not have converged.</param>
    /// <param name="runner">Runs EM over the rows.</param>
    /// <param name="seed">Seed of the starts of splits.</param>
    /// <param name="isLast">Whether these rows decide, and not more of them later: then moves in doubt are tried, too, once the run has settled.</param>
    public EmRun Improve(EmRun run, EmRunner runner, ulong seed, bool isLast)
    {
        bool hasSettled = !isLast || run.StopReason == StopReason.Converged;
        for (int round = 0; round < MaxRounds; round++)
        {
            List<LocalMove> moves = _finder.Find(run.Mixture, SplitMix64.Derive(seed, (ulong)round));
            EmRun? better = TryGains(run, moves, runner);
            better ??= hasSettled && isLast ? TryAmongNeighbours(run, SplitMix64.Derive(seed, (ulong)round), runner) : null;
            IsClose = moves.Count > 0 || run.StopReason != StopReason.Converged;
            if (better is not null)
            {
                run = better;
                hasSettled = !isLast || run.StopReason == StopReason.Converged;
            }
            else if (hasSettled)
            {
                break;
            }
            else
            {
                run = runner.Continue(run, _trial, _report, _journal?.Open());
                hasSettled = true;
            }
        }

        return run;
    }

    public void Dispose() => _team.Dispose();

    /// <summary>The best moves of which none touches a component of another.</summary>
    private static List<LocalMove> Apart(IEnumerable<LocalMove> moves)
    {
        List<LocalMove> chosen = [];
        foreach (LocalMove move in moves)
        {
            if (chosen.TrueForAll(move.IsApartFrom))
            {
                chosen.Add(move);
            }
        }

        return chosen;
    }

    /// <summary>Moves that gain: all at once, or one where these lead to components that stand for too little. Such are struck out.</summary>
    private EmRun? TryGains(EmRun run, List<LocalMove> moves, EmRunner runner)
    {
        List<LocalMove> sure = Apart(moves.Where(move => move.Gain > _worthwhile));
        if (sure.Count == 0)
        {
            return null;
        }

        if (Try(run, sure, runner) is EmRun all)
        {
            return all;
        }

        foreach (LocalMove move in sure)
        {
            if (sure.Count > 1 && Try(run, [move], runner) is EmRun better)
            {
                return better;
            }

            _finder.Discard(move);
            moves.RemoveAll(other => other.Halves == move.Halves);
        }

        return null;
    }

    /// <summary>Moves in doubt, which the neighbours of what they touch follow.</summary>
    private EmRun? TryAmongNeighbours(EmRun run, ulong seed, EmRunner runner) => _finder
        .FindAmongNeighbours(run.Mixture, seed, _worthwhile)
        .Select(moved => Try(run, moved, runner))
        .FirstOrDefault(better => better is not null);

    private EmRun? Try(EmRun run, List<LocalMove> moves, EmRunner runner)
    {
        MixtureParameters mixture = run.Mixture.Clone();
        MomentMerge merge = new(mixture);
        moves.ForEach(move => move.Apply(mixture, merge));
        return Try(run, mixture, runner);
    }

    private EmRun? Try(EmRun run, MixtureParameters mixture, EmRunner runner)
    {
        double goal = run.BoundedLogLikelihood + _worthwhile;
        EmRun better = runner.Run(mixture, _glance.Reaching(goal), _report, _journal?.Open());
        return better.BoundedLogLikelihood > goal && (better.IsSound || !run.IsSound) ? better : null;
    }
}
