using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Observations.Views;

/// <summary>An E-step whose sums are computed elsewhere, so that it can begin before it is waited for.</summary>
internal interface IDeferredExpectationStep : IExpectationStep
{
    /// <summary>Begins what <see cref="IExpectationStep.Compute"/> of the same mixture then waits for.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="size">Statistics of the size that is wanted; left as they are.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    void Start(MixtureParameters mixture, SufficientStatistics size, CancellationToken cancellationToken);
}
