using System;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Selection;

/// <summary>What a selection makes of fits with few rows, and what it says of those that it cannot choose from.</summary>
public sealed class FitCandidateTests
{
    /// <summary>Five rows per component and two per parameter, unless there is one component only.</summary>
    [Theory]
    [InlineData(2, 4, 10, false)]
    [InlineData(2, 4, 9.9, true)]
    [InlineData(3, 4, 14, true)]
    [InlineData(3, 8, 16, false)]
    [InlineData(3, 8, 15.5, true)]
    [InlineData(1, 8, 3, false)]
    public void A_mixture_needs_rows_for_its_components_and_for_its_parameters(int componentCount, int parameterCount, double weight, bool expected) =>
        Assert.Equal(expected, Candidate(componentCount, -60, parameterCount, weight).IsSaturated);

    /// <summary>With full covariances of two columns K components have 6K − 1 parameters, and so need 12K − 2 rows; spheres have 4K − 1.</summary>
    [Theory]
    [InlineData(CovarianceModel.VVV, 100, 20, 8)]
    [InlineData(CovarianceModel.VVV, 94, 20, 8)]
    [InlineData(CovarianceModel.VVV, 93, 20, 7)]
    [InlineData(CovarianceModel.VVV, 100, 5, 5)]
    [InlineData(CovarianceModel.VVV, 3, 5, 1)]
    [InlineData(CovarianceModel.VII, 100, 20, 12)]
    public void The_rows_suffice_for_so_many_components(CovarianceModel model, double weight, int limit, int expected)
    {
        FitCandidate candidate = Candidate(2, -60, 11, weight);
        candidate.CovarianceModel = model;
        Assert.Equal(expected, candidate.MostComponents(limit));
    }

    /// <summary>Of one column and one variance K components have 2K parameters: here the five rows per component decide.</summary>
    [Fact]
    public void Few_parameters_do_not_make_up_for_few_rows()
    {
        FitCandidate candidate = Candidate(2, -60, 4, 100);
        candidate.CovarianceModel = CovarianceModel.EII;
        candidate.Property = ["a"];
        Assert.Equal(20, candidate.MostComponents(50));
    }

    [Fact]
    public void Fits_of_too_few_rows_compete_only_when_there_are_no_others()
    {
        FitCandidate[] candidates = [Candidate(1, -80, 5, 20), Candidate(2, -20, 11, 20), Candidate(3, -10, 17, 20)];
        FitSelection selection = FitSelection.Choose(candidates, SelectionCriterion.Bic);
        Assert.Equal([0], selection.Ranked);
        Assert.Empty(selection.Warnings);

        FitSelection saturated = FitSelection.Choose([candidates[1], candidates[2]], SelectionCriterion.Aic);
        Assert.Equal([1, 0], saturated.Ranked);
        Assert.Equal(
            "20 rows are too few for any of these fits: a mixture of several components needs five rows per component and two per parameter, and the best, VVV,3, "
            + "has 17 parameters. Try fewer components or more restricted covariance models.",
            Assert.Single(saturated.Warnings).ToString());
    }

    [Fact]
    public void A_spurious_best_is_told_unless_it_was_asked_for()
    {
        FitCandidate[] candidates = [Candidate(2, -60, 11, 100), Candidate(3, -20, 17, 100)];
        Array.ForEach(candidates, candidate => candidate.IsSpurious = true);
        FitSelection selection = FitSelection.Choose(candidates, SelectionCriterion.Bic);
        Assert.Equal([1, 0], selection.Ranked);
        Assert.Equal(
            "Every fit is spurious: in the best, VVV,3, some components describe only a few rows on a line, in a plane or at a point, so its likelihood says "
            + "little. Try fewer components or more restricted covariance models.",
            selection.Warnings[0].Text);
        Assert.DoesNotContain(
            FitSelection.Choose(candidates, SelectionCriterion.Bic, includeSpurious: true).Warnings, warning => warning.Text.Contains("spurious", StringComparison.Ordinal));
    }

    [Fact]
    public void The_edge_is_told_by_the_name_of_the_criterion()
    {
        FitCandidate[] candidates = [Candidate(2, -60, 11, 100), Candidate(3, -20, 12, 100), Candidate(4, -60, 13, 100)];
        Assert.Equal(
            "The best by BIC, VVV,3, has the largest number of components tried; more may be better still.",
            Assert.Single(FitSelection.Choose(candidates[..2], SelectionCriterion.Bic).Warnings).Text);
        Assert.Equal(
            "The best by AICc, VVV,3, has the smallest number of components tried; fewer may be better still.",
            Assert.Single(FitSelection.Choose(candidates[1..], SelectionCriterion.Aicc).Warnings).Text);
    }

