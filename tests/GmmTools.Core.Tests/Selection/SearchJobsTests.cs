using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Selection;

/// <summary>What the fits of a search take from each other.</summary>
public sealed class SearchJobsTests
{
    private static readonly InMemoryObservations Faithful = TestData.Observations(TestData.Faithful);

    [Fact]
    public void Fits_that_others_need_come_first_and_outcomes_as_they_were_asked_for()
    {
        List<string> seen = [];
        ModelSearch search = new(new EmOptions { ThreadCount = 1 }, progress => seen.Add(progress.Latest));
        IReadOnlyList<IFitOutcome> fits = search.Fit(Faithful, [2, 1], [CovarianceModel.VVV, CovarianceModel.EII]);
        Assert.Equal(["EII,1", "VVV,1", "EII,2", "VVV,2"], seen);
        Assert.Equal(
            [(2, CovarianceModel.VVV), (2, CovarianceModel.EII), (1, CovarianceModel.VVV), (1, CovarianceModel.EII)],
            fits.Select(fit => (fit.ComponentCount, fit.CovarianceModel)));
    }

    [Fact]
    public void One_component_has_the_closed_form_of_its_model()
    {
        IReadOnlyList<IFitOutcome> fits = new ModelSearch(new EmOptions { ThreadCount = 2 }).Fit(Faithful, [1], [CovarianceModel.VVV, CovarianceModel.VVI]);
        double[,] rows = TestData.Faithful;
        double[] means = [.. Enumerable.Range(0, 2).Select(j => Enumerable.Range(0, 272).Average(i => rows[i, j]))];
        double Moment(int j, int m) => Enumerable.Range(0, 272).Average(i => (rows[i, j] - means[j]) * (rows[i, m] - means[m]));
        double diagonal = Moment(0, 0) * Moment(1, 1);
        double full = diagonal - (Moment(0, 1) * Moment(0, 1));
        Close.Relative(-136 * ((2 * Math.Log(2 * Math.PI)) + Math.Log(full) + 2), Assert.IsType<EmFit>(fits[0]).LogLikelihood, 1e-12, "full");
        Close.Relative(-136 * ((2 * Math.Log(2 * Math.PI)) + Math.Log(diagonal) + 2), Assert.IsType<EmFit>(fits[1]).LogLikelihood, 1e-12, "diagonal");
    }

    /// <summary>From one random start each, alone they would end below in some of the cases.</summary>
    [Fact]
    public void No_model_ends_below_those_within_it()
    {
        int helped = 0;
        for (ulong seed = 1; seed <= 6; seed++)
        {
            EmOptions options = new() { ThreadCount = 1, RestartCount = 1, Initialization = InitializationMethod.Random, Seed = seed };
            EmFit[] fits = [.. new ModelSearch(options).Fit(Faithful, [4], [CovarianceModel.VII, CovarianceModel.VVI, CovarianceModel.VVV]).Cast<EmFit>()];
            for (int i = 1; i < fits.Length; i++)
            {
                Close.AtLeast(fits[i - 1].LogLikelihood, fits[i].LogLikelihood, 0.01, fits[i].ToString());
                EmOptions alone = options.Clone();
                alone.ComponentCount = 4;
                alone.CovarianceModel = fits[i].CovarianceModel;
                helped += new EmEstimator(alone).Fit(Faithful).LogLikelihood < fits[i - 1].LogLikelihood - 0.01 ? 1 : 0;
            }
        }

        Assert.True(helped > 0, "each would have ended above the others without their help, so that this test cannot fail");
    }

    [Fact]
    public void More_components_never_end_below_fewer()
    {
        for (ulong seed = 1; seed <= 4; seed++)
        {
            EmOptions options = new() { ThreadCount = 1, RestartCount = 1, Initialization = InitializationMethod.Random, Seed = seed };
            EmFit[] fits = [.. new ModelSearch(options).Fit(Faithful, [2, 3, 4, 5], [CovarianceModel.VVI]).Cast<EmFit>()];
            for (int i = 1; i < fits.Length; i++)
            {
                Close.AtLeast(fits[i - 1].LogLikelihood, fits[i].LogLikelihood, 0.01, fits[i].ToString());
            }
        }
    }

    [Fact]
    public void Starts_that_are_asked_for_are_made_and_few_otherwise()
    {
        int Starts(EmOptions options) =>
            Assert.IsType<EmFit>(Assert.Single(new ModelSearch(options).Fit(Faithful, [3], [CovarianceModel.VVV]))).Starts.Count;
        int few = Starts(new EmOptions { ThreadCount = 1 });
        int three = Starts(new EmOptions { ThreadCount = 1, RestartCount = 3 });
        int seven = Starts(new EmOptions { ThreadCount = 1, RestartCount = 7 });
        Assert.Equal(three + 4, seven);
        Assert.Equal(three, few);
    }

    [Fact]
    public void A_search_that_is_done_leaves_no_checkpoint_and_one_that_failed_leaves_its_own()
    {
        using Interruptions folder = new();
        EmOptions options = new() { ThreadCount = 1, Checkpoint = new CheckpointOptions(folder.File) };
        IReadOnlyList<IFitOutcome> fits = new ModelSearch(options).Fit(Faithful, [1, 2], [CovarianceModel.EEE]);
        Assert.False(File.Exists(folder.File));
        Assert.All(fits, fit => Assert.Empty(Assert.IsType<EmFit>(fit).Warnings));
        int done = 0;
        ModelSearch failing = new(options, _ => done = done == 0 ? 1 : throw new IOException("the screen is gone"));
        Assert.Throws<IOException>(() => failing.Fit(Faithful, [1, 2], [CovarianceModel.EEE]));
        Assert.True(File.Exists(folder.File));
        EmFit[] again = [.. new ModelSearch(options).Fit(Faithful, [1, 2], [CovarianceModel.EEE]).Cast<EmFit>()];
        Assert.Equal(fits.Cast<EmFit>().Select(fit => fit.LogLikelihood), again.Select(fit => fit.LogLikelihood));
        Assert.False(File.Exists(folder.File));
    }

    [Fact]
    public void A_search_needs_options() => Assert.Throws<ArgumentNullException>(() => new ModelSearch(null!));

    [Fact]
    public void Wrong_options_fail_each_combination_with_their_reason()
    {
        EmOptions options = new() { ThreadCount = 1, FixedWeights = [0.5, 0.5] };
        IReadOnlyList<IFitOutcome> fits = new ModelSearch(options).Fit(Faithful, [2, 3], [CovarianceModel.VVV]);
        Assert.IsType<EmFit>(fits[0]);
        Assert.IsType<FitFailure>(fits[1]);
    }
}
