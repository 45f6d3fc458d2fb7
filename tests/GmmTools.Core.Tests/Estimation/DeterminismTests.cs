using System;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Same seed, same rows: the same result to the last bit, for any number of threads.</summary>
public sealed class DeterminismTests
{
    private static readonly int[] ThreadCounts = [1, 2, 7];

    public static TheoryData<CovarianceModel> Models() => [.. CovarianceModels.All];

    [Theory]
    [InlineData(CovarianceModel.VVV)]
    [InlineData(CovarianceModel.VVI)]
    public void Many_rows_give_the_same_bits_for_any_number_of_threads(CovarianceModel model)
    {
        InMemoryObservations rows = TestData.Observations(TestData.Draw(200_000, 3, 3, 11));
        Assert.True(rows.Chunks.Count > 7);
        AssertSameBits(threads => new EmEstimator(new EmOptions
        {
            ComponentCount = 3,
            CovarianceModel = model,
            Seed = 3,
            MaxIteration = 5,
            RestartCount = 2,
            ThreadCount = threads,
        }).Fit(rows));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Many_small_chunks_give_the_same_bits_for_any_number_of_threads(CovarianceModel model)
    {
        // more chunks than items of work, and a last chunk that is not full
        InMemoryObservations rows = TestData.Chunked(TestData.Draw(10_007, 3, 2, 12), 32);
        Assert.Equal(313, rows.Chunks.Count);
        AssertSameBits(threads => new EmEstimator(new EmOptions
        {
            ComponentCount = 3,
            CovarianceModel = model,
            Seed = 4,
            RestartCount = 3,
            MaxIteration = 30,
            ThreadCount = threads,
        }).Fit(rows));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Starts_side_by_side_give_the_same_bits_for_any_number_of_threads(CovarianceModel model)
    {
        // one chunk, and work enough for the starts to be shared by threads
        InMemoryObservations rows = TestData.Observations(TestData.Draw(2_000, 4, 2, 13));
        Assert.Single(rows.Chunks);
        AssertSameBits(threads => new EmEstimator(new EmOptions
        {
            ComponentCount = 5,
            CovarianceModel = model,
            RestartCount = 12,
            MaxIteration = 40,
            ThreadCount = threads,
        }).Fit(rows));
    }

    [Fact]
    public void The_same_call_twice_gives_the_same_bits()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Iris);
        AssertSameBits(_ => new EmEstimator(new EmOptions { ComponentCount = 4, Seed = 9 }).Fit(rows));
    }

    [Fact]
    public void Another_seed_tries_other_starts()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Iris);
        EmFit first = new EmEstimator(new EmOptions { ComponentCount = 4, Seed = 1, RestartCount = 4 }).Fit(rows);
        EmFit second = new EmEstimator(new EmOptions { ComponentCount = 4, Seed = 2, RestartCount = 4 }).Fit(rows);
        Assert.NotEqual(
            first.Starts.Select(start => start.LogLikelihood).ToArray(), second.Starts.Select(start => start.LogLikelihood).ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Statistics_depend_on_the_chunks_only_by_rounding(int rowsPerChunk)
    {
        double[,] data = TestData.Draw(5000, 3, 2, 13);
        MixtureParameters mixture = RandomMixture.Draw(3, 2, 10, 13).ToParameters();
        SufficientStatistics expected = Compute(TestData.Chunked(data, null), mixture, 1);
        SufficientStatistics actual = Compute(TestData.Chunked(data, rowsPerChunk), mixture, 3);
        Assert.Equal(5000, actual.TotalWeight);
        Close.Relative(expected.LogLikelihood, actual.LogLikelihood, 1e-12, "log-likelihood");
        Close.Relative(expected.Entropy, actual.Entropy, 1e-11, "entropy");
        Close.AllRelative(expected.Weights, actual.Weights, 1e-12, "weights");
        Close.AllRelative(expected.FirstMoments, actual.FirstMoments, 1e-11, "first moments");
        Close.AllRelative(expected.Scatters, actual.Scatters, 1e-12, "scatters");
    }

    [Fact]
    public void A_step_may_be_used_again_for_another_mixture()
    {
        InMemoryObservations rows = TestData.Chunked(TestData.Draw(1000, 2, 2, 14), 64);
        MixtureParameters first = RandomMixture.Draw(2, 2, 10, 1).ToParameters();
        MixtureParameters second = RandomMixture.Draw(2, 2, 10, 2).ToParameters();
        using IExpectationStep step = rows.PrepareExpectation(2, CovarianceShape.Full, 3);
        SufficientStatistics statistics = new(2, 2, CovarianceShape.Full);
        step.Compute(first, statistics, CancellationToken.None);
        step.Compute(second, statistics, CancellationToken.None);
        Assert.Equal(Compute(rows, second, 1).LogLikelihood, statistics.LogLikelihood);
        Assert.Equal(Compute(rows, second, 1).Scatters, statistics.Scatters);
        Assert.Equal(second.Means, statistics.Centres);
    }

    private static SufficientStatistics Compute(InMemoryObservations rows, MixtureParameters mixture, int threadCount)
    {
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape);
        using IExpectationStep step = rows.PrepareExpectation(mixture.ComponentCount, mixture.Shape, threadCount);
        step.Compute(mixture, statistics, CancellationToken.None);
        return statistics;
    }

    private static void AssertSameBits(Func<int, EmFit> fit)
    {
        EmFit expected = fit(ThreadCounts[0]);
        foreach (int threads in ThreadCounts.Skip(1))
        {
            EmFit actual = fit(threads);
            Assert.Equal(Bits(expected.Mixture.Parameters.Weights), Bits(actual.Mixture.Parameters.Weights));
            Assert.Equal(Bits(expected.Mixture.Parameters.Means), Bits(actual.Mixture.Parameters.Means));
            Assert.Equal(Bits(expected.Mixture.Parameters.Covariances), Bits(actual.Mixture.Parameters.Covariances));
            Assert.Equal(Bits([expected.LogLikelihood, expected.Entropy]), Bits([actual.LogLikelihood, actual.Entropy]));
            Assert.Equal(Bits([.. expected.LogLikelihoodTrace]), Bits([.. actual.LogLikelihoodTrace]));
            Assert.Equal(
                Bits([.. expected.Starts.Select(start => start.LogLikelihood)]), Bits([.. actual.Starts.Select(start => start.LogLikelihood)]));
        }
    }

    private static long[] Bits(double[] values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];
}
