using GmmTools.Estimation;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Numerics;

/// <summary>
/// The arithmetic of the E-step over one chunk of rows: log-densities, log-sum-exp, responsibilities and their moments in one
/// pass. An instance owns its scratch and serves one thread.
/// </summary>
internal abstract class ExpectationKernel
{
    /// <summary>The fastest kernel that this machine runs.</summary>
    public static ExpectationKernel Create(int componentCount, int dimension, CovarianceShape shape) =>
        new ScalarExpectationKernel(dimension);

    /// <summary>Adds the rows' statistics under a factorised mixture whose shape is that of the statistics.</summary>
    public abstract void Accumulate(RowChunk rows, MixtureParameters mixture, SufficientStatistics statistics);
}
