using System;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// Starts from the clusters of k-means, found from k-means++ seeds (Arthur and Vassilvitskii, SODA 2007) by Lloyd's steps in
/// coordinates that do not depend on the columns' units. One M-step turns clusters into a mixture.
/// </summary>
internal sealed class KMeansInitializer : IInitializer
{
    private readonly InMemoryObservations _rows;
    private readonly PooledMoments _pooled;
    private readonly MaximizationStep _step;
    private readonly double[]? _fixedWeights;
    private readonly int _componentCount;
    private readonly double[] _points;
    private readonly int _lloydSteps;

    /// <param name="rows">The rows to cluster.</param>
    /// <param name="points">The same rows in coordinates free of units, row by row.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="step">The M-step of the model wanted.</param>
    /// <param name="componentCount">Number of components.</param>
    /// <param name="lloydSteps">The most of Lloyd's steps.</param>
    /// <param name="fixedWeights">Weights that are not to be estimated, or null.</param>
    public KMeansInitializer(
        InMemoryObservations rows, double[] points, PooledMoments pooled, MaximizationStep step, int componentCount, int lloydSteps, double[]? fixedWeights)
    {
        _rows = rows;
        _pooled = pooled;
        _step = step;
        _componentCount = componentCount;
        _fixedWeights = fixedWeights;
        _points = points;
        _lloydSteps = lloydSteps;
    }

    public string Name => "KMeans";

    public MixtureParameters Initialize(SplitMix64 random, CancellationToken cancellationToken)
    {
        int[] labels = new KMeans(_points, _pooled.Dimension, _rows, _lloydSteps).Cluster(_componentCount, random, cancellationToken);
        double[]? weights = _fixedWeights is null ? null : AssignWeights(_fixedWeights, labels, random);
        return MemberStart.Create(_rows, MemberStart.OfPartition(labels, _componentCount), _step, _pooled, weights);
    }

    /// <summary>
    /// Deals fixed weights to clusters: half of the time the largest to the largest, else at random, since every assignment
    /// may lead to another optimum.
    /// </summary>
    private static double[] AssignWeights(double[] fixedWeights, int[] labels, SplitMix64 random)
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
