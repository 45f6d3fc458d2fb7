using System;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>A fit of standardised columns, told in the original units.</summary>
public sealed class StandardizeTests
{
    public static TheoryData<CovarianceModel, int, bool> Cases()
    {
        TheoryData<CovarianceModel, int, bool> cases = [];
        foreach (CovarianceModel model in CovarianceModels.All)
        {
            cases.Add(model, 600, false);
            cases.Add(model, 600, true);
        }

        // so many rows that starts are sought among a sample
        cases.Add(CovarianceModel.VII, 25_000, false);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_is_the_fit_of_the_columns_divided_by_their_standard_deviations(CovarianceModel model, int count, bool gaps)
    {
        double[,] rows = TestData.Map(TestData.Draw(count, 2, 2, 7, 20), (value, j) => j == 0 ? 1000 * value : value);
        rows = gaps ? Gaps.Punch(rows, 0.1, 8) : rows;
        double[] scales = [Deviation(rows, 0), Deviation(rows, 1)];
        EmOptions options = new() { ComponentCount = 2, CovarianceModel = model, Tolerance = 1e-12, Seed = 3 };
        EmFit divided = new EmEstimator(options).Fit(Gaps.Collect(TestData.Map(rows, (value, j) => value / scales[j])));
        options.Standardize = true;
        IObservations observations = Gaps.Collect(rows);
        EmFit fit = new EmEstimator(options).Fit(observations);

        Assert.True(fit.IsStandardized);
        Assert.False(divided.IsStandardized);
        Assert.Equal(model, fit.CovarianceModel);
        Assert.Equal(divided.ParameterCount, fit.ParameterCount);
        for (int k = 0; k < 2; k++)
        {
            Close.Relative(divided.Mixture.Components[k].Weight, fit.Mixture.Components[k].Weight, gaps ? 1e-3 : 1e-5, "weight");
            for (int j = 0; j < 2; j++)
            {
                // the deviations of columns with gaps are those of the normal distribution that fits them, not of what is there
                double tolerance = (gaps ? 1e-2 : 1e-5) * scales[j];
                Close.Absolute(scales[j] * divided.Mixture.Components[k].Mean[j], fit.Mixture.Components[k].Mean[j], tolerance, "mean");
            }
        }

        double measured = LikelihoodSummary.Measure(fit.Mixture, observations, 1, CancellationToken.None).LogLikelihood;
        Close.Relative(measured, fit.LogLikelihood, 1e-9, "log-likelihood");
        Close.Relative(measured, fit.LogLikelihoodTrace[^1], 1e-9, "trace");
        if (!gaps)
        {
            double shift = count * scales.Sum(Math.Log);
            Close.Relative(divided.LogLikelihood - shift, fit.LogLikelihood, 1e-7, "log-likelihood");
            if (count < 20_000)
            {
                Close.Relative(divided.Starts[0].LogLikelihood - shift, fit.Starts[0].LogLikelihood, 1e-3, "start");
            }
        }
    }

    [Fact]
    public void Spheres_of_standardised_columns_are_ellipsoids_along_the_axes()
    {
        double[,] rows = TestData.Map(TestData.Draw(600, 2, 2, 9, 20), (value, j) => j == 0 ? 100 * value : value);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, CovarianceModel = CovarianceModel.VII, Standardize = true })
            .Fit(TestData.Observations(rows));
        double ratio = Math.Pow(Deviation(rows, 0) / Deviation(rows, 1), 2);
        foreach (GaussianComponent component in fit.Mixture.Components)
        {
            Close.Relative(ratio, component.Covariance[0, 0] / component.Covariance[1, 1], 1e-9, "ratio of variances");
            Assert.Equal(0, component.Covariance[1, 0]);
        }
    }

    [Theory]
    [InlineData(CovarianceModel.VVV)]
    [InlineData(CovarianceModel.VVI)]
    [InlineData(CovarianceModel.EEE)]
    public void It_changes_nothing_for_models_that_no_unit_can_change(CovarianceModel model)
    {
        EmOptions options = new() { ComponentCount = 2, CovarianceModel = model, Tolerance = 1e-12, InitialMixture = Starts.Spread(TestData.Faithful, 2) };
        EmFit plain = new EmEstimator(options).Fit(TestData.Observations(TestData.Faithful));
        options.Standardize = true;
        EmFit fit = new EmEstimator(options).Fit(TestData.Observations(TestData.Faithful));
        Close.Relative(plain.LogLikelihood, fit.LogLikelihood, 1e-10, "log-likelihood");
        Close.Relative(plain.LogLikelihoodTrace[0], fit.LogLikelihoodTrace[0], 1e-12, "log-likelihood of the start");
        Close.AllRelative(plain.Mixture.Parameters.Means, fit.Mixture.Parameters.Means, 1e-5, "means");
        Close.AllRelative(plain.Mixture.Parameters.Covariances, fit.Mixture.Parameters.Covariances, 1e-4, "covariances");
    }

    private static double Deviation(double[,] rows, int column)
    {
        double[] values = [.. Enumerable.Range(0, rows.GetLength(0)).Select(i => rows[i, column]).Where(value => !double.IsNaN(value))];
        double mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
