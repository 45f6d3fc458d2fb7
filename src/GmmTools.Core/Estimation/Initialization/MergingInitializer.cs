using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// Starts from more clusters of k-means than components are wanted, merged down to these where the likelihood of the classification loses
/// least. With twice as many seeds hardly a component goes without one, and pieces of one component find together, whatever its shape.
/// </summary>
internal sealed class MergingInitializer : IInitializer
{
    private const int SeedsPerComponent = 2;

    private readonly StartProblem _problem;
    private readonly double[] _points;
    private readonly int _maxLloydSteps;

    /// <param name="problem">The mixture that is wanted, and the rows.</param>
    /// <param name="points">The rows in coordinates free of units, row by row.</param>
    /// <param name="maxLloydSteps">The most of Lloyd's steps.</param>
    public MergingInitializer(StartProblem problem, double[] points, int maxLloydSteps)
    {
        _problem = problem;
        _points = points;
        _maxLloydSteps = maxLloydSteps;
    }

    public string Name => "MergedKMeans";

    public MixtureParameters Initialize(SplitMix64 random, CancellationToken cancellationToken)
    {
        int count = (int)Math.Min(_problem.Rows.Count, SeedsPerComponent * _problem.ComponentCount);
        int[] labels = new KMeans(_points, _problem.Pooled.Dimension, _problem.Rows, _maxLloydSteps).Cluster(count, random, cancellationToken);
        MixtureParameters clusters = Clusters(MemberStart.OfPartition(labels, count));
        clusters.TryFactorize();
        return Select(clusters, MergeDown(clusters, cancellationToken));
    }

    /// <summary>Each cluster as a component of its own covariance, which is drawn to the mean of all as far as d + 2 rows can.</summary>
    private MixtureParameters Clusters(int[][] members)
    {
        members = [.. members.Where(rows => rows.Length > 0)];
        int dimension = _problem.Pooled.Dimension;
        SufficientStatistics statistics = new(members.Length, dimension, _problem.Pooled.Shape);
        double[] row = new double[dimension];
        for (int k = 0; k < members.Length; k++)
        {
            MemberStart.AddMembers(_problem.Rows, members[k], statistics, k, row);
        }

        MixtureParameters mixture = new(members.Length, dimension, _problem.Pooled.Shape);
        MaximizationSteps.MaximizationStep.Create(mixture.Shape == CovarianceShape.Full ? CovarianceModel.VVV : CovarianceModel.VVI)
            .Maximize(statistics, null, mixture, null);
        Steady(mixture, statistics);
        return mixture;
    }

    /// <summary>A share of the pooled covariance that keeps clusters without any spread positive definite.</summary>
    private const double PooledShare = 1e-6;

    private void Steady(MixtureParameters mixture, SufficientStatistics statistics)
    {
        int length = mixture.CovarianceLength;
        double[] within = new double[length];
        for (int i = 0; i < length; i++)
        {
            within[i] = PooledShare * _problem.Pooled.Covariance[i];
        }

        mixture.AddAverageCovariance(within);
        double strength = (mixture.Dimension + 2) * (_problem.Rows.TotalWeight / _problem.Rows.Count);
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            double share = strength / (strength + statistics.Weights[k]);
            for (int i = 0; i < length; i++)
            {
                mixture.Covariances[(k * length) + i] += share * (within[i] - mixture.Covariances[(k * length) + i]);
            }
        }
    }

    /// <summary>Merges the pair that loses least until as many are left as are wanted; returns those.</summary>
    private List<int> MergeDown(MixtureParameters clusters, CancellationToken cancellationToken)
    {
        MomentMerge merge = new(clusters);
        List<int> left = [.. Enumerable.Range(0, clusters.ComponentCount)];
        Partner[] partners = [.. left.Select(k => FindPartner(merge, left, k))];
        while (left.Count > _problem.ComponentCount)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int kept = left.OrderBy(k => partners[k].Loss).First();
            int gone = partners[kept].Index;
            merge.Merge(kept, gone);
            left.Remove(gone);
            foreach (int k in left)
            {
                if (k == kept || partners[k].Index == gone || partners[k].Index == kept)
                {
                    partners[k] = FindPartner(merge, left, k);
                }
                else if (merge.Loss(k, kept) is double loss && loss < partners[k].Loss)
                {
                    partners[k] = new Partner(kept, loss);
                }
            }
        }

        return left;
    }

    private static Partner FindPartner(MomentMerge merge, List<int> left, int component)
    {
        Partner best = new(-1, double.PositiveInfinity);
        foreach (int other in left)
        {
            if (other != component && merge.Loss(component, other) is double loss && (best.Index < 0 || loss < best.Loss))
            {
                best = new Partner(other, loss);
            }
        }

        return best;
    }

    private MixtureParameters Select(MixtureParameters clusters, List<int> chosen)
    {
        MixtureParameters mixture = new(_problem.ComponentCount, clusters.Dimension, clusters.Shape);
        int dimension = clusters.Dimension;
        int length = clusters.CovarianceLength;
        for (int place = 0; place < mixture.ComponentCount; place++)
        {
            // where there are fewer clusters than components, some stand for two
            int k = chosen[place % chosen.Count];
            int times = ((mixture.ComponentCount - 1 - (place % chosen.Count)) / chosen.Count) + 1;
            mixture.Weights[place] = clusters.Weights[k] / times;
            Array.Copy(clusters.Means, k * dimension, mixture.Means, place * dimension, dimension);
            Array.Copy(clusters.Covariances, k * length, mixture.Covariances, place * length, length);
        }

        return mixture;
    }

    private readonly record struct Partner(int Index, double Loss);
}
