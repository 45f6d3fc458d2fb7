using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Estimation.Models;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Sampling;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Starts: clusters, neighbourhoods, split moves.</summary>
public sealed class InitializationTests
{
    [Fact]
    public void Separated_clusters_are_found_from_every_seed()
    {
        // five clusters, 20 standard deviations apart
        GaussianMixture truth = GaussianMixture.Create(
            Starts.EqualWeights(5), [[0, 0], [20, 0], [0, 20], [20, 20], [40, 10]], [.. Enumerable.Range(0, 5).Select(_ => Starts.Diagonal(1, 1))]);
        double[] points = new double[500 * 2];
        int[] components = new int[500];
        new MixtureSampler(truth, 1).Draw(0, 500, points, components);
        InMemoryObservations rows = Rows(points, 2);
        int found = 0;
        for (ulong seed = 0; seed < 50; seed++)
        {
            int[] labels = new KMeans(points, 2, rows, 20).Cluster(5, new SplitMix64(seed), default);
            found += IsSamePartition(labels, components) ? 1 : 0;
        }

        // greedy k-means++ may put two seeds in one cluster, but rarely
        Assert.InRange(found, 45, 50);
    }

    [Fact]
    public void More_clusters_than_distinct_points_leave_some_empty()
    {
        double[] points = [1, 1, 1, 2, 2, 2];
        int[] labels = new KMeans(points, 1, Rows(points, 1), 20).Cluster(4, new SplitMix64(1), default);
        Assert.All(labels, label => Assert.InRange(label, 0, 3));
        Assert.Equal(2, labels.Distinct().Count());
        Assert.Equal(labels[0], labels[2]);
        Assert.NotEqual(labels[0], labels[3]);
    }

    [Fact]
    public void A_partition_is_turned_into_its_members()
    {
        int[][] members = MemberStart.OfPartition([2, 0, 2, 2, 0], 4);
        Assert.Equal([[1, 4], [], [0, 2, 3], []], members);
    }

    [Fact]
    public void Every_start_of_every_kind_is_a_mixture() =>
        Problem.Gen(Gen.Int[1, 4], Gen.Int[1, 6], RowKind.Mixture, RowKind.Duplicates).Select(Gen.Bool).Holds((problem, keepWeights) =>
        {
            InMemoryObservations rows = TestData.Observations(problem.Rows);
            PooledMoments pooled = PooledMoments.Compute(rows, problem.Model.Shape(), 1, default);
            if (Enumerable.Range(0, problem.Dimension).Any(j => rows.Minimum[j] == rows.Maximum[j]) || pooled.FindDependentColumn() >= 0)
            {
                return;
            }

            double[]? weights = keepWeights ? Descending(problem.ComponentCount) : null;
            foreach (IInitializer initializer in Initializers(rows, pooled, problem, weights))
            {
                MixtureParameters start = initializer.Initialize(new SplitMix64(3), default);
                Assert.Equal(-1, start.TryFactorize());
                Close.Absolute(1, start.Weights.Sum(), 1e-12, "sum of the weights");
                Assert.All(start.Means, mean => Assert.True(double.IsFinite(mean)));
                if (weights is not null)
                {
                    Assert.Equal(weights, start.Weights.OrderDescending());
                }
            }
        },
        iter: 150);

    [Fact]
    public void A_start_with_an_empty_cluster_has_weights_that_sum_to_1()
    {
        Problem problem = new(RowKind.Ties, 200, 1, 5, CovarianceModel.VVV, 8196591062);
        InMemoryObservations rows = TestData.Observations(problem.Rows);
        PooledMoments pooled = PooledMoments.Compute(rows, CovarianceShape.Full, 1, default);
        for (ulong seed = 0; seed < 20; seed++)
        {
            MixtureParameters start = Initializers(rows, pooled, problem, null)[0].Initialize(new SplitMix64(seed), default);
            Close.Absolute(1, start.Weights.Sum(), 1e-12, "sum of the weights");
        }
    }

