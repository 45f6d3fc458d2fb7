using System;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Initialization;

/// <summary>The scatters of clusters about their centres, and what it costs to merge two of them.</summary>
internal sealed class ClusterScatters
{
    private readonly int _dimension;
    private readonly int _length;
    private readonly double[] _masses;
    private readonly double[] _centres;
    private readonly double[] _scatters;
    private readonly double[] _terms;
    private readonly double[] _merged;
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
    }

    /// <summary>Adds a point to the scatter of a cluster whose mass and centre are known.</summary>
    public void Add(int cluster, double[] point, double weight) =>
        AddOuter(_scatters, cluster * _length, point, 0, cluster, weight);

    /// <summary>Computes the term of each cluster, when all points were added.</summary>
    public void Begin()
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
    }

    /// <summary>By how much the criterion grows when two clusters are merged.</summary>
    public double MergeCost(int left, int right)
    {
        Combine(left, right);
        return Term(_masses[left] + _masses[right]) - _terms[left] - _terms[right];
    }

    /// <summary>Makes the first cluster hold both. Masses and centres are still those of before.</summary>
    public void Merge(int kept, int gone)
    {
        Combine(kept, gone);
        Array.Copy(_merged, 0, _scatters, kept * _length, _length);
        _terms[kept] = Term(_masses[kept] + _masses[gone]);
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

        double determinant = PackedMatrix.TryCholesky(_merged, 0, _merged, 0, _dimension)
            ? Math.Exp(2 * PackedMatrix.SumLogDiagonal(_merged, 0, _dimension))
            : 0;
        return mass * Math.Log(determinant + trace + (_meanVariance / mass));
    }
}
