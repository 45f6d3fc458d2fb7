using System;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>
/// Two slips of Accord.NET's GaussianMixtureModel stay impossible here: that the last of several starts is kept instead of the best,
/// and that one iteration asked for is none or two.
/// </summary>
public sealed class AccordSlipsTests
{
    public static TheoryData<CovarianceModel> Models() => [.. CovarianceModels.All];

    public static TheoryData<CovarianceModel, int> ModelsAndSizes()
    {
        TheoryData<CovarianceModel, int> cases = [];
        foreach (CovarianceModel model in CovarianceModels.All)
        {
            cases.Add(model, 2);
            cases.Add(model, 3);
            cases.Add(model, 5);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(ModelsAndSizes))]
    public void The_best_of_several_starts_is_at_least_as_good_as_every_one(CovarianceModel model, int componentCount)
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            double[,] rows = TestData.Draw(400, componentCount, 2, seed);
            EmFit fit = Fit(rows, new EmOptions { ComponentCount = componentCount, CovarianceModel = model, Seed = seed });
            Assert.Equal(10, fit.Starts.Count);
            Assert.Equal(Enumerable.Range(1, 10), fit.Starts.Select(start => start.Start));
            double best = fit.Starts.Where(start => fit.IsSpurious || !start.IsSpurious).Max(start => start.LogLikelihood);
            Close.AtLeast(best, fit.LogLikelihood, 1e-10 * Math.Abs(best), FormattableString.Invariant($"{model} K={componentCount} seed {seed}"));
        }
    }

    [Theory]
    [MemberData(nameof(ModelsAndSizes))]
    public void Ten_starts_are_at_least_as_good_as_the_first_alone(CovarianceModel model, int componentCount)
    {
        for (ulong seed = 1; seed <= 10; seed++)
        {
            double[,] rows = TestData.Draw(400, componentCount, 2, seed);
            EmOptions one = new() { ComponentCount = componentCount, CovarianceModel = model, Seed = seed, RestartCount = 1 };
            EmOptions ten = new() { ComponentCount = componentCount, CovarianceModel = model, Seed = seed, RestartCount = 10 };
            EmFit single = Fit(rows, one);
            EmFit several = Fit(rows, ten);
            Assert.Equal(single.Starts[0].LogLikelihood, several.Starts[0].LogLikelihood);

            if (single.IsSpurious && !several.IsSpurious)
            {
                continue;
            }

            // two runs to the same optimum may each be short of it by the tolerance, 1e-8 per row
            Close.AtLeast(single.LogLikelihood, several.LogLikelihood, 2e-8 * 400, FormattableString.Invariant($"{model} K={componentCount} seed {seed}"));
        }
    }

    /// <summary>The models whose M-step has a closed form, so that the oracle knows it.</summary>
    public static TheoryData<CovarianceModel> ClosedModels() => [.. CovarianceModels.All.Where(model => !ReferenceMixture.Iterates(model))];

    [Theory]
    [MemberData(nameof(ClosedModels))]
    public void One_iteration_from_a_given_start_is_one_M_step(CovarianceModel model)
    {
        GaussianMixture start = Starts.Spread(TestData.Iris, 3, model is CovarianceModel.EII or CovarianceModel.VII);
        ReferenceMixture before = ReferenceMixture.Of(start);
        ReferenceMixture after = ReferenceMixture.Maximize(TestData.Iris, before.Responsibilities(TestData.Iris), model);
        EmFit fit = Fit(TestData.Iris, new EmOptions { ComponentCount = 3, CovarianceModel = model, MaxIteration = 1, InitialMixture = start });
        Assert.Equal(1, fit.IterationCount);
        Assert.Equal(StopReason.MaxIteration, fit.StopReason);
        Assert.Equal(2, fit.LogLikelihoodTrace.Count);
        Close.Relative(before.LogLikelihood(TestData.Iris), fit.LogLikelihoodTrace[0], 1e-12, "before");
        Close.Relative(after.LogLikelihood(TestData.Iris), fit.LogLikelihoodTrace[1], 1e-11, "after");
        Assert.Equal(fit.LogLikelihoodTrace[1], fit.LogLikelihood);
        AssertSame(after, fit.Mixture);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void One_iteration_is_one_from_random_starts_too(CovarianceModel model)
    {
        EmFit fit = Fit(TestData.Iris, new EmOptions { ComponentCount = 3, CovarianceModel = model, MaxIteration = 1, Tolerance = 0 });
        Assert.Equal(1, fit.IterationCount);
        Assert.Equal(2, fit.LogLikelihoodTrace.Count);
        Assert.All(fit.Starts, start => Assert.Equal(1, start.IterationCount));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void As_many_iterations_are_done_as_are_asked_for(CovarianceModel model)
    {
        foreach (int count in new[] { 1, 2, 3, 7, 30 })
        {
            EmOptions options = new()
            {
                ComponentCount = 3,
                CovarianceModel = model,
                MaxIteration = count,
                Tolerance = 0,
                InitialMixture = Starts.Spread(TestData.Iris, 3, model == CovarianceModel.VII),
            };
            EmFit fit = Fit(TestData.Iris, options);
            Assert.Equal(count, fit.IterationCount);
            Assert.Equal(StopReason.MaxIteration, fit.StopReason);
        }
    }

    private static EmFit Fit(double[,] rows, EmOptions options) => new EmEstimator(options).Fit(TestData.Observations(rows));

    private static void AssertSame(ReferenceMixture expected, GaussianMixture actual)
    {
        int[] order = [.. Enumerable.Range(0, expected.Weights.Length).OrderByDescending(k => expected.Weights[k])];
        for (int k = 0; k < order.Length; k++)
        {
            GaussianComponent component = actual.Components[k];
            Close.Absolute(expected.Weights[order[k]], component.Weight, 1e-12, "weight");
            Close.AllRelative(expected.Means[order[k]].ToArray(), component.Mean, 1e-12, "mean");
            Close.AllRelative(
                [.. expected.Covariances[order[k]].ToArray().Cast<double>()], [.. component.Covariance.Cast<double>()], 1e-11, "covariance");
        }
    }
}
