using System;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Selection;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Rows among which the likelihood has no bound: far ones, equal ones, few ones, recorded in steps.</summary>
public sealed class SingularityTests
{
    private const double Tolerance = 0.005;

    [Theory]
    [InlineData("sent2", 100)]
    [InlineData("sent7", 1e7)]
    public void A_far_row_is_a_component_of_its_own(string name, double far)
    {
        // 500 N(0, 1), 500 N(10, 1) and one far row
        EmFit shared = Fit(TestData.Case(name, 1), 3, CovarianceModel.EEE);
        Assert.Equal(-2114.7244, shared.LogLikelihood, Tolerance);
        Assert.Empty(shared.Warnings);
        EmFit own = Fit(TestData.Case(name, 1), 3, CovarianceModel.VVV);
        Assert.Equal([0, 10, far], own.Mixture.Components.Select(component => Math.Round(component.Mean[0])).Order());
        Assert.All(own.Mixture.Components.Take(2), component => Assert.InRange(component.Covariance[0, 0], 0.8, 1.2));
        Assert.True(own.LogLikelihood > shared.LogLikelihood);
        Assert.Contains(own.Warnings, warning => warning.StartsWith("Component 3 is spurious", StringComparison.Ordinal));

        // what it owes to the single row does not count
        Assert.InRange(own.BoundedLogLikelihood, shared.LogLikelihood - 1, shared.LogLikelihood + 3);
        Assert.Equal((-2 * own.BoundedLogLikelihood) + (8 * Math.Log(1001)), own.Bic, 1e-9);
    }

    [Fact]
    public void A_far_row_of_two_columns_is_a_component_of_its_own()
    {
        double[,] rows = TestData.Case("out2d", 2);
        Assert.Equal(-2148.0396, Fit(rows, 3, CovarianceModel.EEE).LogLikelihood, Tolerance);
        EmFit own = Fit(rows, 3, CovarianceModel.VVV);
        Assert.True(own.LogLikelihood > -2133.387, "scikit-learn's");
        Assert.Equal([100, -50], own.Mixture.Components[2].Mean.Select(value => Math.Round(value)));
    }

    [Fact]
    public void A_search_takes_the_model_that_a_far_row_does_not_fool()
    {
        FitCandidate[] fits = Search(TestData.Case("sent2", 1), 5);
        FitCandidate best = Best(fits);
        Assert.Equal("E,3", best.ToString());
        Assert.Equal(4270.90, best.Value(SelectionCriterion.Bic), 0.01);
    }

    [Fact]
    public void Clusters_are_found_however_far_apart_they_are()
    {
        // 50 N(1, sd 1e-3), 50 N(1e4, sd 1e-3); mclust's log-likelihood
        EmFit fit = Fit(TestData.Case("twolocn", 1), 2, CovarianceModel.VVV);
        Assert.Equal(484.580, fit.LogLikelihood, 0.001);
        Assert.Empty(fit.Warnings);
    }

    [Fact]
    public void An_atom_is_named_and_has_a_component()
    {
        // 300 zeros, 400 N(5, 1), 300 N(12, 2)
        double[,] rows = TestData.Case("zeroinfl", 1);
        foreach (EmFit fit in new[] { Fit(rows, 3, CovarianceModel.VVV), FitFromTruth(rows) })
        {
            Assert.Equal([0, 5, 12], fit.Mixture.Components.Select(component => Math.Round(component.Mean[0])).Order());
            Atom atom = Assert.Single(fit.Atoms);
            Assert.Equal(("x1", 0, 0.3, 0), (atom.Property, atom.Value, atom.Share, fit.Mixture.Components[atom.Component!.Value - 1].Mean[0]));
            Assert.Contains(fit.Warnings, warning => warning.StartsWith("Column 'x1' is 0 in 30.0 % of the rows", StringComparison.Ordinal));
            Assert.Empty(fit.SpuriousComponents);
        }
    }

