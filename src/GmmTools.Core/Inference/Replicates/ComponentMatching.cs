using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics.Dense;

namespace GmmTools.Inference.Replicates;

/// <summary>Finds which component of a replicate is which of the mixture: their sum of Hellinger distances is least.</summary>
internal static class ComponentMatching
{
    /// <summary>For each component of a mixture its place among those of another of as many, from 0.</summary>
    /// <param name="reference">The mixture.</param>
    /// <param name="other">The other one.</param>
    public static int[] Find(MixtureParameters reference, MixtureParameters other)
    {
        int count = reference.ComponentCount;
        if (count == 1)
        {
            return [0];
        }

        double[,] distances = new double[count, count];
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                distances[i, j] = Hellinger.Distance(reference, i, other, j);
            }
        }

        return LinearAssignment.Solve(distances);
    }

    /// <summary>Every component at its own place.</summary>
    /// <param name="count">Number of components.</param>
    public static int[] Identity(int count) => [.. Enumerable.Range(0, count)];
}
