using System;
using System.Collections.Generic;
using System.Threading;
using GmmTools.Estimation.Acceleration;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Iteration;

/// <summary>
/// Expectation-maximization from one start: Dempster, Laird and Rubin, Journal of the Royal Statistical Society B 39 (1977) 1-38.
/// Owns two mixtures and one set of statistics, and overwrites them: an iteration allocates nothing.
/// </summary>
internal sealed class EmRunner : IDisposable
{
    /// <summary>Plain steps in which convergence is judged when the accelerated ones gain no more.</summary>
    public const int JudgingSteps = 6;

    /// <summary>A change of the total weight below this share is rounding.</summary>
    private const double SameWeight = 1e-9;

    /// <summary>A loss below this share of the log-likelihood is rounding.</summary>
    private const double RoundingShare = 1e-10;

    private readonly IObservations _observations;
    private readonly IExpectationStep _expectation;
    private readonly EstimationModel _model;
    private readonly IAcceleration _acceleration;
    private readonly CollapseGuard _guard;
    private readonly SufficientStatistics _statistics;
    private readonly bool _keepsStatistics;
    private readonly MixtureParameters _accepted;
    private MixtureParameters _mixture;
    private MixtureParameters _next;
    private double _logPrior;
    private double _totalWeight;

    /// <param name="observations">The rows.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="model">What to estimate.</param>
    /// <param name="rules">How the runs go on.</param>
    /// <param name="threadCount">The most threads to use.</param>
    /// <param name="keepsStatistics">Whether a run keeps the statistics of its mixture.</param>
    public EmRunner(
        IObservations observations, PooledMoments pooled, EstimationModel model, RunRules rules, int threadCount, bool keepsStatistics = false)
    {
        _keepsStatistics = keepsStatistics;
        _observations = observations;
        _model = model;
        CovarianceShape shape = model.Covariances.Model.Shape();
        int dimension = observations.Property.Count;
        _expectation = observations.PrepareExpectation(model.ComponentCount, shape, threadCount);
        _statistics = new SufficientStatistics(model.ComponentCount, dimension, shape, model.FurtherSums);
        _mixture = new MixtureParameters(model.ComponentCount, dimension, shape);
        _next = _mixture.Clone();
        _accepted = _mixture.Clone();
        _acceleration = rules.Acceleration == AccelerationMethod.None || !model.HasCoordinates
            ? new PlainSequence()
            : new AndersonAcceleration(new StatisticsCoordinates(model.ComponentCount, pooled, _statistics));
        CovarianceFloor floor = new(pooled, model.Covariances.Model, rules.CovarianceFloor, !model.IsBounded);
        _guard = new CollapseGuard(model, floor, observations, rules.CollapsePolicy, threadCount);
    }

    /// <summary>Iterates from a start until convergence or a limit. The start's weights are the fixed ones, if they are fixed.</summary>
    public EmRun Run(MixtureParameters start, RunLimits limits, Action<EmTrace, double>? report, RunSlot? slot) =>
        Run(start, new EmTrace(), limits, report, slot);

    /// <summary>Goes on with a run over the same rows that ended at coarser limits.</summary>
    public EmRun Continue(EmRun run, RunLimits limits, Action<EmTrace, double>? report, RunSlot? slot) =>
        run.IterationCount >= limits.MaxIteration || run.StopReason == StopReason.Collapsed ? run : Run(run.Mixture, new EmTrace(run), limits, report, slot);

    /// <summary>Scores a mixture as it is, for want of time to improve it.</summary>
    public EmRun Score(MixtureParameters mixture, CancellationToken cancellationToken)
    {
        EmTrace trace = new();
        _mixture.CopyFrom(mixture);
        _model.Begin(_mixture);
        _guard.Begin(trace, _mixture, false);
        Score(cancellationToken);
        trace.Add(_statistics, _logPrior);
        return End(_mixture, trace, StopReason.TimeLimit);
    }

    public void Dispose() => _expectation.Dispose();

