using System;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Inference.Drift;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;
using Xunit;

namespace GmmTools.Core.Tests.Inference;

/// <summary>Windows of the baseline pass at the stated rate; others fail, and the causes name what was changed.</summary>
public sealed class MixtureFitTestTests
{
    private static readonly GaussianMixture Baseline = Create(0.65, 80, 6, 0.3);

    [Theory]
    [InlineData(20)]
    [InlineData(300)]
    [InlineData(3000)]
    public void Windows_of_the_baseline_fail_at_the_stated_rate(int size)
    {
        const int Windows = 400;
        MixtureFitTest test = new(Baseline, new FitTestOptions { FalseAlarmRate = 0.05, ReplicateCount = 1999 });
        int failed = Enumerable.Range(0, Windows).Count(i => !test.Test(Draw(Baseline, size, 1000 + i), CancellationToken.None).Passed);

        // the windows that are drawn once have an error of their own
        double error = Math.Sqrt(0.05 * 0.95 * ((1.0 / Windows) + (1.0 / 1999)));
        Assert.InRange((double)failed / Windows, 0.05 - (3.5 * error), 0.05 + (3.5 * error));
    }

    [Fact]
    public void What_a_baseline_cannot_know_is_no_difference()
    {
        int[] failed = new int[2];
        for (int i = 0; i < 60; i++)
        {
            EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(Draw(Baseline, 500, 5000 + i), CancellationToken.None);
            IObservations window = Draw(Baseline, 2000, 9000 + i);
            foreach ((double count, int place) in new[] { (500.0, 0), (double.PositiveInfinity, 1) })
            {
                FitTestOptions options = new() { FalseAlarmRate = 0.05, ReplicateCount = 199, BaselineCount = count };
                failed[place] += new MixtureFitTest(fit.Mixture, options).Test(window, CancellationToken.None).Passed ? 0 : 1;
            }
        }

        Assert.InRange(failed[0], 0, 9);
        Assert.True(failed[1] > 20, $"A fit of 500 rows that was taken for the truth failed {failed[1]} of 60 windows.");
    }

    [Theory]
    [InlineData("Weight", 1, "")]
    [InlineData("Mean", 1, "x1")]
    [InlineData("Spread", 1, "x1")]
    [InlineData("Correlation", 1, "x1 x2")]
    public void The_first_cause_is_what_was_changed(string kind, int component, string columns)
    {
        GaussianMixture changed = kind switch
        {
            "Weight" => Create(0.55, 80, 6, 0.3),
            "Mean" => Create(0.65, 82, 6, 0.3),
            "Spread" => Create(0.65, 80, 7.5, 0.3),
            _ => Create(0.65, 80, 6, 0.6),
        };
        FitVerdict verdict = Test(changed, 2000);
        FitDeviation cause = verdict.Causes[0];
        Assert.False(verdict.Passed);
        Assert.Equal(kind, cause.Kind.ToString());
        Assert.Equal(columns, string.Join(" ", cause.Property));
        Assert.True(cause.Component == component || kind == "Weight");
        double expected = kind switch { "Weight" => 0.55, "Mean" => 82, "Spread" => 7.5, _ => 0.6 };
        // to first order in the difference, and without rows below the level
        double observed = kind == "Weight" && cause.Component == 2 ? 1 - cause.Observed : cause.Observed;
        Close.Relative(expected, observed, kind == "Correlation" ? 0.1 : 0.06, kind);
    }

    [Fact]
    public void A_few_rows_where_the_baseline_has_none_are_new_mass_and_nothing_else()
    {
        double[,] rows = new MixtureSampler(Baseline, 7).DrawMatrix(200);
        for (int i = 0; i < 4; i++)
        {
            (rows[i, 0], rows[i, 1]) = (1e6 * (i + 1), -1e150);
        }

        FitVerdict verdict = new MixtureFitTest(Baseline, new FitTestOptions()).Test(InMemoryObservations.FromMatrix(rows), CancellationToken.None);
        Assert.False(verdict.Passed);
        Assert.All(verdict.Causes, cause => Assert.Equal(FitDeviationKind.NewMass, cause.Kind));
        Assert.Equal(0.02, verdict.Causes[0].Observed, 3);
        Assert.All(verdict.Causes, cause => Assert.True(double.IsFinite(cause.Score)));
    }

    [Fact]
    public void Rows_that_follow_one_another_closely_pass_in_blocks()
    {
        GaussianMixture one = GaussianMixture.Create([1.0], [[0.0]], [Starts.Diagonal(1)]);
        int[] failed = new int[2];
        for (int i = 0; i < 40; i++)
        {
            IObservations window = InMemoryObservations.FromMatrix(AutoRegressive(1000, 0.8, 300 + i));
            failed[0] += Fails(1);
            failed[1] += Fails(50);

            int Fails(int length)
            {
                FitTestOptions options = new() { FalseAlarmRate = 0.05, ReplicateCount = 199, BlockLength = length };
                return new MixtureFitTest(one, options).Test(window, CancellationToken.None).Passed ? 0 : 1;
            }
        }

        Assert.True(failed[0] > 15, $"{failed[0]} of 40 windows of dependent rows failed when taken for independent.");
        Assert.InRange(failed[1], 0, 8);
    }

