using System;
#if NET
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GmmTools.Numerics.Vectors;
#endif

namespace GmmTools.Numerics.Kernels;

/// <summary>
/// The arithmetic of the E-step over one chunk of rows: log-densities, log-sum-exp, responsibilities and their moments in one
/// pass. An instance owns its scratch, gives it back when it is disposed of, and serves one thread.
/// </summary>
internal abstract class ExpectationKernel : IDisposable
{
    /// <summary>ε = 2⁻¹⁰⁰: a responsibility up to this adds nothing to first moments and scatter.</summary>
    public const double NegligibleResponsibility = 7.888609052210118e-31;

    /// <summary>The fastest kernel that this machine runs.</summary>
    public static ExpectationKernel Create<TLink>(int componentCount, int dimension, CovarianceShape shape, int rowCount = int.MaxValue)
        where TLink : struct, ILink
    {
#if NET
        if (Vector512.IsHardwareAccelerated)
        {
            return new VectorExpectationKernel<Vector512Operations, Vector512<double>, TLink>(componentCount, dimension, shape, rowCount);
        }

        if (Vector256.IsHardwareAccelerated && Fma.IsSupported)
        {
            return new VectorExpectationKernel<Vector256Operations, Vector256<double>, TLink>(componentCount, dimension, shape, rowCount);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            return new VectorExpectationKernel<Vector128Operations, Vector128<double>, TLink>(componentCount, dimension, shape, rowCount);
        }
#endif
        return new ScalarExpectationKernel<TLink>(dimension);
    }

    /// <summary>Scores the rows under terms of the size and shape that the kernel was made for.</summary>
    /// <param name="rows">Complete rows.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="scores">Overwritten; has room for the rows.</param>
    public abstract void Score(RowChunk rows, LogTerms terms, RowScores scores);

    /// <summary>Adds the rows' statistics under terms whose shape is that of the statistics.</summary>
    public abstract void Accumulate(RowChunk rows, LogTerms terms, SufficientStatistics statistics);

    /// <summary>Gives the scratch to the next kernel. One that is not disposed of only loses it to the garbage collector.</summary>
    public virtual void Dispose()
    {
    }
}