    [Fact]
    public void No_more_components_are_suggested_than_the_rows_suffice_for()
    {
        // 12K − 2 rows: 25 suffice for two components, 34 for three
        FitCandidate[] few = [Candidate(1, -60, 5, 25), Candidate(2, -10, 11, 25)];
        Assert.Empty(FitSelection.Choose(few, SelectionCriterion.Bic).Warnings);
        FitCandidate[] more = [Candidate(1, -60, 5, 34), Candidate(2, -10, 11, 34)];
        Assert.Equal("TryMoreComponents 1 3", Remedies.Of(Assert.Single(FitSelection.Choose(more, SelectionCriterion.Bic).Warnings).Remedy));
    }

    [Fact]
    public void Criteria_take_the_log_likelihood_without_what_has_no_bound()
    {
        FitCandidate candidate = Candidate(2, -60, 11, 100);
        Assert.Equal(-60, candidate.BoundedLogLikelihood);
        Close.Relative(120 + (11 * Math.Log(100)), candidate.Value(SelectionCriterion.Bic), 1e-15, "BIC");
        candidate.BoundedLogLikelihood = -70;
        Assert.Equal(-60, candidate.LogLikelihood);
        Close.Relative(140 + (11 * Math.Log(100)), candidate.Value(SelectionCriterion.Bic), 1e-15, "BIC");
        Close.Relative(140 + 22, candidate.Value(SelectionCriterion.Aic), 1e-15, "AIC");
        Assert.Throws<ArgumentOutOfRangeException>(() => candidate.Value((SelectionCriterion)99));
        Assert.Throws<ArgumentNullException>(() => FitCandidate.From(null!));
    }

    [Fact]
    public void What_cannot_be_chosen_from_is_told_in_full()
    {
        Assert.Equal("There are no fits to choose from.", Fail([], SelectionCriterion.Bic).Message);
        Assert.Throws<ArgumentNullException>(() => FitSelection.Choose(null!, SelectionCriterion.Bic));
        FitCandidate[] failed = [Candidate(4, double.NaN, 17, 100), Candidate(5, double.NaN, 23, 100)];
        Array.ForEach(failed, candidate => candidate.Failure = "too few rows");
        Assert.Equal("None of the 2 combinations could be fitted. VVV,4: too few rows", Fail(failed, SelectionCriterion.Bic).Message);
        SelectionException infinite = Fail([failed[0], Candidate(9, -10, 200, 100)], SelectionCriterion.Aicc);
        Assert.Equal(
            "AICc is infinite for every fit: 100 rows are too few for so many parameters. Use another criterion, fewer components or a more restricted "
            + "covariance model.",
            infinite.Message);
        Assert.Equal(("InfiniteCriterion", (object)SelectionCriterion.Aicc), (infinite.ErrorId, infinite.OffendingValue));
    }

    [Fact]
    public void Fits_of_other_data_are_named_with_their_places()
    {
        FitCandidate[] candidates = [Candidate(1, -80, 5, 100), Candidate(2, -60, 11, 100), Candidate(3, -50, 17, 100)];
        candidates[2].TotalWeight = 100 * (1 + 1e-8);
        Assert.Equal(
            "Fit 1 (VVV,1) and fit 3 (VVV,3) come from different data: rows of total weight 100 and 100.000001. A criterion compares models of the same rows "
            + "only. Fit all of them to the same rows and columns, or choose among the fits of each data set.",
            Fail(candidates, SelectionCriterion.Bic).Message);

        // sums in another order
        candidates[2].TotalWeight = 100 * (1 + 1e-10);
        Assert.Equal(3, FitSelection.Choose(candidates, SelectionCriterion.Bic).Ranked.Count);
    }

    [Fact]
    public void Combinations_are_told_by_both_of_their_parts()
    {
        Combination combination = new(2, CovarianceModel.EVE);
        Assert.Equal("EVE,2", combination.ToString());
        Assert.True(combination.Equals((object)new Combination(2, CovarianceModel.EVE)));
        Assert.Equal(combination.GetHashCode(), new Combination(2, CovarianceModel.EVE).GetHashCode());
        Assert.False(combination.Equals(new Combination(3, CovarianceModel.EVE)));
        Assert.False(combination.Equals(new Combination(2, CovarianceModel.VVE)));
        Assert.False(combination.Equals((object)new Combination(3, CovarianceModel.EVE)));
        Assert.False(combination.Equals("EVE,2"));
        Assert.False(combination.Equals(null));
        int[] codes = [.. Enumerable.Range(1, 20).SelectMany(count => CovarianceModels.All.Select(model => new Combination(count, model).GetHashCode())).Distinct()];
        Assert.Equal(20 * CovarianceModels.All.Count, codes.Length);
    }

    private static SelectionException Fail(FitCandidate[] candidates, SelectionCriterion criterion) =>
        Assert.Throws<SelectionException>(() => FitSelection.Choose(candidates, criterion));

    private static FitCandidate Candidate(int componentCount, double logLikelihood, int parameterCount, double weight) => new()
    {
        ComponentCount = componentCount,
        CovarianceModel = CovarianceModel.VVV,
        Property = ["a", "b"],
        RowCount = (long)weight,
        TotalWeight = weight,
        LogLikelihood = logLikelihood,
        ParameterCount = parameterCount,
        Entropy = 1,
    };
}
