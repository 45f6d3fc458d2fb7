using System;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// Starts from the clusters of k-means, found from k-means++ seeds (Arthur and Vassilvitskii, SODA 2007) by Lloyd's steps in
/// coordinates that do not depend on the columns' units. One M-step turns clusters into a mixture.
/// </summary>
internal sealed class KMeansInitializer : IInitializer
{
    private readonly StartProblem _problem;
    private readonly double[] _points;
    private readonly int _maxLloydSteps;

    /// <param name="problem">The mixture that is wanted, and the rows.</param>
    /// <param name="points">The rows in coordinates free of units, row by row.</param>
    /// <param name="maxLloydSteps">The most of Lloyd's steps.</param>
    public KMeansInitializer(StartProblem problem, double[] points, int maxLloydSteps)
    {
        _problem = problem;
        _points = points;
        _maxLloydSteps = maxLloydSteps;
    }

    public string Name => "KMeans";

    public MixtureParameters Initialize(SplitMix64 random, CancellationToken cancellationToken)
    {
        int[] labels = new KMeans(_points, _problem.Pooled.Dimension, _problem.Rows, _maxLloydSteps).Cluster(_problem.ComponentCount, random, cancellationToken);
        double[]? weights = _problem.FixedWeights is null ? null : AssignWeights(_problem.FixedWeights, labels, random);
        return MemberStart.Create(_problem.Rows, MemberStart.OfPartition(labels, _problem.ComponentCount), _problem.Step, _problem.Pooled, weights);
    }

    /// <summary>
    /// Deals fixed weights to clusters: half of the time the largest to the largest, else at random, since every assignment
    /// may lead to another optimum.
    /// </summary>
    internal static double[] AssignWeights(double[] fixedWeights, int[] labels, SplitMix64 random)
    {
        int[] order = random.NextPermutation(fixedWeights.Length);
        if (random.NextDouble() < 0.5)
        {
            return [.. order.Select(k => fixedWeights[k])];
        }

        int[] sizes = new int[fixedWeights.Length];
        foreach (int label in labels)
        {
            sizes[label]++;
        }

        double[] ascending = [.. fixedWeights.OrderBy(weight => weight)];
        Array.Sort(sizes, order = [.. Enumerable.Range(0, sizes.Length)]);
        double[] assigned = new double[fixedWeights.Length];
        for (int rank = 0; rank < order.Length; rank++)
        {
            assigned[order[rank]] = ascending[rank];
        }

        return assigned;
    }
}
