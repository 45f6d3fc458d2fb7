using System;
using System.Threading;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// Starts from neighbourhoods of random rows, each of a random size between a few rows and a K-th of all: unlike k-means it finds
/// components inside others, which differ in spread and not in place.
/// </summary>
internal sealed class NeighbourhoodInitializer : IInitializer
{
    private readonly InMemoryObservations _rows;
    private readonly PooledMoments _pooled;
    private readonly MaximizationStep _step;
    private readonly double[]? _fixedWeights;
    private readonly int _componentCount;
    private readonly double[] _points;

    /// <param name="rows">The rows to choose from.</param>
    /// <param name="points">The same rows in coordinates free of units, row by row.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="step">The M-step of the model wanted.</param>
    /// <param name="componentCount">Number of components.</param>
    /// <param name="fixedWeights">Weights that are not to be estimated, or null.</param>
    public NeighbourhoodInitializer(
        InMemoryObservations rows, double[] points, PooledMoments pooled, MaximizationStep step, int componentCount, double[]? fixedWeights)
    {
        _rows = rows;
        _points = points;
        _pooled = pooled;
        _step = step;
        _componentCount = componentCount;
        _fixedWeights = fixedWeights;
    }

    public string Name => "Neighbourhoods";

    public MixtureParameters Initialize(SplitMix64 random, CancellationToken cancellationToken)
    {
        int[][] members = new int[_componentCount][];
        for (int k = 0; k < members.Length; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            members[k] = Neighbours(random.NextIndex((int)_rows.Count), DrawSize(random));
        }

        return MemberStart.Create(_rows, members, _step, _pooled, DrawWeights(random));
    }

    /// <summary>A size between a few rows and an equal share of all, uniform in its logarithm.</summary>
    private int DrawSize(SplitMix64 random)
    {
        double largest = Math.Max(1, _rows.Count / (double)_componentCount);
        double smallest = Math.Min(largest, 5 * (_pooled.Dimension + 1));
        return (int)Math.Round(smallest * Math.Pow(largest / smallest, random.NextDouble()));
    }

    private int[] Neighbours(int centre, int size)
    {
        int dimension = _pooled.Dimension;
        double[] distances = new double[_rows.Count];
        int[] order = new int[distances.Length];
        for (int i = 0; i < distances.Length; i++)
        {
            order[i] = i;
            for (int j = 0; j < dimension; j++)
            {
                double difference = _points[(i * dimension) + j] - _points[(centre * dimension) + j];
                distances[i] += difference * difference;
            }
        }

        Array.Sort(distances, order);
        Array.Resize(ref order, size);
        return order;
    }

    private double[] DrawWeights(SplitMix64 random)
    {
        int[] order = random.NextPermutation(_componentCount);
        double[] weights = new double[_componentCount];
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = _fixedWeights?[order[k]] ?? (1.0 / _componentCount);
        }

        return weights;
    }
}
