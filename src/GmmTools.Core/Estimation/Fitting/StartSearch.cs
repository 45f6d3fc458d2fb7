using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Moves;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// Looks for the best optimum among rows in memory: random starts of several kinds are run until it is clear where they lead, the
/// best is improved by split moves as long as these help, and the best few that differ are run to convergence.
/// </summary>
internal sealed class StartSearch : IDisposable
{
    /// <summary>What a start may still be short of, per row, when it is compared with the others.</summary>
    private const double TrialTolerance = 1e-5;

    /// <summary>Runs whose sorted weights differ by less lead to the same optimum.</summary>
    private const double SameWeight = 0.003;

    /// <summary>Fewer starts than one more are not moved: the best of the first few is, and later each that is better than all before it. So what is
    /// done for some starts is done for more of them, too, and more never end lower.</summary>
    private const int UnmovedStarts = 2;

    private readonly EmOptions _options;
    private readonly SearchEffort _effort;
    private readonly PooledMoments _pooled;
    private readonly InMemoryObservations _rows;
    private readonly RunnerTeam _team;
    private readonly RunLimits _limits;
    private readonly Func<int, Action<EmTrace, double>?> _report;
    private readonly FitJournal? _journal;
    private SearchHints? _hints;
    private MixtureParameters? _firstStart;

