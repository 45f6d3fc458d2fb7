using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Scoring;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Gaps, weights, standardised columns, a prior, collapse policies, given starts and searches together.</summary>
public sealed class CombinedOptionTests
{
    private static readonly double[,] Complete = TestData.Draw(300, 3, 3, 71, 20);
    private static readonly double[,] Partial = Gaps.Punch(Complete, 0.1, 72);
    private static readonly double[] Counts = DrawCounts();

    public static IEnumerable<object[]> Searches =>
        from gaps in new[] { false, true }
        from weighted in new[] { false, true }
        from standardize in new[] { false, true }
        from prior in new[] { false, true }
        select new object[] { gaps, weighted, standardize, prior };

    [Theory]
    [MemberData(nameof(Searches))]
    public void A_search_reports_what_measuring_its_fits_gives(bool gaps, bool weighted, bool standardize, bool prior)
    {
        IObservations observations = Gaps.Collect(gaps ? Partial : Complete, weighted ? Counts : null);
        EmOptions options = new() { Standardize = standardize, Prior = prior, RestartCount = 3, Seed = 1 };
        CovarianceModel[] models = prior
            ? [CovarianceModel.EII, CovarianceModel.VII, CovarianceModel.VVI, CovarianceModel.VVV]
            : [CovarianceModel.EII, CovarianceModel.VEI, CovarianceModel.EEV, CovarianceModel.VVV];
        EmFit[] fits = [.. new ModelSearch(options).Fit(observations, [1, 2, 3], models, CancellationToken.None).Cast<EmFit>()];
        Assert.Equal(12, fits.Length);
        foreach (EmFit fit in fits)
        {
            LikelihoodSummary summary = LikelihoodSummary.Measure(fit.Mixture, observations, 1, CancellationToken.None);
            Close.Relative(summary.LogLikelihood, fit.LogLikelihood, 1e-9, $"log-likelihood of {fit}");
            Close.Relative(observations.TotalWeight, fit.TotalWeight, 1e-12, "weight");
        }

        if (!prior)
        {
            AssertNested(fits, observations.TotalWeight);
        }
    }

    [Theory]
    [InlineData(CollapsePolicy.Reseed)]
    [InlineData(CollapsePolicy.Drop)]
    [InlineData(CollapsePolicy.Stop)]
    public void A_collapse_among_gaps_and_weights_is_dealt_with(CollapsePolicy policy)
    {
        IObservations observations = Gaps.Collect(Partial, Counts);
        GaussianMixture sound = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(observations).Mixture;
        GaussianMixture start = GaussianMixture.Create(
            [0.45, 0.35, 0.2],
            [[.. sound.Components[0].Mean], [.. sound.Components[1].Mean], [1e7, 1e7, 1e7]],
            [sound.Components[0].Covariance, sound.Components[1].Covariance, Identity()]);
        foreach (bool standardize in new[] { false, true })
        {
            EmFit fit = new EmEstimator(new EmOptions
            {
                ComponentCount = 3,
                InitialMixture = start,
                CollapsePolicy = policy,
                Standardize = standardize,
            }).Fit(observations);
            Assert.Equal(policy == CollapsePolicy.Drop ? 2 : 3, fit.ComponentCount);
            double measured = LikelihoodSummary.Measure(fit.Mixture, observations, 1, CancellationToken.None).LogLikelihood;
            Close.Relative(measured, fit.LogLikelihood, 1e-8, "log-likelihood");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Responsibilities_stay_with_their_rows_when_these_have_gaps(bool standardize)
    {
        // one run of labels after the other, while the patterns of gaps are scattered
        int[] labels = Labels();
        double[,] shares = new double[300, 2];
        for (int i = 0; i < 300; i++)
        {
            shares[i, labels[i]] = 1;
        }

        EmOptions options = new() { ComponentCount = 2, InitialResponsibilities = RowResponsibilities.FromMatrix(shares), MaxIteration = 1, Tolerance = 0, Standardize = standardize };
        EmFit fit = new EmEstimator(options).Fit(Gaps.Collect(Partial));
        EmFit complete = new EmEstimator(options).Fit(Gaps.Collect(Complete));
        for (int k = 0; k < 2; k++)
        {
            Close.Absolute(complete.Mixture.Components[k].Weight, fit.Mixture.Components[k].Weight, 0.05, "weight");
            for (int j = 0; j < 3; j++)
            {
                Close.Absolute(complete.Mixture.Components[k].Mean[j], fit.Mixture.Components[k].Mean[j], 1, "mean");
            }
        }
    }

    /// <summary>A model that contains another does not end below it.</summary>
    private static void AssertNested(IReadOnlyList<EmFit> fits, double totalWeight)
    {
        foreach (EmFit fit in fits.Where(fit => !fit.IsSpurious))
        {
            foreach (EmFit other in fits.Where(other => other.ComponentCount == fit.ComponentCount && other.CovarianceModel.IsWithin(fit.CovarianceModel)))
            {
                Assert.True(fit.LogLikelihood >= other.LogLikelihood - (1e-4 * totalWeight), $"{fit} is below {other}");
            }
        }
    }

    private static int[] Labels() => [.. Enumerable.Range(0, 300).Select(i => Complete[i, 0] > Middle() ? 1 : 0)];

    private static double Middle() => Enumerable.Range(0, 300).Average(i => Complete[i, 0]);

    private static double[,] Identity() => new double[,] { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };

    private static double[] DrawCounts()
    {
        SplitMix64 random = new(73);
        return [.. Enumerable.Range(0, 300).Select(_ => (double)random.NextIndex(4))];
    }
}
