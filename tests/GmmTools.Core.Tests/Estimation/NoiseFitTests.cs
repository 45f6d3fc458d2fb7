using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Updating;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Chunks;
using GmmTools.Observations.Intake;
using GmmTools.Scoring;
using GmmTools.Selection;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Fits with noise as users make them; the values are those of EM from stated starts, which the search has to find by itself.</summary>
public sealed class NoiseFitTests
{
    private static readonly double[] Weights = [0.5686536711, 0.3075967777, 0.1237495512];

    public static TheoryData<CovarianceModel, int> Models() => new()
    {
        { CovarianceModel.VVV, 1 }, { CovarianceModel.VVV, 2 }, { CovarianceModel.VVV, 3 }, { CovarianceModel.EEE, 3 }, { CovarianceModel.VVI, 2 },
        { CovarianceModel.EII, 4 }, { CovarianceModel.VEV, 2 },
    };

    [Theory]
    [InlineData(CovarianceModel.VVV, -1361.77124)]
    [InlineData(CovarianceModel.EEE, -1372.556492)]
    public void The_search_finds_what_a_start_that_knows_the_noise_leads_to(CovarianceModel model, double logLikelihood)
    {
        EmFit fit = Fit(NoisyFaithful.Rows, 2, model);
        Close.Absolute(logLikelihood, fit.LogLikelihood, 1e-5, "log-likelihood");
        Assert.Equal(StopReason.Converged, fit.StopReason);
        Close.Relative(400, fit.Mixture.Noise!.Volume, 1e-12, "volume");
        Close.Absolute(1, fit.Mixture.Noise.Weight + fit.Mixture.Components.Sum(component => component.Weight), 1e-12, "weights");
        Assert.Equal(model.ParameterCount(2, 2) + 1, fit.ParameterCount);
        Assert.Equal(fit.ParameterCount, fit.Mixture.ParameterCount);
        if (model == CovarianceModel.VVV)
        {
            // as far as the end of EM determines them
            Close.Absolute(Weights[0], fit.Mixture.Components[0].Weight, 1e-5, "weight 1");
            Close.Absolute(Weights[1], fit.Mixture.Components[1].Weight, 1e-5, "weight 2");
            Close.Absolute(Weights[2], fit.Mixture.Noise.Weight, 1e-5, "weight of the noise");
        }
    }

