using System;
using System.Linq;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Acceleration;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Estimation.Models;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Acceleration saves iterations, loses no likelihood, and the fit stops where EM would stop.</summary>
public sealed class AccelerationTests
{
    public static TheoryData<string, CovarianceModel, int> Fits()
    {
        TheoryData<string, CovarianceModel, int> fits = [];
        foreach (string data in new[] { "faithful", "iris" })
        {
            foreach (CovarianceModel model in CovarianceModels.All)
            {
                for (int componentCount = 1; componentCount <= 4; componentCount++)
                {
                    fits.Add(data, model, componentCount);
                }
            }
        }

        return fits;
    }

    [Theory]
    [InlineData(CovarianceModel.VVV, 3)]
    [InlineData(CovarianceModel.VVV, 4)]
    [InlineData(CovarianceModel.EEE, 3)]
    [InlineData(CovarianceModel.EEE, 4)]
    [InlineData(CovarianceModel.VVI, 3)]
    [InlineData(CovarianceModel.VVI, 4)]
    [InlineData(CovarianceModel.VII, 3)]
    [InlineData(CovarianceModel.VII, 4)]
    public void Old_Faithful_needs_fewer_iterations_and_ends_no_lower(CovarianceModel model, int componentCount) =>
        AssertFaster(TestData.Faithful, model, componentCount);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Overlapping_clusters_need_fewer_iterations_and_end_no_lower(ulong seed) =>
        AssertFaster(TestData.Draw(2000, 3, 2, seed, range: 2), CovarianceModel.VVV, 3);

