using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Runs;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Starts that ended higher than the fit that was kept are told.</summary>
public sealed class DiscardedStartTests
{
    [Theory]
    [InlineData(-12, 0.1, true, 3)]
    [InlineData(-10.05, 0.1, true, 0)]
    [InlineData(-9, 0.1, true, 0)]
    [InlineData(-12, 0.1, false, 0)]
    public void The_highest_of_those_above_the_fit_is_named(double kept, double tolerance, bool coversAllRows, int expected)
    {
        StartRecord record = new() { CoversAllRows = coversAllRows, Starts = [Start(1, -20), Start(2, -11), Start(3, -10), Start(4, -15)] };
        Assert.Equal(expected, record.FindHigher(kept, tolerance)?.Start ?? 0);
    }

    [Fact]
    public void Of_a_fit_that_keeps_the_best_start_there_is_none()
    {
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(TestData.Observations(TestData.Faithful));
        Assert.Equal(10, fit.Starts.Count);
        Assert.Null(fit.DiscardedStart);
    }

    private static EmStart Start(int number, double logLikelihood) => new(number, "KMeans", logLikelihood, 5, StopReason.Converged, 0, true);
}
