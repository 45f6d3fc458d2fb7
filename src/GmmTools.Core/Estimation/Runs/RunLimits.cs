using System;
using System.Collections.Generic;
using System.Threading;

namespace GmmTools.Estimation.Runs;

/// <summary>When a run has to end.</summary>
internal sealed record RunLimits
{
    /// <summary>The first steps of a run tell little of those to come.</summary>
    private const int FirstIterations = 4;

    /// <summary>Steps may gain more than those before them, but hardly so many times as much on average.</summary>
    private const double HopefulFactor = 2;

    /// <param name="tolerance">Gain per unit of row weight that may remain; 0 runs all iterations.</param>
    /// <param name="maxIteration">The most iterations.</param>
    /// <param name="token">Cancelled when the user stops or the time is up.</param>
    /// <param name="userToken">Cancelled only when the user stops.</param>
    public RunLimits(double tolerance, int maxIteration, CancellationToken token, CancellationToken userToken)
    {
        Tolerance = tolerance;
        MaxIteration = maxIteration;
        CancellationToken = token;
        UserToken = userToken;
    }

    public double Tolerance { get; private init; }

    public int MaxIteration { get; private init; }

    public CancellationToken CancellationToken { get; }

    /// <summary>Cancelled only when the user stops.</summary>
    public CancellationToken UserToken { get; }

    /// <summary>A run is over with the first step that gains no more than this share of all that it gained; 0 for no such limit.</summary>
    public double MinGainShare { get; private init; }

    /// <summary>Whether components stay where they collapse, held at the floor, even where the policy is to put them back: a start that was
    /// given, or that is known to be good, is not thrown away.</summary>
    public bool HoldsCollapsed { get; private init; }

    /// <summary>A run is over when it is not to be expected that it gets as high; −∞ for no such limit.</summary>
    public double Goal { get; private init; } = double.NegativeInfinity;

    /// <summary>Whether the time limit, not the user, ended the work.</summary>
    public bool IsTimeUp => CancellationToken.IsCancellationRequested && !UserToken.IsCancellationRequested;

    /// <summary>Whether a short run is over.</summary>
    /// <param name="logLikelihoods">Log-likelihoods of the run so far.</param>
    /// <param name="gain">The last gain; NaN before the first.</param>
    public bool EndsShortRun(List<double> logLikelihoods, double gain) =>
        (MinGainShare > 0 && gain <= MinGainShare * (logLikelihoods[logLikelihoods.Count - 1] - logLikelihoods[0]))
        || (logLikelihoods.Count >= FirstIterations && IsHopeless(logLikelihoods, gain));

    /// <summary>Whether a run would have to gain far more in each iteration left than in the last one, though gains shrink.</summary>
    private bool IsHopeless(List<double> logLikelihoods, double gain) =>
        logLikelihoods[logLikelihoods.Count - 1] + (HopefulFactor * Math.Max(gain, 0) * (MaxIteration - logLikelihoods.Count)) < Goal;

    /// <summary>The same limits for short runs, which end with the first step that gains little beside what was gained before.</summary>
    public RunLimits Short(double minGainShare) => this with { MinGainShare = minGainShare };

    /// <summary>The same limits for runs whose components stay where they collapse.</summary>
    public RunLimits Holding() => this with { HoldsCollapsed = true };

    /// <summary>The same limits for runs that are of use only where they get as high as this.</summary>
    public RunLimits Reaching(double goal) => this with { Goal = goal };

    /// <summary>The same limits with a coarser tolerance and fewer iterations, for a first look at a start; what ended short runs does not end
    /// these.</summary>
    public RunLimits Coarser(double tolerance, int maxIteration) => this with
    {
        Tolerance = Math.Max(tolerance, Tolerance),
        MaxIteration = Math.Min(maxIteration, MaxIteration),
        MinGainShare = 0,
        Goal = double.NegativeInfinity,
    };
}
