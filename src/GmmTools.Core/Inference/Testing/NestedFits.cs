using System.Threading;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Inference.Testing;

/// <summary>
/// Fits two models, one of which contains the other, to the same rows. The larger one has starts of its own and those that the smaller fit gives: with one
/// component more, each of its components split in turn; with a more general covariance model, the fit itself.
/// </summary>
internal sealed class NestedFits
{
    private readonly EmOptions _smaller;
    private readonly EmOptions _larger;

    /// <param name="smaller">The model of the null hypothesis.</param>
    /// <param name="larger">The model that contains it.</param>
    public NestedFits(EmOptions smaller, EmOptions larger)
    {
        _smaller = smaller;
        _larger = larger;
    }

    /// <summary>Fits the smaller model.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="start">A mixture to start from; null to search.</param>
    /// <param name="threadCount">The most threads to use.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public EmFit FitSmaller(IObservations rows, GaussianMixture? start, int threadCount, CancellationToken cancellationToken)
    {
        EmOptions options = _smaller.Clone();
        options.ThreadCount = threadCount;
        options.InitialMixture = start;
        return new EmEstimator(options).Fit(rows, null, null, null, cancellationToken);
    }

    /// <summary>Fits the larger model.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="smaller">The fit of the smaller model to them.</param>
    /// <param name="threadCount">The most threads to use.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public EmFit FitLarger(IObservations rows, EmFit smaller, int threadCount, CancellationToken cancellationToken)
    {
        EmOptions options = _larger.Clone();
        options.ThreadCount = threadCount;
        SearchHints hints = new() { IsQuick = true };
        if (smaller.ComponentCount < options.ComponentCount)
        {
            hints.Smaller = smaller.Mixture.Parameters.ToShape(options.CovarianceModel.Shape());
            hints.Smaller.TryFactorize();
        }
        else
        {
            hints.Within.Add(smaller.Mixture.Parameters);
            hints.MinLogLikelihood = smaller.BoundedLogLikelihood;
        }

        return new EmEstimator(options).Fit(rows, null, hints, null, cancellationToken);
    }

    /// <summary>Twice the difference of the log-likelihoods, without what these owe to components that are flat on a few rows.</summary>
    /// <param name="smaller">The fit of the smaller model.</param>
    /// <param name="larger">The fit of the larger one.</param>
    public static double Statistic(EmFit smaller, EmFit larger) => 2 * (larger.BoundedLogLikelihood - smaller.BoundedLogLikelihood);

    /// <summary>The statistic of rows drawn from the smaller model; NaN where these cannot be fitted.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="truth">What they were drawn from.</param>
    /// <param name="threadCount">The most threads to use.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public double Measure(IObservations rows, GaussianMixture truth, int threadCount, CancellationToken cancellationToken)
    {
        try
        {
            EmFit smaller = FitSmaller(rows, truth, threadCount, cancellationToken);
            return Statistic(smaller, FitLarger(rows, smaller, threadCount, cancellationToken));
        }
        catch (GmmToolsException exception) when (FitOutcomes.IsOfRows(exception))
        {
            return double.NaN;
        }
    }
}