    [Fact]
    public void The_verdict_does_not_depend_on_the_number_of_threads()
    {
        IObservations window = Draw(Create(0.6, 81, 6, 0.3), 400, 3);
        FitVerdict[] verdicts = [.. new[] { 1, 3 }.Select(threads =>
            new MixtureFitTest(Baseline, new FitTestOptions { ThreadCount = threads, ReplicateCount = 99, FalseAlarmRate = 0.05 }).Test(window, CancellationToken.None))];
        Assert.Equal(verdicts[0].Statistic, verdicts[1].Statistic);
        Assert.Equal(verdicts[0].PValue, verdicts[1].PValue);
        Assert.Equal(verdicts[0].Difference, verdicts[1].Difference);
    }

    [Fact]
    public void Rows_that_count_twice_are_as_two_rows()
    {
        double[,] once = new MixtureSampler(Baseline, 5).DrawMatrix(150);
        double[,] twice = new double[300, 2];
        for (int i = 0; i < 300; i++)
        {
            (twice[i, 0], twice[i, 1]) = (once[i % 150, 0], once[i % 150, 1]);
        }

        MixtureFitTest test = new(Baseline, new FitTestOptions());
        IObservations weighted = InMemoryObservations.FromMatrix(once).Reweight([.. Enumerable.Repeat(2.0, 150)]);
        FitVerdict expected = test.Test(InMemoryObservations.FromMatrix(twice), CancellationToken.None);
        FitVerdict actual = test.Test(weighted, CancellationToken.None);
        Close.Relative(expected.Statistic, actual.Statistic, 1e-9, "statistic");
        Assert.Equal(expected.PValue, actual.PValue);
    }

    [Fact]
    public void What_is_missing_counts_as_expected()
    {
        double[,] rows = new MixtureSampler(Baseline, 11).DrawMatrix(500);
        for (int i = 0; i < 500; i += 3)
        {
            rows[i, i % 2] = double.NaN;
        }

        FitVerdict verdict = new MixtureFitTest(Baseline, new FitTestOptions()).Test(Gaps.Collect(rows), CancellationToken.None);
        Assert.True(verdict.Passed, verdict.ToString());
        Assert.True(double.IsFinite(verdict.Statistic));
    }

    [Theory]
    [InlineData(0.0, 999, 1, "InvalidFalseAlarmRate")]
    [InlineData(0.01, 98, 1, "FalseAlarmRateTooSmall")]
    [InlineData(0.01, 999, 0, "InvalidBlockLength")]
    public void Options_that_have_no_meaning_are_errors(double rate, int replicates, int length, string id)
    {
        FitTestOptions options = new() { FalseAlarmRate = rate, ReplicateCount = replicates, BlockLength = length };
        Assert.Equal(id, Assert.Throws<EstimationException>(() => new MixtureFitTest(Baseline, options)).ErrorId);
    }

    [Fact]
    public void Blocks_need_rows_enough_that_count_once()
    {
        MixtureFitTest test = new(Baseline, new FitTestOptions { BlockLength = 20 });
        Assert.Equal("TooFewBlocks", Assert.Throws<EstimationException>(() => test.Test(Draw(Baseline, 199, 1), CancellationToken.None)).ErrorId);
        IObservations weighted = Draw(Baseline, 300, 1).Reweight([.. Enumerable.Range(0, 300).Select(i => i % 2 == 0 ? 0.5 : 1.5)]);
        Assert.Equal("WeightsNotSupported", Assert.Throws<EstimationException>(() => test.Test(weighted, CancellationToken.None)).ErrorId);
    }

    private static FitVerdict Test(GaussianMixture truth, int size) =>
        new MixtureFitTest(Baseline, new FitTestOptions()).Test(Draw(truth, size, 21), CancellationToken.None);

    private static InMemoryObservations Draw(GaussianMixture truth, int size, int seed) =>
        InMemoryObservations.FromMatrix(new MixtureSampler(truth, (ulong)seed).DrawMatrix(size));

    private static GaussianMixture Create(double weight, double mean, double deviation, double correlation) => GaussianMixture.Create(
        [weight, 1 - weight],
        [[mean, 4.3], [54.5, 2.0]],
        [new[,] { { deviation * deviation, correlation * deviation * 0.4 }, { correlation * deviation * 0.4, 0.16 } }, Starts.Diagonal(34, 0.07)]);

    private static double[,] AutoRegressive(int count, double coefficient, int seed)
    {
        double[,] noise = new MixtureSampler(GaussianMixture.Create([1.0], [[0.0]], [Starts.Diagonal(1)]), (ulong)seed).DrawMatrix(count);
        for (int i = 1; i < count; i++)
        {
            noise[i, 0] = (coefficient * noise[i - 1, 0]) + (Math.Sqrt(1 - (coefficient * coefficient)) * noise[i, 0]);
        }

        return noise;
    }
}
