using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Selection;

/// <summary>Tails and noise as axes of a search.</summary>
public sealed class SearchAxesTests
{
    private static readonly CovarianceModel[] Models = [CovarianceModel.EEE, CovarianceModel.VVV];

    [Fact]
    public void Each_combination_is_fitted_with_each_tail_and_with_and_without_noise()
    {
        EmOptions options = new() { CommonDegreesOfFreedom = true, NoiseVolume = 400 };
        SearchAxes axes = new([1, 2], Models) { Tails = [Tail.Normal, Tail.Student], Noise = [false, true] };
        InMemoryObservations rows = TestData.Observations(NoisyFaithful.Rows);
        EmFit[] fits = [.. new ModelSearch(options).Fit(rows, axes).Cast<EmFit>()];
        string[] kinds = ["", " + noise", " t"];
        Assert.Equal(
            [.. new[] { 1, 2 }.SelectMany(count => Models.SelectMany(model => kinds.Select(kind => $"{model},{count}{kind}")))],
            fits.Select(fit => FitCandidate.From(fit).ToString()).ToArray());

        // as high as each on its own, and as known values from one start
        EmFit[] alone = [.. axes.Combine(options).Select(own => new EmEstimator(own).Fit(rows))];
        Assert.All(Enumerable.Range(0, fits.Length), i => Close.Absolute(alone[i].LogLikelihood, fits[i].LogLikelihood, 1e-2, FitCandidate.From(fits[i]).ToString()));
        Close.Absolute(-1361.77124, fits[10].LogLikelihood, 1e-4, "VVV,2 + noise");
        Close.Absolute(-1397.870998, fits[11].LogLikelihood, 1e-3, "VVV,2 t");
        Assert.Equal([11, 12, 12], fits[9..].Select(fit => fit.ParameterCount));
        Assert.Equal((false, null, Tail.Normal), (fits[9].Options.Noise, fits[9].Options.NoiseVolume, fits[9].Options.Tail));
        Assert.Equal((true, 400.0, Tail.Normal), (fits[10].Options.Noise, fits[10].Options.NoiseVolume!.Value, fits[10].Options.Tail));
        Assert.Equal((true, Tail.Student), (fits[11].Options.CommonDegreesOfFreedom, fits[11].Options.Tail));
        Assert.Equal((false, null), (fits[10].Options.CommonDegreesOfFreedom, fits[11].Options.NoiseVolume));
        FitSelection selection = FitSelection.Choose([.. fits.Select(FitCandidate.From)], SelectionCriterion.Bic);
        Assert.Equal(fits.Min(fit => fit.Bic), fits[selection.Ranked[0]].Bic, 1e-9);
        Assert.NotNull(fits[selection.Ranked[0]].Mixture.Noise);
    }

    [Fact]
    public void Components_with_tails_never_end_below_normal_ones_in_one_search()
    {
        SearchAxes axes = new([2, 3], CovarianceModels.All) { Tails = [Tail.Student, Tail.Normal] };
        EmFit[] fits = [.. new ModelSearch(new EmOptions { RestartCount = 1 }).Fit(TestData.Observations(TestData.Faithful), axes).Cast<EmFit>()];
        for (int i = 0; i < fits.Length; i += 2)
        {
            // with 200 degrees of freedom a fit is normal up to less than a unit of log-likelihood
            Close.AtLeast(fits[i + 1].BoundedLogLikelihood, fits[i].BoundedLogLikelihood, 1, FitCandidate.From(fits[i]).ToString());
        }
    }

    [Fact]
    public void One_tail_and_no_choice_of_noise_are_the_search_as_it_was()
    {
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        EmFit[] before = [.. new ModelSearch(new EmOptions { Tail = Tail.Student }).Fit(rows, [1, 2], Models).Cast<EmFit>()];
        EmFit[] now = [.. new ModelSearch(new EmOptions()).Fit(rows, new SearchAxes([1, 2], Models) { Tails = [Tail.Student] }).Cast<EmFit>()];
        Assert.Equal(before.Select(fit => fit.LogLikelihood), now.Select(fit => fit.LogLikelihood));
        Assert.All(now, fit => Assert.Equal(Tail.Student, fit.Mixture.Tail));
    }

    [Theory]
    [InlineData("prior", true, false, "TailWithPrior")]
    [InlineData("prior", false, true, "NoiseWithPrior")]
    [InlineData("weights", false, true, "NoiseWithFixedWeight")]
    [InlineData("noise", true, false, "TailWithNoise")]
    [InlineData("tolerance", true, true, "InvalidTolerance")]
    [InlineData("degrees", false, true, "DegreesOfFreedomAlone")]
    public void What_goes_with_no_combination_is_an_error(string what, bool tails, bool noise, string errorId)
    {
        EmOptions options = new()
        {
            ComponentCount = 2,
            Prior = what == "prior",
            FixedWeights = what == "weights" ? [0.5, 0.5] : null,
            Noise = what == "noise",
            Tolerance = what == "tolerance" ? -1 : null,
            DegreesOfFreedom = what == "degrees" ? [4] : null,
        };
        SearchAxes axes = new([2], [CovarianceModel.VVV])
        {
            Tails = tails ? [Tail.Normal, Tail.Student] : null,
            Noise = noise ? [false, true] : null,
        };
        Assert.Equal(errorId, Assert.Throws<EstimationException>(() => axes.Combine(options)).ErrorId);
    }

    [Fact]
    public void A_failure_tells_what_it_was_to_be()
    {
        SearchAxes axes = new([7], [CovarianceModel.VVV]) { Tails = [Tail.Normal, Tail.Student], Noise = [false, true] };
        IReadOnlyList<IFitOutcome> outcomes = new ModelSearch(new EmOptions()).Fit(TestData.Observations(TestData.Draw(6, 1, 2, 3)), axes);
        Assert.Equal(["VVV,7", "VVV,7 + noise", "VVV,7 t"], outcomes.Select(outcome => FitCandidate.From(outcome).ToString()));
        Assert.All(outcomes, outcome => Assert.StartsWith(
            $"{FitCandidate.From(outcome)}: not fitted. ", Assert.IsType<FitFailure>(outcome).ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Axes_need_values() => Assert.Throws<ArgumentNullException>(() => new SearchAxes(null!, Models));
}
