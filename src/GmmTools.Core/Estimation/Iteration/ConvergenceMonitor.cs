using System;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Iteration;

/// <summary>
/// Decides when EM has converged. EM approaches its limit like a geometric series, so the gain still to come is estimated from
/// the last two gains (Aitken's acceleration; Böhning et al., Annals of the Institute of Statistical Mathematics 46 (1994)
/// 373-388): a small gain alone says nothing, since EM may be slow.
/// </summary>
internal sealed class ConvergenceMonitor
{
    /// <summary>Gains below this share of the log-likelihood are rounding.</summary>
    private const double RoundingShare = 1e-14;

    /// <summary>Extrapolated steps have to gain this little of the threshold before plain ones look whether that means convergence:
    /// a plateau looks like it, too.</summary>
    private const double QuietShare = 0.01;

    /// <summary>So often running the remainder has to be below the threshold.</summary>
    private const int NeededSteps = 2;

    private readonly double _threshold;
    private double _last = double.NaN;
    private double _lastGain = double.NaN;
    private double _lastRatio = double.NaN;
    private bool _lastPlain;
    private int _satisfied;

    /// <param name="tolerance">Gain per unit of row weight that may remain; 0 never stops.</param>
    /// <param name="totalWeight">Sum of the row weights.</param>
    public ConvergenceMonitor(double tolerance, double totalWeight)
    {
        _threshold = tolerance * totalWeight;
    }

    /// <summary>The gain estimated to remain after the last observation; NaN while unknown.</summary>
    public double EstimatedRemainder { get; private set; } = double.NaN;

    /// <summary>The last gain.</summary>
    public double LastGain => _lastGain;

    /// <summary>Whether the last two gains were far below the threshold: time to look whether that means convergence.</summary>
    public bool IsQuiet { get; private set; }

    /// <summary>Takes the log-likelihood of the next mixture of the sequence.</summary>
    /// <param name="logLikelihood">The log-likelihood.</param>
    /// <param name="plain">Whether the step was one of EM; the gains of extrapolated steps follow no series.</param>
    /// <returns>Whether the sequence has converged: the remainder was below the threshold twice running.</returns>
    public bool Observe(double logLikelihood, bool plain)
    {
        double gain = logLikelihood - _last;
        IsQuiet = gain <= QuietShare * _threshold && _lastGain <= QuietShare * _threshold;
        double ratio = plain && _lastPlain ? gain / _lastGain : double.NaN;
        EstimatedRemainder = Math.Abs(gain) <= RoundingShare * Math.Abs(logLikelihood) ? 0 : Remainder(gain, Math.Max(ratio, _lastRatio));
        _last = logLikelihood;
        _lastGain = gain;
        _lastRatio = ratio;
        _lastPlain = plain;
        _satisfied = plain && _threshold > 0 && EstimatedRemainder <= _threshold ? _satisfied + 1 : 0;
        return _satisfied >= NeededSteps;
    }

    /// <summary>Forgets what was seen: the sequence starts anew.</summary>
    public void Reset()
    {
        _last = _lastGain = _lastRatio = EstimatedRemainder = double.NaN;
        _satisfied = 0;
        _lastPlain = IsQuiet = false;
    }

    /// <summary>Writes or reads what was seen.</summary>
    public void Exchange(StateExchange state)
    {
        _last = state.FiniteOrUnknown(_last, "the last log-likelihood");
        _lastGain = state.FiniteOrUnknown(_lastGain, "the last gain");

        // after a gain of zero the ratio is infinite
        _lastRatio = state.Number(_lastRatio);
        _lastPlain = state.Flag(_lastPlain);
        _satisfied = state.Count(_satisfied, "the number of converged steps", max: NeededSteps - 1);
        EstimatedRemainder = state.FiniteOrUnknown(EstimatedRemainder, "the estimated remainder");
        IsQuiet = state.Flag(IsQuiet);
    }

    /// <summary>Sum of the geometric series that goes on after the last gain.</summary>
    private static double Remainder(double gain, double ratio) =>
        ratio >= 0 && ratio < 1 ? gain * ratio / (1 - ratio) : ratio < 0 ? Math.Abs(gain) : double.NaN;
}
