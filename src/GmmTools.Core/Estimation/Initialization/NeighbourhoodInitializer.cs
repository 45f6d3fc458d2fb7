using System;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// Starts from neighbourhoods of random rows, each of a random size between a few rows and a K-th of all: unlike k-means it finds
/// components inside others, which differ in spread and not in place.
/// </summary>
internal sealed class NeighbourhoodInitializer : IInitializer
{
    private readonly StartProblem _problem;
    private readonly double[] _points;

    /// <param name="problem">The mixture that is wanted, and the rows.</param>
    /// <param name="points">The rows in coordinates free of units, row by row.</param>
    public NeighbourhoodInitializer(StartProblem problem, double[] points)
    {
        _problem = problem;
        _points = points;
    }

    public string Name => "Neighbourhoods";

    public MixtureParameters Initialize(SplitMix64 random, CancellationToken cancellationToken)
    {
        int[][] members = new int[_problem.ComponentCount][];
        for (int k = 0; k < members.Length; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            members[k] = Neighbours(_problem.DrawRow(random), DrawSize(random));
        }

        return MemberStart.Create(_problem.Rows, members, _problem.Step, _problem.Pooled, _problem.DrawWeights(random));
    }

    /// <summary>A size between a few rows and an equal share of all, uniform in its logarithm.</summary>
    private int DrawSize(SplitMix64 random)
    {
        double largest = Math.Max(1, _problem.Rows.Count / (double)_problem.ComponentCount);
        double smallest = Math.Min(largest, 5 * (_problem.Pooled.Dimension + 1));
        return (int)Math.Round(smallest * Math.Pow(largest / smallest, random.NextDouble()));
    }

    private int[] Neighbours(int centre, int size)
    {
        int dimension = _problem.Pooled.Dimension;
        double[] distances = new double[_problem.Rows.Count];
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
        Array.Resize(ref order, _problem.Rows.IsWeighted ? CountByWeight(order, size) : size);
        return order;
    }

    /// <summary>How many of the nearest rows weigh as much as so many rows do on average.</summary>
    private int CountByWeight(int[] order, int size)
    {
        double left = size * (_problem.Rows.TotalWeight / _problem.Rows.Count);
        int count = 0;
        while (count < order.Length && left > 0)
        {
            left -= _problem.Rows.WeightOf(order[count++]);
        }

        return count;
    }
}
