using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using GmmTools.Estimation;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Selection;

/// <summary>The fits of one model search: each a task that waits for those whose results it starts from.</summary>
internal sealed class SearchWork
{
    /// <summary>Cells from which on the threads share the rows of one fit instead of the fits.</summary>
    private const long CellsFittedAlone = 200_000;

    private readonly IObservations _observations;
    private readonly EmOptions _options;
    private readonly Action<ModelSearchProgress>? _progress;
    private readonly HashSet<Combination> _wanted;
    private readonly Checkpoint? _checkpoint;
    private readonly CancellationToken _cancellationToken;
    private readonly Lazy<PooledMoments> _full;
    private readonly Lazy<PooledMoments> _diagonal;
    private readonly TaskScheduler _scheduler;
    private readonly Lazy<SharedPartitions> _partitions;
    private int _done;

    public SearchWork(
        IObservations observations,
        EmOptions options,
        Action<ModelSearchProgress>? progress,
        IReadOnlyCollection<Combination> wanted,
        Checkpoint? checkpoint,
        CancellationToken cancellationToken)
    {
        _observations = observations;
        _options = options.Clone();
        _progress = progress;
        _wanted = [.. wanted];
        _checkpoint = checkpoint;
        _cancellationToken = cancellationToken;
        _full = new Lazy<PooledMoments>(() => Moments(CovarianceShape.Full));
        _diagonal = new Lazy<PooledMoments>(() => Moments(CovarianceShape.Diagonal));
        _partitions = new Lazy<SharedPartitions>(() => new SharedPartitions(
            observations,
            (_wanted.Any(one => one.Model.Shape() == CovarianceShape.Full) ? _full : _diagonal).Value,
            _wanted.Select(one => one.ComponentCount),
            options.Seed,
            cancellationToken));
        bool sharesRows = observations.Count * observations.Property.Count > CellsFittedAlone;
        int sideBySide = sharesRows ? 1 : options.ThreadCount;
        _options.ThreadCount = sharesRows ? options.ThreadCount : 1;
        _scheduler = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, sideBySide).ConcurrentScheduler;
    }

    /// <summary>Begins a fit as soon as those that it needs are done.</summary>
    /// <param name="combination">What to fit.</param>
    /// <param name="begun">The fits begun so far, those that it needs among them.</param>
    public Task<IFitOutcome> Begin(Combination combination, IReadOnlyDictionary<Combination, Task<IFitOutcome>> begun)
    {
        Task<IFitOutcome>[] within = [.. NearestWithin(combination).Select(inner => begun[inner])];
        Task<IFitOutcome>? smaller = begun.TryGetValue(new Combination(combination.ComponentCount - 1, combination.Model), out Task<IFitOutcome>? found)
            ? found : null;
        Task[] needed = smaller is null ? within : [.. within, smaller];
        return needed.Length == 0
            ? Task.Factory.StartNew(() => Fit(combination, [], null), _cancellationToken, TaskCreationOptions.None, _scheduler)
            : Task.Factory.ContinueWhenAll(
                needed, _ => Fit(combination, within, smaller), _cancellationToken, TaskContinuationOptions.None, _scheduler);
    }

    /// <summary>The models wanted that are within this one with none of the others between.</summary>
    private IEnumerable<Combination> NearestWithin(Combination combination)
    {
        CovarianceModel[] inner =
        [
            .. CovarianceModels.All.Where(model => model != combination.Model && model.IsWithin(combination.Model)
                && _wanted.Contains(new Combination(combination.ComponentCount, model))),
        ];
        return inner.Where(model => !inner.Any(other => other != model && model.IsWithin(other)))
            .Select(model => new Combination(combination.ComponentCount, model));
    }

    private IFitOutcome Fit(Combination combination, Task<IFitOutcome>[] within, Task<IFitOutcome>? smaller)
    {
        EmOptions options = _options.Clone();
        options.ComponentCount = combination.ComponentCount;
        options.CovarianceModel = combination.Model;
        IFitOutcome outcome;
        try
        {
            PooledMoments pooled = (combination.Model.Shape() == CovarianceShape.Full ? _full : _diagonal).Value;

            // what all models start from is made of the rows before the estimator looks at them
            ObservationChecks.CheckColumns(_observations, pooled);
            outcome = new EmEstimator(options).Fit(
                _observations,
                pooled,
                Hints(combination, within, smaller?.GetAwaiter().GetResult()),
                _checkpoint?.Journal(combination.ToString()),
                _cancellationToken);
        }
        catch (GmmToolsException exception) when (exception is EstimationException or InvalidObservationException)
        {
            outcome = new FitFailure(_observations, options, exception.Message);
        }

        _progress?.Invoke(new ModelSearchProgress(Interlocked.Increment(ref _done), _wanted.Count, combination.ToString()));
        return outcome;
    }

    private SearchHints Hints(Combination combination, Task<IFitOutcome>[] within, IFitOutcome? smaller)
    {
        SearchHints hints = new()
        {
            Smaller = (smaller as EmFit)?.Mixture.Parameters,
            Members = _partitions.Value.Members(combination.ComponentCount),
            PartitionRows = _partitions.Value.Rows,
        };
        foreach (EmFit inner in within.Select(task => task.GetAwaiter().GetResult()).OfType<EmFit>())
        {
            hints.Within.Add(inner.Mixture.Parameters);
            hints.LeastLogLikelihood = Math.Max(hints.LeastLogLikelihood, inner.LogLikelihood);
        }

        return hints;
    }

    private PooledMoments Moments(CovarianceShape shape) =>
        PooledMoments.Compute(_observations, shape, _options.ThreadCount, _cancellationToken);
}
