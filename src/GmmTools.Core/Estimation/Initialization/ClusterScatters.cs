using System;
using System.Collections.Generic;
using System.Threading;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Initialization;

/// <summary>The scatters of clusters about their centres, and what it costs to merge two of them: kept for all pairs, since a merge changes those
/// of one cluster only.</summary>
internal sealed class ClusterScatters
{
    private readonly int _dimension;
    private readonly int _length;
    private readonly double[] _masses;
    private readonly double[] _centres;
    private readonly double[] _scatters;
    private readonly double[] _terms;
    private readonly double[] _merged;

    // the terms of pairs, if merged: the lower triangle of the clusters that are left, by their places
    private readonly int[] _places;
    private double[] _pairs = [];
    private double _meanVariance;

    /// <param name="dimension">Numbers per centre.</param>
    /// <param name="clusterCount">Clusters.</param>
    /// <param name="masses">Their weights; changed by who merges, after <see cref="Merge"/>.</param>
    /// <param name="centres">Their means; likewise.</param>
    public ClusterScatters(int dimension, int clusterCount, double[] masses, double[] centres)
    {
        _dimension = dimension;
        _length = PackedMatrix.Length(dimension);
        _masses = masses;
        _centres = centres;
        _scatters = new double[clusterCount * _length];
        _terms = new double[clusterCount];
        _merged = new double[_length];
        _places = new int[clusterCount];
    }

    /// <summary>Adds a point to the scatter of a cluster whose mass and centre are known.</summary>
    public void Add(int cluster, double[] point, double weight) =>
        AddOuter(_scatters, cluster * _length, point, 0, cluster, weight);

    /// <summary>Computes the term of each cluster and of each pair, when all points were added.</summary>
    /// <param name="clusters">The clusters that are left.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Begin(IReadOnlyList<int> clusters, CancellationToken cancellationToken)
    {
        _meanVariance = TotalTrace();
        for (int k = 0; k < _terms.Length; k++)
        {
            if (_masses[k] > 0)
            {
                Array.Copy(_scatters, k * _length, _merged, 0, _length);
                _terms[k] = Term(_masses[k]);
            }
        }

        _pairs = new double[clusters.Count * (clusters.Count - 1) / 2];
        for (int place = 0; place < clusters.Count; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _places[clusters[place]] = place;
            for (int other = 0; other < place; other++)
            {
                ComputePair(clusters[place], clusters[other]);
            }
        }
    }

    /// <summary>By how much the criterion grows when two clusters are merged.</summary>
    public double MergeCost(int left, int right) => _pairs[Pair(left, right)] - _terms[left] - _terms[right];

    /// <summary>Computes the terms of the pairs of a cluster anew: it was merged with another, whose masses and centres it has taken.</summary>
    public void Refresh(int cluster, List<int> clusters)
    {
        foreach (int other in clusters)
        {
            if (other != cluster)
            {
                ComputePair(cluster, other);
            }
        }
    }

    /// <summary>Makes the first cluster hold both. Masses and centres are still those of before.</summary>
    public void Merge(int kept, int gone)
    {
        Combine(kept, gone);
        Array.Copy(_merged, 0, _scatters, kept * _length, _length);
        _terms[kept] = Term(_masses[kept] + _masses[gone]);
    }

    private void ComputePair(int left, int right)
    {
        Combine(left, right);
        _pairs[Pair(left, right)] = Term(_masses[left] + _masses[right]);
    }

    private int Pair(int left, int right)
    {
        int high = Math.Max(_places[left], _places[right]);
        return (high * (high - 1) / 2) + Math.Min(_places[left], _places[right]);
    }

    /// <summary>tr(W)/(n·d): in coordinates free of units about 1.</summary>
    private double TotalTrace()
    {
        double mass = 0;
        double trace = 0;
        double[] mean = new double[_dimension];
        for (int k = 0; k < _terms.Length; k++)
        {
            mass += _masses[k];
            for (int j = 0; j < _dimension; j++)
            {
                mean[j] += _masses[k] * _centres[(k * _dimension) + j];
                trace += _scatters[(k * _length) + PackedMatrix.Index(j, j)];
            }
        }

        for (int k = 0; k < _terms.Length; k++)
        {
            for (int j = 0; j < _dimension; j++)
            {
                double difference = _centres[(k * _dimension) + j] - (mean[j] / mass);
                trace += _masses[k] * difference * difference;
            }
        }

        return trace / (mass * _dimension);
    }

    private void Combine(int left, int right)
    {
        for (int i = 0; i < _length; i++)
        {
            _merged[i] = _scatters[(left * _length) + i] + _scatters[(right * _length) + i];
        }

        double mass = _masses[left] * _masses[right] / (_masses[left] + _masses[right]);
        AddOuter(_merged, 0, _centres, right * _dimension, left, mass);
    }

    /// <summary>Adds the square of the difference between a point and a cluster's centre.</summary>
    private void AddOuter(double[] target, int offset, double[] point, int place, int cluster, double weight)
    {
        for (int i = 0; i < _dimension; i++)
        {
            double first = weight * (point[place + i] - _centres[(cluster * _dimension) + i]);
            for (int j = 0; j <= i; j++)
            {
                target[offset++] += first * (point[place + j] - _centres[(cluster * _dimension) + j]);
            }
        }
    }

    /// <summary>nₖ·log(|Wₖ/nₖ| + tr(Wₖ)/nₖ + tr(W)/(n·d)/nₖ) of the scatter in the workspace, which is overwritten.</summary>
    private double Term(double mass)
    {
        double trace = 0;
        for (int i = 0; i < _length; i++)
        {
            _merged[i] /= mass;
        }

        for (int j = 0; j < _dimension; j++)
        {
            trace += _merged[PackedMatrix.Index(j, j)];
        }

        return mass * Math.Log(Determinant() + trace + (_meanVariance / mass));
    }

    /// <summary>The determinant of the matrix in the workspace, which is overwritten; 0 where it has none above 0. One so small that it is lost counts
    /// for nothing beside the trace.</summary>
    private double Determinant()
    {
        if (_dimension == 1)
        {
            return _merged[0];
        }

        if (!PackedMatrix.TryCholesky(_merged, 0, _merged, 0, _dimension))
        {
            return 0;
        }

        double product = 1;
        for (int j = 0; j < _dimension; j++)
        {
            product *= _merged[PackedMatrix.Index(j, j)];
        }

        return product * product;
    }
}