    [Fact]
    public void The_criteria_do_not_reward_how_narrow_a_component_on_an_atom_is()
    {
        double[,] rows = TestData.Case("zeroinfl", 1);
        FitCandidate best = Best(Search(rows, 5));
        Assert.Equal("V,3", best.ToString());
        EmFit wide = Fit(rows, 3, CovarianceModel.VVV, options => options.CovarianceFloor = 1e-8);
        EmFit narrow = Fit(rows, 3, CovarianceModel.VVV, options => options.CovarianceFloor = 1e-14);
        Assert.True(narrow.LogLikelihood > wide.LogLikelihood + 1000);
        Assert.Equal(wide.Bic, narrow.Bic, 0.1);

        // by hand: the zeros count as they do for one normal distribution, the others by their own
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => rows[i, 0])];
        double mean = values.Average();
        double variance = values.Average(value => (value - mean) * (value - mean));
        double single = (-0.5 * Math.Log(2 * Math.PI * variance)) - (0.5 * mean * mean / variance);
        GaussianComponent[] others = [.. narrow.Mixture.Components.Where(component => component.Mean[0] > 1)];
        double expected = (300 * single) + values.Where(value => value != 0).Sum(value => Math.Log(others.Sum(component =>
            component.Weight / 0.7 * Math.Exp(-0.5 * Math.Pow(value - component.Mean[0], 2) / component.Covariance[0, 0])
            / Math.Sqrt(2 * Math.PI * component.Covariance[0, 0]))));
        Assert.Equal(expected, narrow.BoundedLogLikelihood, 0.01);
    }

    [Fact]
    public void Zeros_among_other_values_of_a_column_are_named()
    {
        SplitMix64 random = new(3);
        double[,] rows = new double[1000, 2];
        for (int i = 0; i < 1000; i++)
        {
            rows[i, 0] = i % 10 < 3 ? 0 : Math.Exp(1 + (0.5 * random.NextNormal()));
            rows[i, 1] = 3 + random.NextNormal();
        }

        EmFit fit = Fit(rows, 2, CovarianceModel.VVI);
        Assert.Equal("x1 = 0, 30.0 % of the rows", Assert.Single(fit.Atoms).ToString());
        Assert.Null(Assert.Single(Fit(rows, 1, CovarianceModel.VVI).Atoms).Component);
        EmFit copy = (EmFit)MixtureJsonReader.Read(System.Text.Encoding.UTF8.GetBytes(MixtureJsonWriter.Write(fit)));
        Assert.Equal((fit.Atoms[0].ToString(), fit.Atoms[0].Component), (copy.Atoms[0].ToString(), copy.Atoms[0].Component));
        Assert.Equal((fit.BoundedLogLikelihood, fit.Bic), (copy.BoundedLogLikelihood, copy.Bic));
    }

    [Fact]
    public void Whole_numbers_are_no_atoms_and_no_clusters()
    {
        SplitMix64 random = new(1);
        double[,] rows = TestData.Column([.. Enumerable.Range(0, 1000).Select(_ => Math.Round(20 + (4 * random.NextNormal())))]);
        FitCandidate[] fits = Search(rows, 9);
        Assert.Equal(1, Best(fits).ComponentCount);
        Assert.Empty(Fit(rows, 2, CovarianceModel.VVV).Atoms);
    }

    [Fact]
    public void A_row_of_a_column_recorded_in_steps_counts_for_no_more_than_its_probability()
    {
        // one component per value: the likelihood of a table of frequencies
        int[] codes = [200, 200, 200, 200, 200, 200, 404, 404, 500, 301];
        double[,] rows = TestData.Column([.. Enumerable.Range(0, 400).Select(i => (double)codes[i % 10])]);
        EmFit fit = Fit(rows, 4, CovarianceModel.EEE);
        double entropy = 400 * ((0.6 * Math.Log(0.6)) + (0.2 * Math.Log(0.2)) + (0.2 * Math.Log(0.1)));
        Assert.Equal([0.6, 0.2, 0.1, 0.1], fit.Mixture.Components.Select(component => Math.Round(component.Weight, 6)));
        Assert.True(fit.LogLikelihood <= entropy + (200 * Math.Log(12 / (2 * Math.PI))) + 1e-6);
    }

    [Fact]
    public void One_hot_columns_have_a_bounded_likelihood()
    {
        FitCandidate[] fits = Search(TestData.Case("onehot10", 10), 5);

        // mclust's BIC of the only model that it can fit
        FitCandidate single = fits.Single(fit => fit.ToString() == "EEE,1");
        Assert.Equal(11669.5, single.Value(SelectionCriterion.Bic), 0.1);
        Assert.InRange(Best(fits).Value(SelectionCriterion.Bic), 11000, 11669.5);
    }

    [Fact]
    public void Few_rows_of_one_cluster_are_one_cluster()
    {
        int right = 0;
        foreach (int count in new[] { 10, 15, 20, 30, 50 })
        {
            for (ulong seed = 1; seed <= 4; seed++)
            {
                SplitMix64 random = new((seed * 100) + (ulong)count);
                double[,] rows = TestData.Map(new double[count, 1 + ((int)seed % 3)], (_, _) => random.NextNormal());
                right += Best(Search(rows, Math.Min(9, count))).ComponentCount == 1 ? 1 : 0;
            }
        }

        Assert.InRange(right, 18, 20);
    }

    [Fact]
    public void Advice_stays_within_what_the_rows_suffice_for()
    {
        SplitMix64 random = new(5);
        double[,] rows = TestData.Map(new double[9, 1], (_, _) => random.NextNormal());
        FitSelection selection = FitSelection.Choose(Search(rows, 2, 4), SelectionCriterion.Bic);
        Assert.DoesNotContain(selection.Warnings, warning => warning.Remedy?.Name == "TryMoreComponents");
        Assert.Contains(selection.Warnings, warning => warning.Text.Contains("too few for any of these fits", StringComparison.Ordinal));
    }

    [Fact]
    public void Components_that_are_the_same_are_told()
    {
        double[,] rows = TestData.Draw(200, 1, 2, 4);
        GaussianMixture start = GaussianMixture.Create([0.5, 0.5], [[0, 0], [0, 0]], [Identity(), Identity()]);
        EmFit fit = Fit(rows, 2, CovarianceModel.VVV, options => options.InitialMixture = start);
        Assert.Contains(fit.Warnings, warning => warning.StartsWith("Components 1 and 2 coincide", StringComparison.Ordinal));
    }

    [Fact]
    public void Seven_rows_without_the_floor_have_the_fit_of_mclust()
    {
        double[,] rows = TestData.Case("seven", 5);
        Assert.Equal(-39.882, Fit(rows, 2, CovarianceModel.EEE, options => options.CovarianceFloor = 0).LogLikelihood, 0.001);
        EmFit fit = Fit(rows, 2, CovarianceModel.VVV);
        Assert.Equal(2, fit.SpuriousComponents.Count);
    }

    private static double[,] Identity() => new double[,] { { 1, 0 }, { 0, 1 } };

    private static EmFit FitFromTruth(double[,] rows) => Fit(rows, 3, CovarianceModel.VVV, options =>
        options.InitialMixture = GaussianMixture.Create(
            [0.3, 0.4, 0.3], [[0], [5], [12]], [new double[,] { { 1e-4 } }, new double[,] { { 1 } }, new double[,] { { 4 } }]));

    private static EmFit Fit(double[,] rows, int componentCount, CovarianceModel model, Action<EmOptions>? set = null)
    {
        EmOptions options = new() { ComponentCount = componentCount, CovarianceModel = model };
        set?.Invoke(options);
        return new EmEstimator(options).Fit(TestData.Observations(rows));
    }

    private static FitCandidate[] Search(double[,] rows, int most) => Search(rows, 1, most);

    private static FitCandidate[] Search(double[,] rows, int least, int most)
    {
        CovarianceModel[] models = [.. rows.GetLength(1) == 1 ? CovarianceModels.Univariate : CovarianceModels.All];
        int[] counts = [.. Enumerable.Range(least, most - least + 1)];
        return [.. new ModelSearch(new EmOptions()).Fit(TestData.Observations(rows), counts, models).Select(FitCandidate.From)];
    }

    private static FitCandidate Best(FitCandidate[] fits) => fits[FitSelection.Choose(fits, SelectionCriterion.Bic).Ranked[0]];
}
