using System;
using System.Collections.Generic;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Selection;

/// <summary>Fits every combination of some numbers of components and some covariance models to the same rows.</summary>
public sealed class ModelSearch
{
    private readonly EmOptions _options;
    private readonly Action<ModelSearchProgress>? _progress;

    /// <summary>Creates a search.</summary>
    /// <param name="options">What holds for all combinations; number of components and covariance model are those of each combination.</param>
    /// <param name="progress">Called when a combination is done, from any thread; must be quick. Or null.</param>
    public ModelSearch(EmOptions options, Action<ModelSearchProgress>? progress = null)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _progress = progress;
    }

    /// <summary>Fits all combinations.</summary>
    /// <param name="observations">The rows.</param>
    /// <param name="componentCounts">Numbers of components.</param>
    /// <param name="models">Covariance models.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One fit per combination, by number of components and then by model as they were given; a combination that the rows do not
    /// determine says so in <see cref="EmFit.Failure"/>.</returns>
    /// <exception cref="EstimationException">An option is out of its domain, or no combination can be fitted.</exception>
    /// <exception cref="InvalidObservationException">A column is unfit for every model.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IReadOnlyList<EmFit> Fit(
        IObservations observations,
        IReadOnlyList<int> componentCounts,
        IReadOnlyList<CovarianceModel> models,
        CancellationToken cancellationToken = default)
    {
        List<EmFit> fits = [];
        foreach (int componentCount in componentCounts)
        {
            foreach (CovarianceModel model in models)
            {
                fits.Add(FitOne(observations, componentCount, model, cancellationToken));
                _progress?.Invoke(new ModelSearchProgress(fits.Count, componentCounts.Count * models.Count, $"{model},{componentCount}"));
            }
        }

        return fits;
    }

    private EmFit FitOne(IObservations observations, int componentCount, CovarianceModel model, CancellationToken cancellationToken)
    {
        EmOptions options = _options.Clone();
        options.ComponentCount = componentCount;
        options.CovarianceModel = model;
        try
        {
            return new EmEstimator(options).Fit(observations, cancellationToken);
        }
        catch (GmmToolsException exception) when (exception is EstimationException or InvalidObservationException)
        {
            return EmFitReport.CreateFailure(observations, options, exception.Message);
        }
    }
}
