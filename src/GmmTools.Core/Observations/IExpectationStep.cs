using System;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Observations;

/// <summary>
/// The E-step over one set of observations, ready to be run again and again: it owns the buffers, threads or connections
/// that an iteration needs, so that none is made anew. Not for use from several threads at once.
/// </summary>
public interface IExpectationStep : IDisposable
{
    /// <summary>Fills the statistics of all rows under a mixture.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="statistics">Overwritten; of the size that the step was prepared for.</param>
    /// <param name="cancellationToken">Stops within a block of rows.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken);
}
