#if NET
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GmmTools.Numerics.Vectors;
#endif

namespace GmmTools.Numerics.Dense;

/// <summary>
/// The inner loops of factorisations of matrices that are too large for plain loops: sums of products of rows, and sums of rows; and the
/// logarithms of a row. Holds nothing, so that all threads share one.
/// </summary>
internal abstract unsafe class DenseKernel
{
    /// <summary>From this order on the loops pay; below, plain ones are as fast and always round the same way.</summary>
    public const int MinOrder = 16;

    /// <summary>Rows of the right side of <see cref="Products"/>, and of <see cref="AddFour"/>.</summary>
    public const int Four = 4;

    /// <summary>Numbers that vectors of any width divide.</summary>
    public const int Padding = 8;

    /// <summary>The fastest kernel that this machine runs.</summary>
#if NET
    public static DenseKernel Instance { get; } = Create();
#else
    public static DenseKernel Instance { get; } = new ScalarDenseKernel();
#endif

    /// <summary>As many numbers or some more, so that vectors of any width leave no rest.</summary>
    public static int Padded(int count) => (count + Padding - 1) / Padding * Padding;

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

    /// <summary>The product of a lower triangle and a vector.</summary>
    /// <param name="columns">The columns of the triangle, one after the other, with zeros above the diagonal and behind the last row.</param>
    /// <param name="stride">Numbers that a column takes: a multiple of <see cref="Padding"/>.</param>
    /// <param name="vector">One number for each column.</param>
    /// <param name="order">Number of columns, at most the stride.</param>
    /// <param name="product">Overwritten: as many numbers as a column takes.</param>
    public abstract void MultiplyTriangle(double* columns, int stride, double* vector, int order, double* product);

    /// <summary>Adds f·z·zᵀ to a square, its upper triangle at least.</summary>
    /// <param name="square">The rows of the square, one after the other.</param>
    /// <param name="stride">Numbers that a row takes, and z: a multiple of <see cref="Padding"/>.</param>
    /// <param name="vector">z, with zeros behind it.</param>
    /// <param name="order">Number of rows.</param>
    /// <param name="factor">f.</param>
    public abstract void AddOuterProduct(double* square, int stride, double* vector, int order, double factor);

    /// <summary>Turns a plane: (x, y) ← (c·x + s·y, c·y − s·x).</summary>
    public abstract void Rotate(double* x, double* y, double c, double s, int count);

    /// <summary>Takes the natural logarithm of each number.</summary>
    /// <param name="values">The numbers, overwritten.</param>
    /// <param name="count">How many: a multiple of <see cref="Padding"/>.</param>
    public abstract void Log(double* values, int count);

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
