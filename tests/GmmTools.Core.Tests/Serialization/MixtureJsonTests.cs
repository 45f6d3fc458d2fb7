using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Scoring;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Serialization;

/// <summary>Mixtures and fits as JSON: nothing is lost, and what other programs read there is right.</summary>
public sealed class MixtureJsonTests
{
    public static TheoryData<CovarianceModel> Models() => [.. CovarianceModels.All];

    [Fact]
    public void A_mixture_reads_back_to_the_last_bit() =>
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 6], Gen.ULong, Gen.Int[-300, 300]).Holds((componentCount, dimension, seed, exponent) =>
        {
            // scales at which variances do not leave the range of doubles
            double range = Math.Pow(10, exponent / 3);
            GaussianMixture mixture = RandomMixture.Draw(componentCount, dimension, range, seed);
            GaussianMixture copy = Assert.IsType<GaussianMixture>(Read(MixtureJsonWriter.Write(mixture)));
            AssertSame(mixture, copy);
        },
        iter: 200);

    [Fact]
    public void A_component_without_weight_reads_back()
    {
        GaussianMixture mixture = GaussianMixture.Create([1, 0], [[0.0], [5.0]], [new double[,] { { 1 } }, new double[,] { { 2 } }]);
        AssertSame(mixture, Assert.IsType<GaussianMixture>(Read(MixtureJsonWriter.Write(mixture))));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_fit_reads_back_with_all_that_it_says(CovarianceModel model)
    {
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 3, CovarianceModel = model, Seed = ulong.MaxValue, RestartCount = 2 })
            .Fit(TestData.Observations(TestData.Iris));
        EmFit copy = Assert.IsType<EmFit>(Read(MixtureJsonWriter.Write(fit)));
        AssertSame(fit.Mixture, copy.Mixture);
        Interruptions.AssertSame(fit, copy);
        Assert.Equal(MixtureJsonWriter.Write(fit), MixtureJsonWriter.Write(copy));
        Assert.Equal(ulong.MaxValue, copy.Seed);
        Assert.Equal(fit.Bic, copy.Bic);
        Assert.Equal(fit.Statistics!.Scatters, copy.Statistics!.Scatters);
        Assert.Equal(fit.Statistics.FirstMoments, copy.Statistics.FirstMoments);
    }

    [Fact]
    public void The_statistics_of_a_fit_are_those_of_its_rows()
    {
        double[,] draws = TestData.Draw(800, 3, 2, 4);
        foreach (EmOptions options in (EmOptions[])[new() { ComponentCount = 3 }, new() { ComponentCount = 3, Standardize = true }])
        {
            EmFit fit = new EmEstimator(options).Fit(TestData.Observations(draws));
            Assert.Equal(800, fit.Statistics!.Weights.Sum(), 1e-9);
            for (int k = 0; k < 3; k++)
            {
                // a fixed point of EM: the next M-step would give the same mixture
                GaussianComponent component = fit.Mixture.Components[k];
                Close.Relative(component.Weight * 800, fit.Statistics.Weights[k], 1e-3, "weight");
                Close.Relative(component.Covariance[0, 0], fit.Statistics.Scatters[k * 3] / fit.Statistics.Weights[k], 1e-2, "variance");
                Close.Relative(component.Covariance[1, 1], fit.Statistics.Scatters[(k * 3) + 2] / fit.Statistics.Weights[k], 1e-2, "variance");
            }
        }
    }

    [Fact]
    public void Figures_that_are_not_known_are_null_and_come_back()
    {
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, MaxIteration = 1, RestartCount = 1 }).Fit(TestData.Observations(TestData.Faithful));
        Assert.True(double.IsNaN(fit.EstimatedRemainder));
        using JsonDocument document = JsonDocument.Parse(MixtureJsonWriter.Write(fit));
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("fit").GetProperty("estimated_remainder").ValueKind);
        Assert.True(double.IsNaN(Assert.IsType<EmFit>(Read(MixtureJsonWriter.Write(fit))).EstimatedRemainder));
    }

    [Fact]
    public void Names_of_columns_may_be_anything_that_a_column_may_be_called()
    {
        string[] names = ["a\"b\\c", "tab\there", "emoji 😀", "ünï", "line\u2028end", "x:y", "type", "0"];
        GaussianMixture mixture = RandomMixture.Draw(2, names.Length, 5, 1).WithProperty(names);
        string text = MixtureJsonWriter.Write(mixture);
        Assert.Equal(names, Assert.IsType<GaussianMixture>(Read(text)).Property);
        using JsonDocument document = JsonDocument.Parse(text);
        Assert.Equal(names, document.RootElement.GetProperty("feature_names").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public void The_culture_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            GaussianMixture mixture = RandomMixture.Draw(3, 2, 5, 1);
            string text = MixtureJsonWriter.Write(mixture);
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Assert.Equal(MixtureJsonWriter.Write(mixture), text);
            AssertSame(mixture, Assert.IsType<GaussianMixture>(Read(text)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_matrix_of_one_column_and_a_thousand_columns_are_fine()
    {
        AssertSame(RandomMixture.Draw(500, 1, 5, 1), Assert.IsType<GaussianMixture>(Read(MixtureJsonWriter.Write(RandomMixture.Draw(500, 1, 5, 1)))));
        MixtureParameters wide = new(2, 1000, CovarianceShape.Diagonal);
        wide.Weights[0] = wide.Weights[1] = 0.5;
        Array.Fill(wide.Covariances, 1e-200);
        GaussianMixture mixture = new(wide, null, CovarianceModel.VVI);
        AssertSame(mixture, Assert.IsType<GaussianMixture>(Read(MixtureJsonWriter.Write(mixture))));
    }

    [Theory]
    [InlineData("faithful")]
    [InlineData("iris")]
    public void Scikit_learn_scores_rows_with_a_saved_model_as_we_do(string name)
    {
        using JsonDocument reference = JsonDocument.Parse(File.ReadAllText(Reference("sklearn-scores.json")));
        double[] scores = [.. reference.RootElement.GetProperty(name).GetProperty("scores").EnumerateArray().Select(score => score.GetDouble())];
        int[] components = [.. reference.RootElement.GetProperty(name).GetProperty("components").EnumerateArray().Select(component => component.GetInt32())];
        EmFit fit = Assert.IsType<EmFit>(MixtureFile.Load(Reference(name + "-model.json")));
        MixtureScorer scorer = new(fit.Mixture);
        for (int i = 0; i < scores.Length; i++)
        {
            Close.Relative(scores[i], scorer.Score(TestData.Row(TestData.Named(name), i)), 1e-12, "score");
            Assert.Equal(components[i], scorer.Component);
        }

        Close.Relative(fit.LogLikelihood, scores.Sum(), 1e-11, "log-likelihood");
    }

    [Fact]
    public void A_byte_order_mark_and_other_white_space_are_fine()
    {
        GaussianMixture mixture = RandomMixture.Draw(2, 2, 5, 1);
        string spaced = MixtureJsonWriter.Write(mixture).Replace("\n", "\r\n\t ", StringComparison.Ordinal);
        AssertSame(mixture, Assert.IsType<GaussianMixture>(MixtureJsonReader.Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(spaced)])));
    }

    private static string Reference(string file) => Path.Combine(AppContext.BaseDirectory, "Reference", file);

    private static object Read(string text) => MixtureJsonReader.Read(Encoding.UTF8.GetBytes(text));

    private static void AssertSame(GaussianMixture expected, GaussianMixture actual)
    {
        Assert.Equal(expected.Property, actual.Property);
        Assert.Equal(expected.CovarianceModel, actual.CovarianceModel);
        Assert.Equal(expected.Parameters.Shape, actual.Parameters.Shape);
        Assert.Equal(expected.Parameters.Weights, actual.Parameters.Weights);
        Assert.Equal(expected.Parameters.Means, actual.Parameters.Means);
        Assert.Equal(expected.Parameters.Covariances, actual.Parameters.Covariances);
    }
}
