using System;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Iteration;

/// <summary>
/// Decides when EM has converged. EM approaches its limit like a geometric series, so the gain still to come is estimated from
/// the last gains (Aitken's acceleration; Böhning et al., Annals of the Institute of Statistical Mathematics 46 (1994)
/// 373-388): a small gain alone says nothing, since EM may be slow. On a flat optimum a slow series hides beneath a fast one, which has the
/// larger gains but less to come; so two series are fitted to the last four gains (Prony's method), and the larger estimate counts.
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

    /// <summary>Gains of plain steps that two series are fitted to.</summary>
    private const int FittedGains = 4;

    /// <summary>Gains whose determinant is no more than this share of their square are one series but for rounding.</summary>
    private const double OneSeries = 1e-6;

    private readonly double _threshold;
    private readonly bool _isMonotone;
    private readonly double[] _gains = new double[FittedGains];
    private int _gainCount;
    private double _lastSlow = double.NaN;
    private double _last = double.NaN;
    private double _lastGain = double.NaN;
    private double _lastRatio = double.NaN;
    private bool _lastPlain;
    private int _satisfied;

    /// <param name="tolerance">Gain per unit of row weight that may remain; 0 never stops.</param>
    /// <param name="totalWeight">Sum of the row weights.</param>
    /// <param name="isMonotone">Whether the log-likelihood never falls; else it is its changes that vanish.</param>
    public ConvergenceMonitor(double tolerance, double totalWeight, bool isMonotone = true)
    {
        _isMonotone = isMonotone;
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
        double change = logLikelihood - _last;
        double gain = _isMonotone ? change : Math.Abs(change);
        IsQuiet = gain <= QuietShare * _threshold && _lastGain <= QuietShare * _threshold;
        double ratio = plain && _lastPlain ? gain / _lastGain : double.NaN;
        KeepGain(gain, plain);
        EstimatedRemainder = Math.Abs(gain) <= RoundingShare * Math.Abs(logLikelihood)
            ? 0 : Math.Max(Remainder(gain, Grown(_lastRatio, ratio)), RemainderOfTwo());
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
        _last = _lastGain = _lastRatio = _lastSlow = EstimatedRemainder = double.NaN;
        _satisfied = _gainCount = 0;
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
        _gainCount = state.Count(_gainCount, "the number of gains", max: FittedGains);
        state.Numbers(_gains, "a gain");
        _lastSlow = state.Number(_lastSlow);
        _satisfied = state.Count(_satisfied, "the number of converged steps", max: NeededSteps - 1);
        EstimatedRemainder = state.FiniteOrUnknown(EstimatedRemainder, "the estimated remainder");
        IsQuiet = state.Flag(IsQuiet);
    }

    /// <summary>The ratio that will be: where it grows, as faster series die out, it goes on to do so.</summary>
    private static double Grown(double before, double now) =>
        !(now > before) ? Math.Max(now, before) : now < 1 ? 1 - ((1 - now) * (1 - now) / (1 - before)) : now;

    private void KeepGain(double gain, bool plain)
    {
        if (!plain || double.IsNaN(gain))
        {
            _gainCount = 0;
            _lastSlow = double.NaN;
            return;
        }

        Array.Copy(_gains, 1, _gains, 0, FittedGains - 1);
        _gains[FittedGains - 1] = gain;
        _gainCount = Math.Min(_gainCount + 1, FittedGains);
    }

    /// <summary>
    /// What two geometric series that make up the last four gains have still to come; 0 where there are no such two, NaN where one of them
    /// does not fall. Their ratios are the roots of r² = p·r + q, where each gain is p times the one before and q times the one before that.
    /// </summary>
    private double RemainderOfTwo()
    {
        double determinant = (_gains[1] * _gains[1]) - (_gains[0] * _gains[2]);
        if (_gainCount < FittedGains || !(Math.Abs(determinant) > OneSeries * _gains[1] * _gains[1]))
        {
            return 0;
        }

        double p = ((_gains[1] * _gains[2]) - (_gains[0] * _gains[3])) / determinant;
        double q = ((_gains[1] * _gains[3]) - (_gains[2] * _gains[2])) / determinant;
        double discriminant = (p * p) + (4 * q);
        if (!(discriminant > 0) || !(p > 0) || !(q < 0))
        {
            return 0;
        }

        double root = Math.Sqrt(discriminant);
        double slow = 0.5 * (p + root);
        double fast = -q / slow;
        double ofSlow = slow * (_gains[3] - (fast * _gains[2])) / root;
        double grown = Grown(_lastSlow, slow);
        _lastSlow = slow;
        return grown < 1 ? Math.Max(0, Remainder(ofSlow, grown) + Remainder(_gains[3] - ofSlow, fast)) : double.NaN;
    }

    /// <summary>Sum of the geometric series that goes on after the last gain.</summary>
    private static double Remainder(double gain, double ratio) =>
        ratio >= 0 && ratio < 1 ? gain * ratio / (1 - ratio) : ratio < 0 ? Math.Abs(gain) : double.NaN;
}
