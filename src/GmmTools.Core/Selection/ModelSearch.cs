using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Selection;

/// <summary>
/// Fits every combination of some numbers of components and some covariance models to the same rows. Each model starts also from what
/// the models within it found, so that it does not end below them, and from its own fit with one component less (Baudry and
/// Celeux, Statistics and Computing 25 (2015) 713-726). Combinations that do not need each other are fitted side by side; the results
/// do not depend on how many.
/// </summary>
public sealed class ModelSearch
{
    private readonly EmOptions _options;
    private readonly Action<FitPoolProgress>? _progress;

    /// <summary>Creates a search.</summary>
    /// <param name="options">What holds for all combinations; number of components and covariance model are those of each combination.</param>
    /// <param name="progress">Called when a combination is done, from any thread; must be quick. Or null.</param>
    public ModelSearch(EmOptions options, Action<FitPoolProgress>? progress = null)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _progress = progress;
    }

    /// <summary>Fits all combinations.</summary>
    /// <param name="observations">The rows.</param>
    /// <param name="componentCounts">Numbers of components.</param>
    /// <param name="models">Covariance models.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One outcome per combination, by number of components and then by model as they were given: a fit, or a
    /// <see cref="FitFailure"/> for a combination that the rows do not determine.</returns>
    /// <exception cref="EstimationException">An option is out of its domain.</exception>
    /// <exception cref="CheckpointException">The checkpoint cannot be written or read, or belongs to another search.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<IFitOutcome> Fit(
        IObservations observations,
        IReadOnlyList<int> componentCounts,
        IReadOnlyList<CovarianceModel> models,
        CancellationToken cancellationToken = default) =>
        Fit(observations, new SearchAxes(componentCounts, models), cancellationToken);

    /// <summary>Fits all combinations. Those of multivariate t also start from the normal ones.</summary>
    /// <param name="observations">The rows.</param>
    /// <param name="axes">What the combinations differ in.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One outcome per combination, by number of components, model, tail and noise as they were given.</returns>
    /// <exception cref="EstimationException">An option is out of its domain, or does not go with a tail or with noise.</exception>
    /// <exception cref="CheckpointException">The checkpoint cannot be written or read, or belongs to another search.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<IFitOutcome> Fit(IObservations observations, SearchAxes axes, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<EmOptions> combinations = (axes ?? throw new ArgumentNullException(nameof(axes))).Combine(_options);
        Combination[] wanted = [.. combinations.Select(Combination.Of)];
        using Checkpoint? checkpoint = Checkpoint.Open(_options, observations, [.. wanted.Select(combination => combination.ToString())], cancellationToken);
        FitPool pool = new(_options.ThreadCount, checkpoint, _progress);
        SearchJobs jobs = new(pool, observations, _options, combinations);
        pool.Run(cancellationToken);
        IFitOutcome[] outcomes = [.. wanted.Select(combination => jobs[combination])];
        if (outcomes.All(outcome => outcome.StopReason != StopReason.TimeLimit))
        {
            checkpoint?.Complete();
        }

        return checkpoint?.Warning is string warning ? outcomes.ReplaceFits(fit => fit.WithWarning(warning)) : outcomes;
    }
}
