using System;
using System.Linq;

namespace GmmTools.Estimation.Moves;

/// <summary>Finds the densest cluster among points that are far from the middle: where a small component is that has none of its own yet.</summary>
internal static class FarCluster
{
    /// <summary>The share of the points that counts as far, and the most of them: all distances between these are computed.</summary>
    private const double FarShare = 0.02;
    private const int MaxFar = 64;

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

    /// <summary>The nearest neighbours of the point whose neighbours are nearest.</summary>
    private static int[] Densest(double[] points, int dimension, int[] far, int size)
    {
        int[] best = far;
        double least = double.PositiveInfinity;
        double[] distances = new double[far.Length];
        for (int centre = 0; centre < far.Length; centre++)
        {
            for (int other = 0; other < far.Length; other++)
            {
                distances[other] = SquaredDistance(points, dimension, far[centre], far[other]);
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

    private static double SquaredDistance(double[] points, int dimension, int left, int right)
    {
        double sum = 0;
        for (int j = 0; j < dimension; j++)
        {
            double difference = points[(left * dimension) + j] - points[(right * dimension) + j];
            sum += difference * difference;
        }

        return sum;
    }
}
