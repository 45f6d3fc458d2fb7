using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>A weight says how often a row counts, in every part of an estimation.</summary>
public sealed class RowWeightTests
{
    public static TheoryData<CovarianceModel> Models() => [.. CovarianceModels.All];

    /// <summary>Fixed problems: on a bad one EM itself magnifies the last bit of a sum, iteration after iteration.</summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void Integer_weights_are_repeated_rows(CovarianceModel model)
    {
        for (ulong seed = 1; seed <= 25; seed++)
        {
            Problem problem = new(RowKind.Mixture, 200, 1 + (int)(seed % 4), 1 + (int)(seed % 3), model, seed);
            double[] weights = Counts(problem.Count);
            EmOptions options = new()
            {
                ComponentCount = problem.ComponentCount,
                CovarianceModel = problem.Model,
                InitialMixture = Starts.Spread(problem.Rows, problem.ComponentCount, problem.Model == CovarianceModel.VII),
                Acceleration = AccelerationMethod.None,
                MaxIteration = 5,
                Tolerance = 0,
            };
            EmFit weighted = new EmEstimator(options).Fit(TestData.Chunked(problem.Rows, null, weights));
            EmFit repeated = new EmEstimator(options).Fit(TestData.Observations(Repeat(problem.Rows, weights)));

            // a lost component is put back at the worst rows, each of which comes once where rows have weights: better, not equal
            if (repeated.CollapseCount == 0)
            {
                AssertSame(repeated, weighted, problem.ToString());
            }
        }
    }

    [Theory]
    [InlineData(CovarianceModel.VVV)]
    [InlineData(CovarianceModel.VVI)]
    public void Integer_weights_are_repeated_rows_with_gaps(CovarianceModel model)
    {
        double[,] rows = TestData.Draw(400, 2, 3, 5);
        double[,] gaps = Gaps.Punch(rows, 0.2, 6);
        double[] weights = Counts(400);
        EmOptions options = new() { ComponentCount = 2, CovarianceModel = model, InitialMixture = Starts.Spread(rows, 2), MaxIteration = 5, Tolerance = 0 };
        AssertSame(
            new EmEstimator(options).Fit(Gaps.Collect(Repeat(gaps, weights))),
            new EmEstimator(options).Fit(Gaps.Collect(gaps, weights)),
            "gaps");
    }

    [Fact]
    public void A_histogram_of_a_billion_events_is_fitted_from_starts_of_its_own()
    {
        ObservationsBuilder builder = new(["x"], weighted: true);
        for (int bin = 0; bin < 400; bin++)
        {
            double x = -6 + (18 * (bin + 0.5) / 400);
            double density = (0.7 * Math.Exp(-0.5 * x * x)) + (0.3 / 2 * Math.Exp(-0.125 * (x - 5) * (x - 5)));
            builder.Add([x], Math.Round(1e9 * 18 / 400 * density / Math.Sqrt(2 * Math.PI)));
        }

        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(builder.Build());
        Assert.InRange(fit.TotalWeight, 0.999e9, 1e9);
        Close.Absolute(0.7, fit.Mixture.Components[0].Weight, 0.002, "weight");
        Close.Absolute(0, fit.Mixture.Components[0].Mean[0], 0.002, "mean");
        Close.Absolute(1, fit.Mixture.Components[0].StandardDeviation[0], 0.002, "sd");
        Close.Absolute(5, fit.Mixture.Components[1].Mean[0], 0.01, "mean");
    }

    [Fact]
    public void A_sample_of_weighted_rows_never_leaves_out_the_heavy_ones()
    {
        // half of the weight on one row of ten thousand
        double[,] rows = TestData.Column([.. Enumerable.Range(0, 10_000).Select(i => (double)i)]);
        double[] weights = [.. Enumerable.Range(0, 10_000).Select(i => i == 1234 ? 10_000.0 : 1.0)];
        InMemoryObservations sample = TestData.Chunked(rows, null, weights).Sample(500, 9, CancellationToken.None);
        Assert.InRange(sample.Count, 240, 260);
        Close.Relative(19_999, sample.TotalWeight, 0.003, "weight");
        double[] row = new double[1];
        double heavy = Enumerable.Range(0, (int)sample.Count).Where(i => Value(i) == 1234).Sum(i => sample.WeightOf(i));
        Close.Relative(10_000, heavy, 0.01, "weight of the heavy row");

        double Value(int i)
        {
            sample.CopyRow(i, row);
            return row[0];
        }
    }

    [Fact]
    public void Weights_that_are_shares_are_told()
    {
        EstimationException error = Assert.Throws<EstimationException>(() => new EmEstimator(new EmOptions { ComponentCount = 2 })
            .Fit(TestData.Chunked(TestData.Draw(50, 2, 1, 3), null, [.. Enumerable.Repeat(0.02, 50)])));
        Assert.Equal("TooLittleWeight", error.ErrorId);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_no_weight_is_told_with_its_row(double weight)
    {
        RowCollector collector = new(["x"], weighted: true);
        collector.Add([1], 1);
        collector.Add([2], 0);
        InvalidObservationException error = Assert.Throws<InvalidObservationException>(() => collector.Add([3], weight));
        Assert.Equal("InvalidRowWeight", error.ErrorId);
        Assert.Equal(3, error.Row);
        Assert.StartsWith("Row 3 has", error.Message, StringComparison.Ordinal);
    }

    private static double[] Counts(int count)
    {
        SplitMix64 random = new(4);
        return [.. Enumerable.Range(0, count).Select(_ => (double)random.NextIndex(4))];
    }

    private static double[,] Repeat(double[,] rows, double[] weights)
    {
        List<int> order = [];
        for (int i = 0; i < weights.Length; i++)
        {
            order.AddRange(Enumerable.Repeat(i, (int)weights[i]));
        }

        return TestData.Pick(rows, [.. order]);
    }

    private static void AssertSame(EmFit expected, EmFit actual, string what)
    {
        Assert.Equal(expected.TotalWeight, actual.TotalWeight);
        Close.Relative(expected.LogLikelihood, actual.LogLikelihood, 1e-12, what);
        Close.Relative(expected.Bic, actual.Bic, 1e-12, what);
        Close.AllRelative(expected.Mixture.Parameters.Weights, actual.Mixture.Parameters.Weights, 1e-12, what);
        Close.AllRelative(expected.Mixture.Parameters.Means, actual.Mixture.Parameters.Means, 1e-12, what);
        Close.AllRelative(expected.Mixture.Parameters.Covariances, actual.Mixture.Parameters.Covariances, 1e-12, what);
    }
}
