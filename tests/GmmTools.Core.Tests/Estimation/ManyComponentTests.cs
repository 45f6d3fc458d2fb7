using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Initialization;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Sampling;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Default fits of many components, or of small ones among many rows, end as high as EM from the truth; more starts never end lower.</summary>
public class ManyComponentTests
{
    [Theory]
    [InlineData(16, 8, 100_000, 1)]
    [InlineData(16, 8, 100_000, 3)]
    [InlineData(32, 8, 100_000, 1)]
    [InlineData(32, 8, 100_000, 3)]
    public void A_default_fit_of_many_components_ends_as_high_as_from_the_truth(int componentCount, int dimension, int rowCount, ulong seed)
    {
        AssertReached(RandomMixture.Draw(componentCount, dimension, 10, seed), rowCount, seed);
    }

    /// <summary>Here components lie upon one another: no move gains while their neighbours stay as they are.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Components_that_overlap_much_are_told_apart_by_moves_that_neighbours_follow(ulong seed) =>
        AssertReached(RandomMixture.Draw(16, 2, 10, seed), 5000, seed);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(12)]
    public void A_component_of_four_in_a_thousand_rows_is_found(ulong seed)
    {
        GaussianMixture drawn = RandomMixture.Draw(5, 8, 10, seed);
        AssertReached(
            GaussianMixture.Create(
                [0.4, 0.3, 0.2, 0.096, 0.004],
                [.. drawn.Components.Select(component => component.Mean.ToArray())],
                [.. drawn.Components.Select(component => component.Covariance)]),
            100_000,
            seed);
    }

    [Fact]
    public void The_result_does_not_depend_on_the_number_of_threads()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Draw(30_000, 16, 3, 2));
        EmFit one = new EmEstimator(new EmOptions { ComponentCount = 16, ThreadCount = 1 }).Fit(rows);
        EmFit four = new EmEstimator(new EmOptions { ComponentCount = 16, ThreadCount = 4 }).Fit(rows);

        Assert.Equal(one.LogLikelihood, four.LogLikelihood);
        Assert.Equal(one.Mixture.ToParameters().Covariances, four.Mixture.ToParameters().Covariances);
    }

    [Theory]
    [InlineData(CovarianceModel.EVV, 5, 1500)]
    [InlineData(CovarianceModel.VVV, 6, 1000)]
    [InlineData(CovarianceModel.VVV, 12, 3000)]
    public void More_starts_never_end_lower(CovarianceModel model, int componentCount, int rowCount)
    {
        InMemoryObservations rows = TestData.Observations(TestData.Draw(rowCount, 12, 2, 7, 4));
        double last = double.NegativeInfinity;
        foreach (int count in new[] { 1, 2, 3, 5, 8, 13, 21 })
        {
            EmFit fit = new EmEstimator(new EmOptions { ComponentCount = componentCount, CovarianceModel = model, RestartCount = count }).Fit(rows);
            Assert.True(fit.LogLikelihood >= last, $"{count} starts end at {fit.LogLikelihood}, fewer at {last}");
            last = fit.LogLikelihood;
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    public void A_search_takes_as_many_starts_as_are_asked_for_and_ends_no_lower_than_a_model_alone(int restartCount)
    {
        InMemoryObservations rows = TestData.Observations(TestData.Iris);
        EmOptions options = new() { RestartCount = restartCount, Seed = 1 };
        EmFit[] found = [.. new ModelSearch(options).Fit(rows, [2, 3, 4], CovarianceModels.All).OfType<EmFit>()];

        Assert.All(found, fit => Assert.Equal(restartCount, fit.Starts.Count));
        Assert.All(found.Where(IsSound), fit =>
        {
            EmOptions own = options.Clone();
            own.ComponentCount = fit.ComponentCount;
            own.CovarianceModel = fit.CovarianceModel;
            EmFit alone = new EmEstimator(own).Fit(rows);
            Assert.True(!IsSound(alone) || fit.LogLikelihood >= alone.LogLikelihood - 0.01, $"{fit.CovarianceModel},{fit.ComponentCount}: {fit.LogLikelihood} in a search, {alone.LogLikelihood} alone");
        });
    }

    [Fact]
    public void A_search_says_how_many_starts_it_takes_of_its_own()
    {
        IReadOnlyList<IFitOutcome> found = new ModelSearch(new EmOptions()).Fit(TestData.Observations(TestData.Faithful), [2], [CovarianceModel.EEE]);

        EmFit fit = Assert.IsType<EmFit>(Assert.Single(found));
        Assert.Equal(3, fit.Options.RestartCount);
        Assert.Equal(3, fit.Starts.Count);
    }

    [Fact]
    public void A_completed_sample_has_all_of_the_worst_rows_and_stands_for_all()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Draw(30_000, 3, 2, 5));
        InMemoryObservations sample = rows.Sample(4000, 1, CancellationToken.None);
        MixtureParameters mixture = new EmEstimator(new EmOptions { ComponentCount = 2, MaxIteration = 5 }).Fit(sample).Mixture.ToParameters();
        InMemoryObservations completed = CompletedSample.Create(rows, sample, mixture, 2, CancellationToken.None);
        int worst = (int)(sample.Count / 4);
        string[] kept = [.. completed.EnumerateRows().Select(row => string.Join(' ', row))];

        Assert.Equal(sample.Count, completed.TotalWeight, 1e-6);
        Assert.All(rows.FindLeastProbable(mixture, worst, 1, CancellationToken.None), row => Assert.Contains(string.Join(' ', row.Values), kept));
        Assert.Equal(kept.Length, kept.Distinct().Count());
    }

    [Fact]
    public void Merged_moments_are_those_of_both()
    {
        MixtureParameters mixture = RandomMixture.Draw(3, 3, 5, 4).ToParameters();
        (double[] mean, double[,] covariance) = Moments(mixture);
        MomentMerge merge = new(mixture);
        merge.Merge(0, 2);
        MixtureParameters merged = new(2, 3, CovarianceShape.Full);
        Array.Copy(mixture.Weights, merged.Weights, 2);
        Array.Copy(mixture.Means, merged.Means, merged.Means.Length);
        Array.Copy(mixture.Covariances, merged.Covariances, merged.Covariances.Length);
        (double[] mergedMean, double[,] mergedCovariance) = Moments(merged);

        Assert.All(mean.Zip(mergedMean), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        Assert.All(covariance.Cast<double>().Zip(mergedCovariance.Cast<double>()), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }

    private static bool IsSound(EmFit fit) => fit.SpuriousComponents.Count == 0 && fit.Warnings.Count == 0;

    private static void AssertReached(GaussianMixture truth, int rowCount, ulong seed)
    {
        InMemoryObservations rows = TestData.Observations(new MixtureSampler(truth, 1000 + seed).DrawMatrix(rowCount));
        EmFit reference = new EmEstimator(new EmOptions { ComponentCount = truth.ComponentCount, InitialMixture = truth }).Fit(rows);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = truth.ComponentCount, Seed = seed }).Fit(rows);
        double least = reference.LogLikelihood - (1e-6 * Math.Abs(reference.LogLikelihood));

        Assert.True(fit.LogLikelihood >= least, $"{fit.LogLikelihood} instead of {reference.LogLikelihood}");
    }

    private static (double[] Mean, double[,] Covariance) Moments(MixtureParameters mixture)
    {
        int dimension = mixture.Dimension;
        double[] mean = new double[dimension];
        double[,] second = new double[dimension, dimension];
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            for (int i = 0; i < dimension; i++)
            {
                double x = mixture.Means[(k * dimension) + i];
                mean[i] += mixture.Weights[k] * x;
                for (int j = 0; j < dimension; j++)
                {
                    second[i, j] += mixture.Weights[k] * (mixture.Covariance(k, i, j) + (x * mixture.Means[(k * dimension) + j]));
                }
            }
        }

        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < dimension; j++)
            {
                second[i, j] -= mean[i] * mean[j];
            }
        }

        return (mean, second);
    }
}
