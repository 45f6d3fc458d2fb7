using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.Known;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Guided;

/// <summary>
/// Starts from the clusters of k-means whose seeds are labelled rows, and which these rows do not leave: Basu, Banerjee and Mooney, ICML 2002, 27-34.
/// Components of a class are seeded among its rows, those of no class among the rows without a label, each far from the seeds before it.
/// </summary>
internal sealed class SeededInitializer : IInitializer
{
    private readonly StartProblem _problem;
    private readonly double[] _points;
    private readonly int[] _labels;
    private readonly KnownComponents _known;
    private readonly int _maxSteps;
    private readonly int[][] _rowsOfClasses;
    private readonly int[] _classes;

    /// <param name="problem">The mixture that is wanted, and the rows.</param>
    /// <param name="points">The rows in coordinates free of units, row by row.</param>
    /// <param name="labels">The class of each row, from 0; −1 where it is not known.</param>
    /// <param name="known">The classes.</param>
    /// <param name="maxSteps">The most of Lloyd's steps.</param>
    public SeededInitializer(StartProblem problem, double[] points, int[] labels, KnownComponents known, int maxSteps)
    {
        _problem = problem;
        _points = points;
        _labels = labels;
        _known = known;
        _maxSteps = maxSteps;
        _classes = [.. Enumerable.Range(0, problem.ComponentCount).Select(known.ClassOf)];
        ILookup<int, int> rows = Enumerable.Range(0, labels.Length).ToLookup(i => labels[i]);
        _rowsOfClasses = [.. Enumerable.Range(0, known.Classes.Count).Select(label => rows[label].ToArray())];
        IsRandom = known.ComponentsPerClass > 1 || Array.Exists(_classes, label => label < 0);
    }

    public string Name => "Labels";

    /// <summary>Whether starts differ.</summary>
    public bool IsRandom { get; }

    private int Dimension => _problem.Pooled.Dimension;

    public MixtureParameters Initialize(SplitMix64 random, CancellationToken cancellationToken)
    {
        double[][] centres = Seed(random);
        int[] members = new int[_labels.Length];
        for (int step = 0; step < _maxSteps && (Assign(centres, members) || step == 0); step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Move(centres, members);
        }

        return MemberStart.Create(
            _problem.Rows, MemberStart.OfPartition(members, _problem.ComponentCount), _problem.Step, _problem.Pooled, _problem.FixedWeights);
    }

    private double[][] Seed(SplitMix64 random)
    {
        double[][] centres = new double[_problem.ComponentCount][];
        int[] free = [.. Enumerable.Range(0, _labels.Length).Where(i => _labels[i] < 0)];
        int[] all = [.. Enumerable.Range(0, _labels.Length)];

        // classes first: what is free then begins far from all of them
        foreach (int k in Enumerable.Range(0, centres.Length).OrderBy(k => _classes[k] < 0))
        {
            int label = _classes[k];
            int[] rows = label < 0 ? free : _rowsOfClasses[label];
            rows = rows.Length == 0 ? all : rows;
            IEnumerable<double[]> before = centres.Where((centre, other) => centre is not null && (label < 0 || _classes[other] == label));
            centres[k] = label >= 0 && _known.ComponentsPerClass == 1 ? Mean(rows) : Point(Draw(rows, [.. before], random));
        }

        return centres;
    }

    /// <summary>A row in proportion to its squared distance from the nearest of some centres.</summary>
    private int Draw(int[] rows, double[][] centres, SplitMix64 random)
    {
        double[] masses = [.. rows.Select(i => _problem.Rows.WeightOf(i) * (centres.Length == 0 ? 1 : centres.Min(centre => Distance(i, centre))))];
        return rows[RowDraw.InProportion(masses, random)];
    }

    private bool Assign(double[][] centres, int[] members)
    {
        bool changed = false;
        for (int i = 0; i < members.Length; i++)
        {
            int best = -1;
            double least = double.PositiveInfinity;
            for (int k = 0; k < centres.Length; k++)
            {
                double distance = _labels[i] < 0 || _classes[k] == _labels[i] ? Distance(i, centres[k]) : double.PositiveInfinity;
                if (best < 0 || distance < least)
                {
                    (best, least) = (k, distance);
                }
            }

            changed |= members[i] != best;
            members[i] = best;
        }

        return changed;
    }

    private void Move(double[][] centres, int[] members)
    {
        ILookup<int, int> rows = Enumerable.Range(0, members.Length).ToLookup(i => members[i]);
        for (int k = 0; k < centres.Length; k++)
        {
            int[] own = [.. rows[k]];

            // a cluster that lost its last point keeps its centre
            centres[k] = own.Length > 0 ? Mean(own) : centres[k];
        }
    }

    private double[] Mean(int[] rows)
    {
        double[] mean = new double[Dimension];
        double weight = rows.Sum(i => _problem.Rows.WeightOf(i));
        foreach (int i in rows)
        {
            for (int j = 0; j < mean.Length; j++)
            {
                mean[j] += _problem.Rows.WeightOf(i) / weight * _points[(i * Dimension) + j];
            }
        }

        return mean;
    }

    private double[] Point(int row)
    {
        double[] point = new double[Dimension];
        Array.Copy(_points, row * Dimension, point, 0, Dimension);
        return point;
    }

    private double Distance(int row, double[] centre)
    {
        double sum = 0;
        for (int j = 0; j < centre.Length; j++)
        {
            double difference = _points[(row * Dimension) + j] - centre[j];
            sum += difference * difference;
        }

        return sum;
    }
}
