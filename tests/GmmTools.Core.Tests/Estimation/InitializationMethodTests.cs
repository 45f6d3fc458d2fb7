using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Initialization;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>The methods to find starts, and agglomeration against a search through all merges.</summary>
public sealed class InitializationMethodTests
{
    public static TheoryData<InitializationMethod> Methods() => [.. Enum.GetValues<InitializationMethod>()];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_finds_the_known_optima(InitializationMethod method)
    {
        Close.Absolute(-1130.2640, Fit(TestData.Faithful, method, 2, CovarianceModel.VVV).LogLikelihood, 0.01, "faithful VVV,2");
        Close.Absolute(-256.3540, Fit(TestData.Iris, method, 3, CovarianceModel.EEE).LogLikelihood, 0.01, "iris EEE,3");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_fits_every_model(InitializationMethod method)
    {
        foreach (CovarianceModel model in CovarianceModels.All)
        {
            EmFit fit = Fit(TestData.Draw(120, 3, 2, 5), method, 3, model);
            Assert.True(double.IsFinite(fit.LogLikelihood));
            Assert.Equal(3, fit.Mixture.ComponentCount);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_is_free_of_units_and_repeatable(InitializationMethod method)
    {
        double[,] rows = TestData.Draw(150, 3, 2, 6);
        EmFit fit = Fit(rows, method, 3, CovarianceModel.VVV);
        EmFit again = Fit(rows, method, 3, CovarianceModel.VVV);
        EmFit scaled = Fit(TestData.Map(rows, (value, column) => column == 0 ? 1024 * value : value / 64), method, 3, CovarianceModel.VVV);
        Assert.Equal(fit.LogLikelihood, again.LogLikelihood);
        Close.Relative(fit.LogLikelihood, scaled.LogLikelihood + (150 * Math.Log(16)), 1e-6, "log-likelihood");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_keeps_fixed_weights(InitializationMethod method)
    {
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 3, Initialization = method, FixedWeights = [0.5, 0.3, 0.2] })
            .Fit(TestData.Observations(TestData.Iris));
        Assert.Equal([0.5, 0.3, 0.2], fit.Mixture.Components.Select(component => component.Weight));
    }

    [Theory]
    [InlineData(InitializationMethod.KMeans, 10)]
    [InlineData(InitializationMethod.Hierarchical, 3)]
    [InlineData(InitializationMethod.Random, 10)]
    [InlineData(InitializationMethod.ShortRuns, 10)]
    [InlineData(InitializationMethod.Split, 4)]
    public void Starts_are_as_many_as_differ_and_carry_the_name(InitializationMethod method, int count)
    {
        EmFit fit = Fit(TestData.Iris, method, 3, CovarianceModel.VVV);
        Assert.Equal(count, fit.Starts.Count);
        Assert.Equal(method.ToString(), fit.Starts[0].Initialization);
    }

    [Fact]
    public void Many_rows_are_agglomerated_on_a_sample()
    {
        GaussianMixture truth = GaussianMixture.Create(
            Starts.EqualWeights(3), [[0, 0], [30, 0], [0, 30]], [.. Enumerable.Range(0, 3).Select(_ => Starts.Diagonal(1, 4))]);
        double[,] rows = new MixtureSampler(truth, 1).DrawMatrix(HierarchicalInitializer.MaxRows + 2000);
        EmFit fit = Fit(rows, InitializationMethod.Hierarchical, 3, CovarianceModel.VVV);
        Close.AtLeast(ReferenceMixture.Of(truth).LogLikelihood(rows), fit.LogLikelihood, 0, "log-likelihood");
    }

    [Fact]
    public void Chains_of_neighbours_merge_like_a_search_through_all_pairs()
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            double[,] rows = TestData.Draw(60, 3, 2, seed);
            foreach (int clusterCount in new[] { 1, 2, 5, 20, 59, 60 })
            {
                int[] labels = Agglomerate(rows).BySumOfSquares(clusterCount, default);
                Assert.Equal(clusterCount, labels.Distinct().Count());
                AssertSamePartition(Greedy(rows, clusterCount, SumOfSquares), labels);
            }
        }
    }

