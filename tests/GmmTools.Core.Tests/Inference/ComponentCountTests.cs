using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Inference;
using GmmTools.Inference.Testing;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Inference;

/// <summary>The likelihood-ratio test by the parametric bootstrap.</summary>
public class ComponentCountTests
{
    /// <summary>
    /// mclust 6.0.0 stops at lower optima of two and of four components (its statistics are 361.167, 123.497 and 16.762), and finds p of 0.001, 0.001 and
    /// 0.498 with B = 999. The log-likelihood of one component has a closed form, and that of three is where mclust ends when it is run to convergence.
    /// </summary>
    [Fact]
    public void Diabetes_has_three_components()
    {
        LikelihoodRatioResult[] results = [.. Test(TestData.Observations(TestData.Diabetes), new ComponentCountOptions { ReplicateCount = 199, Seed = 1 })];

        Assert.Equal([1, 2, 3], results.Select(one => one.ComponentCount));
        Close.Absolute(-2545.82768517, results[0].LogLikelihood, 1e-6, "log-likelihood of one");
        Close.AtLeast(-2365.244, results[0].AgainstLogLikelihood, 0, "log-likelihood of two");
        Close.Absolute(-2303.49184316, results[1].AgainstLogLikelihood, 1e-4, "log-likelihood of three");
        Close.AtLeast(-2295.115, results[2].AgainstLogLikelihood, 0, "log-likelihood of four");
        Assert.Equal([0.005, 0.005], results.Take(2).Select(one => one.PValue));

        // stopped at 10 replicates that gain as much, p has a relative standard error of √((1 − p)/10) = 0.22 about 0.498
        Assert.InRange(results[2].PValue, 0.2, 0.9);
        Assert.Equal([true, true, false], results.Select(one => one.IsRejected));
        Assert.All(results, one => Assert.Equal(0, one.NegativeCount + one.FailedCount));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_for_any_number_of_threads()
    {
        string[] found =
        [
            .. new[] { 1, 2, 5 }.Select(threads => string.Join(";", Test(
                TestData.Observations(TestData.Faithful), new ComponentCountOptions { ReplicateCount = 39, Seed = 2, ThreadCount = threads })
                .Select(one => FormattableString.Invariant($"{one.Statistic:R} {one.PValue:R} {one.ReplicateCount} {one.ExceedingCount}")))),
        ];

        Assert.Equal(found[0], found[1]);
        Assert.Equal(found[0], found[2]);
    }

    /// <summary>Sixty sets of rows of one component, at a level of 0.2: 12 rejections with a standard deviation of 3.1, of which three are allowed.</summary>
    [Fact]
    public void A_true_number_is_rejected_as_often_as_the_level_says()
    {
        int rejected = Enumerable.Range(1, 60).Count(set => Test(
            TestData.Observations(TestData.Draw(60, 1, 1, (ulong)set)),
            new ComponentCountOptions { MaximumComponentCount = 2, ReplicateCount = 19, Significance = 0.2, Seed = (ulong)set })[0].IsRejected);

        Assert.InRange(rejected, 3, 21);
    }

    [Fact]
    public void Covariance_models_are_tested_when_they_are_nested()
    {
        ComponentCountOptions options = new() { ComponentCount = 2, CovarianceModel = CovarianceModel.EEE, Against = CovarianceModel.VVV, ReplicateCount = 39, Seed = 1 };

        LikelihoodRatioResult differing = Assert.Single(Test(TestData.Observations(TestData.Faithful), options));
        LikelihoodRatioResult same = Assert.Single(Test(InferenceProblem.Apart(CovarianceModel.EEE).Rows, options));

        // of the reference values of mclust: 2·(1140.1867594 − 1130.2639602)
        Close.Absolute(19.8455985, differing.Statistic, 1e-5, "statistic");
        Assert.True(differing.IsRejected);
        Assert.False(same.IsRejected);
        Assert.Equal(2, same.AgainstComponentCount);
    }

    /// <summary>Whatever replicates there are, an early end has the verdict of all, and p is never below what all could have led to.</summary>
    [Fact]
    public void An_early_end_has_the_verdict_of_all_replicates()
    {
        SplitMix64 random = new(7);
        int early = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            double[] statistics = [.. Enumerable.Range(0, 109).Select(_ => random.NextDouble())];
            double observed = 0.85 + (0.15 * random.NextDouble());
            (double all, int used, _, _, _) = new SequentialPValue(observed, 109, 0.05, takesAll: true).Evaluate(statistics);
            (double p, int until, int exceeding, int _, bool isEarly) = new SequentialPValue(observed, 109, 0.05, takesAll: false).Evaluate(statistics);
            early += isEarly ? 1 : 0;

            Assert.Equal(109, used);
            Assert.Equal((1 + statistics.Count(one => one >= observed)) / 110.0, all);
            Assert.Equal(all <= 0.05, p <= 0.05);
            Assert.Equal(isEarly, until < 109);
            Assert.Equal(isEarly ? Math.Max((double)exceeding / until, 6 / 110.0) : all, p, 1e-15);
        }

        Assert.InRange(early, 50, 250);
    }

    [Fact]
    public void Replicates_without_a_statistic_are_counted_apart()
    {
        (double p, int used, int exceeding, int failed, bool isEarly) =
            new SequentialPValue(1, 20, 0.05, takesAll: true).Evaluate([0.5, double.NaN, 2, -1, double.NaN]);

        Assert.Equal((0.5, 3, 1, 2, false), (p, used, exceeding, failed, isEarly));
    }

    [Fact]
    public void Options_out_of_their_domain_are_refused()
    {
        foreach ((string errorId, ComponentCountOptions options) in new Dictionary<string, ComponentCountOptions>
        {
            ["InvalidComponentCount"] = new() { MaximumComponentCount = 1 },
            ["InvalidSignificance"] = new() { Significance = 0 },
            ["InvalidReplicateCount"] = new() { ReplicateCount = 18 },
            ["ModelsNotNested"] = new() { CovarianceModel = CovarianceModel.VVI, Against = CovarianceModel.EEE },
            ["InvalidTimeLimit"] = new() { TimeLimit = TimeSpan.Zero },
        })
        {
            Assert.Equal(errorId, Assert.Throws<EstimationException>(() => new ComponentCountTest(options)).ErrorId);
        }
    }

    [Fact]
    public void A_stop_ends_the_work()
    {
        using CancellationTokenSource stop = new();
        ComponentCountTest test = new(new ComponentCountOptions { ReplicateCount = 100_000 }, done => stop.Cancel());

        Assert.ThrowsAny<OperationCanceledException>(() => test.Test(TestData.Observations(TestData.Faithful), stop.Token));
    }

    private static IReadOnlyList<LikelihoodRatioResult> Test(IObservations rows, ComponentCountOptions options) => new ComponentCountTest(options).Test(rows);
}
