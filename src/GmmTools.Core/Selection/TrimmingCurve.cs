using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Selection;

/// <summary>
/// Trimmed fits of the same rows, one for each share that is trimmed, number of components and covariance model: how the trimmed log-likelihood grows with
/// the share tells how many rows belong to no component. García-Escudero, Gordaliza, Matrán and Mayo-Iscar, Statistics and Computing 21 (2011) 585-599.
/// </summary>
public sealed class TrimmingCurve
{
    private readonly EmOptions _options;
    private readonly Action<EmProgress>? _progress;

    /// <summary>Creates a curve.</summary>
    /// <param name="options">What holds for all fits.</param>
    /// <param name="progress">Called once per iteration, from any thread; must be quick. Or null.</param>
    public TrimmingCurve(EmOptions options, Action<EmProgress>? progress = null)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _progress = progress;
    }

    /// <summary>Fits each combination on its own.</summary>
    /// <param name="observations">The rows.</param>
    /// <param name="fractions">The shares to be trimmed.</param>
    /// <param name="componentCounts">Numbers of components.</param>
    /// <param name="models">Covariance models.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The fits by model, number of components and share, in the order given. One that the rows do not determine is a failure among several,
    /// and an error where it is the only one.</returns>
    /// <exception cref="EstimationException">An option is out of its domain, or does not go with trimming (TrimmingNotSupported).</exception>
    /// <exception cref="CheckpointException">The checkpoint cannot be written or read, or belongs to another curve.</exception>
    /// <exception cref="InvalidObservationException">The rows cannot be trimmed (TrimmingNotSupported), or the only fit cannot be made of them.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<IFitOutcome> Fit(
        IObservations observations,
        IReadOnlyList<double> fractions,
        IReadOnlyList<int> componentCounts,
        IReadOnlyList<CovarianceModel> models,
        CancellationToken cancellationToken = default)
    {
        List<EmOptions> combinations = [];
        foreach (CovarianceModel model in models)
        {
            foreach (int count in componentCounts)
            {
                foreach (double fraction in fractions)
                {
                    EmOptions own = _options.Clone();
                    (own.CovarianceModel, own.ComponentCount, own.TrimFraction) = (model, count, fraction);
                    own.Validate();
                    combinations.Add(own);
                }
            }
        }

        string[] names = [.. combinations.Select(own => FormattableString.Invariant($"{Combination.Of(own)}, trimmed {own.TrimFraction:R}"))];
        using Checkpoint? checkpoint = Checkpoint.Open(_options, observations, names, cancellationToken);
        List<IFitOutcome> outcomes = [];
        for (int i = 0; i < names.Length; i++)
        {
            outcomes.Add(Fit(observations, combinations[i], combinations.Count > 1, checkpoint?.Journal(names[i]), cancellationToken));
        }

        if (outcomes.TrueForAll(outcome => outcome.StopReason != StopReason.TimeLimit))
        {
            checkpoint?.Complete();
        }

        return checkpoint?.Warning is string warning ? outcomes.ReplaceFits(fit => fit.WithWarning(warning)) : outcomes;
    }

    private IFitOutcome Fit(IObservations observations, EmOptions own, bool isOneOfMany, FitJournal? journal, CancellationToken cancellationToken)
    {
        try
        {
            return new EmEstimator(own, _progress).Fit(observations, null, null, journal, cancellationToken);
        }
        catch (GmmToolsException exception) when (isOneOfMany && FitOutcomes.IsOfRows(exception) && exception.ErrorId != "TrimmingNotSupported")
        {
            return new FitFailure(observations, own, exception.Message);
        }
    }
}
