using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Estimation.Guided;

/// <summary>Runs starts until it is clear where they lead, and ranks them.</summary>
internal static class StartTrials
{
    /// <summary>What a trial may still be short of, per row.</summary>
    private const double TrialTolerance = 1e-5;
    private const int TrialIterations = 300;

    /// <summary>Limits of a trial.</summary>
    /// <param name="limits">When to stop.</param>
    public static RunLimits LimitsOf(RunLimits limits) => limits.Coarser(TrialTolerance, TrialIterations);

    /// <summary>Runs the starts.</summary>
    /// <param name="rows">The rows that they are tried on.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="options">What to estimate.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="report">Gives the progress report of a start, numbered from 1.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    /// <param name="create">Makes the starts, each with its name, at least one.</param>
    /// <param name="record">Told what became of the starts.</param>
    /// <returns>Where they lead, the best first; when the time is up, those found until then, but at least one.</returns>
    public static IReadOnlyList<EmRun> Run(
        InMemoryObservations rows,
        PooledMoments pooled,
        EmOptions options,
        RunLimits limits,
        Func<int, Action<EmTrace, double>?> report,
        FitJournal? journal,
        Func<RunnerTeam, IReadOnlyList<(string Name, MixtureParameters Mixture)>> create,
        StartRecord record)
    {
        List<EmRun> runs = [];
        List<EmStart> starts = [];
        try
        {
            using RunnerTeam team = new(rows, pooled, options, journal);
            IReadOnlyList<(string Name, MixtureParameters Mixture)> begun = create(team);
            team.Run(begun.Count, (runner, start, slot) => runner.Run(begun[start].Mixture, LimitsOf(limits), report(start + 1), slot), (start, run) =>
            {
                runs.Add(run);
                starts.Add(run.ToStart(starts.Count + 1, begun[start].Name));
            });
        }
        catch (OperationCanceledException) when (limits.IsTimeUp && runs.Count > 0)
        {
            // what was found so far will do
        }

        EmRun[] ranked = [.. runs.OrderBy(run => run.Collapsed.Count > 0).ThenByDescending(run => run.BoundedLogLikelihood)];
        record.Starts = starts;
        record.BestStartCount = runs.Count(run => run.LogLikelihood >= ranked[0].LogLikelihood - (10 * TrialTolerance * rows.TotalWeight));
        return ranked;
    }
}
