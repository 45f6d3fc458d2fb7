using System;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>A fit knows the options that made it.</summary>
public sealed class FitOptionsTests
{
    /// <summary>Options none of which is the default.</summary>
    internal static EmOptions Unusual() => new()
    {
        ComponentCount = 2,
        CovarianceModel = CovarianceModel.VVI,
        MaxIteration = 77,
        Tolerance = 1e-6,
        Seed = 5,
        RestartCount = 3,
        Initialization = InitializationMethod.Random,
        Acceleration = AccelerationMethod.None,
        FixedWeights = [0.4, 0.6],
        Standardize = true,
        TimeLimit = TimeSpan.FromMinutes(5),
        CovarianceFloor = 1e-4,
        Prior = true,
        CollapsePolicy = CollapsePolicy.Stop,
    };

    [Fact]
    public void They_are_those_that_the_estimator_was_given()
    {
        EmOptions given = Unusual();
        FitOptions options = new EmEstimator(given).Fit(TestData.Observations(TestData.Faithful)).Options;
        string[] ofLabels = [nameof(FitOptions.LabelledRowCount), nameof(FitOptions.LabelErrorRate)];
        foreach (string name in typeof(FitOptions).GetProperties().Select(property => property.Name).Except(ofLabels))
        {
            Assert.Equal(typeof(EmOptions).GetProperty(name)!.GetValue(given), typeof(FitOptions).GetProperty(name)!.GetValue(options));
        }
    }

    [Fact]
    public void What_is_changed_afterwards_does_not_change_them()
    {
        EmOptions given = Unusual();
        EmFit fit = new EmEstimator(given).Fit(TestData.Observations(TestData.Faithful));
        given.FixedWeights![0] = 0.9;
        given.CovarianceFloor = 0.5;
        Assert.Equal([0.4, 0.6], fit.Options.FixedWeights);
        Assert.Equal(1e-4, fit.Options.CovarianceFloor);
        Assert.IsAssignableFrom<System.Collections.Generic.ICollection<double>>(fit.Options.FixedWeights);
        Assert.True(((System.Collections.Generic.ICollection<double>)fit.Options.FixedWeights!).IsReadOnly);
    }

    [Theory]
    [InlineData(null, 1, 1e-8)]
    [InlineData(null, 10_000, 0.005 / 2_720_000)]
    [InlineData(1e-3, 10_000, 1e-3)]
    [InlineData(0.0, 1, 0)]
    public void The_tolerance_is_the_one_that_was_used(double? given, int timesEachRow, double expected)
    {
        double[] weights = [.. Enumerable.Repeat((double)timesEachRow, 272)];
        EmFit fit = new EmEstimator(new EmOptions { Tolerance = given, MaxIteration = 20 }).Fit(TestData.Chunked(TestData.Faithful, null, weights));
        Assert.Equal(expected, fit.Options.Tolerance);
    }
}