    [Fact]
    public void Split_moves_keep_the_total_weight_and_positive_definite_covariances() =>
        Gen.Select(Gen.Int[2, 5], Gen.Int[1, 5], Gen.Bool, Gen.Bool, Gen.ULong).Holds((componentCount, dimension, full, keepWeights, seed) =>
        {
            CovarianceShape shape = full ? CovarianceShape.Full : CovarianceShape.Diagonal;
            MixtureParameters mixture = RandomMixture.Draw(componentCount, dimension, 5, seed).ToParameters().ToShape(shape);
            Assert.Equal(-1, mixture.TryFactorize());
            IReadOnlyList<SplitMove> moves = SplitMove.Choose(mixture, 1000, new SplitMix64(seed));
            Assert.Equal(2 * componentCount * (componentCount - 1), moves.Count);
            foreach (SplitMove move in moves)
            {
                MixtureParameters moved = move.Apply(mixture, keepWeights);
                Assert.Equal(-1, moved.TryFactorize());
                Close.Absolute(1, moved.Weights.Sum(), 1e-12, "sum of the weights");
                Assert.All(moved.Weights, weight => Assert.InRange(weight, 0, 1));
                if (keepWeights)
                {
                    Assert.Equal(mixture.Weights, moved.Weights);
                }
            }
        },
        iter: 100);

    [Fact]
    public void A_component_split_along_its_axis_keeps_mean_and_covariance_together() =>
        Gen.Select(Gen.Int[1, 5], Gen.ULong).Holds((dimension, seed) =>
        {
            MixtureParameters mixture = RandomMixture.Draw(3, dimension, 5, seed).ToParameters();
            SplitMove move = SplitMove.Choose(mixture, 1000, new SplitMix64(1)).First(candidate => !candidate.IsConcentric);
            MixtureParameters moved = move.Apply(mixture, keepWeights: false);
            Close.Relative(moved.Weights[move.Split], moved.Weights[move.Removed], 1e-15, "halves");
            for (int i = 0; i < dimension; i++)
            {
                double first = moved.Means[(move.Split * dimension) + i];
                double second = moved.Means[(move.Removed * dimension) + i];
                double mean = mixture.Means[(move.Split * dimension) + i];
                Close.Absolute(mean, 0.5 * (first + second), 1e-12 * (1 + Math.Abs(mean)), "mean of the halves");
                double variance = mixture.Covariance(move.Split, i, i);
                double together = moved.Covariance(move.Split, i, i) + Math.Pow(first - mean, 2);
                Close.Relative(variance, together, 1e-9, "variance of the halves");
            }
        },
        iter: 100);

    [Fact]
    public void Many_moves_are_chosen_from_at_random_without_repetition()
    {
        IReadOnlyList<SplitMove> chosen = SplitMove.Choose(RandomMixture.Draw(8, 2, 5, 1).ToParameters(), 60, new SplitMix64(5));
        Assert.Equal(60, chosen.Count);
        Assert.Equal(60, chosen.Distinct().Count());
        Assert.All(chosen, move => Assert.NotEqual(move.Removed, move.Split));
    }

    private static IInitializer[] Initializers(InMemoryObservations rows, PooledMoments pooled, Problem problem, double[]? weights)
    {
        StartProblem start = new(rows, pooled, MaximizationStep.Create(problem.Model), problem.ComponentCount, weights);
        double[] scaled = UnitFreePoints.Scale(rows, pooled, CancellationToken.None);
        double[] whitened = UnitFreePoints.Whiten(rows, pooled, CancellationToken.None);
        return
        [
            new KMeansInitializer(start, scaled, 20),
            new KMeansInitializer(start, whitened, 20),
            new NeighbourhoodInitializer(start, scaled),
        ];
    }

    private static double[] Descending(int count)
    {
        double total = count * (count + 1) / 2.0;
        return [.. Enumerable.Range(1, count).Select(k => k / total).OrderDescending()];
    }

    private static InMemoryObservations Rows(double[] points, int dimension)
    {
        double[,] rows = new double[points.Length / dimension, dimension];
        Buffer.BlockCopy(points, 0, rows, 0, points.Length * sizeof(double));
        return TestData.Observations(rows);
    }

    private static bool IsSamePartition(int[] first, int[] second)
    {
        HashSet<(int, int)> pairs = [.. first.Zip(second)];
        return pairs.Count == first.Distinct().Count() && pairs.Count == second.Distinct().Count();
    }
}
