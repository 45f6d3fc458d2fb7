#if NET
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GmmTools.Numerics.Vectors;
#endif

namespace GmmTools.Numerics.Dense;

/// <summary>
/// The inner loops of factorisations of matrices that are too large for plain loops: sums of products of rows, and sums of rows. Holds
/// nothing, so that all threads share one.
/// </summary>
internal abstract unsafe class DenseKernel
{
    /// <summary>From this order on the loops pay; below, plain ones are as fast and always round the same way.</summary>
    public const int MinOrder = 16;

    /// <summary>Rows of the right side of <see cref="Products"/>, and of <see cref="AddFour"/>.</summary>
    public const int Four = 4;

    /// <summary>The fastest kernel that this machine runs.</summary>
#if NET
    public static DenseKernel Instance { get; } = Create();
#else
    public static DenseKernel Instance { get; } = new ScalarDenseKernel();
#endif

    /// <summary>Σ leftᵢ·rightᵢ.</summary>
    public abstract double Dot(double* left, double* right, int count);

    /// <summary>The products of two rows with four others.</summary>
    /// <param name="first">The first row of the left side.</param>
    /// <param name="second">The second.</param>
    /// <param name="right">The places of the four rows of the right side.</param>
    /// <param name="count">Numbers of a row that count.</param>
    /// <param name="sums">Receives four products of the first row, then four of the second.</param>
    public abstract void Products(double* first, double* second, double** right, int count, double* sums);

    /// <summary>targetᵢ += factor·sourceᵢ.</summary>
    public abstract void Add(double* target, double factor, double* source, int count);

    /// <summary>targetᵢ += Σ factorₘ·sourceₘᵢ over four rows.</summary>
    public abstract void AddFour(double* target, double* factors, double** sources, int count);

    /// <summary>Turns a plane: (x, y) ← (c·x + s·y, c·y − s·x).</summary>
    public abstract void Rotate(double* x, double* y, double c, double s, int count);

#if NET
    private static DenseKernel Create()
    {
        if (Vector512.IsHardwareAccelerated)
        {
            return new VectorDenseKernel<Vector512Operations, Vector512<double>>();
        }

        if (Vector256.IsHardwareAccelerated && Fma.IsSupported)
        {
            return new VectorDenseKernel<Vector256Operations, Vector256<double>>();
        }

        if (Vector128.IsHardwareAccelerated)
        {
            return new VectorDenseKernel<Vector128Operations, Vector128<double>>();
        }
        return new ScalarDenseKernel();
    }
#endif
}
