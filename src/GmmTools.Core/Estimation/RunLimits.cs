using System;
using System.Threading;

namespace GmmTools.Estimation;

/// <summary>When a run has to end.</summary>
internal sealed class RunLimits
{
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

    public double Tolerance { get; }

    public int MaxIteration { get; }

    public CancellationToken CancellationToken { get; }

    /// <summary>Cancelled only when the user stops.</summary>
    public CancellationToken UserToken { get; }

    /// <summary>Whether the time limit, not the user, ended the work.</summary>
    public bool IsTimeUp => CancellationToken.IsCancellationRequested && !UserToken.IsCancellationRequested;

    /// <summary>The same limits with a coarser tolerance and fewer iterations, for a first look at a start.</summary>
    public RunLimits Coarser(double tolerance, int maxIteration) =>
        new(Math.Max(tolerance, Tolerance), Math.Min(maxIteration, MaxIteration), CancellationToken, UserToken);
}
