using System;
using System.Threading;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>k-means: greedy k-means++ seeds, then Lloyd's steps, on the kernels that the machine has.</summary>
internal sealed class KMeans
{
    private readonly DistanceKernel _kernel;
    private readonly int _maxLloydSteps;
    private readonly double[] _weights;
    private readonly double[] _labels;

    /// <param name="points">The points, row by row.</param>
    /// <param name="dimension">Numbers per point.</param>
    /// <param name="rows">The rows that the points come from, with their weights.</param>
    /// <param name="maxLloydSteps">The most of Lloyd's steps.</param>
    public KMeans(double[] points, int dimension, InMemoryObservations rows, int maxLloydSteps)
    {
        _kernel = DistanceKernel.Create(points, dimension);
        _maxLloydSteps = maxLloydSteps;
        _labels = new double[_kernel.PaddedCount];
        _weights = new double[_kernel.PaddedCount];
        for (int i = 0; i < _kernel.Count; i++)
        {
            _weights[i] = rows.WeightOf(i);
        }
    }

    /// <summary>The cluster of every point, from 0.</summary>
    public int[] Cluster(int clusterCount, SplitMix64 random, CancellationToken cancellationToken)
    {
        double[] centres = Seed(clusterCount, random, cancellationToken);
        int[] labels = new int[_kernel.Count];
        for (int step = 0; step < _maxLloydSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!AssignLabels(centres, labels) && step > 0)
            {
                break;
            }

            MoveCentres(labels, centres, clusterCount);
        }

        return labels;
    }

    /// <summary>Each seed is the best of a few points drawn in proportion to their squared distance from the seeds so far.</summary>
    private double[] Seed(int clusterCount, SplitMix64 random, CancellationToken cancellationToken)
    {
        int candidates = 2 + (int)Math.Log(clusterCount);
        double[] centres = new double[clusterCount * _kernel.Dimension];
        double[] centre = new double[_kernel.Dimension];
        double[] nearest = new double[_kernel.PaddedCount];
        double[] trial = new double[_kernel.PaddedCount];
        double[] best = new double[_kernel.PaddedCount];
        CopyPoint(Draw(_weights, random), centre);
        _kernel.Distances(centre, _weights, null, nearest);
        centre.CopyTo(centres, 0);
        for (int k = 1; k < clusterCount; k++)
        {
            double least = double.PositiveInfinity;
            for (int candidate = 0; candidate < candidates; candidate++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                CopyPoint(Draw(nearest, random), centre);
                double potential = _kernel.Distances(centre, _weights, nearest, trial);
                if (potential < least)
                {
                    least = potential;
                    centre.CopyTo(centres, k * _kernel.Dimension);
                    (best, trial) = (trial, best);
                }
            }

            (nearest, best) = (best, nearest);
        }

        return centres;
    }

    /// <summary>A point drawn in proportion to masses; any point if there is no mass.</summary>
    private int Draw(double[] masses, SplitMix64 random)
    {
        double total = 0;
        for (int i = 0; i < _kernel.Count; i++)
        {
            total += masses[i];
        }

        if (!(total > 0))
        {
            return random.NextIndex(_kernel.Count);
        }

        double target = random.NextDouble() * total;
        int last = 0;
        for (int i = 0; i < _kernel.Count; i++)
        {
            if (masses[i] > 0)
            {
                last = i;
                target -= masses[i];
                if (target < 0)
                {
                    return i;
                }
            }
        }

        return last;
    }

    private bool AssignLabels(double[] centres, int[] labels)
    {
        _kernel.Nearest(centres, _labels);
        bool changed = false;
        for (int i = 0; i < labels.Length; i++)
        {
            int label = (int)_labels[i];
            changed |= labels[i] != label;
            labels[i] = label;
        }

        return changed;
    }

    private void MoveCentres(int[] labels, double[] centres, int clusterCount)
    {
        double[] sums = new double[centres.Length];
        double[] masses = new double[clusterCount];
        for (int i = 0; i < labels.Length; i++)
        {
            masses[labels[i]] += _weights[i];
        }

        for (int j = 0; j < _kernel.Dimension; j++)
        {
            int column = j * _kernel.PaddedCount;
            for (int i = 0; i < labels.Length; i++)
            {
                sums[(labels[i] * _kernel.Dimension) + j] += _weights[i] * _kernel.Columns[column + i];
            }
        }

        for (int c = 0; c < centres.Length; c++)
        {
            // a cluster that lost its last point keeps its centre
            if (masses[c / _kernel.Dimension] > 0)
            {
                centres[c] = sums[c] / masses[c / _kernel.Dimension];
            }
        }
    }

    private void CopyPoint(int point, double[] target)
    {
        for (int j = 0; j < target.Length; j++)
        {
            target[j] = _kernel.Columns[(j * _kernel.PaddedCount) + point];
        }
    }
}
