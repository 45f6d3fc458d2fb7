using System;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Selection;

public sealed class FitSelectionTests
{
    [Fact]
    public void The_smallest_criterion_comes_first()
    {
        FitCandidate[] candidates = [Candidate(1, -100, 5), Candidate(2, -60, 11), Candidate(3, -59, 17)];

        Assert.Equal([1, 2, 0], Rank(candidates));
    }

    [Fact]
    public void Each_criterion_has_its_own_best()
    {
        // the first stands apart; the others gain likelihood at a growing price
        FitCandidate[] candidates =
        [
            Candidate(2, -62, 11, entropy: 0), Candidate(3, -55, 12, entropy: 40), Candidate(4, -47, 17, entropy: 40), Candidate(5, -44, 19, entropy: 40),
        ];

        Assert.Equal(1, Rank(candidates, SelectionCriterion.Bic)[0]);
        Assert.Equal(0, Rank(candidates, SelectionCriterion.Icl)[0]);
        Assert.Equal(3, Rank(candidates, SelectionCriterion.Aic)[0]);
        Assert.Equal(2, Rank(candidates, SelectionCriterion.Aicc)[0]);
    }

    [Fact]
    public void Of_equals_the_one_with_fewer_parameters_comes_first_then_the_first()
    {
        double step = Math.Log(100) / 2;
        FitCandidate[] candidates = [Candidate(2, -60, 12), Candidate(2, -60 - step, 11), Candidate(2, -60 - step + 1e-12, 11)];

        Assert.Equal([1, 2, 0], Rank(candidates));
    }

    [Fact]
    public void Failed_fits_are_left_out()
    {
        FitCandidate failed = Candidate(3, double.NaN, 17);
        failed.Failure = "too few rows";

        Assert.Equal([1], Rank([failed, Candidate(2, -60, 11)]));
    }

