#if NET
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GmmTools.Numerics.Vectors;
#endif

namespace GmmTools.Numerics.Kernels;

/// <summary>
/// Products of a triangle and single rows, vectorised along the columns: for rows that do not go together, such as those that lack different
/// cells. Arrays are padded: a column of the triangle, and whatever is multiplied by it, takes <see cref="Stride"/> numbers.
/// </summary>
internal abstract unsafe class TriangleArithmetic
{
    /// <summary>Numbers that vectors of any width divide.</summary>
    private const int Padding = 8;

    /// <summary>The fastest that this machine runs.</summary>
    public static TriangleArithmetic Create()
    {
#if NET
        if (Vector512.IsHardwareAccelerated)
        {
            return new VectorTriangleArithmetic<Vector512Operations, Vector512<double>>();
        }

        if (Vector256.IsHardwareAccelerated && Fma.IsSupported)
        {
            return new VectorTriangleArithmetic<Vector256Operations, Vector256<double>>();
        }

        if (Vector128.IsHardwareAccelerated)
        {
            return new VectorTriangleArithmetic<Vector128Operations, Vector128<double>>();
        }
#endif
        return new ScalarTriangleArithmetic();
    }

    /// <summary>Numbers that d columns take.</summary>
    public static int Stride(int dimension) => (dimension + Padding - 1) / Padding * Padding;

    /// <summary>W·z.</summary>
    /// <param name="columns">d columns of W, zeros above the diagonal and behind the last row.</param>
    /// <param name="z">d numbers.</param>
    /// <param name="product">Overwritten, padding included.</param>
    /// <param name="dimension">d.</param>
    public abstract void Multiply(double* columns, double* z, double* product, int dimension);

    /// <summary>The scalar product of two padded rows, from one number on.</summary>
    /// <param name="left">Zeros before the first number.</param>
    /// <param name="right">The other.</param>
    /// <param name="first">The first number that is not zero.</param>
    /// <param name="dimension">d.</param>
    public abstract double Dot(double* left, double* right, int first, int dimension);

    /// <summary>Adds a multiple of one padded row to another, from one number on.</summary>
    /// <param name="target">Added to.</param>
    /// <param name="source">Zeros before the first number.</param>
    /// <param name="factor">How many times.</param>
    /// <param name="first">The first number that is not zero.</param>
    /// <param name="dimension">d.</param>
    public abstract void AddScaled(double* target, double* source, double factor, int first, int dimension);

    /// <summary>Adds f·z·zᵀ to a square of d padded rows, its upper triangle at least.</summary>
    /// <param name="square">Added to.</param>
    /// <param name="z">d numbers, zeros behind them.</param>
    /// <param name="factor">f.</param>
    /// <param name="dimension">d.</param>
    public abstract void AddOuterProduct(double* square, double* z, double factor, int dimension);
}
