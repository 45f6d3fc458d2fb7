using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Chunks;

namespace GmmTools.Observations;

/// <summary>The concentration step and the E-step after it: the rows of least density are trimmed, and the statistics are those of the others.</summary>
/// <param name="trimmer">Finds the rows.</param>
/// <param name="kept">What each row keeps of its weight, overwritten; the inner step reads it.</param>
/// <param name="inner">The E-step of the rows that are kept.</param>
internal sealed class TrimmedExpectationStep(DensityTrimmer trimmer, double[][] kept, IExpectationStep inner) : IExpectationStep
{
    public void Compute(MixtureParameters mixture, SufficientStatistics statistics, CancellationToken cancellationToken)
    {
        trimmer.Trim(mixture, kept, cancellationToken);
        inner.Compute(mixture, statistics, cancellationToken);
    }

    public void Dispose()
    {
        trimmer.Dispose();
        inner.Dispose();
    }
}