    private EmRun Run(MixtureParameters start, EmTrace trace, RunLimits limits, Action<EmTrace, double>? report, RunSlot? slot)
    {
        if (slot?.FindOutcome(_mixture, limits.MaxIteration) is EmRun known)
        {
            return known;
        }

        if (slot?.HasState == false && limits.CancellationToken.IsCancellationRequested)
        {
            // what it begins from may itself have been cut off: nothing of this run is kept to go on from
            slot = null;
        }

        EmRun run = Iterate(start, trace, limits, report, slot);
        if (run.StopReason != StopReason.TimeLimit)
        {
            slot?.Complete(run);
        }

        return run;
    }

    private EmRun Iterate(MixtureParameters start, EmTrace trace, RunLimits limits, Action<EmTrace, double>? report, RunSlot? slot)
    {
        ConvergenceMonitor monitor = new(limits.Tolerance, _observations.TotalWeight, _model.IsMonotone);
        _mixture.CopyFrom(start);
        _model.Begin(_mixture);
        double[]? fixedWeights = _model.KeepsWeights ? (double[])_mixture.Weights.Clone() : null;
        _model.Covariances.Begin();
        _acceleration.Reset();
        _totalWeight = double.NaN;
        if (slot?.HasState == true)
        {
            slot.Restore(state => Exchange(state, trace, monitor, limits));
            _guard.GoOn(trace, limits.HoldsCollapsed);
        }
        else if (trace.GoesOn)
        {
            // what a run ended with obeys the model already, and is to score the same again
            _guard.GoOn(trace, limits.HoldsCollapsed);
        }
        else
        {
            _guard.Begin(trace, _mixture, limits.HoldsCollapsed);
        }

        try
        {
            while (true)
            {
                Score(trace, monitor, slot, limits);
                if (RowsMoved())
                {
                    StartAnew(trace, monitor);
                }

                bool rejected = _acceleration.IsRejected(_statistics.LogLikelihood);
                if (!rejected && HasFallen(trace))
                {
                    trace.IterationCount--;
                    return End(_accepted, trace, StopReason.Collapsed);
                }

                bool converged = !rejected && Accept(trace, monitor, limits);
                report?.Invoke(trace, monitor.LastGain);
                if (converged || trace.IterationCount >= limits.MaxIteration)
                {
                    return End(_mixture, trace, converged ? StopReason.Converged : StopReason.MaxIteration, _keepsStatistics ? _statistics.Clone() : null);
                }

                MoveStatistics(rejected, trace.IterationCount + 1 == limits.MaxIteration);
                Maximize(fixedWeights);
                if (_guard.FindCollapsed(_statistics, _next) is int[] collapsed)
                {
                    return EndCollapsed(collapsed, trace);
                }

                trace.ReachedCap = _model.Covariances.ReachedCap;
                trace.IterationCount++;
                if (_guard.Repair(_statistics, _mixture, _next, limits.CancellationToken))
                {
                    StartAnew(trace, monitor);
                }

                (_mixture, _next) = (_next, _mixture);
            }
        }
        catch (OperationCanceledException) when (limits.IsTimeUp && trace.HasScore)
        {
            // the E-step of the newest mixture was interrupted: the one accepted last is the best that was scored
            trace.IterationCount--;
            trace.EndAtScore();
            return End(_accepted, trace, StopReason.TimeLimit);
        }
    }

    private EmRun End(
        MixtureParameters mixture, EmTrace trace, StopReason reason, SufficientStatistics? statistics = null, IReadOnlyList<int>? collapsed = null)
    {
        double flatGain = SpuriousCheck.FlatGain(mixture, _observations.TotalWeight, k => _guard.IsHeld(mixture, k));
        return new EmRun(mixture.Clone(), _observations.TotalWeight, trace, reason, flatGain) { Statistics = statistics, Collapsed = collapsed ?? [] };
    }

    /// <summary>The E-step. The statistics then hold the objective of the model, which is then what may not fall and what converges.</summary>
    private void Score(CancellationToken cancellationToken)
    {
        _model.FillTerms(_mixture);
        _expectation.Compute(_mixture, _statistics, cancellationToken);
        _logPrior = _model.LogPenalty(_mixture);
        _statistics.LogLikelihood += _logPrior;
    }

