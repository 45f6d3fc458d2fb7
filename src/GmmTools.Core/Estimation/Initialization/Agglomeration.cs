using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Numerics.Dense;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// Agglomerative clustering that lowers the classification likelihood least with each merge: Fraley, SIAM Journal on Scientific
/// Computing 20 (1998) 270-281. Points have to be in coordinates in which their spread is about 1. Time O(n²), memory O(n).
/// </summary>
internal sealed class Agglomeration
{
    /// <summary>
    /// Determinants tell little of clusters of a few points. Clusters are merged by their sums of squares until so many times K are left,
    /// or all merges are by determinants where the points are no more than this.
    /// </summary>
    public const int PointsMergedWhole = 1000;

    /// <summary>Additions and multiplications that a first look at all pairs may cost: each pair takes the determinant of a matrix of order d.</summary>
    private const double MaxPairWork = 2e9;

    /// <summary>Determinants decide on no less than so many times the clusters wanted, or on nothing.</summary>
    private const int MinMergesPerCluster = 5;

    private readonly double[] _points;
    private readonly int _dimension;
    private readonly int _count;
    private readonly double[] _weights;
    private readonly double[] _masses;
    private readonly double[] _centres;
    private readonly int[] _parents;
    private readonly int _pointsMergedWhole;
    private int _left;

    /// <param name="points">Points in row-major order.</param>
    /// <param name="dimension">Numbers per point.</param>
    /// <param name="rows">The rows that they stand for, for the weights.</param>
    /// <param name="pointsMergedWhole">Points up to which all merges are by determinants, where these are asked for.</param>
    public Agglomeration(double[] points, int dimension, InMemoryObservations rows, int pointsMergedWhole = PointsMergedWhole)
    {
        _pointsMergedWhole = pointsMergedWhole;
        _points = points;
        _dimension = dimension;
        _count = points.Length / dimension;
        _weights = new double[_count];
        for (int i = 0; i < _count; i++)
        {
            _weights[i] = rows.WeightOf(i);
        }

        _masses = new double[_count];
        _centres = new double[points.Length];
        _parents = new int[_count];
    }

    /// <summary>
    /// EII, the criterion of Ward (1963): the merge of two clusters costs the sum of squares about their means that it adds. The merges are
    /// found by chains of nearest neighbours, which this criterion allows: Murtagh, The Computer Journal 26 (1983) 354-359.
    /// </summary>
    /// <param name="clusterCount">Clusters wanted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The cluster of every point, from 0.</returns>
    public int[] BySumOfSquares(int clusterCount, CancellationToken cancellationToken)
    {
        Begin();
        MergeBySumOfSquares(clusterCount, cancellationToken);
        return Labels();
    }

    /// <summary>
    /// VVV: the criterion is Σ nₖ·log(|Wₖ/nₖ| + tr(Wₖ)/nₖ + tr(W)/(n·d)/nₖ) with the scatter Wₖ of cluster k and that of all points, W;
    /// the traces stand in where a cluster has too few points for a determinant. In so many columns that determinants cost more than the fit
    /// all merges are by sums of squares.
    /// </summary>
    /// <param name="clusterCount">Clusters wanted.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The cluster of every point, from 0.</returns>
    public int[] ByOwnCovariance(int clusterCount, CancellationToken cancellationToken) =>
        ByOwnCovariance([clusterCount], cancellationToken)[clusterCount];

