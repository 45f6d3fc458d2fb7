using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Known;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Iteration;

/// <summary>
/// Watches for components that starve (less than half a row) or collapse (a covariance below the floor). Such a component is put
/// back where the data is explained worst, a few times in a run; after that, and where many rows hold it, its covariance is held at the
/// floor. Either way every mixture that leaves the guard is finite and factorised.
/// </summary>
internal sealed class CollapseGuard
{
    private const double MinRows = 0.5;

    /// <summary>How often, and how much further each time, covariances are raised that a model still leaves indefinite.</summary>
    private const int MaxRaises = 60;
    private const double RaisingFactor = 4;

    private readonly MaximizationStep _maximization;
    private readonly CovarianceFloor _floor;
    private readonly IObservations _observations;
    private readonly bool _keepWeights;
    private readonly CollapsePolicy _policy;
    private readonly int _threadCount;
    private readonly bool[] _isAbove;
    private readonly bool[] _isKept;
    private readonly bool[] _hasCovariance;
    private readonly bool[] _hasWeight;
    private readonly bool?[] _isBelow;
    private MixtureParameters? _judged;
    private EmTrace _trace = new();
    private bool _holds;

    public CollapseGuard(EstimationModel model, CovarianceFloor floor, IObservations observations, CollapsePolicy policy, int threadCount)
    {
        _maximization = model.Covariances;
        _isAbove = new bool[model.ComponentCount];
        _isBelow = new bool?[model.ComponentCount];
        IEnumerable<int> components = Enumerable.Range(0, model.ComponentCount);
        _isKept = [.. components.Select(k => model.Keeps(k, FrozenPart.All))];
        _hasCovariance = [.. components.Select(k => model.Keeps(k, FrozenPart.Covariance))];
        _hasWeight = [.. components.Select(k => model.Keeps(k, FrozenPart.Weight))];
        _floor = floor;
        _observations = observations;
        _keepWeights = model.KeepsWeights;
        _policy = policy;
        _threadCount = threadCount;
    }

    /// <summary>Starts the count of a run.</summary>
    /// <param name="trace">Where collapses are counted.</param>
    /// <param name="start">The run's start: what lies below the floor is raised to it, and it is factorised.</param>
    /// <param name="holds">Whether components stay where they collapse.</param>
    public void Begin(EmTrace trace, MixtureParameters start, bool holds)
    {
        GoOn(trace, holds);
        RaiseAll(start);
        _maximization.Conform(start);
        Factorize(start);
    }

    /// <summary>Goes on with the count of a run.</summary>
    public void GoOn(EmTrace trace, bool holds)
    {
        _trace = trace;
        _holds = holds;
    }

    /// <summary>Whether a component of a mixture is held at the floor.</summary>
    public bool IsHeld(MixtureParameters mixture, int component) => _floor.IsHeld(mixture, component);

    /// <summary>Turns to what an M-step made: until it is repaired, each of its components is held against the floor once.</summary>
    /// <param name="estimated">The M-step's result.</param>
    public void Turn(MixtureParameters estimated)
    {
        _judged = estimated;
        Array.Clear(_isBelow, 0, _isBelow.Length);
    }

