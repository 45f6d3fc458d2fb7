using System;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Inference;
using GmmTools.Inference.Drift;
using GmmTools.Inference.Replicates;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;
using Xunit;

namespace GmmTools.Core.Tests.Inference;

/// <summary>Mixtures of the right kind pass at the stated rate when their own rows are fitted; others fail, and the causes say where.</summary>
public sealed class GoodnessOfFitTests
{
    private static readonly GaussianMixture Truth = GaussianMixture.Create(
        [0.6, 0.4], [[0.0, 0.0], [4.0, 1.0]], [new double[,] { { 1, 0.5 }, { 0.5, 1 } }, new double[,] { { 1, 0 }, { 0, 2 } }]);

    [Fact]
    public void The_statistic_is_that_of_anderson_and_darling()
    {
        // −n − Σ (2i − 1)/n·(log u₍ᵢ₎ + log(1 − u₍ₙ₊₁₋ᵢ₎)), by hand for 0.1, 0.4, 0.9
        double[] u = [0.4, 0.9, 0.1];
        double[] sorted = [0.1, 0.4, 0.9];
        double expected = -3 - Enumerable.Range(0, 3).Sum(i => ((2 * i) + 1) / 3.0 * (Math.Log(sorted[i]) + Math.Log(1 - sorted[2 - i])));
        DistributionGap gap = new();
        Array.ForEach(u, value => gap.Add(10 * value, value, 1 - value, 1));
        gap.Measure();
        Assert.Equal(expected, gap.AndersonDarling, 12);

        // below 0.4 there should be 0.4, and there is 1/3; up to it there is 2/3, the largest difference
        Assert.Equal((4.0, 0.4, 2.0 / 3), (gap.Value, gap.Expected, gap.Observed));
    }

    [Fact]
    public void A_number_that_counts_twice_is_two_numbers()
    {
        DistributionGap once = new();
        DistributionGap twice = new();
        foreach (double value in new[] { 0.2, 0.2, 0.7, 0.95, 0.95 })
        {
            once.Add(value, value, 1 - value, 1);
        }

        twice.Add(0.95, 0.95, 0.05, 2);
        twice.Add(0.2, 0.2, 0.8, 2);
        twice.Add(0.7, 0.7, 0.3, 1);
        Assert.Equal(once.Measure().AndersonDarling, twice.Measure().AndersonDarling, 12);
    }

    [Fact]
    public void Columns_given_others_are_uniform_and_independent()
    {
        // P(X₂ ≤ x₂ | x₁) against the ratio of numerical integrals over the density
        SequentialUniforms uniforms = new(Truth.Parameters);
        double[] row = [2.5, 0.7];
        double[] below = new double[2];
        double[] above = new double[2];
        Assert.Equal(2, uniforms.Given(row, below, above));
        double Integral(double to) => Enumerable.Range(0, 40_000).Sum(i => Density(2.5, -20 + ((i + 0.5) * (to + 20) / 40_000)) * (to + 20) / 40_000);
        Assert.Equal(Integral(0.7) / Integral(25), below[1], 7);
        Assert.Equal(1, below[1] + above[1], 12);
        Assert.Equal(uniforms.Alone(0, 2.5).Below, below[0], 14);
        Assert.Equal(1, uniforms.Given([2.5, double.NaN], below, above));
    }

    [Fact]
    public void Right_mixtures_fail_at_the_stated_rate()
    {
        const int Sets = 200;
        int failed = Enumerable.Range(0, Sets).Count(i => !Test(Draw(Truth, 200, 100 + i), 2, 99, 0.1).Passed);
        double error = Math.Sqrt(0.1 * 0.9 * ((1.0 / Sets) + (1.0 / 99 / Sets)));
        Assert.InRange((double)failed / Sets, 0.1 - (3.5 * error), 0.1 + (3.5 * error));
    }

    [Fact]
    public void One_component_too_few_is_found_and_the_column_named()
    {
        FitVerdict verdict = Test(Draw(Truth, 500, 1), 1, 199, 0.01);
        Assert.False(verdict.Passed);
        Assert.Equal(0.005, verdict.PValue);
        FitDeviation cause = verdict.Causes.First(one => one.Kind == FitDeviationKind.Distribution);
        Assert.Equal("x1", Assert.Single(cause.Property));
        Assert.Contains("% of the rows have x1 up to", cause.ToString(), StringComparison.Ordinal);
        Assert.True(Test(Draw(Truth, 500, 1), 2, 199, 0.01).Passed);
    }