    [Fact]
    public void Spurious_fits_compete_only_when_asked_for_or_when_there_are_no_others()
    {
        FitCandidate spurious = Candidate(3, 500, 17);
        spurious.IsSpurious = true;
        FitCandidate sound = Candidate(2, -60, 11);

        Assert.Equal([1], Rank([spurious, sound, Candidate(4, double.NegativeInfinity, 3)]));
        Assert.Equal([0, 1], [.. FitSelection.Choose([spurious, sound], SelectionCriterion.Bic, includeSpurious: true).Ranked]);
        FitSelection only = FitSelection.Choose([spurious], SelectionCriterion.Bic);
        Assert.Equal([0], only.Ranked);
        Assert.Contains("spurious", Assert.Single(only.Warnings).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3 }, 3, "TryMoreComponents 1 6")]
    [InlineData(new[] { 2, 3, 4 }, 2, "TryFewerComponents 4")]
    [InlineData(new[] { 1, 2, 3 }, 1, null)]
    [InlineData(new[] { 1, 2, 3 }, 2, null)]
    [InlineData(new[] { 3, 3 }, 3, null)]
    public void The_edge_of_what_was_tried_is_told(int[] componentCounts, int best, string? remedy)
    {
        FitSelection selection = FitSelection.Choose(
            [.. componentCounts.Select(k => Candidate(k, k == best ? -50 : -60, 10))], SelectionCriterion.Bic);

        Assert.Equal(remedy is null ? 0 : 1, selection.Warnings.Count);
        Assert.All(selection.Warnings, warning => Assert.Equal(remedy, Remedies.Of(warning.Remedy)));
    }

    [Fact]
    public void A_number_of_components_that_failed_was_tried()
    {
        FitCandidate failed = Candidate(4, double.NaN, 17);
        failed.Failure = "too few rows";

        Assert.Empty(FitSelection.Choose([Candidate(2, -60, 11), Candidate(3, -50, 11), failed], SelectionCriterion.Bic).Warnings);
    }

    [Fact]
    public void Fits_of_different_data_are_not_compared()
    {
        FitCandidate fit = Candidate(2, -60, 11);

        AssertDifferent(fit, other => other.RowCount = 99, "100 rows and 99 rows");
        AssertDifferent(fit, other => other.TotalWeight = 50, "total weight 100 and 50");
        AssertDifferent(fit, other => other.Property = ["a", "c"], "columns a, b and columns a, c");
        AssertDifferent(fit, other => other.Property = ["a"], "columns a, b and columns a.");
    }

    [Fact]
    public void The_order_of_the_columns_and_of_the_weights_does_not_matter()
    {
        FitCandidate other = Candidate(3, -59, 12);
        other.Property = ["B", "a"];
        other.TotalWeight = Math.BitIncrement(100.0);

        Assert.Equal([0, 1], Rank([Candidate(2, -60, 11), other]));
    }

    [Fact]
    public void Nothing_to_choose_from_is_an_error()
    {
        FitCandidate failed = Candidate(4, double.NaN, 17);
        failed.Failure = "too few rows";

        Assert.Equal("NoFits", Fail([], SelectionCriterion.Bic).ErrorId);
        SelectionException none = Fail([failed], SelectionCriterion.Bic);
        Assert.Equal("NothingFitted", none.ErrorId);
        Assert.Contains("VVV,4: too few rows", none.Message, StringComparison.Ordinal);
        Assert.Equal("InfiniteCriterion", Fail([Candidate(9, -10, 200)], SelectionCriterion.Aicc).ErrorId);
    }

    [Fact]
    public void A_candidate_has_the_criteria_of_its_fit()
    {
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(Support.TestData.Observations(Support.TestData.Faithful));
        FitCandidate candidate = FitCandidate.From(fit);

        Assert.Equal(
            [fit.Bic, fit.Icl, fit.Aic, fit.Aicc],
            [.. Enum.GetValues<SelectionCriterion>().Select(candidate.Value)]);
        Assert.Equal("VVV,2", candidate.ToString());
        Assert.Equal((fit.LogLikelihood, fit.Entropy, 272.0, 272L, false), (candidate.LogLikelihood, candidate.Entropy, candidate.TotalWeight, candidate.RowCount, candidate.IsSpurious));
        Assert.Null(candidate.Failure);
    }

    [Fact]
    public void A_spurious_fit_is_a_spurious_candidate()
    {
        double[,] rows = TestData.Draw(120, 1, 2, 5, 1);
        for (int i = 0; i < 6; i++)
        {
            rows[i, 0] = 20 + i;
            rows[i, 1] = 20 + i + (i % 2 * 1e-3);
        }

        GaussianMixture start = GaussianMixture.Create(
            [0.95, 0.05], [[0, 0], [22.5, 22.5]], [Starts.Diagonal(4, 4), new double[,] { { 3, 2.999 }, { 2.999, 3 } }]);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, InitialMixture = start }).Fit(TestData.Observations(rows));
        Assert.Single(fit.SpuriousComponents);
        Assert.True(FitCandidate.From(fit).IsSpurious);
    }

    private static int[] Rank(FitCandidate[] candidates, SelectionCriterion criterion = SelectionCriterion.Bic) =>
        [.. FitSelection.Choose(candidates, criterion).Ranked];

    private static SelectionException Fail(FitCandidate[] candidates, SelectionCriterion criterion) =>
        Assert.Throws<SelectionException>(() => FitSelection.Choose(candidates, criterion));

    private static void AssertDifferent(FitCandidate fit, Action<FitCandidate> change, string part)
    {
        FitCandidate other = Candidate(3, -59, 17);
        change(other);
        SelectionException error = Fail([fit, other], SelectionCriterion.Bic);
        Assert.Equal("DifferentData", error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static FitCandidate Candidate(int componentCount, double logLikelihood, int parameterCount, double entropy = 1) => new()
    {
        ComponentCount = componentCount,
        CovarianceModel = CovarianceModel.VVV,
        Property = ["a", "b"],
        RowCount = 100,
        TotalWeight = 100,
        LogLikelihood = logLikelihood,
        ParameterCount = parameterCount,
        Entropy = entropy,
    };
}
