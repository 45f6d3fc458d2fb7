using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Updating;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Observations.Views;
using GmmTools.Scoring;
using GmmTools.Selection;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Fits to all rows but the least probable ones: what must hold of them whatever the rows are.</summary>
public sealed class TrimmedFitTests
{
    /// <summary>A restriction that restricts nothing.</summary>
    private const double Free = 1e12;

    public static TheoryData<CovarianceModel> Models() => [.. PriorModels.All];

    [Theory]
    [MemberData(nameof(Models))]
    public void The_trimmed_log_likelihood_never_falls(CovarianceModel model)
    {
        foreach (double ratio in new[] { 1, 20, Free })
        {
            for (ulong seed = 0; seed < 5; seed++)
            {
                EmOptions options = Options(3, model, 0.1, ratio);
                options.Seed = seed;
                options.InitialMixture = Start(seed);
                EmFit fit = new EmEstimator(options).Fit(TestData.Observations(NoisyFaithful.Rows));
                Assert.True(fit.LogLikelihoodTrace.Count > 2);
                for (int i = 1; i < fit.LogLikelihoodTrace.Count; i++)
                {
                    double rounding = 1e-9 * Math.Abs(fit.LogLikelihoodTrace[i]);
                    Assert.True(fit.LogLikelihoodTrace[i] >= fit.LogLikelihoodTrace[i - 1] - rounding, $"{model}, {ratio}, {seed}: step {i}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Without_its_trimmed_rows_the_fit_is_that_of_the_rest(CovarianceModel model)
    {
        EmFit fit = Fit(NoisyFaithful.Rows, 2, model, 28.5 / 300, 50);
        int[] kept = [.. Enumerable.Range(0, 300).Where(i => !IsTrimmed(fit, NoisyFaithful.Rows, i))];
        Assert.Equal(272, kept.Length);
        EmOptions options = Options(2, model, 0, 50);
        options.InitialMixture = fit.Mixture;
        EmEstimator estimator = new(options);
        EmFit rest = estimator.Fit(TestData.Observations(TestData.Pick(NoisyFaithful.Rows, kept)));

        // the units of the restriction are those of other rows, if it restricts at all
        Close.Relative(fit.LogLikelihood, rest.LogLikelihood, model.ShapeLetter() == 'I' ? 1e-9 : 1e-6, "log-likelihood");
    }

    [Theory]
    [InlineData(CovarianceModel.VVV)]
    [InlineData(CovarianceModel.VVI)]
    [InlineData(CovarianceModel.EEE)]
    public void A_ratio_of_one_gives_equal_spheres(CovarianceModel model)
    {
        // the same numbers in both columns, so that these have the same unit
        double[,] rows = TestData.Draw(200, 3, 1, 7);
        double[,] twice = new double[400, 2];
        for (int i = 0; i < 200; i++)
        {
            (twice[i, 0], twice[i, 1]) = (rows[i, 0], rows[(i + 37) % 200, 0]);
            (twice[i + 200, 0], twice[i + 200, 1]) = (rows[(i + 37) % 200, 0], rows[i, 0]);
        }

        foreach (double fraction in new[] { 0, 0.1 })
        {
            EmFit restricted = Fit(twice, 3, model, fraction, 1);
            EmOptions options = Options(3, CovarianceModel.EII, fraction, 1);
            options.InitialMixture = restricted.Mixture;
            EmFit spheres = new EmEstimator(options).Fit(TestData.Observations(twice));
            Close.Relative(spheres.LogLikelihood, restricted.LogLikelihood, 1e-9, "log-likelihood");
            foreach (GaussianComponent component in restricted.Mixture.Components)
            {
                Close.Relative(restricted.Mixture.Components[0].Covariance[0, 0], component.Covariance[1, 1], 1e-9, "variance");
                Close.Absolute(0, component.Covariance[0, 1] / component.Covariance[1, 1], 1e-9, "correlation");
            }
        }
    }

    [Theory]
    [InlineData(CovarianceModel.EII)]
    [InlineData(CovarianceModel.VVI)]
    [InlineData(CovarianceModel.VVV)]
    public void With_nothing_trimmed_and_no_restriction_it_is_the_ordinary_fit(CovarianceModel model)
    {
        EmFit ordinary = new EmEstimator(new EmOptions { ComponentCount = 3, CovarianceModel = model }).Fit(TestData.Observations(TestData.Iris));
        EmFit trimmed = Fit(TestData.Iris, 3, model, 0, Free);
        Close.Relative(ordinary.LogLikelihood, trimmed.LogLikelihood, 1e-6, "log-likelihood");
        Assert.True(double.IsNegativeInfinity(trimmed.Mixture.Trimming!.LogDensity));
    }

    [Fact]
    public void Eigenvalues_are_within_the_ratio_in_units_of_the_columns()
    {
        foreach (double factor in new[] { 1, 1e6 })
        {
            double[,] rows = TestData.Map(NoisyFaithful.Rows, (value, column) => column == 0 ? factor * value : value);
            EmFit fit = Fit(rows, 3, CovarianceModel.VVV, 0.1, 4);
            InMemoryObservations observations = TestData.Observations(rows);
            double[] units = ColumnSpreads.Of(observations, PooledMoments.Compute(observations, CovarianceModel.VVV.Shape(), 1, CancellationToken.None));
            double[] values =
            [
                .. fit.Mixture.Components.SelectMany(component =>
                {
                    double a = component.Covariance[0, 0] / units[0] / units[0];
                    double b = component.Covariance[0, 1] / units[0] / units[1];
                    double c = component.Covariance[1, 1] / units[1] / units[1];
                    double root = Math.Sqrt(((a - c) * (a - c) / 4) + (b * b));
                    return new[] { ((a + c) / 2) - root, ((a + c) / 2) + root };
                }),
            ];
            Assert.True(values.Max() / values.Min() <= 4 * (1 + 1e-9), $"{values.Max() / values.Min()}");
            Close.Relative(Fit(NoisyFaithful.Rows, 3, CovarianceModel.VVV, 0.1, 4).LogLikelihood - (270 * Math.Log(factor)), fit.LogLikelihood, 1e-9, "log-likelihood");
        }
    }

    [Fact]
    public void A_ratio_that_was_not_asked_for_and_holds_the_fit_is_told()
    {
        const string told = "The eigenvalues of the covariances are held within a factor of 100";
        Assert.Single(Fit(TestData.Iris, 3, CovarianceModel.VVV, 0, null).Warnings, warning => warning.StartsWith(told, StringComparison.Ordinal));
        EmFit[] silent =
        [
            Fit(TestData.Iris, 3, CovarianceModel.VVV, 0, 100), Fit(NoisyFaithful.Rows, 2, CovarianceModel.VVV, 0.1, null), Fit(TestData.Iris, 3, CovarianceModel.EII, 0, null),
        ];
        Assert.All(silent, fit => Assert.Empty(fit.Warnings));
    }

    /// <summary>The bound in closed form against the best of many.</summary>
    [Fact]
    public void The_truncation_is_the_best_of_all()
    {
        Random random = new(5);
        for (int trial = 0; trial < 50; trial++)
        {
            double[][] values = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, 2).Select(_ => Math.Exp(8 * random.NextDouble())).ToArray())];
            values[0][0] = trial % 5 == 0 ? 0 : values[0][0];
            double[] weights = [.. Enumerable.Range(0, 3).Select(_ => 1 + (99 * random.NextDouble()))];
            double ratio = 1 + (30 * random.NextDouble());
            double best = Loss(new EigenvalueRestriction(ratio, [1, 1]).FindLowest(values, weights));
            for (double logM = -10; logM < 10; logM += 0.01)
            {
                Assert.True(best <= Loss(Math.Exp(logM)) + 1e-9);
            }

            double Loss(double m) => Enumerable.Range(0, 3).Sum(k => values[k].Sum(value =>
            {
                double truncated = Math.Min(Math.Max(value, m), ratio * m);
                return weights[k] * (Math.Log(truncated) + (value / truncated));
            }));
        }
    }

    [Fact]
    public void It_is_the_same_to_the_last_bit_for_any_number_of_threads_and_size_of_chunks()
    {
        double[,] rows = TestData.Draw(9000, 3, 2, 3);
        EmFit[] fits =
        [
            .. new[] { 1, 2, 5 }.Select(threads =>
            {
                EmOptions options = Options(3, CovarianceModel.VVV, 0.05, null);
                options.ThreadCount = threads;
                options.RestartCount = 2;
                return new EmEstimator(options).Fit(TestData.Chunked(rows, 1000));
            }),
        ];
        Assert.All(fits, fit => Assert.Equal(MixtureJsonWriter.Write(fits[0].Mixture), MixtureJsonWriter.Write(fit.Mixture)));
        Assert.All(fits, fit => Assert.Equal(fits[0].LogLikelihood, fit.LogLikelihood));
    }

    [Fact]
    public void A_weight_is_as_many_rows()
    {
        double[] weights = [.. Enumerable.Range(0, 300).Select(i => (double)(1 + (i % 3)))];
        int[] order = [.. Enumerable.Range(0, 300).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        EmFit repeated = Fit(TestData.Pick(NoisyFaithful.Rows, order), 2, CovarianceModel.VVV, 0.1, null);
        EmOptions options = Options(2, CovarianceModel.VVV, 0.1, null);
        EmFit weighted = new EmEstimator(options).Fit(TestData.Chunked(NoisyFaithful.Rows, null, weights));
        Close.Relative(repeated.LogLikelihood, weighted.LogLikelihood, 1e-9, "log-likelihood");
        Assert.Equal(540, weighted.TotalWeight);
        Assert.Equal(repeated.TotalWeight, weighted.TotalWeight);

        // shares of a weight of 1 in all are no counts, and are not rounded
        EmFit shares = new EmEstimator(options).Fit(TestData.Chunked(NoisyFaithful.Rows, null, [.. weights.Select(weight => weight / 7)]));
        Close.Relative(0.9 * 600 / 7, shares.TotalWeight, 1e-12, "weight that is left");
    }

    [Fact]
    public void What_is_far_off_is_trimmed_and_does_not_matter()
    {
        double[,] rows = (double[,])NoisyFaithful.Rows.Clone();
        EmFit before = Fit(rows, 2, CovarianceModel.VVV, 0.1, null);
        for (int i = 290; i < 300; i++)
        {
            (rows[i, 0], rows[i, 1]) = (1e5 + i, -1e6);
        }

        EmFit after = Fit(rows, 2, CovarianceModel.VVV, 0.1, null);
        Assert.All(Enumerable.Range(290, 10), i => Assert.True(IsTrimmed(after, rows, i)));
        Assert.InRange(after.Mixture.Components[1].StandardDeviation[1], 1, 1.3 * before.Mixture.Components[1].StandardDeviation[1]);
    }

    [Fact]
    public void Scoring_agrees_with_the_fit_on_what_is_trimmed()
    {
        EmFit fit = Fit(NoisyFaithful.Rows, 2, CovarianceModel.VVV, 0.1, null);
        EmFit read = (EmFit)MixtureJsonReader.Read(Encoding.UTF8.GetBytes(MixtureJsonWriter.Write(fit)));
        Assert.Equal(fit.Mixture.Trimming!.LogDensity, read.Mixture.Trimming!.LogDensity);
        Assert.Equal(0.1, read.Options.TrimFraction);
        Assert.Equal(EmOptions.DefaultEigenvalueRatio, read.Options.EigenvalueRatio);
        Assert.Equal(30, Enumerable.Range(0, 300).Count(i => IsTrimmed(read, NoisyFaithful.Rows, i)));
        double sum = Enumerable.Range(0, 300).Where(i => !IsTrimmed(read, NoisyFaithful.Rows, i))
            .Sum(i => new MixtureScorer(read.Mixture).Score(TestData.Row(NoisyFaithful.Rows, i)));
        Close.Relative(fit.LogLikelihood, sum, 1e-12, "trimmed log-likelihood");
        Assert.Equal(270, fit.TotalWeight);
        Assert.Equal(300, fit.RowCount);
        Assert.True(double.IsNaN(fit.Bic) && double.IsNaN(read.Icl));
    }

    [Theory]
    [InlineData("""{"fraction":1}""")]
    [InlineData("""{"fraction":-0.1,"log_density":-5}""")]
    public void A_text_with_another_trimming_is_refused(string trimming)
    {
        string text = MixtureJsonWriter.Write(Fit(NoisyFaithful.Rows, 1, CovarianceModel.VVV, 0.1, null).Mixture);
        int start = text.IndexOf("\"trimming\":", StringComparison.Ordinal);
        int end = text.IndexOf('}', start) + 1;
        string changed = string.Concat(text.AsSpan(0, start), "\"trimming\": ", trimming, text.AsSpan(end));
        Assert.Equal("InvalidTrimming", Assert.Throws<MixtureFileException>(() => MixtureJsonReader.Read(Encoding.UTF8.GetBytes(changed))).ErrorId);
    }

    [Fact]
    public void A_time_limit_returns_the_best_found_until_then()
    {
        EmOptions options = Options(3, CovarianceModel.VVV, 0.1, null);
        options.TimeLimit = TimeSpan.FromTicks(1);
        EmFit fit = new EmEstimator(options).Fit(TestData.Observations(NoisyFaithful.Rows));
        Assert.Equal(StopReason.TimeLimit, fit.StopReason);
        Assert.Equal(30, Enumerable.Range(0, 300).Count(i => IsTrimmed(fit, NoisyFaithful.Rows, i)));
    }

    [Fact]
    public void Columns_in_units_of_their_deviations_give_the_same_unless_the_model_compares_them()
    {
        EmOptions options = Options(2, CovarianceModel.VVV, 0.1, 20);
        EmFit plain = new EmEstimator(options).Fit(TestData.Observations(NoisyFaithful.Rows));
        options.Standardize = true;
        EmFit standardized = new EmEstimator(options).Fit(TestData.Observations(NoisyFaithful.Rows));
        Close.Relative(plain.LogLikelihood, standardized.LogLikelihood, 1e-6, "log-likelihood");
        Assert.True(Fit(NoisyFaithful.Rows, 2, CovarianceModel.VII, 0.1, 20).LogLikelihood < standardized.LogLikelihood);
    }

    [Fact]
    public void A_curve_is_one_fit_for_each_share()
    {
        InMemoryObservations rows = TestData.Observations(NoisyFaithful.Rows);
        IReadOnlyList<IFitOutcome> curve = new TrimmingCurve(new EmOptions()).Fit(rows, [0, 0.05, 0.1], [1, 2], [CovarianceModel.VVV, CovarianceModel.EEE]);
        Assert.Equal(12, curve.Count);
        Assert.Equal([0, 0.05, 0.1], curve.Take(3).Cast<EmFit>().Select(fit => fit.Options.TrimFraction!.Value));
        Assert.Equal("TrimmingNotSupported", Assert.Throws<SelectionException>(() => FitSelection.Choose([.. curve.Select(FitCandidate.From)], SelectionCriterion.Bic)).ErrorId);
        Assert.Equal("TrimmingNotSupported", Assert.Throws<InvalidMixtureException>(() =>
            new FitUpdater(new UpdateOptions()).Update((EmFit)curve[0], rows, new RowIntake(300))).ErrorId);
    }

    [Theory]
    [InlineData(false, CollapsePolicy.Reseed)]
    [InlineData(true, CollapsePolicy.Drop)]
    public void A_fit_that_is_interrupted_goes_on_to_the_same_bits(bool standardize, CollapsePolicy policy)
    {
        InMemoryObservations rows = TestData.Observations(NoisyFaithful.Rows);
        EmOptions options = Options(3, CovarianceModel.VVV, 0.1, 20);
        (options.Standardize, options.CollapsePolicy, options.RestartCount) = (standardize, policy, 2);
        EmFit expected = new EmEstimator(options).Fit(rows);
        using Interruptions interruptions = new();
        EmFit fit = interruptions.Fit(rows, options, 40);
        Assert.True(interruptions.PartCount > 3);
        Interruptions.AssertSame(expected, fit);
        Assert.Equal(expected.Mixture.Trimming!.LogDensity, fit.Mixture.Trimming!.LogDensity);
        Assert.Equal(expected.Warnings, fit.Warnings);
    }

    [Fact]
    public void A_curve_that_is_interrupted_goes_on_to_the_same_bits()
    {
        InMemoryObservations rows = TestData.Observations(NoisyFaithful.Rows);
        EmOptions options = new() { RestartCount = 2 };
        IReadOnlyList<IFitOutcome> expected = new TrimmingCurve(options).Fit(rows, [0.05, 0.1], [1, 2], [CovarianceModel.VVV]);
        using Interruptions interruptions = new();
        EmOptions kept = options.Clone();
        kept.Checkpoint = new CheckpointOptions(interruptions.File);
        IReadOnlyList<IFitOutcome>? outcomes = null;
        int parts = 0;
        for (; outcomes is null; parts++)
        {
            Assert.True(parts < 500);
            using CancellationTokenSource interrupt = new();
            int left = 60;
            try
            {
                outcomes = new TrimmingCurve(kept, _ =>
                {
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        interrupt.Cancel();
                    }
                }).Fit(rows, [0.05, 0.1], [1, 2], [CovarianceModel.VVV], interrupt.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.True(System.IO.File.Exists(interruptions.File));
            }
        }

        Assert.True(parts > 3);
        Assert.False(System.IO.File.Exists(interruptions.File));
        for (int i = 0; i < expected.Count; i++)
        {
            Interruptions.AssertSame((EmFit)expected[i], (EmFit)outcomes[i]);
        }

        kept.TrimFraction = 0.2;
        Assert.Throws<OperationCanceledException>(() =>
        {
            using CancellationTokenSource interrupt = new();
            new EmEstimator(kept, _ => interrupt.Cancel()).Fit(rows, interrupt.Token);
        });
        kept.TrimFraction = 0.3;
        Assert.Equal("CheckpointMismatch", Assert.Throws<CheckpointException>(() => new EmEstimator(kept).Fit(rows)).ErrorId);
    }

    [Fact]
    public void Rows_in_parts_and_rows_of_known_components_are_refused()
    {
        InMemoryObservations rows = TestData.Observations(NoisyFaithful.Rows);
        IObservations[] refused = [new CombinedObservations([rows, rows]), rows.Label([.. Enumerable.Range(0, 300).Select(i => i == 0 ? 1 : -1)])];
        Assert.All(refused, observations => Assert.Equal(
            "TrimmingNotSupported",
            Assert.Throws<InvalidObservationException>(() => new EmEstimator(Options(2, CovarianceModel.VVV, 0.1, null)).Fit(observations)).ErrorId));
    }

    private static EmOptions Options(int count, CovarianceModel model, double fraction, double? ratio) =>
        new() { ComponentCount = count, CovarianceModel = model, TrimFraction = fraction, EigenvalueRatio = ratio, ThreadCount = 2 };

    private static EmFit Fit(double[,] rows, int count, CovarianceModel model, double fraction, double? ratio) =>
        new EmEstimator(Options(count, model, fraction, ratio)).Fit(TestData.Observations(rows));

    private static bool IsTrimmed(EmFit fit, double[,] rows, int index)
    {
        MixtureScorer scorer = new(fit.Mixture);
        scorer.Score(TestData.Row(rows, index));
        return scorer.Component == 0;
    }

    /// <summary>Components somewhere among the rows.</summary>
    private static GaussianMixture Start(ulong seed)
    {
        Random random = new((int)seed);
        double[,] rows = NoisyFaithful.Rows;
        int[] centres = [.. Enumerable.Range(0, 3).Select(_ => random.Next(300))];
        return GaussianMixture.Create(
            [0.2, 0.3, 0.5],
            [.. centres.Select(i => new[] { rows[i, 0], rows[i, 1] })],
            [.. centres.Select((_, k) => new[,] { { 0.5, 0.1 }, { 0.1, 60 - (10 * k) } })]);
    }
}