    [Fact]
    public void Merges_by_determinants_are_those_of_a_search_through_all_pairs()
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            double[,] rows = TestData.Draw(40, 2, 2, seed);
            double share = SumOfSquares(rows, [.. Enumerable.Range(0, 40)]) / (40 * 2);
            double Term(double[,] all, int[] members) => OwnCovariance(all, members, share);
            foreach (int clusterCount in new[] { 1, 2, 5, 20 })
            {
                AssertSamePartition(Greedy(rows, clusterCount, Term), Agglomerate(rows).ByOwnCovariance(clusterCount, default));
            }
        }
    }

    [Fact]
    public void Equal_points_are_agglomerated()
    {
        double[,] rows = TestData.Column(1, 1, 1, 1, 5, 5, 5, 9);
        AssertSamePartition([0, 0, 0, 0, 1, 1, 1, 2], Agglomerate(rows).BySumOfSquares(3, default));
        Assert.Equal(3, Agglomerate(rows).ByOwnCovariance(3, default).Distinct().Count());
    }

    private static EmFit Fit(double[,] rows, InitializationMethod method, int componentCount, CovarianceModel model) =>
        new EmEstimator(new EmOptions { ComponentCount = componentCount, CovarianceModel = model, Initialization = method })
            .Fit(TestData.Observations(rows));

    private static Agglomeration Agglomerate(double[,] rows)
    {
        double[] points = new double[rows.Length];
        Buffer.BlockCopy(rows, 0, points, 0, rows.Length * sizeof(double));
        return new Agglomeration(points, rows.GetLength(1), InMemoryObservations.FromMatrix(rows));
    }

    /// <summary>Merges the pair that raises the sum of the clusters' terms least, time after time.</summary>
    private static int[] Greedy(double[,] rows, int clusterCount, Func<double[,], int[], double> term)
    {
        List<int[]> clusters = [.. Enumerable.Range(0, rows.GetLength(0)).Select(i => new[] { i })];
        while (clusters.Count > clusterCount)
        {
            (int Left, int Right) best = Enumerable.Range(0, clusters.Count)
                .SelectMany(left => Enumerable.Range(left + 1, clusters.Count - left - 1).Select(right => (left, right)))
                .MinBy(pair => term(rows, [.. clusters[pair.left], .. clusters[pair.right]]) - term(rows, clusters[pair.left]) - term(rows, clusters[pair.right]));
            clusters[best.Left] = [.. clusters[best.Left], .. clusters[best.Right]];
            clusters.RemoveAt(best.Right);
        }

        int[] labels = new int[rows.GetLength(0)];
        for (int k = 0; k < clusters.Count; k++)
        {
            foreach (int member in clusters[k])
            {
                labels[member] = k;
            }
        }

        return labels;
    }

    private static double SumOfSquares(double[,] rows, int[] members) =>
        Enumerable.Range(0, rows.GetLength(1)).Sum(j => Scatter(rows, members, j, j));

    private static double OwnCovariance(double[,] rows, int[] members, double share)
    {
        double n = members.Length;
        double determinant = ((Scatter(rows, members, 0, 0) * Scatter(rows, members, 1, 1)) - Math.Pow(Scatter(rows, members, 0, 1), 2)) / (n * n);

        // two points span no area but by rounding
        determinant = members.Length <= 2 ? 0 : determinant;
        return n * Math.Log(determinant + (SumOfSquares(rows, members) / n) + (share / n));
    }

    private static double Scatter(double[,] rows, int[] members, int first, int second)
    {
        double firstMean = members.Average(i => rows[i, first]);
        double secondMean = members.Average(i => rows[i, second]);
        return members.Sum(i => (rows[i, first] - firstMean) * (rows[i, second] - secondMean));
    }

    private static void AssertSamePartition(int[] expected, int[] actual)
    {
        HashSet<(int, int)> pairs = [.. expected.Zip(actual)];
        Assert.Equal(expected.Distinct().Count(), pairs.Count);
        Assert.Equal(actual.Distinct().Count(), pairs.Count);
    }
}
