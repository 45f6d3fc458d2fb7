using System;
using System.Linq;
using CsCheck;
using GmmTools.Comparison;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>EM on what was observed: closed forms, monotony, recovery.</summary>
public sealed class GapTests
{
    [Theory]
    [InlineData(AccelerationMethod.None, 1)]
    [InlineData(AccelerationMethod.Anderson, 1)]
    [InlineData(AccelerationMethod.None, 1e6)]
    public void A_monotone_pattern_of_two_columns_has_Andersons_closed_form(AccelerationMethod acceleration, double unit)
    {
        const int Complete = 120;
        double[,] rows = TestData.Map(TestData.Draw(300, 1, 2, 21), (value, j) => j == 0 ? (unit * value) + 1000 : value);
        for (int i = Complete; i < 300; i++)
        {
            rows[i, 1] = double.NaN;
        }

        // the log-likelihood is flat to the last digit before the parameters are exact: iterations beyond convergence
        EmFit fit = new EmEstimator(new EmOptions { Tolerance = 0, MaxIteration = 300, Acceleration = acceleration }).Fit(Gaps.Collect(rows));

        // Anderson, Journal of the American Statistical Association 52 (1957) 200-203
        double[] x = [.. Enumerable.Range(0, 300).Select(i => rows[i, 0])];
        double[] y = [.. Enumerable.Range(0, Complete).Select(i => rows[i, 1])];
        double meanX = x.Average();
        double varianceX = x.Average(value => Math.Pow(value - meanX, 2));
        double shortMeanX = x.Take(Complete).Average();
        double shortMeanY = y.Average();
        double slope = Enumerable.Range(0, Complete).Sum(i => (x[i] - shortMeanX) * (y[i] - shortMeanY))
            / Enumerable.Range(0, Complete).Sum(i => Math.Pow(x[i] - shortMeanX, 2));
        double residual = Enumerable.Range(0, Complete).Average(i => Math.Pow(y[i] - shortMeanY - (slope * (x[i] - shortMeanX)), 2));
        GaussianComponent component = fit.Mixture.Components[0];
        Close.Relative(meanX, component.Mean[0], 1e-8, "mean of x");
        Close.Relative(shortMeanY + (slope * (meanX - shortMeanX)), component.Mean[1], 1e-8, "mean of y");
        Close.Relative(varianceX, component.Covariance[0, 0], 1e-8, "variance of x");
        Close.Relative(slope * varianceX, component.Covariance[1, 0], 1e-8, "covariance");
        Close.Relative(residual + (slope * slope * varianceX), component.Covariance[1, 1], 1e-8, "variance of y");
        Assert.Equal(180, Gaps.Collector(rows, MissingValuePolicy.Marginalize).Intake.IncompleteCount);
    }

    [Fact]
    public void A_diagonal_model_fits_each_column_by_what_it_has()
    {
        double[,] rows = Gaps.Punch(TestData.Draw(500, 1, 3, 31), 0.3, 32);
        EmFit fit = new EmEstimator(new EmOptions { CovarianceModel = CovarianceModel.VVI, Tolerance = 1e-14 }).Fit(Gaps.Collect(rows));
        for (int j = 0; j < 3; j++)
        {
            double[] values = [.. Enumerable.Range(0, 500).Select(i => rows[i, j]).Where(value => !double.IsNaN(value))];
            double mean = values.Average();
            Close.Relative(mean, fit.Mixture.Components[0].Mean[j], 1e-8, "mean");
            Close.Relative(values.Average(value => Math.Pow(value - mean, 2)), fit.Mixture.Components[0].Covariance[j, j], 1e-8, "variance");
        }
    }

