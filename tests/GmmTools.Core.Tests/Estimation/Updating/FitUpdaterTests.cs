using System;
using System.Linq;
using System.Text;
using System.Threading;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Updating;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Observations.Views;
using GmmTools.Sampling;
using GmmTools.Scoring;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.Updating;

/// <summary>Fits that go on with new rows, of whose old rows only statistics are left.</summary>
public sealed class FitUpdaterTests
{
    public static TheoryData<CovarianceModel> Models() => [.. CovarianceModels.All];

    [Theory]
    [InlineData(CovarianceShape.Full)]
    [InlineData(CovarianceShape.Diagonal)]
    public void Statistics_of_earlier_rows_are_as_good_as_the_rows_under_their_own_mixture(CovarianceShape shape) =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 5], Gen.ULong).Holds((componentCount, dimension, seed) =>
        {
            double[,] rows = TestData.Draw(120, componentCount, dimension, seed);
            MixtureParameters mixture = RandomMixture.Draw(componentCount, dimension, 10, seed + 9).Parameters.ToShape(shape);
            mixture.TryFactorize();
            SufficientStatistics past = Compute(Part(rows, 0, 70), mixture);
            SufficientStatistics whole = Compute(TestData.Observations(rows), mixture);
            SufficientStatistics actual = Compute(new ExtendedObservations(Part(rows, 70, 50), past, 70, mixture), mixture);
            Close.Relative(whole.LogLikelihood, actual.LogLikelihood, 1e-10, "log-likelihood");
            Close.Absolute(whole.Entropy, actual.Entropy, 1e-9, "entropy");
            Close.AllRelative(whole.Weights, actual.Weights, 1e-12, "weights");
            Close.AllRelative(whole.Scatters, actual.Scatters, 1e-11, "scatters");
            Assert.Equal(120, actual.TotalWeight);
        },
        iter: 60);

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.25)]
    public void One_component_is_updated_to_the_weighted_moments_of_all_rows(double forgetting)
    {
        double[,] rows = TestData.Faithful;
        EmFit fit = new EmEstimator(new EmOptions()).Fit(Part(rows, 0, 200));
        EmFit updated = Update(fit, Part(rows, 200, 72), new UpdateOptions { ForgettingFactor = forgetting });
        double[] weights = [.. Enumerable.Range(0, 272).Select(i => i < 200 ? forgetting : 1)];
        EmFit expected = new EmEstimator(new EmOptions()).Fit(TestData.Chunked(rows, null, weights));
        Close.AllRelative(expected.Mixture.Parameters.Means, updated.Mixture.Parameters.Means, 1e-12, "means");
        Close.AllRelative(expected.Mixture.Parameters.Covariances, updated.Mixture.Parameters.Covariances, 1e-11, "covariances");
        Close.Relative(expected.LogLikelihood, updated.LogLikelihood, 1e-11, "log-likelihood");
        Close.Relative(expected.TotalWeight, updated.TotalWeight, 1e-14, "weight");
        Assert.Equal(272, updated.RowCount);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void What_an_update_maximises_never_falls_and_ends_near_the_fit_of_all_rows(CovarianceModel model)
    {
        double[,] rows = TestData.Draw(3000, 3, 3, 11);
        EmOptions options = new() { ComponentCount = 3, CovarianceModel = model };
        EmFit whole = new EmEstimator(options).Fit(TestData.Observations(rows));
        EmFit fit = new EmEstimator(options).Fit(Part(rows, 0, 2000));
        EmFit updated = Update(fit, Part(rows, 2000, 1000), new UpdateOptions());
        for (int i = 1; i < updated.LogLikelihoodTrace.Count; i++)
        {
            Close.AtLeast(updated.LogLikelihoodTrace[i - 1], updated.LogLikelihoodTrace[i], 1e-9 * Math.Abs(updated.LogLikelihood), "log-likelihood");
        }

        double before = Score(fit.Mixture, rows);
        double after = Score(updated.Mixture, rows);
        Assert.True(after > before, $"{model}: {after} after {before}");
        Close.AtLeast(whole.LogLikelihood, after, 0.2 * (whole.LogLikelihood - before), "log-likelihood");

        // the bound is one
        Assert.True(updated.LogLikelihood <= after + 1e-6);
    }

    [Fact]
    public void A_fit_that_was_saved_is_updated_to_the_same_bits()
    {
        double[,] rows = TestData.Faithful;
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(Part(rows, 0, 150));
        EmFit copy = (EmFit)MixtureJsonReader.Read(Encoding.UTF8.GetBytes(MixtureJsonWriter.Write(fit)));
        EmFit expected = Update(fit, Part(rows, 150, 122), new UpdateOptions());
        Interruptions.AssertSame(expected, Update(copy, Part(rows, 150, 122), new UpdateOptions()));
    }

    [Fact]
    public void A_fit_of_which_only_the_mixture_is_left_is_updated_nearly_alike()
    {
        double[,] rows = TestData.Faithful;
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(Part(rows, 0, 150));
        EmFit expected = Update(fit, Part(rows, 150, 122), new UpdateOptions());
        EmFit assumed = FitUpdater.Assume(fit.Mixture, fit.TotalWeight, fit.RowCount, fit.Entropy, fit.Options);
        EmFit actual = Update(assumed, Part(rows, 150, 122), new UpdateOptions());
        Close.AllRelative(expected.Mixture.Parameters.Means, actual.Mixture.Parameters.Means, 1e-4, "means");
        Close.Absolute(expected.LogLikelihood, actual.LogLikelihood, 0.01, "log-likelihood");
    }

    [Fact]
    public void Forgetting_follows_what_drifts()
    {
        double[,] before = TestData.Draw(4000, 2, 1, 3);
        double[,] after = TestData.Map(TestData.Draw(2000, 2, 1, 3), (value, _) => value + 3);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(TestData.Observations(before));
        double[] shifts = [.. new[] { 0.01, 1 }.Select(factor =>
            Update(fit, TestData.Observations(after), new UpdateOptions { ForgettingFactor = factor }).Mixture.Components.Average(component => component.Mean[0])
            - fit.Mixture.Components.Average(component => component.Mean[0]))];
        Assert.InRange(shifts[0], 2.5, 3.5);
        Assert.InRange(shifts[1], 0.1, 2);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.6)]
    public void Small_batches_of_a_long_stream_end_near_the_fit_of_all_rows(double? exponent)
    {
        GaussianMixture truth = RandomMixture.Draw(3, 2, 4, 6);
        double[,] rows = new MixtureSampler(truth, 1).DrawMatrix(60_000);
        FitUpdater updater = new(new UpdateOptions { StepExponent = exponent, MaxIteration = 1, Tolerance = 0 });
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 3 }).Fit(Part(rows, 0, 300));
        double first = Score(fit.Mixture, rows);
        for (int i = 300; i < 60_000; i += 300)
        {
            fit = updater.Update(fit, Part(rows, i, 300), new RowIntake(300));
        }

        double whole = new EmEstimator(new EmOptions { ComponentCount = 3 }).Fit(TestData.Observations(rows)).LogLikelihood;
        double last = Score(fit.Mixture, rows);
        Assert.True(whole - last < 0.02 * (whole - first), $"{whole - last} of {whole - first} are left");
        Assert.Equal(60_000, fit.RowCount);
    }

    [Fact]
    public void New_rows_may_have_gaps_and_weights()
    {
        double[,] rows = TestData.Draw(2000, 2, 3, 5);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(Part(rows, 0, 1000));
        EmFit gaps = Update(fit, Gaps.Collect(Gaps.Punch(TestData.Pick(rows, [.. Enumerable.Range(1000, 1000)]), 0.1, 3)), new UpdateOptions());
        Assert.Equal(StopReason.Converged, gaps.StopReason);
        EmFit twice = Update(fit, TestData.Chunked(TestData.Pick(rows, [.. Enumerable.Range(1000, 1000)]), null, [.. Enumerable.Repeat(2.0, 1000)]), new UpdateOptions());
        Assert.Equal(3000, twice.TotalWeight, 1e-9);
        Close.AllRelative(fit.Mixture.Parameters.Weights, gaps.Mixture.Parameters.Weights, 0.1, "weights");
    }

    /// <summary>Sums over rows with gaps do not tell the entropy of the missing cells, which is part of the log-likelihood.</summary>
    [Theory]
    [InlineData(CovarianceModel.VVV)]
    [InlineData(CovarianceModel.EEI)]
    public void Earlier_rows_may_have_had_gaps(CovarianceModel model)
    {
        double[,] rows = Gaps.Punch(TestData.Faithful, 0.15, 5);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, CovarianceModel = model }).Fit(Gaps.Part(rows, 0, 200));
        EmFit updated = Update(fit, Gaps.Part(rows, 200, 72), new UpdateOptions());

        double begin = fit.LogLikelihood + Gaps.LogLikelihood(fit.Mixture, Gaps.Part(rows, 200, 72));
        Close.Relative(begin, updated.LogLikelihoodTrace[0], 1e-10, "the first log-likelihood");
        Assert.True(updated.LogLikelihood <= Gaps.LogLikelihood(updated.Mixture, Gaps.Part(rows, 0, 272)) + 1e-6);
        EmFit again = Update(updated, Gaps.Part(rows, 0, 50), new UpdateOptions());
        Close.Relative(
            updated.LogLikelihood + Gaps.LogLikelihood(updated.Mixture, Gaps.Part(rows, 0, 50)), again.LogLikelihoodTrace[0], 1e-10, "the first log-likelihood of a second update");
    }

    [Fact]
    public void One_new_row_is_enough()
    {
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(TestData.Observations(TestData.Faithful));
        EmFit updated = Update(fit, Part(TestData.Faithful, 5, 1), new UpdateOptions());
        Assert.Equal(273, updated.RowCount);
        Close.AllRelative(fit.Mixture.Parameters.Means, updated.Mixture.Parameters.Means, 0.01, "means");
    }

    [Theory]
    [InlineData(0.0, "InvalidForgettingFactor")]
    [InlineData(1.1, "InvalidForgettingFactor")]
    [InlineData(double.NaN, "InvalidForgettingFactor")]
    [InlineData(1e-9, null)]
    [InlineData(1.0, null)]
    public void Forgetting_factors_are_above_0_and_at_most_1(double factor, string? errorId) =>
        AssertError(errorId, "more than 0 and at most 1", () => _ = new FitUpdater(new UpdateOptions { ForgettingFactor = factor }));

    [Theory]
    [InlineData(0.49, "InvalidStepExponent")]
    [InlineData(1.01, "InvalidStepExponent")]
    [InlineData(double.NaN, "InvalidStepExponent")]
    [InlineData(0.5, null)]
    [InlineData(1.0, null)]
    public void Step_exponents_are_from_a_half_to_1(double exponent, string? errorId) =>
        AssertError(errorId, "from 0.5 to 1", () => _ = new FitUpdater(new UpdateOptions { StepExponent = exponent }));

    [Theory]
    [InlineData(0.0, "InvalidModelWeight")]
    [InlineData(double.PositiveInfinity, "InvalidModelWeight")]
    [InlineData(double.NaN, "InvalidModelWeight")]
    [InlineData(0.5, null)]
    public void A_mixture_stands_for_a_number_of_rows(double weight, string? errorId) =>
        AssertError(errorId, "a finite number above 0", () => _ = FitUpdater.Assume(RandomMixture.Draw(2, 2, 5, 1), weight, 0, 0));

    [Fact]
    public void A_mixture_is_of_the_model_that_it_is_said_to_be_of_or_of_its_own()
    {
        GaussianMixture mixture = new(RandomMixture.Draw(3, 2, 5, 1).ToParameters(), null, CovarianceModel.EVV);
        EmFit assumed = FitUpdater.Assume(mixture, 40, 30, 1.5);
        Assert.Equal((3, CovarianceModel.EVV), (assumed.Options.ComponentCount, assumed.Options.CovarianceModel));
        Assert.Equal((40.0, 30, 30, 1.5), (assumed.TotalWeight, assumed.RowCount, assumed.ReadRowCount, assumed.Entropy));
        FitOptions options = new(new EmOptions { ComponentCount = 3, CovarianceModel = CovarianceModel.EVV, CovarianceFloor = 1e-3 }, 40);
        Assert.Same(options, FitUpdater.Assume(mixture, 40, 30, 1.5, options).Options);
    }

    /// <summary>Cappé and Moulines (2009): the t-th batch has the share t^−α; a fit stands for the batches that its rows would have made.</summary>
    [Theory]
    [InlineData(272, 5, 1)]
    [InlineData(272, 5, 0.5)]
    [InlineData(20, 1, 1)]
    [InlineData(74, 1, 1)]
    [InlineData(76, 2, 1)]
    public void Batches_have_the_shares_of_their_numbers(double weight, int earlierBatches, double forgetting)
    {
        EmFit fit = FitUpdater.Assume(new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(TestData.Observations(TestData.Faithful)).Mixture, weight, 272, 0);
        FitUpdater updater = new(new UpdateOptions { MaxIteration = 1, Tolerance = 0, StepExponent = 0.6, ForgettingFactor = forgetting });
        for (int t = earlierBatches + 1; t < earlierBatches + 4; t++)
        {
            double step = Math.Pow(t, -0.6);
            fit = updater.Update(fit, Part(TestData.Faithful, 50 * (t % 5), 50), new RowIntake(50));
            Close.Relative(50 + (forgetting * 50 * (1 - step) / step), fit.Statistics!.TotalWeight, 1e-12, "weight of all rows");
        }
    }

    private static void AssertError(string? errorId, string part, Action action)
    {
        EstimationException? error = (EstimationException?)Record.Exception(action);
        Assert.Equal(errorId, error?.ErrorId);
        Assert.Contains(part, error?.Message ?? part, StringComparison.Ordinal);
    }

    private static EmFit Update(EmFit fit, IObservations rows, UpdateOptions options) =>
        new FitUpdater(options).Update(fit, rows, new RowIntake(rows.Count));

    private static InMemoryObservations Part(double[,] rows, int first, int count) =>
        TestData.Observations(TestData.Pick(rows, [.. Enumerable.Range(first, count)]));

    private static double Score(GaussianMixture mixture, double[,] rows)
    {
        MixtureScorer scorer = new(mixture);
        return Enumerable.Range(0, rows.GetLength(0)).Sum(i => scorer.Score(TestData.Row(rows, i)));
    }

    private static SufficientStatistics Compute(IObservations rows, MixtureParameters mixture)
    {
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape);
        using IExpectationStep step = rows.PrepareExpectation(mixture.ComponentCount, mixture.Shape, 1);
        step.Compute(mixture, statistics, CancellationToken.None);
        return statistics;
    }
}
