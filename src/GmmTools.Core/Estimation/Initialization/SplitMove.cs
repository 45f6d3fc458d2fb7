using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// A way out of a local optimum: one component is taken away, another is split in two, as in the split-and-merge EM of Ueda,
/// Nakano, Ghahramani and Hinton, Neural Computation 12 (2000) 2109-2128. A component splits along its longest axis, or into a
/// core and a halo about the same mean.
/// </summary>
internal readonly struct SplitMove
{
    private const double CoreVariance = 0.2;
    private const double HaloVariance = 1.6;

    private SplitMove(int removed, int split, bool concentric)
    {
        Removed = removed;
        Split = split;
        IsConcentric = concentric;
    }

    /// <summary>The component that is taken away, from 0.</summary>
    public int Removed { get; }

    /// <summary>The component that is split, from 0.</summary>
    public int Split { get; }

    /// <summary>Whether it splits into core and halo.</summary>
    public bool IsConcentric { get; }

    /// <summary>
    /// All moves, or when they are many the most promising half and a random choice of the others. It promises much to take away a
    /// component that lies close to another, and to split one that is large.
    /// </summary>
    /// <param name="mixture">The mixture to move, factorised.</param>
    /// <param name="most">The most moves wanted.</param>
    /// <param name="random">Random numbers.</param>
    public static IReadOnlyList<SplitMove> Choose(MixtureParameters mixture, int most, SplitMix64 random)
    {
        List<SplitMove> moves = ListMoves(mixture);
        if (moves.Count <= most)
        {
            return moves;
        }

        // the random part: a partial shuffle of what the promising half leaves
        for (int i = most / 2; i < most; i++)
        {
            int other = i + random.NextIndex(moves.Count - i);
            (moves[i], moves[other]) = (moves[other], moves[i]);
        }

        return moves.GetRange(0, most);
    }

    /// <summary>The mixtures with one component more that come of splitting each component in turn along its longest axis.</summary>
    /// <param name="mixture">The mixture to grow.</param>
    public static IEnumerable<MixtureParameters> Grow(MixtureParameters mixture) =>
        Enumerable.Range(0, mixture.ComponentCount).Select(split => Grow(mixture, split, false));

    /// <summary>A mixture of one component more: one of them is split.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="split">The component to split, from 0.</param>
    /// <param name="concentric">Whether it splits into core and halo.</param>
    /// <returns>The mixture, not factorised.</returns>
    public static MixtureParameters Grow(MixtureParameters mixture, int split, bool concentric)
    {
        MixtureParameters grown = new(mixture.ComponentCount + 1, mixture.Dimension, mixture.Shape);
        Array.Copy(mixture.Weights, grown.Weights, mixture.Weights.Length);
        Array.Copy(mixture.Means, grown.Means, mixture.Means.Length);
        Array.Copy(mixture.Covariances, grown.Covariances, mixture.Covariances.Length);
        grown.CopyBackground(mixture);

        // the last component has no weight yet: taking it away changes nothing
        return new SplitMove(mixture.ComponentCount, split, concentric).Apply(grown, false);
    }

    /// <summary>Every move, the most promising first.</summary>
    private static List<SplitMove> ListMoves(MixtureParameters mixture)
    {
        int[] closeness = Ranks(mixture.ComponentCount, k => NearestDistance(mixture, k));

        // the normaliser holds −½·log|Σ|, so the largest component comes first
        int[] size = Ranks(mixture.ComponentCount, k => mixture.LogNormalizers[k] - Math.Log(mixture.Weights[k]));
        List<SplitMove> moves = [];
        for (int removed = 0; removed < mixture.ComponentCount; removed++)
        {
            for (int split = 0; split < mixture.ComponentCount; split++)
            {
                if (split != removed)
                {
                    moves.Add(new SplitMove(removed, split, false));
                    moves.Add(new SplitMove(removed, split, true));
                }
            }
        }

        return [.. moves.OrderBy(move => closeness[move.Removed] + size[move.Split])];
    }

    private static int[] Ranks(int count, Func<int, double> key)
    {
        int[] ranks = new int[count];
        int rank = 0;
        foreach (int k in Enumerable.Range(0, count).OrderBy(key))
        {
            ranks[k] = rank++;
        }

        return ranks;
    }

    private static double NearestDistance(MixtureParameters mixture, int component)
    {
        double nearest = double.PositiveInfinity;
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            nearest = k == component ? nearest : Math.Min(nearest, Hellinger.Distance(mixture, component, mixture, k));
        }

        return nearest;
    }

    /// <summary>The mixture after the move, not factorised.</summary>
    public MixtureParameters Apply(MixtureParameters mixture, bool keepWeights)
    {
        MixtureParameters moved = mixture.Clone();
        int length = moved.CovarianceLength;
        Array.Copy(mixture.Covariances, Split * length, moved.Covariances, Removed * length, length);
        if (IsConcentric)
        {
            Array.Copy(mixture.Means, Split * moved.Dimension, moved.Means, Removed * moved.Dimension, moved.Dimension);
            Scale(moved, Removed, CoreVariance);
            Scale(moved, Split, HaloVariance);
        }
        else
        {
            MoveApart(mixture, moved);
        }

        if (!keepWeights)
        {
            ShareWeight(moved.Weights, 1 - moved.BackgroundWeight);
        }

        return moved;
    }

    private static void Scale(MixtureParameters mixture, int component, double factor)
    {
        int offset = component * mixture.CovarianceLength;
        for (int i = 0; i < mixture.CovarianceLength; i++)
        {
            mixture.Covariances[offset + i] *= factor;
        }
    }

    /// <summary>Means one standard deviation to either side along the longest axis, and the covariance without that variance's most.</summary>
    private void MoveApart(MixtureParameters mixture, MixtureParameters moved)
    {
        double[] axis = LongestAxis(mixture, Split);
        for (int i = 0; i < moved.Dimension; i++)
        {
            double centre = mixture.Means[(Split * moved.Dimension) + i];
            moved.Means[(Split * moved.Dimension) + i] = centre + (SplitDistance * axis[i]);
            moved.Means[(Removed * moved.Dimension) + i] = centre - (SplitDistance * axis[i]);
            for (int j = moved.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
            {
                double taken = SplitDistance * SplitDistance * axis[i] * axis[j];
                moved.Covariances[moved.CovarianceIndex(Split, i, j)] -= taken;
                moved.Covariances[moved.CovarianceIndex(Removed, i, j)] -= taken;
            }
        }
    }

    /// <summary>Halves keep the component's mean and covariance when they stand this many standard deviations from its centre.</summary>
    private const double SplitDistance = 0.8;

    /// <summary>The longest axis of a component in coordinates scaled by its standard deviations, as a vector of one standard deviation.</summary>
    private static double[] LongestAxis(MixtureParameters mixture, int component)
    {
        int dimension = mixture.Dimension;
        double[] axis = new double[dimension];
        if (mixture.Shape == CovarianceShape.Diagonal)
        {
            int longest = 0;
            for (int j = 1; j < dimension; j++)
            {
                longest = mixture.Covariance(component, j, j) > mixture.Covariance(component, longest, longest) ? j : longest;
            }

            axis[longest] = Math.Sqrt(mixture.Covariance(component, longest, longest));
            return axis;
        }

        double[,] correlation = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                correlation[i, j] = mixture.Covariance(component, i, j)
                    / RootOfProduct.Of(mixture.Covariance(component, i, i), mixture.Covariance(component, j, j));
            }
        }

        double longestVariance = SymmetricEigen.Largest(correlation, axis);
        for (int i = 0; i < dimension; i++)
        {
            axis[i] *= Math.Sqrt(longestVariance * mixture.Covariance(component, i, i));
        }

        return axis;
    }

    /// <summary>The halves share the weight of the component that was split; the others take over that of the one taken away.</summary>
    private void ShareWeight(double[] weights, double whole)
    {
        double others = 0;
        for (int k = 0; k < weights.Length; k++)
        {
            others += k == Removed ? 0 : weights[k];
        }

        for (int k = 0; k < weights.Length; k++)
        {
            // the one taken away may have had all the weight there is
            weights[k] = whole * (others > 0 ? weights[k] / others : 1.0 / (weights.Length - 1));
        }

        double half = 0.5 * weights[Split];

        weights[Split] = weights[Removed] = half;
    }
}
