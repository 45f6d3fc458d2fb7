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
/// Leads what was found among a sample further by moves: first among the sample and the rows that are explained worst, which shows
/// components too small for the sample; then, where a move was near to pay, among all rows, or as many as are worth it.
/// </summary>
internal sealed class MoreRows
{
    /// <summary>The most rows that moves are judged by.</summary>
    private const int MaxRows = 200_000;

    private readonly IObservations _observations;
    private readonly PooledMoments _pooled;
    private readonly EmOptions _options;
    private readonly RunLimits _glance;
    private readonly RunLimits _trial;
    private readonly Action<EmTrace, double>? _report;
    private readonly FitJournal? _journal;

    /// <param name="observations">All rows.</param>
    /// <param name="pooled">Their moments.</param>
    /// <param name="options">What is estimated.</param>
    /// <param name="effort">How much work it may be.</param>
    /// <param name="trial">Limits of a run that shows where a move leads.</param>
    /// <param name="report">Takes the progress, or null.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    public MoreRows(
        IObservations observations,
        PooledMoments pooled,
        EmOptions options,
        SearchEffort effort,
        RunLimits trial,
        Action<EmTrace, double>? report,
        FitJournal? journal)
    {
        _observations = observations;
        _pooled = pooled;
        _options = options;
        _glance = trial.Coarser(0, effort.MoveIterations);
        _trial = trial;
        _report = report;
        _journal = journal;
    }

    /// <summary>The mixture after the moves. When the time is up, what it was before.</summary>
    /// <param name="sample">The rows that it was found among.</param>
    /// <param name="found">What was found.</param>
    public MixtureParameters Improve(InMemoryObservations sample, MixtureParameters found)
    {
        try
        {
            // rows that count more than once are sampled in proportion, and the worst would have to be, too
            bool countOnce = _observations.TotalWeight == _observations.Count && !sample.IsWeighted;
            InMemoryObservations completed = countOnce
                ? CompletedSample.Create(_observations, sample, found, _options.ThreadCount, _trial.CancellationToken)
                : sample;
            (found, bool isClose) = Move(completed, found, 1, false);
            if (isClose)
            {
                ulong seed = SplitMix64.Derive(_options.Seed, ulong.MaxValue - 1);
                (found, _) = Move(_observations.Sample(MaxRows, seed, _trial.CancellationToken), found, 2, true);
            }
        }
        catch (OperationCanceledException) when (_trial.IsTimeUp)
        {
            // what was found so far will do
        }

        return found;
    }

    private (MixtureParameters Mixture, bool IsClose) Move(InMemoryObservations rows, MixtureParameters start, ulong stage, bool tries)
    {
        EstimationModel model = EstimationModel.Create(_options, _pooled, rows.TotalWeight);
        using EmRunner runner = new(rows, _pooled, model, RunRules.Of(_options), _options.ThreadCount);
        using MoveSearch moves = new(rows, _pooled, _options, _glance, _trial, _report, _journal);
        EmRun run = runner.Run(start, _glance, _report, _journal?.Open());
        run = moves.Improve(run, runner, SplitMix64.Derive(~_options.Seed, ulong.MaxValue - stage), tries);
        return (run.Mixture, moves.IsClose);
    }
}
