using System;
using System.Linq;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Sampling;
using GmmTools.Scoring;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Data on which components starve or collapse: every fit is finite, keeps its components and says what happened.</summary>
public sealed class CollapseTests
{
    public static TheoryData<CovarianceModel> Models() => [.. CovarianceModels.All];

    public static TheoryData<CovarianceModel, double> ModelsAndFloors()
    {
        TheoryData<CovarianceModel, double> cases = [];
        foreach (CovarianceModel model in CovarianceModels.All)
        {
            foreach (double floor in new[] { 0, 1e-15, 1e-10, 1e-3 })
            {
                cases.Add(model, floor);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(ModelsAndFloors))]
    public void Awkward_rows_give_a_sound_fit(CovarianceModel model, double floor)
    {
        for (ulong seed = 0; seed < 3; seed++)
        {
            foreach (RowKind kind in Enum.GetValues<RowKind>())
            {
                double[,] rows = new Problem(kind, 60, 2, 3, model, seed).Rows;
                AssertSoundOrNoDensity(rows, new EmOptions
                {
                    ComponentCount = 5,
                    CovarianceModel = model,
                    CovarianceFloor = floor,
                    Seed = seed,
                    RestartCount = 4,
                    MaxIteration = 300,
                });
            }
        }
    }

    [Fact]
    public void Random_awkward_rows_give_a_sound_fit() =>
        Problem.Gen(Gen.Int[1, 5], Gen.Int[1, 6], RowKind.HeavyTails, RowKind.Duplicates)
            .Select(Gen.OneOf(Gen.Const(0.0), Gen.Const(1e-12), Gen.Const(1e-10), Gen.Const(1e-2)))
            .Holds((problem, floor) => AssertSoundOrNoDensity(problem.Rows, new EmOptions
            {
                ComponentCount = problem.ComponentCount,
                CovarianceModel = problem.Model,
                CovarianceFloor = floor,
                RestartCount = 2,
                MaxIteration = 200,
            }),
            iter: 120);

    [Theory]
    [MemberData(nameof(ModelsAndFloors))]
    public void An_outlier_far_away_gives_a_sound_fit(CovarianceModel model, double floor)
    {
        double[,] rows = TestData.Draw(100, 2, 2, 3);
        rows[17, 0] = 1e9;
        rows[17, 1] = -1e9;
        AssertSoundOrNoDensity(rows, new EmOptions { ComponentCount = 3, CovarianceModel = model, CovarianceFloor = floor });
    }

    [Theory]
    [MemberData(nameof(ModelsAndFloors))]
    public void Columns_that_nearly_depend_on_each_other_give_a_sound_fit(CovarianceModel model, double floor)
    {
        // the last column is the sum of the others up to a millionth, and rows are tied
        double[,] rows = TestData.Draw(80, 2, 3, 4);
        for (int i = 0; i < 80; i++)
        {
            rows[i, 0] = Math.Round(rows[i, 0] / 4);
            rows[i, 1] = Math.Round(rows[i, 1] / 4);
            rows[i, 2] = rows[i, 0] + rows[i, 1] + (1e-6 * rows[i, 2]);
        }

        AssertSoundOrNoDensity(rows, new EmOptions { ComponentCount = 4, CovarianceModel = model, CovarianceFloor = floor });
    }

    [Theory]
    [MemberData(nameof(ModelsAndFloors))]
    public void Two_rows_and_two_components_give_a_sound_fit(CovarianceModel model, double floor) =>
        AssertSoundOrNoDensity(
            TestData.Column(1, 2), new EmOptions { ComponentCount = 2, CovarianceModel = model, CovarianceFloor = floor });

    [Theory]
    [MemberData(nameof(ModelsAndFloors))]
    public void As_many_components_as_rows_give_a_sound_fit(CovarianceModel model, double floor)
    {
        EmFit fit = AssertSoundOrNoDensity(
            TestData.Draw(8, 2, 2, 5), new EmOptions { ComponentCount = 8, CovarianceModel = model, CovarianceFloor = floor })!;
        Assert.Equal(8, fit.Mixture.Components.Count);
    }

    [Fact]
    public void A_tied_model_of_few_distinct_points_is_held_at_the_floor_and_says_so()
    {
        double[,] rows = TestData.Column([.. Enumerable.Range(0, 60).Select(i => (double)(i % 3))]);
        GaussianMixture start = GaussianMixture.Create([0.3, 0.3, 0.4], [[0.1], [1.1], [1.9]], [.. Enumerable.Range(0, 3).Select(_ => Starts.Diagonal(0.1))]);
        EmOptions options = new() { ComponentCount = 3, CovarianceModel = CovarianceModel.EEE, InitialMixture = start };
        EmFit fit = AssertSoundOrNoDensity(rows, options)!;
        Assert.Contains(fit.Warnings, warning => warning.Contains("covariance floor", StringComparison.Ordinal));

        // values in steps of 1 tell nothing of a variance below 1/12, but the floor is at most a tenth of that of all rows, which is 2/3
        Assert.All(fit.Mixture.Components, component => Assert.Equal(0.1 * 2 / 3, component.Covariance[0, 0], 1e-9));
    }

    [Fact]
    public void A_component_that_starves_is_put_back_and_counted_and_the_sound_fit_is_not_doubted()
    {
        double[,] rows = new MixtureSampler(TwoNormals(), 1).DrawMatrix(500);
        GaussianMixture start = GaussianMixture.Create([0.5, 0.5], [[0], [1e6]], [new double[,] { { 4 } }, new double[,] { { 1 } }]);
        EmFit fit = AssertSoundOrNoDensity(rows, new EmOptions { ComponentCount = 2, InitialMixture = start })!;
        Assert.True(fit.CollapseCount >= 1);
        Assert.Equal(StopReason.Converged, fit.StopReason);
        Assert.Empty(fit.Warnings);
        Close.Relative(Best(rows).LogLikelihood, fit.LogLikelihood, 1e-7, "log-likelihood");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_component_but_one_far_away_is_put_back(CovarianceModel model)
    {
        GaussianMixture start = GaussianMixture.Create(
            [0.25, 0.25, 0.25, 0.25],
            [[3, 70], [1e5, 0], [2e5, 0], [3e5, 0]],
            [.. Enumerable.Range(0, 4).Select(_ => Starts.Diagonal(9, 9))]);
        EmFit fit = AssertSoundOrNoDensity(
            TestData.Faithful, new EmOptions { ComponentCount = 4, CovarianceModel = model, InitialMixture = start })!;
        Assert.True(fit.CollapseCount >= 3);
        Assert.All(fit.Mixture.Components, component => Assert.True(component.Weight * 272 >= 0.5));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_mixture_obeys_its_model_right_after_components_were_put_back(CovarianceModel model)
    {
        GaussianMixture start = GaussianMixture.Create(
            [0.6, 0.4], [[3, 70], [1e5, 0]], [Starts.Diagonal(9, 9), Starts.Diagonal(9, 9)]);
        for (int count = 1; count <= 4; count++)
        {
            EmFit fit = AssertSoundOrNoDensity(TestData.Faithful, new EmOptions
            {
                ComponentCount = 2,
                CovarianceModel = model,
                InitialMixture = start,
                MaxIteration = count,
            })!;
            Assert.Equal(1, fit.CollapseCount);
        }
    }

    [Fact]
    public void The_collapse_of_the_notebook_does_not_happen()
    {
        // there, a bad start in one dimension ended with the weights 5.8e-20 and 1
        GaussianMixture truth = TwoNormals();
        double[,] rows = new MixtureSampler(truth, 2).DrawMatrix(2000);
        double reference = ReferenceMixture.Of(truth).LogLikelihood(rows);
        foreach (double far in new[] { 8.0, 15, 40, 200, 1e4 })
        {
            foreach (double variance in new[] { 1e-4, 1, 100 })
            {
                GaussianMixture start = GaussianMixture.Create([0.5, 0.5], [[0], [far]], [Starts.Diagonal(4), Starts.Diagonal(variance)]);
                EmFit fit = AssertSoundOrNoDensity(rows, new EmOptions { ComponentCount = 2, InitialMixture = start })!;
                Assert.All(fit.Mixture.Components, component => Assert.InRange(component.Weight, 0.05, 0.95));
                Close.AtLeast(reference, fit.LogLikelihood, 0, FormattableString.Invariant($"start at {far}, variance {variance}"));
            }
        }
    }

    [Fact]
    public void Fixed_weights_stay_while_components_are_put_back()
    {
        double[,] rows = new MixtureSampler(TwoNormals(), 3).DrawMatrix(500);
        GaussianMixture start = GaussianMixture.Create([0.7, 0.3], [[0], [1e6]], [Starts.Diagonal(4), Starts.Diagonal(1)]);
        EmFit fit = AssertSoundOrNoDensity(rows, new EmOptions { ComponentCount = 2, InitialMixture = start, FixedWeights = [0.7, 0.3] })!;
        Assert.True(fit.CollapseCount >= 1);
        Assert.Equal([0.7, 0.3], fit.Mixture.Components.Select(component => component.Weight));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_component_that_starves_is_dropped_where_that_is_the_policy(CovarianceModel model)
    {
        EmFit fit = FitFarAway(model, CollapsePolicy.Drop);
        Assert.Equal(2, fit.ComponentCount);
        Assert.Equal(2, fit.Mixture.Components.Count);
        Assert.Equal(StopReason.Converged, fit.StopReason);
        Assert.Equal(2, fit.CollapseCount);
        Assert.Contains(fit.Warnings, warning => warning.StartsWith("2 of 4 requested components collapsed or ran out of rows and were removed, leaving 2", StringComparison.Ordinal));
        AssertFinite(fit, 2);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_component_that_starves_ends_the_fit_where_that_is_the_policy(CovarianceModel model)
    {
        EmFit fit = FitFarAway(model, CollapsePolicy.Stop);
        Assert.Equal(StopReason.Collapsed, fit.StopReason);
        Assert.False(fit.Converged);
        Assert.Equal(0, fit.IterationCount);
        Assert.Contains(fit.Warnings, warning => warning.Contains("before 2 of 4 components collapsed or ran out of rows", StringComparison.Ordinal));
        AssertFinite(fit, 4);
    }

    [Theory]
    [InlineData(CollapsePolicy.Drop)]
    [InlineData(CollapsePolicy.Stop)]
    public void A_component_that_collapses_onto_equal_rows_is_never_kept(CollapsePolicy policy)
    {
        // half of the rows are one point: every start ends there
        double[,] rows = TestData.Map(TestData.Column([.. Enumerable.Range(0, 60).Select(i => (double)i)]), (value, _) => value < 30 ? 0 : value);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, CollapsePolicy = policy }).Fit(TestData.Observations(rows));
        AssertFinite(fit, policy == CollapsePolicy.Drop ? 1 : 2);
        Assert.Equal(policy == CollapsePolicy.Drop ? StopReason.Converged : StopReason.Collapsed, fit.StopReason);
        Assert.NotEmpty(fit.Warnings);
    }

    [Theory]
    [InlineData(CollapsePolicy.Drop)]
    [InlineData(CollapsePolicy.Stop)]
    public void A_policy_changes_nothing_where_nothing_collapses(CollapsePolicy policy)
    {
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, CollapsePolicy = policy }).Fit(rows);
        Assert.Equal(new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(rows).LogLikelihood, fit.LogLikelihood);
        Assert.Empty(fit.Warnings);
    }

    [Fact]
    public void Fixed_weights_keep_their_proportions_when_a_component_is_dropped()
    {
        GaussianMixture start = GaussianMixture.Create(
            [0.5, 0.25, 0.25], [[-2], [3], [1e6]], [Starts.Diagonal(1), Starts.Diagonal(2), Starts.Diagonal(1)]);
        EmFit fit = new EmEstimator(new EmOptions
        {
            ComponentCount = 3,
            InitialMixture = start,
            FixedWeights = [0.5, 0.25, 0.25],
            CollapsePolicy = CollapsePolicy.Drop,
        }).Fit(TestData.Observations(new MixtureSampler(TwoNormals(), 4).DrawMatrix(500)));
        Close.AllRelative([2.0 / 3, 1.0 / 3], [.. fit.Mixture.Components.Select(component => component.Weight)], 1e-15, "weights");
        Assert.Equal(4, fit.ParameterCount);
    }

    /// <summary>Two of four components begin far from all rows.</summary>
    private static EmFit FitFarAway(CovarianceModel model, CollapsePolicy policy) => new EmEstimator(new EmOptions
    {
        ComponentCount = 4,
        CovarianceModel = model,
        CollapsePolicy = policy,
        InitialMixture = GaussianMixture.Create(
            [0.25, 0.25, 0.25, 0.25],
            [[2, 55], [1e5, 0], [4.3, 80], [3e5, 0]],
            [.. Enumerable.Range(0, 4).Select(_ => Starts.Diagonal(9, 9))]),
    }).Fit(TestData.Observations(TestData.Faithful));

    private static GaussianMixture TwoNormals() =>
        GaussianMixture.Create([0.7, 0.3], [[-2], [3]], [Starts.Diagonal(1), Starts.Diagonal(2)]);

    private static EmFit Best(double[,] rows) => new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(TestData.Observations(rows));

    /// <summary>Fits, and checks what every fit must be; null where the rows have no density, which is an error of its own.</summary>
    private static EmFit? AssertSoundOrNoDensity(double[,] rows, EmOptions options)
    {
        InMemoryObservations observations = TestData.Observations(rows);
        EmFit fit;
        try
        {
            fit = new EmEstimator(options).Fit(observations);
        }
        catch (InvalidObservationException exception) when (exception.ErrorId is "ConstantColumn" or "DependentColumn")
        {
            return null;
        }

        AssertFinite(fit, options.ComponentCount);
        double measured = LikelihoodSummary.Measure(fit.Mixture, observations, 1, default).LogLikelihood;
        Close.Absolute(measured, fit.LogLikelihood, 1e-12 * (rows.GetLength(0) + Math.Abs(measured)), "log-likelihood measured again");
        AssertReported(fit);
        AssertObeysModel(fit);
        return fit;
    }

    private static void AssertObeysModel(EmFit fit)
    {
        foreach (GaussianComponent component in fit.Mixture.Components)
        {
            Matrix<double> covariance = Matrix<double>.Build.DenseOfArray(component.Covariance);
            switch (fit.CovarianceModel)
            {
                case CovarianceModel.EEE:
                    Assert.Equal(fit.Mixture.Components[0].Covariance, component.Covariance);
                    break;
                case CovarianceModel.VVI:
                    Assert.Equal(Matrix<double>.Build.DenseOfDiagonalVector(covariance.Diagonal()), covariance);
                    break;
                case CovarianceModel.VII:
                    Assert.Equal(Matrix<double>.Build.DenseDiagonal(covariance.RowCount, covariance[0, 0]), covariance);
                    break;
                default:
                    break;
            }
        }
    }

    private static void AssertFinite(EmFit fit, int componentCount)
    {
        Assert.Equal(componentCount, fit.Mixture.Components.Count);
        Assert.True(double.IsFinite(fit.LogLikelihood) && double.IsFinite(fit.Bic) && double.IsFinite(fit.Icl));
        Assert.All(fit.LogLikelihoodTrace, value => Assert.True(double.IsFinite(value)));
        Close.Absolute(1, fit.Mixture.Components.Sum(component => component.Weight), 1e-12, "sum of the weights");
        foreach (GaussianComponent component in fit.Mixture.Components)
        {
            Assert.True(component.Weight >= 0);
            Assert.All(component.Mean, mean => Assert.True(double.IsFinite(mean)));
            Assert.True(Matrix<double>.Build.DenseOfArray(component.Covariance).Cholesky().Factor.Diagonal().All(pivot => pivot > 0));
        }
    }

    private static void AssertReported(EmFit fit)
    {
        // what collapsed on the way is no reason to doubt a fit that converged, or that says that it stopped because of a collapse
        bool doubtful = fit.CollapseCount > 0 && fit.StopReason is not (StopReason.Converged or StopReason.Collapsed);
        Assert.Equal(doubtful, fit.Warnings.Any(warning => warning.Contains("was restarted", StringComparison.Ordinal)));
        bool starving = fit.Mixture.Components.Any(component => component.Weight * fit.TotalWeight < 1);
        Assert.Equal(starving, fit.Warnings.Any(warning => warning.Contains("less than one row", StringComparison.Ordinal)));
        Assert.All(fit.Warnings, warning => Assert.EndsWith(".", warning, StringComparison.Ordinal));
    }
}
