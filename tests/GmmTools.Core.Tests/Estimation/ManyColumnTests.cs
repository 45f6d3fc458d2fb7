using System;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics.Dense;
using GmmTools.Observations;
using GmmTools.Sampling;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Fits whose iterations are costly, because the columns are many: few starts have to do, and they do.</summary>
public class ManyColumnTests
{
    [Theory]
    [InlineData(5000, 20, 5, 3)]
    [InlineData(10_000, 10, 8, 5)]
    [InlineData(20_000, 8, 9, 5)]
    [InlineData(4000, 130, 2, 3)]
    public void A_default_fit_reaches_EM_from_the_truth_without_all_starts(int rowCount, int dimension, int componentCount, double range)
    {
        GaussianMixture truth = RandomMixture.Draw(componentCount, dimension, range, 11);
        InMemoryObservations rows = TestData.Observations(new MixtureSampler(truth, 1).DrawMatrix(rowCount));
        EmFit best = new EmEstimator(new EmOptions { ComponentCount = componentCount, InitialMixture = truth }).Fit(rows);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = componentCount }).Fit(rows);

        Assert.True(
            fit.LogLikelihood >= best.LogLikelihood - (1e-6 * Math.Abs(best.LogLikelihood)), $"{fit.LogLikelihood} from {best.LogLikelihood} at the truth");
        Assert.InRange(fit.Starts.Count, 2, 9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Far_rows_do_not_take_a_fit_below_the_one_of_a_common_covariance(ulong seed)
    {
        const int Dimension = 40;
        double[,] matrix = new MixtureSampler(RandomMixture.Draw(2, Dimension, 3, seed), seed).DrawMatrix(6000);
        for (int row = 0; row < 2; row++)
        {
            for (int j = 0; j < Dimension; j++)
            {
                matrix[row, j] = 1e4 * (row + 1);
            }
        }

        InMemoryObservations rows = TestData.Observations(matrix);
        EmFit own = new EmEstimator(new EmOptions { ComponentCount = 2, CovarianceModel = CovarianceModel.VVV }).Fit(rows);
        EmFit common = new EmEstimator(new EmOptions { ComponentCount = 2, CovarianceModel = CovarianceModel.EEE }).Fit(rows);

        Assert.True(
            own.BoundedLogLikelihood >= common.BoundedLogLikelihood - (1e-5 * rows.Count), $"{own.BoundedLogLikelihood} < {common.BoundedLogLikelihood}");
    }

    [Fact]
    public void More_starts_never_end_lower()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Draw(3000, 6, 14, 5, 1));
        double last = double.NegativeInfinity;
        foreach (int count in new[] { 1, 2, 5, 10, 30 })
        {
            EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 6, RestartCount = count }).Fit(rows);
            Assert.True(fit.LogLikelihood >= last, $"{count} starts end at {fit.LogLikelihood}, fewer at {last}");
            last = fit.LogLikelihood;
        }
    }

    [Fact]
    public void Equal_covariances_are_factorised_like_any_other()
    {
        MixtureParameters shared = RandomMixture.Draw(3, 20, 3, 1).ToParameters().Clone();
        for (int k = 1; k < 3; k++)
        {
            Array.Copy(shared.Covariances, 0, shared.Covariances, k * shared.CovarianceLength, shared.CovarianceLength);
        }

        Assert.Equal(-1, shared.TryFactorize());
        for (int k = 0; k < 3; k++)
        {
            MixtureParameters alone = shared.Clone();
            Array.Clear(alone.PrecisionFactors);
            Assert.True(alone.TryFactorize(k));
            Assert.Equal(
                alone.PrecisionFactors.AsSpan(k * shared.CovarianceLength, shared.CovarianceLength), shared.PrecisionFactors.AsSpan(k * shared.CovarianceLength, shared.CovarianceLength));
            Assert.Equal(alone.LogNormalizers[k], shared.LogNormalizers[k]);
        }
    }

    [Theory]
    [InlineData(-50, false)] // 4 iterations left, each of 10 or more: it may get there
    [InlineData(-5, true)] // 4 times 2 times the last gain of 10 is not enough
    public void A_run_that_cannot_reach_its_goal_ends(double goal, bool ends)
    {
        RunLimits limits = new RunLimits(0, 8, CancellationToken.None, CancellationToken.None).Reaching(goal);

        Assert.False(limits.EndsShortRun([-200, -150, -120], 30));
        Assert.Equal(ends, limits.EndsShortRun([-200, -150, -110, -100], 10));
        Assert.False(new RunLimits(0, 8, CancellationToken.None, CancellationToken.None).EndsShortRun([-200, -150, -110, -100], 10));
    }

    [Fact]
    public void A_squared_distance_is_the_sum_of_the_squares()
    {
        double[] values = [.. Enumerable.Range(0, 100).Select(i => (double)(i * i % 17))];
        foreach (int count in new[] { 0, 1, 15, 16, 17, 40 })
        {
            double expected = Enumerable.Range(0, count).Sum(i => Math.Pow(values[3 + i] - values[50 + i], 2));
            Assert.Equal(expected, RowArithmetic.SquaredDistance(values, 3, values, 50, count));
        }
    }
}
