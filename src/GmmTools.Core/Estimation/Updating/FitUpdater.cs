using System;
using System.Threading;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Observations.Views;

namespace GmmTools.Estimation.Updating;

/// <summary>
/// Goes on with a fit when new rows come, without the rows that it was fitted to: their sufficient statistics stand for them. All new rows
/// at once are incremental EM (Neal and Hinton, 1998); one iteration per small batch with a decreasing share is stepwise, online EM
/// (Cappé and Moulines, Journal of the Royal Statistical Society B 71 (2009) 593-613).
/// </summary>
public sealed class FitUpdater
{
    private const string UpdateWithoutStatistics = "An update without the statistics of the earlier rows, which a fit has and the file that it is exported to,";

    private readonly UpdateOptions _options;
    private long _batchCount;

    /// <summary>Creates an updater.</summary>
    /// <param name="options">How new rows change a fit.</param>
    /// <exception cref="EstimationException">An option is out of its domain.</exception>
    public FitUpdater(UpdateOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _options.Validate();
    }

    /// <summary>A fit of which only the mixture and a few figures are known.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="totalWeight">How many rows it stands for, or the sum of their weights.</param>
    /// <param name="rowCount">How many rows these were.</param>
    /// <param name="entropy">Entropy of their responsibilities; 0 when it is not known, and then log-likelihoods lack it.</param>
    /// <param name="options">The options that made the mixture; null for default ones.</param>
    /// <returns>A fit whose rows are taken to be distributed as the mixture says.</returns>
    public static EmFit Assume(GaussianMixture mixture, double totalWeight, long rowCount, double entropy, FitOptions? options = null)
    {
        if (!(totalWeight > 0) || double.IsInfinity(totalWeight))
        {
            throw new EstimationException("InvalidModelWeight", "The rows that a mixture stands for must be a finite number above 0.", totalWeight);
        }

        (mixture ?? throw new ArgumentNullException(nameof(mixture))).RefuseTail(UpdateWithoutStatistics);
        return new EmFit
        {
            Mixture = mixture,
            ComponentCount = mixture.ComponentCount,
            CovarianceModel = mixture.CovarianceModel,
            Property = mixture.Property,
            RowCount = rowCount,
            ReadRowCount = rowCount,
            TotalWeight = totalWeight,
            Entropy = entropy,
            Options = options ?? new FitOptions(
                new EmOptions { ComponentCount = mixture.ComponentCount, CovarianceModel = mixture.CovarianceModel, Noise = mixture.Noise is not null }, totalWeight),
        };
    }

    /// <summary>Goes on with a fit: the same model, with the weights that it fixed, its prior, floor and collapse policy.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="rows">The new rows, with the columns of the fit in its order.</param>
    /// <param name="intake">What became of the new rows when they were read.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The fit to both; its log-likelihood counts the earlier rows by the bound that their responsibilities give.</returns>
    public EmFit Update(EmFit fit, IObservations rows, RowIntake intake, CancellationToken cancellationToken = default)
    {
        fit.Mixture.RefuseTrimming("An update");
        if (fit.Statistics is null)
        {
            fit.Mixture.RefuseTail(UpdateWithoutStatistics);
        }

        SufficientStatistics past = (fit.Statistics ?? Imply(fit)).Clone();
        past.Scale(PastShare(past.TotalWeight, rows.TotalWeight));
        EmOptions options = fit.Options.ContinueFrom(fit.Mixture);
        options.MaxIteration = _options.MaxIteration;
        options.Tolerance = _options.Tolerance;
        options.ThreadCount = _options.ThreadCount;
        options.ExpectsConvergence = _options.ExpectsConvergence;

        // with a prior it is the posterior that they hold
        bool hasLogLikelihood = fit.Statistics is not null && !fit.Options.Prior;
        EmFit updated = new EmEstimator(options).Fit(
            new ExtendedObservations(rows, past, fit.RowCount, fit.Mixture.Parameters, hasLogLikelihood), cancellationToken);
        updated = updated.WithIntake(Intake(fit).Plus(intake));
        return fit.Group is null ? updated : updated.WithGroup(fit.Group);
    }

    /// <summary>The same fit after rows that were read and left out.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="intake">The counts of these rows.</param>
    /// <returns>The copy.</returns>
    public static EmFit Count(EmFit fit, RowIntake intake) =>
        (fit ?? throw new ArgumentNullException(nameof(fit))).WithIntake(Intake(fit).Plus(intake));

    private static RowIntake Intake(EmFit fit) => new(fit.ReadRowCount, fit.OmittedRowCount, fit.IncompleteRowCount);

    /// <summary>What the earlier rows are scaled by.</summary>
    private double PastShare(double pastWeight, double weight)
    {
        if (_options.StepExponent is not double exponent)
        {
            return _options.ForgettingFactor;
        }

        // a fit that is gone on from stands for the batches that its rows would have made
        if (_batchCount == 0)
        {
            _batchCount = Math.Max(1, (long)Math.Round(pastWeight / weight));
        }

        double step = Math.Pow(++_batchCount, -exponent);
        return _options.ForgettingFactor * weight * (1 - step) / (step * pastWeight);
    }

    /// <summary>The statistics of rows that are distributed as the mixture says, which those of a fit at its fixed point are in all that
    /// its covariance model looks at.</summary>
    private static SufficientStatistics Imply(EmFit fit)
    {
        MixtureParameters mixture = fit.Mixture.Parameters;
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape, mixture.FurtherSums)
        {
            TotalWeight = fit.TotalWeight,
            Entropy = fit.Entropy,
        };
        statistics.AddBackground(mixture.BackgroundWeight * fit.TotalWeight);
        Array.Copy(mixture.Means, statistics.Centres, mixture.Means.Length);
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            statistics.Weights[k] = mixture.Weights[k] * fit.TotalWeight;
            for (int i = 0; i < mixture.CovarianceLength; i++)
            {
                int place = (k * mixture.CovarianceLength) + i;
                statistics.Scatters[place] = statistics.Weights[k] * mixture.Covariances[place];
            }
        }

        return statistics;
    }
}