    [Theory]
    [InlineData(CovarianceModel.VVV, -1523.837153)]
    [InlineData(CovarianceModel.EEE, -1524.513098)]
    public void Without_noise_the_same_rows_stretch_the_components(CovarianceModel model, double logLikelihood)
    {
        double[,] start = new double[300, 2];
        for (int i = 0; i < 300; i++)
        {
            start[i, NoisyFaithful.Rows[i, 1] > 68 ? 0 : 1] = 1;
        }

        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, CovarianceModel = model, InitialResponsibilities = RowResponsibilities.FromMatrix(start), Tolerance = 1e-12 })
            .Fit(TestData.Observations(NoisyFaithful.Rows));
        Close.Absolute(logLikelihood, fit.LogLikelihood, 1e-5, "log-likelihood");
        Assert.Null(fit.Mixture.Noise);
        Assert.Null(fit.Mixture.WithoutNoise);
    }

    [Fact]
    public void A_start_that_says_nothing_of_noise_leads_there_too()
    {
        double[,] start = new double[300, 2];
        for (int i = 0; i < 300; i++)
        {
            start[i, NoisyFaithful.Rows[i, 1] > 68 ? 0 : 1] = 1;
        }

        EmFit fit = Fit(NoisyFaithful.Rows, 2, adjust: options => options.InitialResponsibilities = RowResponsibilities.FromMatrix(start));
        Close.Absolute(-1361.77124, fit.LogLikelihood, 1e-5, "log-likelihood");
    }

    /// <summary>Three parameters, climbed along the axes with ever smaller steps: nothing of EM is in it.</summary>
    [Fact]
    public void One_component_with_noise_is_the_maximum()
    {
        double[] values = [.. Enumerable.Range(0, 300).Select(i => NoisyFaithful.Rows[i, 1] / (i % 2 == 0 ? 1 : 1.02)), 20, 140, 180, 190];
        double volume = values.Max() - values.Min();
        double[] best = [0.1, values.Average(), Math.Log(10)];
        double LogLikelihood(double[] p) => values.Sum(value => Math.Log(
            (p[0] / volume) + ((1 - p[0]) * Math.Exp(-0.5 * Math.Pow((value - p[1]) / Math.Exp(p[2]), 2) - p[2]) / Math.Sqrt(2 * Math.PI))));
        double height = LogLikelihood(best);
        for (double step = 1; step > 1e-10; step *= 0.7)
        {
            for (int turn = 0; turn < 60; turn++)
            {
                double before = height;
                for (int j = 0; j < 3; j++)
                {
                    foreach (double sign in new[] { -1.0, 1.0 })
                    {
                        double[] next = [.. best];
                        next[j] += sign * step * (j == 0 ? 0.1 : 1);
                        double there = next[0] is > 0 and < 1 ? LogLikelihood(next) : double.NegativeInfinity;
                        (best, height) = there > height ? (next, there) : (best, height);
                    }
                }

                if (height == before)
                {
                    break;
                }
            }
        }

        EmFit fit = Fit(TestData.Column(values), 1, adjust: options => options.Tolerance = 1e-13);
        Close.Absolute(height, fit.LogLikelihood, 1e-7, "log-likelihood");
        Close.Absolute(best[0], fit.Mixture.Noise!.Weight, 1e-5, "weight of the noise");
        Close.Relative(best[1], fit.Mixture.Components[0].Mean[0], 1e-5, "mean");
        Close.Relative(Math.Exp(best[2]), fit.Mixture.Components[0].StandardDeviation[0], 1e-4, "standard deviation");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Noise_never_makes_a_fit_worse(CovarianceModel model, int componentCount)
    {
        foreach (double[,] rows in new[] { TestData.Faithful, NoisyFaithful.Rows, TestData.Iris })
        {
            EmFit plain = new EmEstimator(new EmOptions { ComponentCount = componentCount, CovarianceModel = model }).Fit(TestData.Observations(rows));
            EmFit fit = Fit(rows, componentCount, model);
            Close.AtLeast(plain.BoundedLogLikelihood, fit.BoundedLogLikelihood, 1e-3, "log-likelihood");
        }
    }

    [Fact]
    public void Noise_that_holds_no_row_is_told()
    {
        EmFit fit = Fit(TestData.Iris, 3);
        Assert.Contains(fit.Warnings, warning => warning.StartsWith("The noise holds less than one row", StringComparison.Ordinal));
        Assert.DoesNotContain(Fit(NoisyFaithful.Rows, 2).Warnings, warning => warning.Contains("noise", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Units_change_the_volume_and_nothing_else(bool standardized)
    {
        // iris lies in a smaller box along its principal axes
        EmFit fit = Fit(TestData.Iris, 2);
        Assert.NotEmpty(fit.Mixture.Noise!.Edge);
        double[] scale = standardized ? [1, 1, 1, 1] : [1e6, 1, 1e-3, 7];
        double[,] mapped = TestData.Map(TestData.Iris, (value, j) => (scale[j] * value) + (standardized ? 0 : 5));
        EmFit other = Fit(mapped, 2, adjust: options => options.Standardize = standardized);
        double logVolume = scale.Sum(Math.Log);
        Close.Absolute(fit.Mixture.Noise.LogVolume + logVolume, other.Mixture.Noise!.LogVolume, 1e-8, "log volume");
        Close.Absolute(fit.LogLikelihood - (150 * logVolume), other.LogLikelihood, 1e-4, "log-likelihood");
        Close.Absolute(fit.Mixture.Noise.Weight, other.Mixture.Noise.Weight, 1e-3, "weight of the noise");
    }

    [Fact]
    public void A_given_volume_is_that_of_the_noise()
    {
        EmFit own = Fit(NoisyFaithful.Rows, 2);
        EmFit given = Fit(NoisyFaithful.Rows, 2, adjust: options => options.NoiseVolume = 400);
        Close.Absolute(own.LogLikelihood, given.LogLikelihood, 1e-9, "log-likelihood");
        EmFit wide = Fit(NoisyFaithful.Rows, 2, adjust: options => options.NoiseVolume = 1e4);
        Close.Relative(1e4, wide.Mixture.Noise!.Volume, 1e-12, "volume");
        Assert.True(wide.LogLikelihood < own.LogLikelihood);
        Close.Relative(1e4, Fit(NoisyFaithful.Rows, 2, adjust: options =>
        {
            options.NoiseVolume = 1e4;
            options.Standardize = true;
        }).Mixture.Noise!.Volume, 1e-12, "volume");
    }

    [Theory]
    [InlineData("volume alone", "NoiseVolumeAlone")]
    [InlineData("volume", "InvalidNoiseVolume")]
    [InlineData("prior", "NoiseWithPrior")]
    [InlineData("weights", "NoiseWithFixedWeight")]
    public void What_does_not_go_together_is_told(string what, string errorId)
    {
        EmOptions options = new() { ComponentCount = 2, Noise = what != "volume alone", Prior = what == "prior" };
        options.NoiseVolume = what == "volume" ? -1 : what == "volume alone" ? 4 : null;
        options.FixedWeights = what == "weights" ? [0.5, 0.5] : null;
        Assert.Equal(errorId, Assert.Throws<EstimationException>(options.Validate).ErrorId);
    }

    [Fact]
    public void Rows_that_count_twice_are_rows_twice()
    {
        double[] twos = [.. Enumerable.Repeat(2.0, 300)];
        EmFit weighted = new EmEstimator(new EmOptions { ComponentCount = 2, Noise = true }).Fit(TestData.Chunked(NoisyFaithful.Rows, null, twos));
        Close.Absolute(2 * -1361.77124, weighted.LogLikelihood, 1e-4, "log-likelihood");
        Close.Absolute(Weights[2], weighted.Mixture.Noise!.Weight, 1e-4, "weight of the noise");
    }

    [Fact]
    public void Rows_in_a_file_and_threads_change_no_bit()
    {
        EmFit expected = Fit(NoisyFaithful.Rows, 2, adjust: options => options.ThreadCount = 1);
        EmFit threads = Fit(NoisyFaithful.Rows, 2, adjust: options => options.ThreadCount = 3);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("gmm-noise-");
        try
        {
            using RowStorage storage = new(0, folder.FullName);
            RowCollector collector = new(["x1", "x2"], false, MissingValuePolicy.Error, storage);
            for (int i = 0; i < 300; i++)
            {
                collector.Add(TestData.Row(NoisyFaithful.Rows, i));
            }

            IObservations rows = collector.Build();
            Assert.IsType<MappedObservations>(rows);
            EmFit mapped = new EmEstimator(new EmOptions { ComponentCount = 2, Noise = true }).Fit(rows);
            Assert.Equal(expected.LogLikelihood, mapped.LogLikelihood);
            Assert.Equal(expected.Mixture.Noise!.Weight, mapped.Mixture.Noise!.Weight);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.Equal(expected.LogLikelihood, threads.LogLikelihood);
        Assert.Equal(expected.Mixture.Components[0].Mean, threads.Mixture.Components[0].Mean);
    }

    [Fact]
    public void Rows_with_gaps_may_be_noise_as_well()
    {
        double[,] rows = Gaps.Punch(NoisyFaithful.Rows, 0.1, 3);
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, Noise = true }).Fit(Gaps.Collect(rows));
        Assert.Equal(StopReason.Converged, fit.StopReason);
        Assert.InRange(fit.Mixture.Noise!.Weight, 0.08, 0.2);

        // by the density of each row alone
        MixtureScorer scorer = new(fit.Mixture);
        double sum = Enumerable.Range(0, 300).Select(i => TestData.Row(rows, i)).Where(row => !row.All(double.IsNaN)).Sum(row => scorer.Score(row));
        Close.Relative(sum, fit.LogLikelihood, 1e-9, "log-likelihood");
    }

    [Fact]
    public void A_fit_that_is_interrupted_goes_on_to_the_same_bits()
    {
        InMemoryObservations rows = TestData.Observations(NoisyFaithful.Rows);
        EmOptions options = new() { ComponentCount = 3, Noise = true };
        EmFit expected = new EmEstimator(options).Fit(rows);
        using Interruptions interruptions = new();
        EmFit fit = interruptions.Fit(rows, options, 25);
        Assert.True(interruptions.PartCount > 3);
        Interruptions.AssertSame(expected, fit);
        Assert.Equal(expected.Mixture.Noise!.Weight, fit.Mixture.Noise!.Weight);
    }

    [Fact]
    public void A_time_limit_leaves_a_mixture_with_noise()
    {
        EmFit fit = Fit(NoisyFaithful.Rows, 3, adjust: options => options.TimeLimit = TimeSpan.FromTicks(1));
        Assert.Equal(StopReason.TimeLimit, fit.StopReason);
        Assert.InRange(fit.Mixture.Noise!.Weight, 0, 1);
    }

    [Theory]
    [InlineData(CollapsePolicy.Drop)]
    [InlineData(CollapsePolicy.Stop)]
    [InlineData(CollapsePolicy.Reseed)]
    public void A_component_too_many_leaves_weights_that_sum_to_one(CollapsePolicy policy)
    {
        EmFit fit = Fit(NoisyFaithful.Rows, 12, adjust: options =>
        {
            options.CollapsePolicy = policy;
            options.RestartCount = 2;
        });
        Close.Absolute(1, fit.Mixture.Noise!.Weight + fit.Mixture.Components.Sum(component => component.Weight), 1e-9, "weights");
    }

    [Fact]
    public void A_search_tries_noise_with_every_model()
    {
        IReadOnlyList<IFitOutcome> outcomes = new ModelSearch(new EmOptions { Noise = true })
            .Fit(TestData.Observations(NoisyFaithful.Rows), [1, 2, 3], [CovarianceModel.EEE, CovarianceModel.VVI, CovarianceModel.VVV]);
        EmFit[] fits = [.. outcomes.Cast<EmFit>()];
        Assert.All(fits, fit => Close.Relative(400, fit.Mixture.Noise!.Volume, 1e-12, "volume"));

        // EEE and VVI are within VVV
        Assert.All(new[] { 0, 1, 2 }, k => Close.AtLeast(Math.Max(fits[3 * k].LogLikelihood, fits[(3 * k) + 1].LogLikelihood), fits[(3 * k) + 2].LogLikelihood, 1e-3));
        FitSelection selection = FitSelection.Choose([.. outcomes.Select(FitCandidate.From)], SelectionCriterion.Bic);
        Assert.Equal(outcomes.Cast<EmFit>().Min(fit => fit.Bic), ((EmFit)outcomes[selection.Ranked[0]]).Bic, 1e-9);
    }

    [Fact]
    public void Fits_with_noise_of_other_volumes_are_not_compared()
    {
        EmFit[] fits = [Fit(NoisyFaithful.Rows, 2), Fit(NoisyFaithful.Rows, 2, adjust: options => options.NoiseVolume = 300)];
        SelectionException error = Assert.Throws<SelectionException>(() => FitSelection.Choose([.. fits.Select(FitCandidate.From)], SelectionCriterion.Bic));
        Assert.Equal("DifferentNoise", error.ErrorId);
        EmFit plain = new EmEstimator(new EmOptions { ComponentCount = 2 }).Fit(TestData.Observations(NoisyFaithful.Rows));
        Assert.Equal(0, FitSelection.Choose([FitCandidate.From(fits[0]), FitCandidate.From(plain)], SelectionCriterion.Bic).Ranked[0]);
    }

    [Fact]
    public void A_fit_reads_back_as_it_was_written_and_goes_on()
    {
        foreach (double[,] rows in new[] { NoisyFaithful.Rows, TestData.Iris })
        {
            EmFit fit = Fit(rows, 2, adjust: options => options.NoiseVolume = rows == TestData.Iris ? null : 500);
            string text = MixtureJsonWriter.Write(fit);
            EmFit read = (EmFit)MixtureJsonReader.Read(Encoding.UTF8.GetBytes(text));
            Assert.Equal(text, MixtureJsonWriter.Write(read));
            Assert.Equal(fit.Mixture.Noise!.Edge, read.Mixture.Noise!.Edge);
            Assert.Equal(fit.Options.NoiseVolume, read.Options.NoiseVolume);
            RowIntake intake = new(rows.GetLength(0));
            EmFit updated = new FitUpdater(new UpdateOptions()).Update(fit, TestData.Observations(rows), intake);
            EmFit again = new FitUpdater(new UpdateOptions()).Update(read, TestData.Observations(rows), intake);
            Assert.Equal(updated.LogLikelihood, again.LogLikelihood);

            // the same rows again are twice as many of the same
            Close.Relative(2 * fit.LogLikelihood, updated.LogLikelihood, 1e-6, "log-likelihood");
            Close.Absolute(fit.Mixture.Noise.Weight, updated.Mixture.Noise!.Weight, 2e-3, "weight of the noise");
            Assert.Equal(fit.Mixture.Noise.LogVolume, updated.Mixture.Noise.LogVolume);
        }
    }

    [Theory]
    [InlineData("\"weight\": 0.", "\"weight\": 7.", "InvalidWeight", "$.noise.weight")]
    [InlineData("\"log_widths\": [", "\"log_widths\": [1, ", "InvalidMixtureFile", "$.noise.log_widths")]
    [InlineData("\"noise\": true,", "\"noise\": false,", "InvalidMixtureFile", "$.fit.options")]
    [InlineData("\"background_weight\": ", "\"background_weight\": -", "InvalidMixtureFile", "background_weight")]
    public void Damaged_noise_is_told_with_its_place(string part, string damaged, string errorId, string place)
    {
        string text = MixtureJsonWriter.Write(Fit(NoisyFaithful.Rows, 2));
        Assert.Contains(part, text, StringComparison.Ordinal);
        MixtureFileException error = Assert.Throws<MixtureFileException>(
            () => MixtureJsonReader.Read(Encoding.UTF8.GetBytes(text.Replace(part, damaged, StringComparison.Ordinal))));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mixture_with_noise_starts_a_fit_without()
    {
        EmFit noisy = Fit(NoisyFaithful.Rows, 2);
        EmFit plain = new EmEstimator(new EmOptions { ComponentCount = 2, InitialMixture = noisy.Mixture }).Fit(TestData.Observations(NoisyFaithful.Rows));
        Assert.Null(plain.Mixture.Noise);
        Close.Absolute(1, plain.Mixture.Components.Sum(component => component.Weight), 1e-12, "weights");
    }

    private static EmFit Fit(double[,] rows, int componentCount, CovarianceModel model = CovarianceModel.VVV, Action<EmOptions>? adjust = null)
    {
        EmOptions options = new() { ComponentCount = componentCount, CovarianceModel = model, Noise = true };
        adjust?.Invoke(options);
        return new EmEstimator(options).Fit(TestData.Observations(rows), CancellationToken.None);
    }
}
