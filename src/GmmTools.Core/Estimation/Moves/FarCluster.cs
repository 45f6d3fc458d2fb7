using System;
using System.Linq;
using GmmTools.Numerics.Dense;

namespace GmmTools.Estimation.Moves;

/// <summary>Finds the densest cluster among points that are far from the middle: where a small component is that has none of its own yet.</summary>
internal static class FarCluster
{
    /// <summary>The share of the points that counts as far, and the most of them unless a cluster needs more.</summary>
    private const double FarShare = 0.02;
    private const int MaxFar = 64;

    /// <summary>The most points around which a cluster is looked for.</summary>
    private const int MaxCentres = 64;

    /// <summary>The points of the cluster.</summary>
    /// <param name="points">Whitened points about the origin, one after the other.</param>
    /// <param name="dimension">Numbers per point.</param>
    /// <param name="size">How many points are wanted; there are at least as many.</param>
    /// <returns>Their numbers, from 0.</returns>
    public static int[] Find(double[] points, int dimension, int size)
    {
        int count = points.Length / dimension;
        int[] order = [.. Enumerable.Range(0, count)];
        double[] distances = new double[count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                distances[i] -= points[(i * dimension) + j] * points[(i * dimension) + j];
            }
        }

        Array.Sort(distances, order);
        size = Math.Min(size, Math.Max(1, count / 2));
        int far = Math.Min(count, Math.Max(2 * size, Math.Min(MaxFar, (int)(FarShare * count))));
        Array.Resize(ref order, far);
        return Densest(points, dimension, order, size);
    }

    /// <summary>The nearest neighbours of the point whose neighbours are nearest; of many points some, all through their order, are looked at.</summary>
    private static int[] Densest(double[] points, int dimension, int[] far, int size)
    {
        int[] best = far;
        double least = double.PositiveInfinity;
        double[] distances = new double[far.Length];
        int centres = Math.Min(MaxCentres, far.Length);
        for (int c = 0; c < centres; c++)
        {
            int centre = far[(int)((long)c * far.Length / centres)];
            for (int other = 0; other < far.Length; other++)
            {
                distances[other] = RowArithmetic.SquaredDistance(points, centre * dimension, points, far[other] * dimension, dimension);
            }

            int[] neighbours = (int[])far.Clone();
            Array.Sort(distances, neighbours);
            if (distances[size - 1] < least)
            {
                least = distances[size - 1];
                best = neighbours;
            }
        }

        Array.Resize(ref best, size);
        return best;
    }
}