    /// <summary>Whether a component of an extrapolated mixture starved or collapsed, which is then the extrapolation's fault.</summary>
    public bool IsDegenerate(SufficientStatistics statistics, MixtureParameters estimated)
    {
        for (int k = 0; k < estimated.ComponentCount; k++)
        {
            if (IsStarved(statistics, k) || IsBelow(estimated, k))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The components whose collapse ends a run, where that is the policy; else none.</summary>
    /// <param name="statistics">The statistics of an E-step.</param>
    /// <param name="estimated">What the M-step made of them.</param>
    /// <returns>Their numbers from 0, or null.</returns>
    public int[]? FindCollapsed(SufficientStatistics statistics, MixtureParameters estimated)
    {
        if (_policy == CollapsePolicy.Reseed || estimated.ComponentCount == 1)
        {
            return null;
        }

        List<int>? collapsed = null;
        for (int k = 0; k < estimated.ComponentCount; k++)
        {
            if (!_isKept[k] && (IsStarved(statistics, k) || (_maximization.HasOwnSpread && IsBelow(estimated, k))))
            {
                (collapsed ??= []).Add(k);
            }
        }

        return collapsed?.ToArray();
    }

    /// <summary>Repairs and factorises the mixture that an M-step made.</summary>
    /// <param name="statistics">The statistics of the E-step before it.</param>
    /// <param name="scored">The mixture of that E-step.</param>
    /// <param name="estimated">The M-step's result, changed in place.</param>
    /// <param name="cancellationToken">Stops the search for a place.</param>
    /// <returns>Whether a component was put back, so that the sequence of log-likelihoods starts anew.</returns>
    public bool Repair(
        SufficientStatistics statistics, MixtureParameters scored, MixtureParameters estimated, CancellationToken cancellationToken)
    {
        bool putBack = false;
        bool changed = false;
        _trace.FlooredCount = 0;
        for (int k = 0; k < estimated.ComponentCount; k++)
        {
            bool starved = IsStarved(statistics, k);
            if (starved)
            {
                _judged = null;
                Park(scored, estimated, k);
            }

            bool collapsed = _maximization.HasOwnSpread && !_hasCovariance[k] && IsBelow(estimated, k);
            if (!_isKept[k] && (starved || (collapsed && IsAccident(statistics, k))) && MayPutBack(estimated))
            {
                _judged = null;
                PutBack(scored, estimated, k, cancellationToken);
                putBack = true;
            }

            changed |= starved || collapsed;
            _isAbove[k] = _hasCovariance[k] || (_maximization.HasOwnSpread && !starved && !collapsed);
        }

        _judged = null;
        if (RaiseAll(estimated, _isAbove) || changed)
        {
            // what was parked, put back or raised may not obey the model yet
            _maximization.Conform(estimated);
        }

        Factorize(estimated);
        return putBack;
    }

    private bool IsBelow(MixtureParameters mixture, int component) =>
        ReferenceEquals(mixture, _judged) ? _isBelow[component] ??= _floor.IsBelow(mixture, component) : _floor.IsBelow(mixture, component);

    private static bool IsStarved(SufficientStatistics statistics, int component) => !(statistics.Weights[component] >= MinRows);

    private bool MayPutBack(MixtureParameters mixture) =>
        mixture.ComponentCount > 1 && _trace.CollapseCount < mixture.ComponentCount;

    /// <summary>Whether a component that collapsed is worth another place: not where many rows hold it, which are equal or lie in a plane by
    /// no accident.</summary>
    private bool IsAccident(SufficientStatistics statistics, int component) =>
        !_holds && SpuriousCheck.IsFew(statistics.Weights[component], statistics.Dimension);

    /// <summary>A component as wide as those of the last mixture on average, at the row that it explains worst.</summary>
    private void PutBack(MixtureParameters scored, MixtureParameters estimated, int component, CancellationToken cancellationToken)
    {
        // each time at another row
        IReadOnlyList<ImprobableRow> improbable = _observations.FindLeastProbable(scored, _trace.CollapseCount + 1, _threadCount, cancellationToken);
        double[] row = improbable[improbable.Count - 1].Values;
        Array.Copy(row, 0, estimated.Means, component * row.Length, row.Length);
        SetAverageCovariance(scored, estimated, component);
        if (!_keepWeights)
        {
            double kept = estimated.Weights.Where((_, k) => _hasWeight[k]).Sum();
            SetWeight(estimated.Weights, component, 1.0 / estimated.ComponentCount, 1 - estimated.BackgroundWeight - kept);
        }

        _trace.CollapseCount++;
    }

    /// <summary>Leaves a component that has no rows where it was; its weight tells.</summary>
    private static void Park(MixtureParameters scored, MixtureParameters estimated, int component)
    {
        int length = estimated.CovarianceLength;
        Array.Copy(scored.Means, component * scored.Dimension, estimated.Means, component * scored.Dimension, scored.Dimension);
        Array.Copy(scored.Covariances, component * length, estimated.Covariances, component * length, length);
    }

    private static void SetAverageCovariance(MixtureParameters scored, MixtureParameters estimated, int component)
    {
        double[] average = new double[scored.CovarianceLength];
        scored.AddAverageCovariance(average);
        Array.Copy(average, 0, estimated.Covariances, component * average.Length, average.Length);
    }

    /// <param name="weights">The weights, which are changed.</param>
    /// <param name="component">The component that gets a weight.</param>
    /// <param name="weight">Its share of the whole.</param>
    /// <param name="whole">What the weights sum to.</param>
    private void SetWeight(double[] weights, int component, double weight, double whole)
    {
        double others = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            others += k == component || _hasWeight[k] ? 0 : weights[k];
        }

        int otherCount = weights.Length - 1 - _hasWeight.Count(value => value);
        for (int k = 0; k < weights.Length; k++)
        {
            double share = others > 0 ? weights[k] / others : 1.0 / otherCount;
            weights[k] = _hasWeight[k] ? weights[k] : otherCount == 0 ? whole : whole * (k == component ? weight : share * (1 - weight));
        }
    }

    /// <param name="mixture">The mixture, changed in place.</param>
    /// <param name="isAbove">The components that are known not to lie below the floor, or null.</param>
    private bool RaiseAll(MixtureParameters mixture, bool[]? isAbove = null)
    {
        int raised = 0;
        bool wasAbove = false;
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            wasAbove = isAbove?[k] == true || _hasCovariance[k] || (wasAbove && mixture.HasCovarianceOf(k - 1, k)) || !_floor.IsBelow(mixture, k);
            if (!wasAbove)
            {
                _floor.Raise(mixture, k);
                raised++;
            }
        }

        _trace.FlooredCount += raised;
        return raised > 0;
    }

    private void Factorize(MixtureParameters mixture)
    {
        double factor = 1;
        for (int attempt = 0; attempt <= mixture.ComponentCount + MaxRaises; attempt++)
        {
            int failed = mixture.TryFactorize();
            if (failed < 0)
            {
                return;
            }

            // just above a floor near the precision of doubles, but indefinite by rounding or by what the model ties together
            _floor.Raise(mixture, failed);
            _trace.FlooredCount++;
            if (_maximization.Constrains)
            {
                RaiseAll(mixture);
                _floor.AddToAll(mixture, factor);
                _maximization.Conform(mixture);
            }

            factor *= RaisingFactor;
        }

        // what all rows have in common obeys every model
        _floor.SetToPooled(mixture);
        if (mixture.TryFactorize() >= 0)
        {
            throw new InvalidOperationException("The covariance of all rows could not be factorised.");
        }
    }
}
