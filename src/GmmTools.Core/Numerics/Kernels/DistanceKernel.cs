#if NET
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using GmmTools.Numerics.Vectors;
#endif

namespace GmmTools.Numerics.Kernels;

/// <summary>
/// Squared distances between many points and few centres: what k-means does. Points are held column by column, filled up to whole
/// groups of vectors with points of no account.
/// </summary>
internal abstract class DistanceKernel
{
    /// <summary>Points are filled up to a multiple of this: four of the widest vectors.</summary>
    private const int Granularity = 32;

    /// <param name="points">Row by row.</param>
    /// <param name="dimension">Numbers per point.</param>
    protected DistanceKernel(double[] points, int dimension)
    {
        Dimension = dimension;
        Count = points.Length / dimension;
        PaddedCount = (Count + Granularity - 1) / Granularity * Granularity;
        Columns = new double[dimension * PaddedCount];
        for (int i = 0; i < Count; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                Columns[(j * PaddedCount) + i] = points[(i * dimension) + j];
            }
        }
    }

    /// <summary>Numbers per point.</summary>
    public int Dimension { get; }

    /// <summary>Number of points.</summary>
    public int Count { get; }

    /// <summary>Length of every array with one number per point.</summary>
    public int PaddedCount { get; }

    /// <summary>Coordinate j of point i stands at j·<see cref="PaddedCount"/> + i.</summary>
    public double[] Columns { get; }

    /// <summary>The fastest kernel that this machine runs.</summary>
    public static DistanceKernel Create(double[] points, int dimension)
    {
#if NET
        if (Vector512.IsHardwareAccelerated)
        {
            return new VectorDistanceKernel<Vector512Operations, Vector512<double>>(points, dimension);
        }

        if (Vector256.IsHardwareAccelerated && Fma.IsSupported)
        {
            return new VectorDistanceKernel<Vector256Operations, Vector256<double>>(points, dimension);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            return new VectorDistanceKernel<Vector128Operations, Vector128<double>>(points, dimension);
        }
#endif
        return new ScalarDistanceKernel(points, dimension);
    }

    /// <summary>Weighted squared distances to one centre, or to the nearest so far; returns their sum.</summary>
    /// <param name="centre">d numbers.</param>
    /// <param name="weights">One per point, zero for those that fill up.</param>
    /// <param name="soFar">The least weighted squared distances so far, or null.</param>
    /// <param name="result">One per point, overwritten; may be <paramref name="soFar"/>.</param>
    public abstract double Distances(double[] centre, double[] weights, double[]? soFar, double[] result);

    /// <summary>The nearest centre of each point, the first of several.</summary>
    /// <param name="centres">d numbers each.</param>
    /// <param name="labels">One per point, overwritten with the number of the centre, from 0.</param>
    public abstract void Nearest(double[] centres, double[] labels);
}
