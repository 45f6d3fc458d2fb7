using System;
using System.Threading;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>
/// What is returned where the time was up before any start was found: the start that was given, or components that are as wide as all rows
/// and stand side by side along their spread. It takes one pass over the rows, which scores it.
/// </summary>
internal sealed class TimelyStart
{
    /// <summary>How far the outer components stand from the middle, in standard deviations of the columns.</summary>
    private const double Reach = 1;

    private readonly IObservations _observations;
    private readonly EmOptions _options;
    private readonly PooledMoments? _pooled;

    /// <param name="observations">The rows.</param>
    /// <param name="options">What was to be estimated.</param>
    /// <param name="pooled">Moments of all rows; null where the time was too short for them.</param>
    public TimelyStart(IObservations observations, EmOptions options, PooledMoments? pooled)
    {
        _observations = observations;
        _options = options;
        _pooled = pooled;
    }

    /// <summary>The start as a run that the time limit ended before its first iteration.</summary>
    public EmRun Score(CancellationToken cancellationToken)
    {
        MixtureParameters mixture = Create(cancellationToken);
        AddNoise(mixture);
        mixture.Terms.LabelTerms = _options.LabelTerms(mixture.ComponentCount);
        using IExpectationStep expectation = _observations.PrepareExpectation(mixture.ComponentCount, mixture.Shape, _options.ThreadCount);
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape);
        expectation.Compute(mixture, statistics, cancellationToken);
        EmTrace trace = new();
        trace.Add(statistics, 0);
        return new EmRun(mixture, _observations.TotalWeight, trace, StopReason.TimeLimit, flatGain: 0);
    }

    /// <summary>Noise in the box along the columns where it is asked for: the other one takes a pass over the rows.</summary>
    private void AddNoise(MixtureParameters mixture)
    {
        if (_options.Noise)
        {
            UniformBackground box = UniformBackground.OfBox(_observations.Minimum, _observations.Maximum);
            box = _options.NoiseBox ?? (_options.NoiseVolume is double volume ? box.WithLogVolume(Math.Log(volume)) : box);
            new NoiseModel(_options.CovarianceModel, mixture.ComponentCount, box).Begin(mixture);
            mixture.TryFactorize();
        }
    }

    /// <summary>What the user gave to start from, or else a spread.</summary>
    private MixtureParameters Create(CancellationToken cancellationToken)
    {
        MaximizationStep step = MaximizationStep.Create(_options.CovarianceModel);
        MixtureParameters? start = Given(step, cancellationToken);
        if (start is null || start.TryFactorize() >= 0)
        {
            start = Spread(step);
        }

        return start;
    }

    /// <summary>The start that was given; null where there is none, or it obeys the model in other units only.</summary>
    private MixtureParameters? Given(MaximizationStep step, CancellationToken cancellationToken)
    {
        if (_options.Standardize && step.Constrains)
        {
            return null;
        }

        if (_options.InitialResponsibilities is RowResponsibilities responsibilities)
        {
            // a prior needs the moments of all rows
            EstimationModel model = _pooled is null
                ? new NormalModel(_options.CovarianceModel, _options.ComponentCount, _options.FixedWeights is not null)
                : EstimationModel.Create(_options, _pooled, _observations.TotalWeight);
            return ResponsibilityStart.Create(_observations, responsibilities, model, _options.FixedWeights, cancellationToken);
        }

        MixtureParameters? start = (_options.Noise ? _options.InitialMixture : _options.InitialMixture?.Sound)?.Parameters.ToShape(_options.CovarianceModel.Shape());
        if (start is not null)
        {
            _options.FixedWeights?.CopyTo(start.Weights, 0);
            step.Conform(start);
        }

        return start;
    }

    private MixtureParameters Spread(MaximizationStep step)
    {
        MixtureParameters mixture = new(_options.ComponentCount, _observations.Property.Count, _options.CovarianceModel.Shape());
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            mixture.Weights[k] = _options.FixedWeights?[k] ?? (1.0 / mixture.ComponentCount);
            double place = mixture.ComponentCount == 1 ? 0 : Reach * ((2.0 * k / (mixture.ComponentCount - 1)) - 1);
            SetComponent(mixture, k, place);
        }

        // divided by their deviations, columns as wide as these obey every model
        if (!_options.Standardize)
        {
            step.Conform(mixture);
        }

        if (mixture.TryFactorize() >= 0)
        {
            throw new InvalidOperationException("The spread of all rows could not be factorised.");
        }

        return mixture;
    }

    /// <param name="mixture">The mixture.</param>
    /// <param name="component">The component, from 0.</param>
    /// <param name="place">Where it stands along the spread, from −1 to 1.</param>
    private void SetComponent(MixtureParameters mixture, int component, double place)
    {
        for (int i = 0; i < mixture.Dimension; i++)
        {
            double range = (0.5 * _observations.Maximum[i]) - (0.5 * _observations.Minimum[i]);
            double deviation = _pooled is null ? 0.5 * range : Math.Sqrt(_pooled.Variance(i));
            double middle = _pooled?.Mean[i] ?? (_observations.Minimum[i] + range);
            mixture.Means[(component * mixture.Dimension) + i] = middle + (place * deviation * Direction(i));
            mixture.Covariances[mixture.CovarianceIndex(component, i, i)] = deviation * deviation;
            for (int j = 0; j < i && mixture.Shape == CovarianceShape.Full && _pooled is not null; j++)
            {
                mixture.Covariances[mixture.CovarianceIndex(component, i, j)] = _pooled.Covariance[PackedMatrix.Index(i, j)];
            }
        }
    }

    /// <summary>Whether a column grows or falls with the first, where that is known.</summary>
    private int Direction(int column) =>
        _pooled?.Shape == CovarianceShape.Full && _pooled.Covariance[PackedMatrix.Index(column, 0)] < 0 ? -1 : 1;
}