    [Fact]
    public void A_dependence_that_no_column_shows_is_found()
    {
        // x2 is normal whatever x1 is, and so is x1; together they are not: the sign of x2 is that of x1
        FitVerdict verdict = Test(DrawOfOneSign(400), 1, 199, 0.01);
        Assert.False(verdict.Passed);
        Assert.DoesNotContain(verdict.Causes, cause => cause.Kind == FitDeviationKind.Distribution);
        FitDeviation found = verdict.Causes.First(cause => cause.Kind == FitDeviationKind.Dependence);
        Assert.Equal(["x2", "x1"], found.Property);
        Assert.Equal("x2 depends on x1 otherwise than in the mixture", found.ToString());
    }

    [Theory]
    [InlineData(0.1, 0.05)]
    [InlineData(5, 0)]
    [InlineData(0.25, 0.125)]
    public void Rows_are_recorded_in_the_steps_in_which_others_were(double step, double origin)
    {
        double[,] values = new MixtureSampler(Truth, 1).DrawMatrix(50);
        double[] drawn = new double[20];
        for (int i = 0; i < 50; i++)
        {
            values[i, 0] = origin + (step * Math.Round(values[i, 0] / step));
            drawn[i % 20] = values[i, 1];
        }

        RecordedSteps steps = new(InMemoryObservations.FromMatrix(values));
        Assert.Equal(step, steps.Steps[0], 12);
        Assert.Equal(0, steps.Steps[1]);
        double[] recorded = (double[])drawn.Clone();
        steps.Record(recorded, 20);
        for (int i = 0; i < 20; i += 2)
        {
            double multiple = (recorded[i] - origin) / step;
            Assert.Equal(Math.Round(multiple), multiple, 9);
            Assert.InRange(Math.Abs(recorded[i] - drawn[i]), 0, 0.5001 * step);
            Assert.Equal(drawn[i + 1], recorded[i + 1]);
        }
    }

    [Fact]
    public void Rounding_is_no_difference()
    {
        // steps of half a standard deviation: the distribution is a staircase
        double[,] values = new MixtureSampler(Truth, 11).DrawMatrix(400);
        for (int i = 0; i < 400; i++)
        {
            values[i, 0] = 0.5 * Math.Round(2 * values[i, 0]);
        }

        Assert.True(Test(InMemoryObservations.FromMatrix(values), 2, 199, 0.01).Passed);
    }

    [Fact]
    public void The_verdict_does_not_depend_on_the_threads()
    {
        FitVerdict one = Test(Draw(Truth, 150, 3), 1, 99, 0.05, threads: 1);
        FitVerdict three = Test(Draw(Truth, 150, 3), 1, 99, 0.05, threads: 3);
        Assert.Equal(one.Statistic, three.Statistic);
        Assert.Equal(one.PValue, three.PValue);
        Assert.Equal(one.Difference, three.Difference);
    }

    [Fact]
    public void Another_mixture_than_the_fit_is_told()
    {
        IObservations rows = Draw(Truth, 300, 5);
        FitVerdict verdict = new GoodnessOfFit(new FitTestOptions { ReplicateCount = 99 }).Test(Truth, null, rows);
        Assert.Contains("is not the fit of these rows", Assert.Single(verdict.Warnings), StringComparison.Ordinal);
    }

    private static double Density(double x1, double x2)
    {
        double d = (x1 * x1) - (x1 * x2) + (x2 * x2);
        double first = 0.6 * Math.Exp(-0.5 * d / 0.75) / (2 * Math.PI * Math.Sqrt(0.75));
        double second = 0.4 * Math.Exp(-0.5 * (((x1 - 4) * (x1 - 4)) + ((x2 - 1) * (x2 - 1) / 2))) / (2 * Math.PI * Math.Sqrt(2));
        return first + second;
    }

    private static InMemoryObservations Draw(GaussianMixture mixture, int count, int seed) =>
        InMemoryObservations.FromMatrix(new MixtureSampler(mixture, (ulong)seed).DrawMatrix(count));

    private static FitVerdict Test(IObservations rows, int components, int replicates, double rate, int threads = 2)
    {
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = components, RestartCount = 2 }).Fit(rows);
        return new GoodnessOfFit(new FitTestOptions { ReplicateCount = replicates, FalseAlarmRate = rate, ThreadCount = threads })
            .Test(fit.Mixture, fit.Options, rows);
    }

    /// <summary>Rows whose columns are standard normal each, and have the same sign.</summary>
    private static InMemoryObservations DrawOfOneSign(int count)
    {
        GaussianMixture normal = GaussianMixture.Create([1], [[0.0, 0.0]], [new double[,] { { 1, 0 }, { 0, 1 } }]);
        double[,] rows = new MixtureSampler(normal, 7).DrawMatrix(count);
        for (int i = 0; i < count; i++)
        {
            rows[i, 1] = Math.CopySign(rows[i, 1], rows[i, 0]);
        }

        return InMemoryObservations.FromMatrix(rows);
    }
}
