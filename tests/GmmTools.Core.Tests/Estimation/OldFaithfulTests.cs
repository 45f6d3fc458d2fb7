using System;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>
/// Old Faithful, two components, against R mclust 6.0.0: mclustBIC(faithful)[2, model] and Mclust's EM run to tol 1e-12 from
/// mclust's own partition. mclust's BIC has the other sign: 2·logL − p·ln n.
/// </summary>
public sealed class OldFaithfulTests
{
    private const int SeedCount = 100;

    [Fact]
    public void Every_seed_finds_the_two_kinds_of_eruption()
    {
        for (ulong seed = 0; seed < SeedCount; seed++)
        {
            EmFit fit = Fit(2, CovarianceModel.VVV, seed);
            Close.Absolute(-1130.264, fit.LogLikelihood, 0.001, FormattableString.Invariant($"log-likelihood, seed {seed}"));
            AssertComponent(fit.Mixture.Components[0], 0.644, 4.290, 79.97);
            AssertComponent(fit.Mixture.Components[1], 0.356, 2.036, 54.48);
            Assert.True(fit.Converged);
            Assert.Empty(fit.Warnings);
        }
    }

    [Fact]
    public void The_log_likelihood_is_that_of_mclust_to_the_last_digits_that_the_tolerance_leaves()
    {
        // 1e-8 per row may remain
        EmFit fit = Fit(2, CovarianceModel.VVV, 1);
        Close.Absolute(-1130.2639601847461, fit.LogLikelihood, 272 * 1e-8, "log-likelihood");
        Assert.Equal(11, fit.ParameterCount);
        Assert.Equal(272, fit.RowCount);
        Assert.Equal(272, fit.TotalWeight);
    }

    [Fact]
    public void Criteria_are_those_of_the_log_likelihood_and_smaller_is_better()
    {
        EmFit fit = Fit(2, CovarianceModel.VVV, 1);
        Close.Absolute(2322.19, fit.Bic, 0.005, "BIC");
        Close.Absolute(2322.1919593029565, fit.Bic, 0.002, "minus mclust's BIC");
        Close.Absolute((2 * 1130.2639601847461) + 22, fit.Aic, 1e-4, "AIC");
        Close.Relative(fit.Bic + (2 * fit.Entropy), fit.Icl, 1e-14, "ICL");
        Assert.True(fit.Entropy > 0);
        Assert.True(Fit(3, CovarianceModel.VVV, 1).Bic > fit.Bic);
    }

    private static EmFit Fit(int componentCount, CovarianceModel model, ulong seed) =>
        new EmEstimator(new EmOptions { ComponentCount = componentCount, CovarianceModel = model, Seed = seed })
            .Fit(TestData.Observations(TestData.Faithful));

    private static void AssertComponent(GaussianComponent component, double weight, double eruptions, double waiting)
    {
        Close.Absolute(weight, component.Weight, 0.001, "weight");
        Close.Absolute(eruptions, component.Mean[0], 0.005, "eruptions");
        Close.Absolute(waiting, component.Mean[1], 0.05, "waiting");
    }
}
