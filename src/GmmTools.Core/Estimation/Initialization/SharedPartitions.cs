using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Models;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>Clusters that every model starts from: one agglomeration, cut at each number of components.</summary>
internal sealed class SharedPartitions
{
    /// <summary>Agglomeration grows with the square of the rows; more than these would take longer than the fits that it helps.</summary>
    private const int MaxRows = 1000;
    private const int MaxMergedWhole = 200;

    private readonly Dictionary<int, int[]> _labels;

    /// <param name="observations">The rows; of many a sample is clustered.</param>
    /// <param name="pooled">Their moments.</param>
    /// <param name="componentCounts">Numbers of components.</param>
    /// <param name="seed">Seed of the sample.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public SharedPartitions(
        IObservations observations, PooledMoments pooled, IEnumerable<int> componentCounts, ulong seed, CancellationToken cancellationToken)
    {
        Rows = observations.Sample(MaxRows, SplitMix64.Derive(seed, 1), cancellationToken);
        int[] counts = [.. componentCounts.Where(count => count > 1 && count <= Rows.Count).Distinct()];
        if (counts.Length == 0)
        {
            _labels = [];
            return;
        }

        double[] points = pooled.FindDependentColumn() < 0
            ? UnitFreePoints.Whiten(Rows, pooled.Bulk, cancellationToken)
            : UnitFreePoints.Scale(Rows, pooled.Bulk, cancellationToken);
        _labels = new Agglomeration(points, pooled.Dimension, Rows, MaxMergedWhole).ByOwnCovariance(counts, cancellationToken);
    }

    /// <summary>The rows that were clustered.</summary>
    public InMemoryObservations Rows { get; }

    /// <summary>The rows of each of so many clusters, or null where there are none.</summary>
    public int[][]? Members(int componentCount) =>
        _labels.TryGetValue(componentCount, out int[]? labels) ? MemberStart.OfPartition(labels, componentCount) : null;
}