    /// <summary>The E-step of a run whose state is kept: before it when it is time, and when it is interrupted.</summary>
    private void Score(EmTrace trace, ConvergenceMonitor monitor, RunSlot? slot, RunLimits limits)
    {
        if (slot?.IsDue(trace.IterationCount) == true)
        {
            slot.Capture(trace.IterationCount, state => Exchange(state, trace, monitor, limits));
        }

        try
        {
            Score(limits.CancellationToken);
        }
        catch (OperationCanceledException)
        {
            slot?.Capture(trace.IterationCount, state => Exchange(state, trace, monitor, limits));
            throw;
        }
    }

    /// <summary>Writes or reads all that an iteration begins with.</summary>
    private void Exchange(StateExchange state, EmTrace trace, ConvergenceMonitor monitor, RunLimits limits)
    {
        _mixture.Exchange(state);
        _mixture.Check(state);
        _accepted.Exchange(state);
        trace.Exchange(state, limits.MaxIteration);
        if (trace.HasScore)
        {
            _accepted.Check(state);
        }

        monitor.Exchange(state);
        _acceleration.Exchange(state);
        _model.Exchange(state, _mixture);
    }

    /// <summary>Ends with the mixture that was accepted last; the one after it has collapsed.</summary>
    private EmRun EndCollapsed(int[] collapsed, EmTrace trace)
    {
        trace.CollapseCount += collapsed.Length;
        return End(_accepted, trace, StopReason.Collapsed, collapsed: collapsed);
    }

    /// <summary>Whether rows came or went since the last E-step, so that its log-likelihood does not compare.</summary>
    private bool RowsMoved()
    {
        double before = _totalWeight;
        _totalWeight = _statistics.TotalWeight;
        return Math.Abs(_totalWeight - before) > SameWeight * before;
    }

    /// <summary>
    /// Whether EM's own step lost likelihood, which happens only where covariances are held at the floor or so flat that doubles do not
    /// hold them: where a model ties them to each other, the nearest mixture above the floor need not be the likeliest.
    /// </summary>
    private bool HasFallen(EmTrace trace) => _model.IsMonotone && trace.HasScore && trace.LogLikelihoods.Count > 0
        && !(_statistics.LogLikelihood >= trace.LogLikelihood - (RoundingShare * (Math.Abs(trace.LogLikelihood) + _statistics.TotalWeight)));

    /// <summary>Extrapolates, or goes back to EM's own step; the last iteration is plain, so that what it leads to is never worse.</summary>
    private void MoveStatistics(bool rejected, bool last)
    {
        if (rejected)
        {
            _acceleration.Restore(_statistics);
            return;
        }

        if (last)
        {
            _acceleration.Pause(1);
        }

        _acceleration.Extrapolate(_statistics);
    }

    private void Maximize(double[]? fixedWeights)
    {
        _model.Maximize(_statistics, _mixture, _next, fixedWeights);
        _guard.Turn(_next);
        if (!_acceleration.IsPlain && _guard.IsDegenerate(_statistics, _next))
        {
            _acceleration.Restore(_statistics);
            _model.Maximize(_statistics, _mixture, _next, fixedWeights);
            _guard.Turn(_next);
        }
    }

    private bool Accept(EmTrace trace, ConvergenceMonitor monitor, RunLimits limits)
    {
        trace.Add(_statistics, _logPrior);
        _accepted.CopyFrom(_mixture);
        bool converged = monitor.Observe(trace.LogLikelihood, _acceleration.IsPlain) || limits.EndsShortRun(trace.LogLikelihoods, monitor.LastGain);
        trace.EstimatedRemainder = monitor.EstimatedRemainder;
        if (monitor.IsQuiet && !converged && !_acceleration.IsPlain)
        {
            _acceleration.Pause(JudgingSteps);
        }

        return converged;
    }

    /// <summary>After a component was put back, or rows came or went: what came before has no bearing on the sequence that begins.</summary>
    private void StartAnew(EmTrace trace, ConvergenceMonitor monitor)
    {
        monitor.Reset();
        _acceleration.Reset();
        trace.LogLikelihoods.Clear();
    }
}
