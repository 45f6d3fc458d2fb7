using System;
using System.Threading;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>k-means on points in row-major order: greedy k-means++ seeds, then Lloyd's steps.</summary>
internal sealed class KMeans
{
    private readonly double[] _points;
    private readonly int _mostLloydSteps;
    private readonly int _dimension;
    private readonly int _count;
    private readonly double[] _weights;

    public KMeans(double[] points, int dimension, InMemoryObservations rows, int mostLloydSteps)
    {
        _mostLloydSteps = mostLloydSteps;
        _points = points;
        _dimension = dimension;
        _count = points.Length / dimension;
        _weights = new double[_count];
        for (int i = 0; i < _count; i++)
        {
            _weights[i] = rows.WeightOf(i);
        }
    }

    /// <summary>The cluster of every point, from 0.</summary>
    public int[] Cluster(int clusterCount, SplitMix64 random, CancellationToken cancellationToken)
    {
        double[] centres = Seed(clusterCount, random, cancellationToken);
        int[] labels = new int[_count];
        for (int step = 0; step < _mostLloydSteps; step++)
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
        double[] centres = new double[clusterCount * _dimension];
        double[] nearest = new double[_count];
        double[] trial = new double[_count];
        double[] best = new double[_count];
        CopyPoint(Draw(_weights, random), centres, 0);
        Distances(centres, 0, null, nearest);
        for (int k = 1; k < clusterCount; k++)
        {
            double least = double.PositiveInfinity;
            for (int candidate = 0; candidate < candidates; candidate++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int point = Draw(nearest, random);
                double potential = Distances(_points, point * _dimension, nearest, trial);
                if (potential < least)
                {
                    least = potential;
                    CopyPoint(point, centres, k * _dimension);
                    (best, trial) = (trial, best);
                }
            }

            (nearest, best) = (best, nearest);
        }

        return centres;
    }

    /// <summary>Weighted squared distances to one centre, or to the nearest so far; returns their sum.</summary>
    private double Distances(double[] centres, int offset, double[]? soFar, double[] result)
    {
        double sum = 0;
        for (int i = 0; i < _count; i++)
        {
            double distance = _weights[i] * SquaredDistance(i * _dimension, centres, offset, double.PositiveInfinity);
            result[i] = soFar is null ? distance : Math.Min(distance, soFar[i]);
            sum += result[i];
        }

        return sum;
    }

    private int Draw(double[] masses, SplitMix64 random)
    {
        double total = 0;
        for (int i = 0; i < masses.Length; i++)
        {
            total += masses[i];
        }

        if (!(total > 0))
        {
            return random.NextIndex(masses.Length);
        }

        double target = random.NextDouble() * total;
        int last = 0;
        for (int i = 0; i < masses.Length; i++)
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
        bool changed = false;
        for (int i = 0; i < _count; i++)
        {
            double least = double.PositiveInfinity;
            int label = 0;
            for (int offset = 0; offset < centres.Length; offset += _dimension)
            {
                double distance = SquaredDistance(i * _dimension, centres, offset, least);
                if (distance < least)
                {
                    least = distance;
                    label = offset / _dimension;
                }
            }

            changed |= labels[i] != label;
            labels[i] = label;
        }

        return changed;
    }

    private void MoveCentres(int[] labels, double[] centres, int clusterCount)
    {
        double[] sums = new double[centres.Length];
        double[] masses = new double[clusterCount];
        for (int i = 0; i < _count; i++)
        {
            masses[labels[i]] += _weights[i];
            for (int j = 0; j < _dimension; j++)
            {
                sums[(labels[i] * _dimension) + j] += _weights[i] * _points[(i * _dimension) + j];
            }
        }

        for (int c = 0; c < centres.Length; c++)
        {
            // a cluster that lost its last point keeps its centre
            if (masses[c / _dimension] > 0)
            {
                centres[c] = sums[c] / masses[c / _dimension];
            }
        }
    }

    /// <summary>Squared distance, or any larger number than the bound as soon as that is passed.</summary>
    private double SquaredDistance(int point, double[] centres, int offset, double bound)
    {
        double sum = 0;
        for (int j = 0; j < _dimension && sum < bound; j++)
        {
            double difference = _points[point + j] - centres[offset + j];
            sum += difference * difference;
        }

        return sum;
    }

    private void CopyPoint(int point, double[] target, int offset) =>
        Array.Copy(_points, point * _dimension, target, offset, _dimension);
}
