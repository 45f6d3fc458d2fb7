using System.Linq;
using System.Threading;
using GmmTools.Observations;

namespace GmmTools.Inference.Replicates;

/// <summary>Makes the rows of replicates; from any thread.</summary>
internal abstract class Resampling
{
    /// <summary>The rows of a replicate.</summary>
    /// <param name="seed">All that they depend on.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public abstract IObservations Draw(ulong seed, CancellationToken cancellationToken);

    /// <summary>The weights of rows in their order.</summary>
    internal static double[] WeightsOf(IObservations observations) => [.. observations.EnumerateWeighted().Select(row => row.Weight)];
}
