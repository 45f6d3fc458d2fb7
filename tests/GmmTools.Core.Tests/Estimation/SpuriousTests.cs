using System;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Components that owe their likelihood to a few rows are named, and sound fits are preferred to them.</summary>
public sealed class SpuriousTests
{
    [Fact]
    public void A_few_rows_in_a_line_are_named_with_their_number_and_flatness()
    {
        double[,] rows = WithLine(6);
        GaussianMixture start = GaussianMixture.Create(
            [0.9, 0.1], [[0, 0], [20, 20]], [Starts.Diagonal(4, 4), new double[,] { { 3, 2.999 }, { 2.999, 3 } }]);
        EmFit fit = Fit(rows, new EmOptions { ComponentCount = 2, InitialMixture = start });
        SpuriousComponent spurious = Assert.Single(fit.SpuriousComponents);
        Assert.True(fit.IsSpurious);
        Assert.Equal(2, spurious.Component);
        Close.Absolute(6, spurious.RowCount, 0.01, "rows");
        Assert.True(spurious.EigenvalueRatio < 1e-3);
        Assert.Contains(fit.Warnings, warning => warning.Contains("Component 2 is spurious", StringComparison.Ordinal));
    }

    [Fact]
    public void Many_rows_in_a_line_are_a_cluster()
    {
        GaussianMixture start = GaussianMixture.Create(
            [0.6, 0.4], [[0, 0], [20, 20]], [Starts.Diagonal(4, 4), new double[,] { { 3, 2.999 }, { 2.999, 3 } }]);
        EmFit fit = Fit(WithLine(100), new EmOptions { ComponentCount = 2, InitialMixture = start });
        Assert.Empty(fit.SpuriousComponents);
    }

    [Fact]
    public void Few_rows_that_are_not_flat_are_no_offence()
    {
        double[,] rows = TestData.Draw(200, 1, 2, 7);
        for (int i = 0; i < 8; i++)
        {
            rows[i, 0] += 1000;
        }

        EmFit fit = Fit(rows, new EmOptions { ComponentCount = 2 });
        Close.Absolute(8, fit.Mixture.Components[1].Weight * 200, 0.01, "rows");
        Assert.False(fit.IsSpurious);
    }

    [Fact]
    public void Sound_fits_are_preferred_to_spurious_ones_of_higher_likelihood()
    {
        // ties of Old Faithful let a component collapse onto four rows of one waiting time
        EmFit fit = Fit(TestData.Faithful, new EmOptions { ComponentCount = 5, CovarianceModel = CovarianceModel.VEV });
        Assert.False(fit.IsSpurious);
        Assert.True(fit.LogLikelihood is > -1112.4 and < -1080);
    }

    [Fact]
    public void The_starts_that_reached_the_optimum_are_counted()
    {
        EmFit fit = Fit(TestData.Faithful, new EmOptions { ComponentCount = 2 });
        Assert.InRange(fit.BestStartCount, 5, 10);
        Assert.Equal(
            fit.BestStartCount,
            fit.Starts.Count(start => Math.Abs(start.LogLikelihood - fit.LogLikelihood) < 0.01));
    }

    private static double[,] WithLine(int count)
    {
        double[,] cloud = TestData.Draw(150, 1, 2, 5);
        double[,] rows = new double[150 + count, 2];
        for (int i = 0; i < 150 + count; i++)
        {
            rows[i, 0] = i < 150 ? cloud[i, 0] : 200 + i;
            rows[i, 1] = i < 150 ? cloud[i, 1] : 200 + i + (1e-3 * (i % 3));
        }

        return rows;
    }

    private static EmFit Fit(double[,] rows, EmOptions options) => new EmEstimator(options).Fit(TestData.Observations(rows));
}
