using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Observations;
using GmmTools.Observations.Views;
using Xunit;

namespace GmmTools.Core.Tests.Seams;

/// <summary>A source of rows that nobody knows is fitted, combined, viewed and scored like any other.</summary>
public sealed class ToySourceTests
{
    private static readonly double[] Values = [.. Enumerable.Range(0, 272).Select(i => TestData.Faithful[i, 1])];

    [Fact]
    public void A_fit_of_toy_rows_is_that_of_the_same_rows_elsewhere()
    {
        EmFit expected = Fit(TestData.Observations(TestData.Column(Values)));
        AssertSame(expected, Fit(new ToyRows(Values)));
        AssertSame(expected, Fit(new CombinedObservations([new ToyRows(Values[..100]), new ToyRows(Values[100..])])));
    }

    [Fact]
    public void Views_of_toy_rows_are_those_of_the_same_rows_elsewhere()
    {
        int[] labels = [.. Values.Select(value => value < 60 ? 0 : value > 75 ? 1 : -1)];
        InMemoryObservations rows = TestData.Observations(TestData.Column(Values));
        AssertSame(Fit(rows.Label(labels)), Fit(new ToyRows(Values).Label(labels)));
        AssertSame(Fit(rows.Filter((_, row) => row[0] > 60)), Fit(new ToyRows(Values).Filter((_, row) => row[0] > 60)));
    }

    private static EmFit Fit(IObservations rows) => new EmEstimator(new EmOptions { ComponentCount = 2, ThreadCount = 1 }).Fit(rows);

    private static void AssertSame(EmFit expected, EmFit actual)
    {
        Assert.Equal(StopReason.Converged, actual.StopReason);
        Close.Absolute(expected.LogLikelihood, actual.LogLikelihood, 1e-6, "log-likelihood");
        Close.Absolute(expected.Mixture.Components[0].Mean[0], actual.Mixture.Components[0].Mean[0], 0.01, "mean");
    }
}