    /// <summary>The clusters at several heights of one agglomeration, see <see cref="ByOwnCovariance(int, CancellationToken)"/>.</summary>
    /// <param name="clusterCounts">Clusters wanted, each at most the number of points.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>For each number of clusters the cluster of every point, from 0.</returns>
    public Dictionary<int, int[]> ByOwnCovariance(IReadOnlyCollection<int> clusterCounts, CancellationToken cancellationToken)
    {
        Begin();
        int most = clusterCounts.Max();
        int whole = (int)Math.Min(_pointsMergedWhole, Math.Sqrt(MaxPairWork / Math.Pow(_dimension, 3)));
        if (_count > whole && whole < MinMergesPerCluster * most)
        {
            return CutBySumOfSquares(clusterCounts, cancellationToken);
        }

        if (_count > whole)
        {
            MergeBySumOfSquares(whole, cancellationToken);
        }

        Dictionary<int, int[]> cuts = [];
        void Reached(int left)
        {
            if (clusterCounts.Contains(left))
            {
                cuts[left] = Labels();
            }
        }

        MergeByOwnCovariance(clusterCounts.Min(), Reached, cancellationToken);
        return cuts;
    }

    private Dictionary<int, int[]> CutBySumOfSquares(IEnumerable<int> clusterCounts, CancellationToken cancellationToken)
    {
        Dictionary<int, int[]> cuts = [];
        foreach (int count in clusterCounts.OrderByDescending(count => count))
        {
            MergeBySumOfSquares(count, cancellationToken);
            cuts[count] = Labels();
        }

        return cuts;
    }

    private void Begin()
    {
        Array.Copy(_weights, _masses, _count);
        Array.Copy(_points, _centres, _points.Length);
        for (int i = 0; i < _count; i++)
        {
            _parents[i] = i;
        }

        _left = _count;
    }

    private void MergeBySumOfSquares(int clusterCount, CancellationToken cancellationToken)
    {
        // chains find merges out of order: all of them are made, then the cheapest are kept
        List<(double Cost, int Kept, int Gone)> merges = [];
        double[] masses = (double[])_masses.Clone();
        double[] centres = (double[])_centres.Clone();
        List<int> active = [.. ActiveClusters()];
        List<int> chain = [];
        while (active.Count > 1)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (chain.Count == 0)
            {
                chain.Add(active[0]);
            }

            int last = chain[chain.Count - 1];
            int before = chain.Count > 1 ? chain[chain.Count - 2] : -1;
            int nearest = FindNearest(active, masses, centres, last, before, out double cost);
            if (nearest != before)
            {
                chain.Add(nearest);
                continue;
            }

            chain.RemoveRange(chain.Count - 2, 2);
            merges.Add((cost, before, last));
            MergeCentres(masses, centres, before, last);
            active.Remove(last);
        }

