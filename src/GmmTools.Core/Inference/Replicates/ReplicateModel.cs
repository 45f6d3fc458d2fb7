using System;
using System.Collections.Generic;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Views;
using GmmTools.Selection;

namespace GmmTools.Inference.Replicates;

/// <summary>
/// Fits the model of a mixture to replicates of its rows, each from the mixture itself. What is relative to all rows, such as the covariance floor, the
/// hyperparameters of a prior and the scales of columns, is that of the rows themselves: a replicate differs by its rows alone.
/// </summary>
internal sealed class ReplicateModel
{
    /// <summary>A mixture that EM leads higher by more than this is not the fit of the rows.</summary>
    private const double MaxGain = 0.1;

    private readonly EmOptions _options;
    private readonly PooledMoments _pooled;
    private readonly ColumnScales? _scales;
    private readonly MixtureParameters _start;
    private readonly double _totalWeight;
    private readonly bool _holds;

    /// <param name="options">Options that estimate the model from the mixture.</param>
    /// <param name="observations">The rows.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public ReplicateModel(EmOptions options, IObservations observations, CancellationToken cancellationToken)
    {
        _options = options.Clone();
        _totalWeight = observations.TotalWeight;
        CovarianceShape shape = options.CovarianceModel.Shape();
        _pooled = PooledMoments.Compute(observations, shape, options.ThreadCount, cancellationToken);
        _start = options.InitialMixture!.Parameters.ToShape(shape);
        if (options.Standardize)
        {
            _scales = new ColumnScales(_pooled.StandardDeviations());
            _pooled = PooledMoments.Compute(new ScaledObservations(observations, _scales), shape, options.ThreadCount, cancellationToken);
            _start = _scales.Divided(_start);
            _options.NoiseBox = options.NoiseBox is null ? null : _scales.Divided(options.NoiseBox);
        }

        _options.CollapsePolicy = CollapsePolicy.Reseed;
        EmRun first = Run(observations, options.ThreadCount, holds: true, cancellationToken);
        Original = ToReplicate(first, hasCollapsed: false);
        IsOriginalSound = first.IsSound;
        _holds = !first.IsSound;
        _options.CollapsePolicy = _holds ? CollapsePolicy.Reseed : CollapsePolicy.Stop;
        _start = first.Mixture;
    }

    /// <summary>Where the mixture leads among the rows themselves; every replicate begins there.</summary>
    public Replicate Original { get; }

    /// <summary>Whether no component of it is held at the covariance floor or flat on a few rows; where one is, replicates do not count as
    /// collapsed for that.</summary>
    public bool IsOriginalSound { get; }

    /// <summary>Fits a replicate; from any thread.</summary>
    /// <param name="rows">Its rows.</param>
    /// <param name="threadCount">The most threads to use.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Replicate Fit(IObservations rows, int threadCount, CancellationToken cancellationToken)
    {
        EmRun run = Run(rows, threadCount, _holds, cancellationToken);
        return ToReplicate(run, run.StopReason == StopReason.Collapsed || (!_holds && !run.IsSound));
    }

    /// <summary>Numbers of the fit of a replicate; none where a component collapsed.</summary>
    /// <param name="rows">The rows of the replicate.</param>
    /// <param name="context">How the fit runs.</param>
    /// <param name="read">The numbers of a mixture.</param>
    public double[] Read(IObservations rows, FitJobContext context, Func<MixtureParameters, double[]> read)
    {
        Replicate replicate = Fit(rows, context.ThreadCount, context.CancellationToken);
        return replicate.HasCollapsed ? [] : read(replicate.Mixture);
    }

    /// <summary>The mixture that is the fit of the rows: what was given, or where EM leads from there if that is elsewhere.</summary>
    /// <param name="mixture">What was given.</param>
    /// <param name="warnings">Says so, where it is elsewhere.</param>
    public GaussianMixture Settle(GaussianMixture mixture, List<string> warnings)
    {
        double gain = Original.LogLikelihood - Original.FirstLogLikelihood;
        if (!(Math.Abs(gain) > MaxGain))
        {
            return mixture;
        }

        warnings.Add(FormattableString.Invariant(
            $"The mixture is not the fit of these rows: from there EM raises the log-likelihood by {gain:F1}. The estimates are those of the mixture where it ends. Fit the rows first, or pass the rows that were fitted."));
        int[] places = ComponentMatching.Find(mixture.Parameters, Original.Mixture);
        return new GaussianMixture(Original.Mixture.InOrder(places), mixture.Property, mixture.CovarianceModel, componentClasses: mixture.ComponentClasses);
    }

    private EmRun Run(IObservations rows, int threadCount, bool holds, CancellationToken cancellationToken)
    {
        IObservations scaled = _scales is null ? rows : new ScaledObservations(rows, _scales);
        EstimationModel model = EstimationModel.Create(_options, _pooled, _totalWeight);
        RunLimits limits = new(_options.ToleranceFor(rows.TotalWeight), _options.MaxIteration, cancellationToken, cancellationToken);
        using EmRunner runner = new(scaled, _pooled, model, RunRules.Of(_options), threadCount);
        return runner.Run(_start, holds ? limits.Holding() : limits, null, null);
    }

    private Replicate ToReplicate(EmRun run, bool hasCollapsed)
    {
        MixtureParameters mixture = run.Mixture;
        if (_scales is not null)
        {
            mixture = run.Mixture.Clone();
            _scales.Multiply(run.Mixture, mixture);
        }

        return new Replicate(mixture, run.LogLikelihood, run.LogLikelihoodTrace[0], hasCollapsed);
    }
}