    [Theory]
    [MemberData(nameof(Fits))]
    public void A_fit_that_has_converged_gains_nothing_worth_mention_by_going_on(string data, CovarianceModel model, int componentCount)
    {
        InMemoryObservations rows = TestData.Observations(TestData.Named(data));
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = componentCount, CovarianceModel = model, Seed = 1 }).Fit(rows);
        EmFit continued = new EmEstimator(new EmOptions
        {
            ComponentCount = componentCount,
            CovarianceModel = model,
            InitialMixture = fit.Mixture,
            Tolerance = 1e-13,
            MaxIteration = 100_000,
        }).Fit(rows);
        Assert.True(fit.Converged);
        Close.AtLeast(continued.LogLikelihood, fit.LogLikelihood, 0.01, "log-likelihood");
        Close.AtLeast(fit.LogLikelihood, continued.LogLikelihood, 1e-10 * Math.Abs(fit.LogLikelihood), "log-likelihood after going on");
        Assert.InRange(fit.EstimatedRemainder, 0, 1e-8 * rows.TotalWeight);
    }

    [Fact]
    public void Coordinates_of_statistics_give_them_back() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Bool, Gen.ULong).Holds((dimension, componentCount, full, seed) =>
        {
            CovarianceShape shape = full ? CovarianceShape.Full : CovarianceShape.Diagonal;
            InMemoryObservations rows = TestData.Observations(TestData.Draw(100, componentCount, dimension, seed));
            SufficientStatistics statistics = Statistics(rows, componentCount, shape);
            PooledMoments pooled = PooledMoments.Compute(rows, shape, 1, default);
            StatisticsCoordinates coordinates = new(componentCount, pooled, statistics);
            double[] point = new double[coordinates.Length];
            if (!coordinates.TryWrite(statistics, point))
            {
                return;
            }

            SufficientStatistics copy = new(componentCount, dimension, shape) { TotalWeight = statistics.TotalWeight };
            coordinates.Read(point, copy);
            AssertSameMoments(copy, statistics);
        },
        iter: 200);

    [Fact]
    public void Statistics_without_coordinates_are_refused()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Draw(100, 2, 2, 1));
        PooledMoments pooled = PooledMoments.Compute(rows, CovarianceShape.Full, 1, default);
        SufficientStatistics empty = Statistics(rows, 2, CovarianceShape.Full);
        StatisticsCoordinates coordinates = new(2, pooled, empty);
        double[] point = new double[coordinates.Length];
        Assert.True(coordinates.TryWrite(empty, point));
        empty.Weights[1] = 0;
        Assert.False(coordinates.TryWrite(empty, point));
        SufficientStatistics singular = Statistics(rows, 2, CovarianceShape.Full);
        Array.Clear(singular.Scatters);
        Assert.False(coordinates.TryWrite(singular, point));
    }

    [Fact]
    public void Any_point_stands_for_valid_statistics() =>
        Gen.Select(Gen.Int[1, 5], Gen.Bool, Gen.ULong).Holds((dimension, full, seed) =>
        {
            CovarianceShape shape = full ? CovarianceShape.Full : CovarianceShape.Diagonal;
            InMemoryObservations rows = TestData.Observations(TestData.Draw(100, 2, dimension, 3));
            SufficientStatistics statistics = Statistics(rows, 2, shape);
            StatisticsCoordinates coordinates = new(2, PooledMoments.Compute(rows, shape, 1, default), statistics);
            SplitMix64 random = new(seed);
            double[] point = [.. Enumerable.Range(0, coordinates.Length).Select(_ => random.NextNormal())];
            coordinates.Read(point, statistics);
            Close.Relative(100, statistics.Weights.Sum(), 1e-12, "total weight");
            MixtureParameters mixture = new(2, dimension, shape);
            MaximizationStep.Create(full ? CovarianceModel.VVV : CovarianceModel.VVI)
                .Maximize(statistics, null, mixture, null);
            Assert.Equal(-1, mixture.TryFactorize());
        },
        iter: 200);

    private static SufficientStatistics Statistics(InMemoryObservations rows, int componentCount, CovarianceShape shape)
    {
        int dimension = rows.Property.Count;
        MixtureParameters mixture = RandomMixture.Draw(componentCount, dimension, 20, 5).ToParameters().ToShape(shape);
        for (int k = 0; k < componentCount; k++)
        {
            for (int j = 0; j < dimension; j++)
            {
                // wide, so that no component starves
                mixture.Covariances[mixture.CovarianceIndex(k, j, j)] += 400;
            }
        }

        Assert.Equal(-1, mixture.TryFactorize());
        SufficientStatistics statistics = new(componentCount, dimension, shape);
        using IExpectationStep step = rows.PrepareExpectation(componentCount, shape, 1);
        step.Compute(mixture, statistics, default);
        return statistics;
    }

    /// <summary>The same weights and means, and scatters when both are taken about the centres of the second.</summary>
    private static void AssertSameMoments(SufficientStatistics aboutMeans, SufficientStatistics expected)
    {
        int dimension = expected.Dimension;
        Close.AllRelative(expected.Weights, aboutMeans.Weights, 1e-12, "weights");
        double[] means = new double[expected.Centres.Length];
        double[] scatters = [.. aboutMeans.Scatters];
        for (int k = 0; k < expected.ComponentCount; k++)
        {
            for (int i = 0; i < dimension; i++)
            {
                int place = (k * dimension) + i;
                means[place] = expected.Centres[place] + (expected.FirstMoments[place] / expected.Weights[k]);
                for (int j = expected.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
                {
                    int entry = (k * expected.ScatterLength) + (expected.Shape == CovarianceShape.Full ? PackedMatrix.Index(i, j) : i);
                    scatters[entry] += aboutMeans.Weights[k] * (aboutMeans.Centres[place] - expected.Centres[place])
                        * (aboutMeans.Centres[(k * dimension) + j] - expected.Centres[(k * dimension) + j]);
                }
            }
        }

        Assert.All(aboutMeans.FirstMoments, moment => Assert.Equal(0, moment));
        Close.AllRelative(means, aboutMeans.Centres, 1e-12, "means");
        Close.AllRelative(expected.Scatters, scatters, 1e-12, "scatters");
    }

    private static void AssertFaster(double[,] data, CovarianceModel model, int componentCount)
    {
        InMemoryObservations rows = TestData.Observations(data);
        GaussianMixture start = Starts.Spread(data, componentCount, model == CovarianceModel.VII);
        EmFit plain = new EmEstimator(Options(AccelerationMethod.None)).Fit(rows);
        EmFit fast = new EmEstimator(Options(AccelerationMethod.Anderson)).Fit(rows);
        Assert.True(plain.Converged && fast.Converged);
        Assert.True(
            fast.IterationCount < plain.IterationCount,
            FormattableString.Invariant($"{fast.IterationCount} accelerated iterations, {plain.IterationCount} plain ones"));
        Close.AtLeast(plain.LogLikelihood, fast.LogLikelihood, 1e-6 * Math.Abs(plain.LogLikelihood), "log-likelihood");

        EmOptions Options(AccelerationMethod method) => new()
        {
            ComponentCount = componentCount,
            CovarianceModel = model,
            InitialMixture = start,
            Acceleration = method,
            Tolerance = 1e-10,
            MaxIteration = 100_000,
        };
    }
}
