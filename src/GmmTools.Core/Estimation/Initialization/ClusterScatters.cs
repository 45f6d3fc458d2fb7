using System;
using System.Threading;
using GmmTools.Numerics;
using GmmTools.Numerics.Dense;

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

    // what the merges of one cluster with others cost, with padding for vectors
    private readonly double[] _row;

    // the terms of pairs, if merged: for each of the clusters that are left, by their places, those with the ones before it. One array for all
    // would be a large object, and these, made by the thousand in fits by group, call for a full collection each few fits.
    private readonly int[] _places;
    private double[][] _pairs = [];
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
        _row = new double[DenseKernel.Padded(clusterCount)];
        _places = new int[clusterCount];
    }

    /// <summary>Adds a point to the scatter of a cluster whose mass and centre are known.</summary>
    public void Add(int cluster, double[] point, double weight) =>
        AddOuter(_scatters, cluster * _length, point, 0, cluster, weight);

    /// <summary>Computes the term of each cluster and of each pair, when all points were added.</summary>
    /// <param name="clusters">The clusters that are left.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public void Begin(int[] clusters, CancellationToken cancellationToken)
    {
        _meanVariance = TotalTrace();
        for (int k = 0; k < _terms.Length; k++)
        {
            if (_masses[k] > 0)
            {
                Array.Copy(_scatters, k * _length, _merged, 0, _length);
                _terms[k] = _masses[k] * Math.Log(Spread(_masses[k]));
            }
        }

        _pairs = new double[clusters.Length][];
        for (int place = 0; place < clusters.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _places[clusters[place]] = place;
            _pairs[place] = new double[place];
            ComputePairs(clusters[place], clusters, place);
        }
    }

    /// <summary>By how much the criterion grows when two clusters are merged.</summary>
    public double MergeCost(int left, int right) => PairTerm(left, right) - _terms[left] - _terms[right];

    /// <summary>Makes the first cluster hold both. Masses and centres are still those of before.</summary>
    public void Merge(int kept, int gone)
    {
        double mass = _masses[kept] + _masses[gone];
        Combine(kept, gone);
        Array.Copy(_merged, 0, _scatters, kept * _length, _length);
        _terms[kept] = mass * Math.Log(Spread(mass));
    }

    /// <summary>Computes the terms of the pairs of a cluster and the first of some others: when it was merged with another, whose masses and centres it
    /// has taken.</summary>
    public unsafe void ComputePairs(int cluster, int[] others, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (others[i] == cluster)
            {
                _row[i] = 1;
                continue;
            }

            Combine(cluster, others[i]);
            _row[i] = Spread(_masses[cluster] + _masses[others[i]]);
        }

        int padded = DenseKernel.Padded(count);
        fixed (double* row = _row)
        {
            DenseKernel.Instance.Log(row, padded);
        }

        for (int i = 0; i < count; i++)
        {
            if (others[i] != cluster)
            {
                PairTerm(cluster, others[i]) = (_masses[cluster] + _masses[others[i]]) * _row[i];
            }
        }
    }

    private ref double PairTerm(int left, int right)
    {
        int first = _places[left];
        int second = _places[right];
        return ref first > second ? ref _pairs[first][second] : ref _pairs[second][first];
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

    /// <summary>|Wₖ/nₖ| + tr(Wₖ)/nₖ + tr(W)/(n·d)/nₖ of the scatter in the workspace, which is overwritten: nₖ times its logarithm is the term.</summary>
    private double Spread(double mass)
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

        return Determinant() + trace + (_meanVariance / mass);
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
