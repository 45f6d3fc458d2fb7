using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Inference;
using GmmTools.Inference.Replicates;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Inference;

/// <summary>Standard errors and intervals of replicates.</summary>
public class ResamplingTests
{
    /// <summary>The standard deviation of 999 normal numbers has a relative standard error of 1/√1998 = 0.022; four of them.</summary>
    private const double FourErrors = 0.09;

    public static TheoryData<UncertaintyMethod> Methods() => [UncertaintyMethod.Bootstrap, UncertaintyMethod.WeightedLikelihood, UncertaintyMethod.Parametric];

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_mean_of_one_component_has_the_error_of_a_mean(UncertaintyMethod method)
    {
        InferenceProblem problem = new(TestData.Observations(TestData.Faithful), new EmOptions());

        UncertaintyReport report = problem.Measure(method);

        double[] deviations = problem.Fit.Mixture.Components[0].StandardDeviation;
        foreach ((double deviation, double error) in deviations.Zip(InferenceProblem.Errors(report, "Mean")))
        {
            Close.Relative(deviation / Math.Sqrt(272), error, FourErrors, "mean");
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_variance_of_one_component_has_the_error_of_a_variance(UncertaintyMethod method)
    {
        double[] values = [.. TestData.Faithful.Cast<double>().Where((_, i) => i % 2 == 1)];
        InferenceProblem problem = new(TestData.Observations(TestData.Column(values)), new EmOptions());
        double variance = problem.Fit.Mixture.Components[0].Covariance[0, 0];
        double mean = values.Average();
        double fourth = values.Average(value => Math.Pow(value - mean, 4));

        UncertaintyReport report = problem.Measure(method);

        // of rows as they are, √((m₄ − m₂²)/n); of normal ones m₄ = 3·m₂²
        double expected = Math.Sqrt(((method == UncertaintyMethod.Parametric ? 3 * variance * variance : fourth) - (variance * variance)) / 272);
        Close.Relative(expected, InferenceProblem.Errors(report, "Variance")[0], FourErrors, "variance");
    }

    /// <summary>
    /// Reference/uncertainty.R, EM of mclust run to convergence in each of 999 replicates, mean of four seeds. The weights of replicates have heavier tails
    /// than normal numbers: the four differ by up to 6 %, so that 10 % are more than three standard errors.
    /// </summary>
    [Fact]
    public void The_weights_of_diabetes_have_the_errors_that_mclust_finds_at_convergence()
    {
        UncertaintyReport report = InferenceProblem.Diabetes.Measure(UncertaintyMethod.Bootstrap);

        double[] errors = InferenceProblem.Errors(report, "Weight");
        Close.Relative(0.0588, errors[0], 0.1, "weight 1");
        Close.Relative(0.0573, errors[1], 0.1, "weight 2");
        Close.Relative(0.0359, errors[2], 0.1, "weight 3");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_same_seed_gives_the_same_bits_for_any_number_of_threads(UncertaintyMethod method)
    {
        double[][] found =
        [
            .. new[] { 1, 2, 5 }.Select(threads => Numbers(InferenceProblem.Diabetes.Measure(
                new UncertaintyOptions { Method = method, ReplicateCount = 60, Seed = 3, ThreadCount = threads }))),
        ];

        Assert.Equal(found[0], found[1]);
        Assert.Equal(found[0], found[2]);
        Assert.NotEqual(found[0], Numbers(InferenceProblem.Diabetes.Measure(new UncertaintyOptions { Method = method, ReplicateCount = 60, Seed = 4 })));
    }

    [Fact]
    public void Components_of_a_replicate_are_matched_whatever_their_order()
    {
        MixtureParameters mixture = InferenceProblem.Diabetes.Fit.Mixture.ToParameters();
        int[] order = [2, 0, 1];
        MixtureParameters turned = new(3, 3, mixture.Shape);
        for (int k = 0; k < 3; k++)
        {
            turned.Weights[k] = mixture.Weights[order[k]];
            Array.Copy(mixture.Means, 3 * order[k], turned.Means, 3 * k, 3);
            Array.Copy(mixture.Covariances, 6 * order[k], turned.Covariances, 6 * k, 6);
        }

        Assert.Equal([1, 2, 0], ComponentMatching.Find(mixture, turned));
        ParameterTable table = new(InferenceProblem.Diabetes.Fit.Mixture, [], []);
        Assert.Equal(table.Read(mixture, [0, 1, 2]), table.Read(turned, [1, 2, 0]));
    }

    /// <summary>Five rows apart make a component of three columns that hardly any replicate has enough rows for.</summary>
    [Fact]
    public void Collapsed_replicates_are_counted_and_told()
    {
        double[,] rows = TestData.Draw(60, 1, 3, 8);
        for (int i = 0; i < 5; i++)
        {
            rows[i, 0] += 300;
        }

        InferenceProblem problem = new(TestData.Observations(rows), new EmOptions { ComponentCount = 2, Seed = 1 });
        UncertaintyReport report = problem.Measure(UncertaintyMethod.Bootstrap, 200);

        Assert.Equal(200, report.ReplicateCount);
        Assert.InRange(report.CollapsedCount, 20, 198);
        Assert.All(report.Parameters, one => Assert.Equal(200, one.ReplicateCount + one.CollapsedCount));
        Assert.Contains(report.Warnings, text => text.Contains($"In {report.CollapsedCount} of 200 replicates", StringComparison.Ordinal));
    }

    [Fact]
    public void A_time_limit_gives_what_there_is()
    {
        UncertaintyReport report = InferenceProblem.Diabetes.Measure(
            new UncertaintyOptions { ReplicateCount = 200_000, Seed = 1, TimeLimit = TimeSpan.FromSeconds(0.5) });

        Assert.InRange(report.ReplicateCount, 2, 199_999);
        Assert.StartsWith($"The time limit ended the work after {report.ReplicateCount} of 200000 replicates", report.Warnings[0], StringComparison.Ordinal);
        Assert.All(report.Parameters, one => Assert.Equal(report.ReplicateCount, one.ReplicateCount + one.CollapsedCount));
    }

    [Fact]
    public void A_stop_ends_the_work()
    {
        using CancellationTokenSource stop = new();
        MixtureUncertainty measurement = new(new UncertaintyOptions { ReplicateCount = 200_000 }, done => stop.Cancel());

        Assert.ThrowsAny<OperationCanceledException>(() =>
            measurement.Measure(InferenceProblem.Diabetes.Fit.Mixture, InferenceProblem.Diabetes.Fit.Options, InferenceProblem.Diabetes.Rows, stop.Token));
    }

    /// <summary>The columns scaled or not, such a model is the same; only rounding differs.</summary>
    [Fact]
    public void Standardized_columns_change_nothing_but_rounding()
    {
        InferenceProblem plain = new(TestData.Observations(TestData.Faithful), new EmOptions { ComponentCount = 2, Seed = 1, Tolerance = 1e-13 });
        InferenceProblem scaled = new(TestData.Observations(TestData.Faithful), new EmOptions { ComponentCount = 2, Seed = 1, Tolerance = 1e-13, Standardize = true });

        double[] expected = InferenceProblem.Errors(plain.Measure(UncertaintyMethod.Bootstrap, 50), "Mean");
        double[] actual = InferenceProblem.Errors(scaled.Measure(UncertaintyMethod.Bootstrap, 50), "Mean");

        // each replicate may end short of its maximum by the default tolerance
        Close.AllRelative(expected, actual, 1e-3, "errors");
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Rows_with_gaps_say_less(UncertaintyMethod method)
    {
        double[,] rows = (double[,])TestData.Faithful.Clone();
        for (int i = 0; i < 136; i++)
        {
            rows[2 * i, 0] = double.NaN;
        }

        InferenceProblem partial = new(Gaps.Collect(rows), new EmOptions { ComponentCount = 1 });
        InferenceProblem whole = new(TestData.Observations(TestData.Faithful), new EmOptions { ComponentCount = 1 });

        double[] more = InferenceProblem.Errors(partial.Measure(method, 300), "Mean");
        double[] less = InferenceProblem.Errors(whole.Measure(method, 300), "Mean");

        // half the rows lack a column that the other explains by r² = 0.81: √(1 + (1 − r²)) = 1.09
        Assert.InRange(more[0] / less[0], 1.0, 1.3);
        Assert.InRange(more[1] / less[1], 0.85, 1.15);
    }

    [Fact]
    public void Robust_fits_and_those_with_fixed_weights_have_errors_too()
    {
        IObservations rows = TestData.Observations(TestData.Faithful);
        UncertaintyReport noise = new InferenceProblem(rows, new EmOptions { ComponentCount = 2, Noise = true, Seed = 1 }).Measure(UncertaintyMethod.Bootstrap, 60);
        UncertaintyReport tails = new InferenceProblem(rows, new EmOptions { ComponentCount = 2, Tail = Tail.Student, Seed = 1 }).Measure(UncertaintyMethod.Parametric, 60);
        UncertaintyReport given = new InferenceProblem(rows, new EmOptions { ComponentCount = 2, FixedWeights = [0.6, 0.4], Seed = 1 }).Measure(UncertaintyMethod.Bootstrap, 60);

        Assert.Single(noise.Parameters, one => one.Component == 0 && one.Parameter == "Weight");
        Assert.Equal(2, InferenceProblem.Errors(tails, "DegreesOfFreedom").Count(error => error > 0));
        Assert.Equal([0.0, 0.0], InferenceProblem.Errors(given, "Weight"));
        Assert.All(noise.Parameters.Concat(tails.Parameters), one => Assert.True(one.StandardError > 0 && one.Lower <= one.Upper, one.ToString()));
    }

    [Fact]
    public void A_mixture_that_is_not_the_fit_of_the_rows_is_told_and_led_there()
    {
        GaussianMixture elsewhere = GaussianMixture.Create([0.5, 0.5], [[2.0, 50], [4.5, 85]], [new double[,] { { 1, 0 }, { 0, 50 } }, new double[,] { { 1, 0 }, { 0, 50 } }]);

        UncertaintyReport report = new MixtureUncertainty(new UncertaintyOptions { Method = UncertaintyMethod.Information })
            .Measure(elsewhere, null, InferenceProblem.Faithful.Rows);

        Assert.Contains(report.Warnings, text => text.StartsWith("The mixture is not the fit of these rows", StringComparison.Ordinal));
        double[] expected = [.. InferenceProblem.Faithful.Fit.Mixture.Components.Select(one => one.Weight).Order()];
        Close.AllRelative(expected, [.. InferenceProblem.Of(report, "Weight").Select(one => one.Estimate).Order()], 1e-4, "weights");
    }

    [Fact]
    public void What_cannot_be_measured_is_refused()
    {
        foreach (double[] point in new double[][] { [1], [1, double.NaN], [double.PositiveInfinity, 1] })
        {
            Assert.Equal("InvalidPoint", Assert.Throws<InvalidMixtureException>(() =>
                InferenceProblem.Faithful.Measure(new UncertaintyOptions { Points = [point] })).ErrorId);
        }

        EmOptions trimmed = new() { ComponentCount = 2, TrimFraction = 0.05, Seed = 1 };
        Assert.Equal("TrimmingNotSupported", Assert.Throws<InvalidMixtureException>(() =>
            new InferenceProblem(TestData.Observations(TestData.Faithful), trimmed).Measure(UncertaintyMethod.Bootstrap)).ErrorId);
        Assert.Equal("NotUnivariate", Assert.Throws<InvalidMixtureException>(() =>
            InferenceProblem.Faithful.Measure(UncertaintyMethod.Bootstrap, 20, 0.5)).ErrorId);
        foreach ((string errorId, UncertaintyOptions options) in new Dictionary<string, UncertaintyOptions>
        {
            ["InvalidReplicateCount"] = new() { ReplicateCount = 1 },
            ["InvalidConfidenceLevel"] = new() { ConfidenceLevel = 1 },
            ["InvalidProbability"] = new() { Probabilities = [0.0] },
        })
        {
            Assert.Equal(errorId, Assert.Throws<EstimationException>(() => new MixtureUncertainty(options)).ErrorId);
        }
    }

    /// <summary>One component whose parameters are normal nearly: the error is that of the delta method, of rows as they are where they are drawn.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void The_density_has_the_error_that_the_information_gives(UncertaintyMethod method)
    {
        InferenceProblem problem = new(TestData.Observations(TestData.Draw(400, 1, 2, 3)), new EmOptions());
        double[][] points = [[0, 0], [1.5, -1]];

        UncertaintyReport expected = problem.Measure(new UncertaintyOptions { Method = UncertaintyMethod.Information, Points = points });
        UncertaintyReport report = problem.Measure(new UncertaintyOptions { Method = method, Points = points, Seed = 1 });

        Assert.Equal(["x1 = 0, x2 = 0", "x1 = 1.5, x2 = -1"], InferenceProblem.Of(report, "Density").Select(one => one.Point));
        Assert.All(InferenceProblem.Of(report, "Density"), one => Assert.Equal((null, null), (one.Component, one.Column)));
        Assert.Equal(InferenceProblem.Of(expected, "Density").Select(one => one.Estimate), InferenceProblem.Of(report, "Density").Select(one => one.Estimate));

        // the moments of rows drawn from a normal distribution are not exactly its own: 0.1 for those beside the 0.09 of the replicates
        Close.AllRelative(InferenceProblem.Errors(expected, "Density"), InferenceProblem.Errors(report, "Density"), 0.19, "error");
    }

    [Fact]
    public void The_density_of_any_mixture_is_that_of_its_scorer()
    {
        IObservations rows = TestData.Observations(TestData.Faithful);
        double[] point = [3, 65];
        foreach (EmOptions options in new EmOptions[]
        {
            new() { ComponentCount = 2, Noise = true, Seed = 1 },
            new() { ComponentCount = 2, Tail = Tail.Student, Seed = 1 },
            new() { ComponentCount = 2, Standardize = true, Seed = 1 },
        })
        {
            InferenceProblem problem = new(rows, options);
            ParameterUncertainty found = problem.Measure(new UncertaintyOptions { ReplicateCount = 40, Points = [point] }).Parameters[^1];

            Close.Relative(Math.Exp(new MixtureScorer(problem.Fit.Mixture).Score(point)), found.Estimate, 1e-14, "density");
            Assert.True(found.Lower < found.Estimate && found.Estimate < found.Upper && found.StandardError < found.Estimate, found.ToString());
            Assert.StartsWith($"Density at {problem.Fit.Mixture.Property[0]} = 3, {problem.Fit.Mixture.Property[1]} = 65: ", found.ToString(), StringComparison.Ordinal);
        }
    }

    private static double[] Numbers(UncertaintyReport report) =>
        [.. report.Parameters.SelectMany(one => new[] { one.Estimate, one.StandardError, one.Lower, one.Upper })];
}
