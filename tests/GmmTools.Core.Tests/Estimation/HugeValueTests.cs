using System;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Numbers so large or so small that their squares are none: refused, and all others fitted as well as ordinary ones.</summary>
public sealed class HugeValueTests
{
    public static TheoryData<CovarianceModel> Models => [.. CovarianceModels.All];

    [Theory]
    [MemberData(nameof(Models))]
    public void Columns_in_any_unit_that_can_be_squared_are_fitted_alike(CovarianceModel model)
    {
        EmFit plain = Fit(TestData.Faithful, model);
        foreach (double unit in new[] { 1e-129, 1e-100, 1e-75, 1e75, 1e100, 1e147 })
        {
            EmFit fit = Fit(Times(TestData.Faithful, unit), model);
            Assert.Equal(plain.LogLikelihood, fit.LogLikelihood + (2 * 272 * Math.Log(unit)), 1e-3);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_value_too_large_to_be_squared_is_told_with_its_row(CovarianceModel model)
    {
        foreach (double huge in new[] { 1e155, -1e200, 1e308 })
        {
            double[,] rows = (double[,])TestData.Faithful.Clone();
            rows[1, 0] = huge;
            InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Fit(rows, model));
            Assert.Equal(("InfiniteValue", 2L, "x1", huge), (error.ErrorId, error.Row, error.Column, error.OffendingValue));
            Assert.Contains("too large to be squared", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_spread_too_small_to_be_squared_is_told_with_its_column(CovarianceModel model)
    {
        foreach (double unit in new[] { 1e-155, 1e-200, 1e-310 })
        {
            double[,] rows = (double[,])TestData.Faithful.Clone();
            for (int i = 0; i < rows.GetLength(0); i++)
            {
                rows[i, 1] *= unit;
            }

            InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => Fit(rows, model));
            Assert.Equal(("InfiniteValue", "x2"), (error.ErrorId, error.Column));
            Assert.Contains("too small to be squared", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Rows_that_are_collected_are_told_by_their_number_among_all_that_were_read()
    {
        RowCollector collector = new(["a", "b"], false, MissingValuePolicy.Omit);
        collector.Add([1, 2]);
        collector.Add([double.NaN, 2]);
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => collector.Add([3, 1e200]));
        Assert.Equal(("InfiniteValue", 3L, "b", 1e200), (error.ErrorId, error.Row, error.Column, error.OffendingValue));
    }

    [Fact]
    public void Weights_that_make_a_sum_of_squares_overflow_are_told()
    {
        double[,] rows = Times(TestData.Faithful, 1e147);
        double[] weights = new double[272];
        Array.Fill(weights, 1e10);
        Assert.Equal("InfiniteValue", Assert.Throws<InvalidObservationException>(
            () => new EmEstimator(new EmOptions()).Fit(TestData.Chunked(rows, null, weights))).ErrorId);
    }

    private static EmFit Fit(double[,] rows, CovarianceModel model) =>
        new EmEstimator(new EmOptions { ComponentCount = 2, CovarianceModel = model }).Fit(TestData.Observations(rows));

    private static double[,] Times(double[,] rows, double unit)
    {
        double[,] scaled = (double[,])rows.Clone();
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            for (int j = 0; j < rows.GetLength(1); j++)
            {
                scaled[i, j] *= unit;
            }
        }

        return scaled;
    }
}