    /// <param name="observations">All rows.</param>
    /// <param name="pooled">Their moments.</param>
    /// <param name="options">What to estimate.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="report">Gives the progress report of a start, numbered from 1.</param>
    /// <param name="hints">What is known beforehand, when this is part of a search over many models; or null.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    public StartSearch(
        IObservations observations,
        PooledMoments pooled,
        EmOptions options,
        RunLimits limits,
        Func<int, Action<EmTrace, double>?> report,
        SearchHints? hints,
        FitJournal? journal)
    {
        _options = options;
        _pooled = pooled;
        _limits = limits;
        _report = report;
        _hints = hints;
        _journal = journal;
        _effort = SearchEffort.For(observations, options.ComponentCount, options.CovarianceModel.Shape(), hints?.IsQuick == true);
        _rows = observations.Sample(_effort.MaxRows, SplitMix64.Derive(options.Seed, 0), limits.CancellationToken);
        CoversAllRows = _rows.Count == observations.Count;
        _team = new RunnerTeam(_rows, pooled, options, journal);
    }

    /// <summary>What became of each start.</summary>
    public List<EmStart> Starts { get; } = [];

    /// <summary>Whether the search sees all rows, so that what it finds is the fit.</summary>
    public bool CoversAllRows { get; }

    /// <summary>The runs found, the best first. When the time is up, those found until then, but at least one.</summary>
    public IReadOnlyList<EmRun> Find()
    {
        List<EmRun> runs = [];
        List<EmRun> refined = [];
        try
        {
            Contenders contenders = new(_effort.RefinedRuns, IsSameOptimum, Ranked);
            TryStarts(runs, contenders);
            _hints ??= FindContained(runs);
            List<EmRun> hinted = [];
            TryHints(hinted);
            runs.AddRange(hinted);
            ImproveHinted(hinted, runs, contenders);
            Refine(runs, contenders.Chosen, refined);
            KeepContained(refined);
            CountBestStarts(runs, refined);
            return [.. Ranked(refined)];
        }
        catch (OperationCanceledException) when (_limits.IsTimeUp && (runs.Count > 0 || _firstStart is not null))
        {
            // what was found so far will do, though a trial that converged did so at a coarse tolerance only
            if (runs.Count == 0)
            {
                runs.Add(_team.First.Score(_firstStart!, _limits.UserToken));
            }
        }

        return [.. Ranked(refined.Concat(runs.Select(run => run.EndedBy(StopReason.TimeLimit))))];
    }

    public void Dispose() => _team.Dispose();

    /// <summary>What was found among a sample, led further by moves that more rows decide on.</summary>
    /// <param name="observations">All rows.</param>
    /// <param name="best">The best that was found.</param>
    public MixtureParameters Complete(IObservations observations, EmRun best)
    {
        return MoveSearch.Suits(_options, _rows)
            ? new MoreRows(observations, _pooled, _options, _effort, Trial, _report(_options.RestartCount), _journal).Improve(_rows, best.Mixture)
            : best.Mixture;
    }

    /// <summary>Limits of a run that shows where a start leads.</summary>
    private RunLimits Trial => _limits.Coarser(TrialTolerance, _effort.TrialIterations);

    /// <summary>How many of the starts reached the optimum that is best in the end.</summary>
    public int BestStartCount { get; private set; }

    /// <summary>Log-likelihood below which a run has missed a mixture that the model contains; under a prior runs are not compared with what
    /// other models reached without its term.</summary>
    private double MinAcceptable => _hints is null || _options.Prior
        ? double.NegativeInfinity
        : _hints.MinLogLikelihood - (TrialTolerance * _rows.TotalWeight);

    /// <summary>The best first, by the log-likelihood without what flat components have of it; runs that ended in a collapse last.</summary>
    private static IEnumerable<EmRun> Ranked(IEnumerable<EmRun> runs) => runs
        .OrderBy(run => run.Collapsed.Count > 0)
        .ThenByDescending(run => run.BoundedLogLikelihood);

    private void TryStarts(List<EmRun> runs, Contenders contenders)
    {
        if (_effort.TakesTurns)
        {
            TakeTurns(runs);
            runs.ForEach(contenders.Add);
            return;
        }

        TryAtOnce(runs);
        EmRun[] starts = [.. runs];
        EmRun? best = null;
        List<EmRun> led = [];
        for (int start = 0; start < starts.Length; start++)
        {
            EmRun run = starts[start];
            contenders.Add(run);
            bool isBetter = best is null || IsBetter(run, best);
            best = isBetter ? run : best;
            if (start == UnmovedStarts || (start > UnmovedStarts && isBetter && !led.Exists(other => IsSameOptimum(run, other))))
            {
                led.AddRange(Improve(best!, (ulong)start, runs));
                led.ForEach(contenders.Add);
            }
        }
    }

    /// <summary>Whether a run ranks before another, and not by a gain that is nothing.</summary>
    private bool IsBetter(EmRun run, EmRun other) =>
        Ranked([other, run]).First() == run && Math.Abs(run.BoundedLogLikelihood - other.BoundedLogLikelihood) > TrialTolerance * _rows.TotalWeight;

    /// <summary>What the fits that this one contains tell, or null where they are not looked for.</summary>
    private SearchHints? FindContained(List<EmRun> runs) => !_effort.FindsContained ? null
        : _effort.TriesContained ? ContainedFits.Find(_rows, _pooled, _options, Trial.Coarser(0, _effort.ContainedIterations), runs[0], _journal)
        : ContainedFits.Find(_rows, _pooled, _options, _limits, null, _journal);

    private void TryAtOnce(List<EmRun> runs)
    {
        RunLimits trial = Trial;
        StartKinds kinds = StartKinds.Create(_options, _rows, _pooled.Bulk, _team, _effort, trial);
        int count = Math.Min(_options.RestartCount, kinds.Most);
        MixtureParameters[] mixtures = new MixtureParameters[count];
        for (int start = 0; start < count; start++)
        {
            SplitMix64 random = new(SplitMix64.Derive(_options.Seed, (ulong)start + 1));
            mixtures[start] = kinds[start + 1].Initialize(random, _limits.CancellationToken);
            _firstStart ??= mixtures[start];
        }

        _team.Run(count, (runner, start, slot) => runner.Run(mixtures[start], trial, _report(start + 1), slot), (start, run) =>
        {
            runs.Add(run);
            Starts.Add(run.ToStart(start + 1, kinds[start + 1].Name));
        });
    }

    private void TakeTurns(List<EmRun> runs)
    {
        StartKinds kinds = StartKinds.Create(_options, _rows, _pooled.Bulk, _team, _effort, Trial);
        using StartTurns turns = new(_rows, _pooled, _options, _effort, Trial, CoversAllRows, _report(_options.RestartCount), _journal);
        int count = Math.Min(_options.RestartCount, kinds.Most);
        while (runs.Count < count && !turns.IsOver)
        {
            int start = runs.Count + 1;
            SplitMix64 random = new(SplitMix64.Derive(_options.Seed, (ulong)start));
            MixtureParameters mixture = kinds[start].Initialize(random, _limits.CancellationToken);
            _firstStart ??= mixture;
            EmRun run = turns.Take(mixture, _team.First, start, _report(start));
            runs.Add(run);
            Starts.Add(run.ToStart(start, kinds[start].Name));
        }
    }

    /// <summary>Starts from what other models found: those within this one, and the same with one component less, each of whose
    /// components is split in turn.</summary>
    private void TryHints(List<EmRun> runs)
    {
        if (_hints is null)
        {
            return;
        }

        // what is known to be good is not thrown away where a component of it collapses
        RunLimits trial = Trial.Holding();
        Action<EmTrace, double>? report = _report(_options.RestartCount);
        List<MixtureParameters> known = [.. _hints.Contained(_options)];
        if (_hints.Members is not null)
        {
            known.Add(MemberStart.Create(
                _hints.PartitionRows!, _hints.Members, MaximizationStep.Create(_options.CovarianceModel), _pooled.Bulk, _options.FixedWeights));
        }

        _team.Run(known.Count, (runner, number, slot) => runner.Run(known[number], trial, report, slot), (_, run) => runs.Add(run));
        if (_hints.Smaller?.ComponentCount == _options.ComponentCount - 1)
        {
            runs.AddRange(Follow([.. SplitMove.Grow(_hints.Smaller)]));
        }
    }

    /// <summary>
    /// Where EM leads from every mixture within this model into a collapse, so that all ends lower than where it began, the best of what it
    /// began from is kept as it is.
    /// </summary>
    private void KeepContained(List<EmRun> runs)
    {
        if (!CoversAllRows || runs.Exists(run => run.BoundedLogLikelihood >= MinAcceptable))
        {
            return;
        }

        runs.AddRange(_hints!.Contained(_options)
            .Select(mixture => _team.First.Score(mixture, _limits.CancellationToken).EndedBy(StopReason.Collapsed)));
    }

    private void CountBestStarts(List<EmRun> runs, List<EmRun> refined)
    {
        EmRun best = Ranked(refined).First();
        BestStartCount = runs.Take(Starts.Count).Count(run => IsSameOptimum(run, best));
    }

    /// <summary>Moves a run as long as a split move leads higher; returns where the moves led.</summary>
    private List<EmRun> Improve(EmRun best, ulong number, List<EmRun> runs)
    {
        SplitMix64 random = new(SplitMix64.Derive(_options.Seed, ulong.MaxValue - number));
        List<EmRun> led = [];
        for (int round = 0; round < _effort.MoveRounds; round++)
        {
            List<EmRun> followed = FollowMoves(best, random);
            led.AddRange(followed);
            runs.AddRange(followed);
            EmRun better = Ranked([best, .. followed]).First();
            if (!IsBetter(better, best))
            {
                break;
            }

            best = better;
        }

        return led;
    }

    /// <summary>What other models led to is moved where it is better than what the starts led to.</summary>
    private void ImproveHinted(List<EmRun> hinted, List<EmRun> runs, Contenders contenders)
    {
        if (hinted.Count == 0)
        {
            return;
        }

        EmRun best = Ranked(hinted).First();
        if (_options.RestartCount > UnmovedStarts && !_effort.TakesTurns && IsBetter(best, Ranked(contenders.Chosen).First()))
        {
            hinted.AddRange(Improve(best, ulong.MaxValue / 2, runs));
        }

        contenders.AddApart(hinted);
    }

    /// <summary>Runs those that were chosen to convergence.</summary>
    private void Refine(List<EmRun> runs, List<EmRun> chosen, List<EmRun> refined)
    {
        if (_effort.TakesTurns && !CoversAllRows)
        {
            // a sample says no more than where to begin among all rows
            refined.AddRange(Ranked(runs).Take(1));
            return;
        }

        Action<EmTrace, double>? report = _report(_options.RestartCount);
        _team.Run(chosen.Count, (runner, number, slot) => IsDone(chosen[number]) ? chosen[number] : runner.Continue(chosen[number], _limits, report, slot), (_, run) => refined.Add(run));
    }

    /// <summary>Whether a trial came as far as was asked for.</summary>
    private bool IsDone(EmRun trial) => trial.StopReason == StopReason.Converged && _limits.Tolerance >= TrialTolerance;

    private bool IsSameOptimum(EmRun run, EmRun other)
    {
        double[] weights = [.. run.Mixture.Weights.OrderBy(weight => weight)];
        double[] others = [.. other.Mixture.Weights.OrderBy(weight => weight)];
        return Math.Abs(run.LogLikelihood - other.LogLikelihood) <= TrialTolerance * _rows.TotalWeight
            && weights.Zip(others, (left, right) => Math.Abs(left - right)).Max() < SameWeight;
    }

    private List<EmRun> FollowMoves(EmRun best, SplitMix64 random)
    {
        bool keepWeights = _options.FixedWeights is not null;
        return Follow([.. SplitMove.Choose(best.Mixture, _effort.MaxMoves, random).Select(move => move.Apply(best.Mixture, keepWeights))]);
    }

    /// <summary>A glance at each mixture, and a trial of the most promising.</summary>
    private List<EmRun> Follow(MixtureParameters[] mixtures)
    {
        RunLimits glance = _limits.Coarser(TrialTolerance, _effort.MoveIterations);
        RunLimits trial = Trial;
        Action<EmTrace, double>? report = _report(_options.RestartCount);
        List<EmRun> glances = [];
        _team.Run(mixtures.Length, (runner, number, slot) => runner.Run(mixtures[number], glance, report, slot), (_, run) => glances.Add(run));
        EmRun[] promising = [.. Ranked(glances).Take(_effort.FollowedMoves)];
        List<EmRun> followed = [];
        _team.Run(promising.Length, (runner, number, slot) => runner.Continue(promising[number], trial, report, slot), (_, run) => followed.Add(run));
        return followed;
    }
}
