using System;
using System.Diagnostics;
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

/// <summary>
/// What a time limit and a cancellation leave behind, wherever they strike. The progress callback holds the estimation up until
/// the limit has passed, so that the place does not depend on the machine.
/// </summary>
public sealed class LimitTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(20);

    public static TheoryData<int, AccelerationMethod> Places()
    {
        TheoryData<int, AccelerationMethod> places = [];
        foreach (int place in new[] { 1, 2, 3, 5, 8, 13, 20, 28, 40, 60 })
        {
            places.Add(place, AccelerationMethod.Anderson);
            places.Add(place, AccelerationMethod.None);
        }

        return places;
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_time_limit_in_mid_run_returns_the_best_that_was_scored(int place, AccelerationMethod method)
    {
        EmOptions options = new()
        {
            ComponentCount = 4,
            Tolerance = 0,
            TimeLimit = Limit,
            Acceleration = method,
            InitialMixture = Starts.Spread(TestData.Iris, 4),
        };
        AssertHonest(TestData.Observations(TestData.Iris), options, place);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_time_limit_after_a_component_was_put_back_returns_the_best_that_was_scored(int place, AccelerationMethod method)
    {
        GaussianMixture start = GaussianMixture.Create(
            [0.4, 0.3, 0.3], [[3, 70], [900, 0], [500, 0]], [Starts.Diagonal(1, 99), Starts.Diagonal(1, 9), Starts.Diagonal(1, 9)]);
        EmOptions options = new()
        {
            ComponentCount = 3,
            Tolerance = 0,
            TimeLimit = Limit,
            Acceleration = method,
            InitialMixture = start,
        };
        AssertHonest(TestData.Observations(TestData.Faithful), options, place);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_time_limit_among_starts_returns_the_best_that_was_scored(int place, AccelerationMethod method)
    {
        EmOptions options = new()
        {
            ComponentCount = 3,
            TimeLimit = Limit,
            Acceleration = method,
            RestartCount = 3,
            Seed = (ulong)place,
        };
        AssertHonest(TestData.Observations(TestData.Iris), options, place * 9);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    public void A_time_limit_between_two_runs_returns_what_was_scored(int remaining)
    {
        // strikes at the given report before the last: where one run has ended and the next has not been scored
        EmOptions free = new() { ComponentCount = 3, RestartCount = 3, Seed = 1 };
        InMemoryObservations rows = TestData.Observations(TestData.Iris);
        int reports = 0;
        _ = new EmEstimator(free, _ => reports++).Fit(rows);
        EmOptions limited = new() { ComponentCount = 3, RestartCount = 3, Seed = 1, TimeLimit = Limit };
        for (int back = 0; back < 12; back++)
        {
            AssertHonest(rows, limited, reports - back - ((remaining - 100) * 12));
        }
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(4)]
    [InlineData(16)]
    [InlineData(64)]
    public void A_time_limit_on_many_rows_returns_an_honest_fit(double milliseconds)
    {
        // the starts are tried on a sample; the limit may strike in any part of the work
        InMemoryObservations rows = TestData.Observations(TestData.Draw(60_000, 3, 2, 21));
        EmOptions options = new() { ComponentCount = 3, RestartCount = 2, TimeLimit = TimeSpan.FromMilliseconds(milliseconds) };
        FitWithin(rows, options, null);
    }

    public static TheoryData<CovarianceModel> Models() => [.. CovarianceModels.All];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_time_limit_that_has_passed_before_anything_was_done_returns_a_valid_start(CovarianceModel model)
    {
        foreach (bool standardize in new[] { false, true })
        {
            EmOptions options = new() { ComponentCount = 3, CovarianceModel = model, Standardize = standardize, TimeLimit = TimeSpan.FromTicks(1) };
            EmFit fit = FitWithin(TestData.Observations(TestData.Iris), options, null);
            Assert.Equal((StopReason.TimeLimit, 3, 0), (fit.StopReason, fit.ComponentCount, fit.IterationCount));
            Assert.Equal(3, fit.Mixture.Components.Select(component => component.Mean[0]).Distinct().Count());
            Assert.Equal(model, fit.CovarianceModel);
        }
    }

    /// <summary>The moments of all rows are had, but no E-step of the mixture comes to an end in time.</summary>
    [Fact]
    public void A_limit_too_short_for_one_iteration_returns_a_start()
    {
        EndlessObservations rows = new(TestData.Observations(TestData.Iris));
        EmOptions options = new() { ComponentCount = 3, TimeLimit = Limit };
        EmFit fit = new EmEstimator(options).Fit(rows);
        Assert.Equal((StopReason.TimeLimit, 3, 0), (fit.StopReason, fit.ComponentCount, fit.IterationCount));
        Close.Relative(LikelihoodSummary.Measure(fit.Mixture, TestData.Observations(TestData.Iris), 2, CancellationToken.None).LogLikelihood, fit.LogLikelihood, 1e-12, "log-likelihood");
    }

    [Fact]
    public void A_limit_that_has_passed_leaves_the_start_that_was_given()
    {
        GaussianMixture start = Starts.Spread(TestData.Iris, 3);
        EmOptions options = new() { ComponentCount = 3, InitialMixture = start, TimeLimit = TimeSpan.FromTicks(1) };
        EmFit fit = FitWithin(TestData.Observations(TestData.Iris), options, null);
        Assert.Equal(StopReason.TimeLimit, fit.StopReason);
        Assert.Equal(start.Components[0].Mean, fit.Mixture.Components[0].Mean);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(50)]
    public void Cancelling_stops_before_the_next_iteration(int place)
    {
        using CancellationTokenSource source = new();
        int calls = 0;
        EmEstimator estimator = new(new EmOptions { ComponentCount = 4, Seed = 2 }, _ =>
        {
            if (++calls == place)
            {
                source.Cancel();
            }
        });
        OperationCanceledException exception = Assert.ThrowsAny<OperationCanceledException>(
            () => estimator.Fit(TestData.Observations(TestData.Iris), source.Token));
        Assert.NotNull(exception);
        Assert.Equal(place, calls);
    }

    [Fact]
    public void Cancelling_wins_over_a_time_limit()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        EmOptions options = new() { ComponentCount = 2, TimeLimit = TimeSpan.FromHours(1) };
        Assert.ThrowsAny<OperationCanceledException>(
            () => new EmEstimator(options).Fit(TestData.Observations(TestData.Iris), source.Token));
    }

    [Fact]
    public void Progress_numbers_starts_and_iterations()
    {
        int last = 0;
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 3, RestartCount = 4 }, progress =>
        {
            Assert.InRange(progress.Start, 1, 4);
            Assert.InRange(progress.Iteration, 0, progress.MaxIteration);
            Assert.True(double.IsFinite(progress.LogLikelihood));
            last = Math.Max(last, progress.Start);
        }).Fit(TestData.Observations(TestData.Iris));
        Assert.Equal(4, last);
        Assert.Equal(4, fit.Starts.Count);
    }

    private static void AssertHonest(InMemoryObservations rows, EmOptions options, int place)
    {
        int calls = 0;
        Stopwatch watch = Stopwatch.StartNew();
        FitWithin(rows, options, _ =>
        {
            // hold up, at the wanted place, until the limit's timer has certainly fired
            if (++calls == place)
            {
                SpinWait.SpinUntil(() => watch.Elapsed > 3 * Limit);
            }
        });
    }

    /// <summary>Fits and checks that what is reported is what the mixture scores.</summary>
    private static EmFit FitWithin(InMemoryObservations rows, EmOptions options, Action<EmProgress>? progress)
    {
        EmFit fit = new EmEstimator(options, progress).Fit(rows);
        LikelihoodSummary measured = LikelihoodSummary.Measure(fit.Mixture, rows, 2, CancellationToken.None);
        Close.Relative(measured.LogLikelihood, fit.LogLikelihood, 1e-12, "log-likelihood");
        Close.Relative(fit.LogLikelihood, fit.LogLikelihoodTrace[^1], 0, "end of the trace");
        Assert.True(fit.IterationCount >= 0);
        if (fit.Converged)
        {
            Assert.True(fit.EstimatedRemainder <= (options.Tolerance ?? 1e-8) * fit.TotalWeight, "A run cut short is said to have converged.");
        }

        if (fit.StopReason == StopReason.TimeLimit)
        {
            Assert.Contains(fit.Warnings, warning => warning.Contains("time limit", StringComparison.Ordinal));
        }

        return fit;
    }
}
