using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Selection;

/// <summary>The jobs of a model search: what all combinations share, and a fit for each, which needs the fits that it starts from.</summary>
internal sealed class SearchJobs
{
    /// <summary>Starts of each model where none are asked for: the fits of the others are starts as well.</summary>
    private const int DefaultRestartCount = 3;

    private readonly FitPool _pool;
    private readonly IObservations _observations;
    private readonly EmOptions _options;
    private readonly Dictionary<Combination, EmOptions> _wanted = [];
    private readonly bool _sharesRows;
    private readonly Dictionary<CovarianceShape, FitJob<PooledMoments>> _moments = [];
    private readonly FitJob<SharedPartitions> _partitions;
    private readonly Dictionary<Combination, FitJob<IFitOutcome>> _fits = [];

    /// <param name="pool">Takes the jobs.</param>
    /// <param name="observations">The rows.</param>
    /// <param name="options">What holds for all combinations.</param>
    /// <param name="wanted">The options of each combination.</param>
    public SearchJobs(FitPool pool, IObservations observations, EmOptions options, IReadOnlyList<EmOptions> wanted)
    {
        _pool = pool;
        _observations = observations;
        _options = options;
        foreach (EmOptions one in wanted)
        {
            _wanted[Combination.Of(one)] = one;
        }

        _sharesRows = new ThreadBudget(options.ThreadCount).SharesRows(observations);
        foreach (CovarianceShape shape in _wanted.Keys.Select(one => one.Model.Shape()).Distinct())
        {
            _moments.Add(shape, AddMoments(shape));
        }

        _partitions = AddPartitions();

        // those that others need come first
        foreach (Combination combination in _wanted.Keys.OrderBy(one => one.ComponentCount).ThenBy(one => one.Model).ThenBy(one => one.Tail))
        {
            _fits.Add(combination, AddFit(combination));
        }
    }

    /// <summary>The fit of a combination, when the pool has run.</summary>
    public IFitOutcome this[Combination combination] => _fits[combination].Result;

    private FitJob<PooledMoments> AddMoments(CovarianceShape shape)
    {
        FitJob<PooledMoments> job = _pool.Add($"moments,{shape}", [], context =>
            PooledMoments.Compute(_observations, shape, context.ThreadCount, context.CancellationToken));
        job.IsPreparation = true;
        job.RunsAlone = _sharesRows;
        return job;
    }

    private FitJob<SharedPartitions> AddPartitions()
    {
        FitJob<PooledMoments> moments = _moments.TryGetValue(CovarianceShape.Full, out FitJob<PooledMoments>? full)
            ? full : _moments[CovarianceShape.Diagonal];
        FitJob<SharedPartitions> job = _pool.Add("partitions", [moments], context => new SharedPartitions(
            _observations, moments.Result, _wanted.Keys.Select(one => one.ComponentCount), _options.Seed, context.CancellationToken));
        job.IsPreparation = true;
        return job;
    }

    private FitJob<IFitOutcome> AddFit(Combination combination)
    {
        FitJob<PooledMoments> moments = _moments[combination.Model.Shape()];
        FitJob<IFitOutcome>[] within = [.. NearestWithin(combination).Select(inner => _fits[inner])];
        _fits.TryGetValue(combination.With(combination.ComponentCount - 1), out FitJob<IFitOutcome>? smaller);

        // normal components are a start of those of t, and no bound: their tails have no end
        FitJob<IFitOutcome>? normal = null;
        if (combination.Tail != Tail.Normal)
        {
            _fits.TryGetValue(new Combination(combination.ComponentCount, combination.Model), out normal);
        }

        FitJob[] needs = [moments, _partitions, .. within, .. new FitJob?[] { smaller, normal }.OfType<FitJob>()];
        FitJob<IFitOutcome> job = _pool.Add(combination.ToString(), needs, context =>
            Fit(combination, moments.Result, Hints(combination, within, smaller?.Result, normal?.Result), context));
        job.RunsAlone = _sharesRows;
        return job;
    }

    /// <summary>The models wanted that are within this one with none of the others between.</summary>
    private IEnumerable<Combination> NearestWithin(Combination combination)
    {
        CovarianceModel[] inner =
        [
            .. CovarianceModels.All.Where(model => model != combination.Model && model.IsWithin(combination.Model)
                && _wanted.ContainsKey(combination.With(model))),
        ];
        return inner.Where(model => !inner.Any(other => other != model && model.IsWithin(other)))
            .Select(combination.With);
    }

    private IFitOutcome Fit(Combination combination, PooledMoments pooled, SearchHints hints, FitJobContext context)
    {
        EmOptions options = _wanted[combination].Clone();
        options.ThreadCount = context.ThreadCount;
        options.RestartCount = _options.HasDefaultRestartCount ? DefaultRestartCount : _options.RestartCount;
        return FitOutcomes.Of(_observations, options, () =>
        {
            ObservationChecks.CheckColumns(_observations, pooled);
            return new EmEstimator(options).Fit(_observations, pooled, hints, context.Journal, context.CancellationToken);
        });
    }

    private SearchHints Hints(Combination combination, FitJob<IFitOutcome>[] within, IFitOutcome? smaller, IFitOutcome? normal)
    {
        SearchHints hints = new()
        {
            Smaller = (smaller as EmFit)?.Mixture.Parameters,
            Members = _partitions.Result.Members(combination.ComponentCount),
            PartitionRows = _partitions.Result.Rows,
            IsQuick = _options.HasDefaultRestartCount,
        };
        foreach (EmFit inner in within.Select(job => job.Result).OfType<EmFit>())
        {
            hints.Within.Add(inner.Mixture.Parameters);
            hints.MinLogLikelihood = Math.Max(hints.MinLogLikelihood, inner.BoundedLogLikelihood);
        }

        if (normal is EmFit plain)
        {
            hints.Within.Add(plain.Mixture.Parameters);
        }

        return hints;
    }
}