    [Fact]
    public void The_observed_log_likelihood_never_falls() =>
        Gen.Select(Problem.Gen(Gen.Int[2, 5], Gen.Int[1, 4], RowKind.Mixture, RowKind.HeavyTails), Gen.Int[1, 4], Gen.Bool).Holds(
            (problem, tenths, plain) =>
            {
                double[,] rows = Gaps.Punch(problem.Rows, 0.1 * tenths, 17);
                EmFit fit = new EmEstimator(new EmOptions
                {
                    ComponentCount = problem.ComponentCount,
                    CovarianceModel = problem.Model,
                    Acceleration = plain ? AccelerationMethod.None : AccelerationMethod.Anderson,
                    InitialMixture = Starts.Spread(problem.Rows, problem.ComponentCount, problem.Model == CovarianceModel.VII),
                }).Fit(Gaps.Collect(rows));
                MonotonicityTests.AssertRises(fit.LogLikelihoodTrace, fit.Mixture, problem);
            },
            iter: 150);

    [Theory]
    [InlineData(CovarianceModel.VVV)]
    [InlineData(CovarianceModel.EEE)]
    [InlineData(CovarianceModel.VVI)]
    [InlineData(CovarianceModel.VII)]
    public void Gaps_cost_little_of_what_complete_rows_tell(CovarianceModel model)
    {
        double[,] rows = TestData.Draw(4000, 3, 4, 41, 20);
        EmOptions options = new() { ComponentCount = 3, CovarianceModel = model, Seed = 1 };
        EmFit complete = new EmEstimator(options).Fit(TestData.Observations(rows));
        EmFit partial = new EmEstimator(options).Fit(Gaps.Collect(Gaps.Punch(rows, 0.1, 42)));
        foreach (ComponentPair pair in MixtureComparison.Compare(complete.Mixture, partial.Mixture).Pairs)
        {
            Assert.InRange(pair.Distance, 0, 0.1);
        }
    }

    [Fact]
    public void A_mixture_is_found_though_no_row_is_complete()
    {
        GaussianMixture truth = GaussianMixture.Create(
            [0.6, 0.4],
            [[0, 0, 0], [8, 8, 8]],
            [Starts.Diagonal(1, 1, 1), Starts.Diagonal(1, 1, 1)]);
        double[,] rows = new GmmTools.Sampling.MixtureSampler(truth, 3).DrawMatrix(600);
        for (int i = 0; i < 600; i++)
        {
            rows[i, i % 3] = double.NaN;
        }

        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(Gaps.Collect(rows));
        Close.Absolute(0.6, fit.Mixture.Components[0].Weight, 0.06, "weight");
        for (int j = 0; j < 3; j++)
        {
            Close.Absolute(0, fit.Mixture.Components[0].Mean[j], 0.3, "mean");
            Close.Absolute(8, fit.Mixture.Components[1].Mean[j], 0.3, "mean");
        }
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit_of_a_fit()
    {
        IObservations rows = Gaps.Collect(Gaps.Punch(TestData.Draw(5000, 3, 4, 51), 0.1, 52));
        EmFit one = Fit(1);
        EmFit two = Fit(2);
        Assert.Equal(one.LogLikelihoodTrace, two.LogLikelihoodTrace);
        Assert.Equal(one.Mixture.Parameters.Covariances, two.Mixture.Parameters.Covariances);

        EmFit Fit(int threads) => new EmEstimator(new EmOptions { ComponentCount = 3, RestartCount = 4, ThreadCount = threads }).Fit(rows);
    }

    [Fact]
    public void An_empty_column_is_told()
    {
        double[,] rows = TestData.Map(TestData.Draw(50, 1, 2, 61), (value, j) => j == 1 ? double.NaN : value);
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => new EmEstimator(new EmOptions()).Fit(Gaps.Collect(rows)));
        Assert.Equal("EmptyColumn", error.ErrorId);
        Assert.Equal("x2", error.Column);
    }

    [Fact]
    public void Columns_that_depend_on_each_other_are_told_despite_gaps()
    {
        double[,] rows = TestData.Draw(200, 1, 2, 71);
        for (int i = 0; i < 200; i++)
        {
            rows[i, 1] = 2 * rows[i, 0];
        }

        InvalidObservationException error = Assert.Throws<InvalidObservationException>(
            () => new EmEstimator(new EmOptions()).Fit(Gaps.Collect(Gaps.Punch(rows, 0.1, 72))));
        Assert.Equal("DependentColumn", error.ErrorId);
    }
}