        ApplyCheapest(merges, _left - clusterCount);
    }

    /// <summary>The costs of this criterion never fall along a chain of merges, so that the cheapest ones are what a greedy search makes.</summary>
    private void ApplyCheapest(List<(double Cost, int Kept, int Gone)> merges, int count)
    {
        int[] order = new int[merges.Count];
        double[] costs = new double[merges.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
            costs[i] = merges[i].Cost;
        }

        Array.Sort(order, (left, right) => costs[left] != costs[right] ? costs[left].CompareTo(costs[right]) : left.CompareTo(right));
        for (int i = 0; i < count; i++)
        {
            (_, int kept, int gone) = merges[order[i]];
            Merge(Root(kept), Root(gone));
        }
    }

    private int FindNearest(List<int> active, double[] masses, double[] centres, int cluster, int before, out double least)
    {
        // the one before wins ties, so that chains end
        int nearest = before;
        least = before < 0 ? double.PositiveInfinity : WardCost(masses, centres, cluster, before);
        foreach (int other in active)
        {
            if (other != cluster && other != before)
            {
                double cost = WardCost(masses, centres, cluster, other);
                if (cost < least)
                {
                    least = cost;
                    nearest = other;
                }
            }
        }

        return nearest;
    }

    private double WardCost(double[] masses, double[] centres, int left, int right) =>
        masses[left] * masses[right] / (masses[left] + masses[right])
        * RowArithmetic.SquaredDistance(centres, left * _dimension, centres, right * _dimension, _dimension);

    private void MergeCentres(double[] masses, double[] centres, int kept, int gone)
    {
        double total = masses[kept] + masses[gone];
        for (int j = 0; j < _dimension; j++)
        {
            double difference = centres[(gone * _dimension) + j] - centres[(kept * _dimension) + j];
            centres[(kept * _dimension) + j] += masses[gone] / total * difference;
        }

        masses[kept] = total;
        masses[gone] = 0;
    }

    private void MergeByOwnCovariance(int clusterCount, Action<int> reached, CancellationToken cancellationToken)
    {
        ClusterScatters scatters = new(_dimension, _count, _masses, _centres);
        AddScatters(scatters);
        int[] active = [.. ActiveClusters()];
        scatters.Begin(active, cancellationToken);
        int[] nearest = new int[_count];
        double[] costs = new double[_count];
        foreach (int cluster in active)
        {
            FindCheapest(scatters, active, _left, cluster, nearest, costs);
        }

        reached(_left);
        while (_left > clusterCount)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int kept = active[0];
            for (int i = 1; i < _left; i++)
            {
                kept = costs[active[i]] < costs[kept] ? active[i] : kept;
            }

            int gone = nearest[kept];
            int place = Array.IndexOf(active, gone, 0, _left);
            Array.Copy(active, place + 1, active, place, _left - place - 1);
            scatters.Merge(kept, gone);
            Merge(kept, gone);
            reached(_left);
            scatters.ComputePairs(kept, active, _left);
            Update(scatters, active, _left, kept, gone, nearest, costs);
        }
    }

    /// <summary>Brings the cheapest partners up to date after a merge: only costs that involve the two clusters have changed.</summary>
    private static void Update(
        ClusterScatters scatters, int[] active, int count, int kept, int gone, int[] nearest, double[] costs)
    {
        costs[kept] = double.PositiveInfinity;
        for (int i = 0; i < count; i++)
        {
            int cluster = active[i];
            if (cluster == kept)
            {
                continue;
            }

            if (nearest[cluster] == kept || nearest[cluster] == gone)
            {
                FindCheapest(scatters, active, count, cluster, nearest, costs);
            }

            double cost = scatters.MergeCost(cluster, kept);
            if (cost < costs[cluster])
            {
                (costs[cluster], nearest[cluster]) = (cost, kept);
            }

            if (cost < costs[kept])
            {
                (costs[kept], nearest[kept]) = (cost, cluster);
            }
        }
    }

    private static void FindCheapest(ClusterScatters scatters, int[] active, int count, int cluster, int[] nearest, double[] costs)
    {
        costs[cluster] = double.PositiveInfinity;
        for (int i = 0; i < count; i++)
        {
            int other = active[i];
            if (other == cluster)
            {
                continue;
            }

            double cost = scatters.MergeCost(cluster, other);
            if (cost < costs[cluster])
            {
                (costs[cluster], nearest[cluster]) = (cost, other);
            }
        }
    }

    private void AddScatters(ClusterScatters scatters)
    {
        double[] centre = new double[_dimension];
        for (int i = 0; i < _count; i++)
        {
            Array.Copy(_points, i * _dimension, centre, 0, _dimension);
            scatters.Add(Root(i), centre, _weights[i]);
        }
    }

    private IEnumerable<int> ActiveClusters()
    {
        for (int i = 0; i < _count; i++)
        {
            if (_parents[i] == i)
            {
                yield return i;
            }
        }
    }

    private void Merge(int kept, int gone)
    {
        MergeCentres(_masses, _centres, kept, gone);
        _parents[gone] = kept;
        _left--;
    }

    private int Root(int point)
    {
        while (_parents[point] != point)
        {
            // halves the path for the next time
            point = _parents[point] = _parents[_parents[point]];
        }

        return point;
    }

    private int[] Labels()
    {
        Dictionary<int, int> numbers = [];
        int[] labels = new int[_count];
        for (int i = 0; i < _count; i++)
        {
            int root = Root(i);
            if (!numbers.TryGetValue(root, out int number))
            {
                number = numbers.Count;
                numbers.Add(root, number);
            }

            labels[i] = number;
        }

        return labels;
    }
}
