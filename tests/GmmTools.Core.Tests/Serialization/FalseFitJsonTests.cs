using System;
using System.Text;
using System.Text.Json.Nodes;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Serialization;

/// <summary>Texts of the right form whose numbers cannot be those of a fit: each is told with its place; and every fit is read back.</summary>
public sealed class FalseFitJsonTests
{
    public static TheoryData<CovarianceModel> Models => [.. CovarianceModels.All];

    [Theory]
    [InlineData("total_weight", "-5", "$.fit.total_weight is -5, but the weight of all rows must be more than 0")]
    [InlineData("total_weight", "0", "$.fit.total_weight is 0")]
    [InlineData("entropy", "-3", "$.fit.entropy is -3, but an entropy must be at least 0")]
    [InlineData("statistics.total_weight", "-1", "$.fit.statistics.total_weight is -1, but a total weight must be more than 0")]
    [InlineData("statistics.weights", "[-10,282]", "$.fit.statistics.weights[0] is -10, but a weight must be at least 0")]
    [InlineData("statistics.weights", "[200,200]", "$.fit.statistics.weights sum to 400, but the total weight is 272")]
    [InlineData("statistics.weights", "[272]", "$.fit.statistics.weights has 1 item, but there are 2 components")]
    [InlineData("statistics.centres", "[[1,2],[3]]", "$.fit.statistics.centres[1] has 1 item, but there are 2 columns")]
    [InlineData("statistics.first_moments", "[[0,null],[0,0]]", "$.fit.statistics.first_moments[0][1] is null, not a number")]
    [InlineData("statistics.first_moments", "[[0,0],[1e6,0]]", "$.fit.statistics.scatters[1] is not positive semidefinite")]
    [InlineData("statistics.scatters", "[[[1,0],[0,1]],[[1,2],[2,1]]]", "$.fit.statistics.scatters[1] is not positive semidefinite")]
    [InlineData("statistics.scatters", "[[[1,0],[0,-4]],[[1,0],[0,1]]]", "$.fit.statistics.scatters[0] has -4 for column 2, but a sum of squares must be at least 0")]
    [InlineData("statistics.scatters", "[[[1,0],[0,4]]]", "$.fit.statistics.scatters has 1 item")]
    public void A_false_number_is_told_with_its_place(string member, string value, string part)
    {
        JsonNode root = JsonNode.Parse(MixtureJsonWriter.Write(Fit(CovarianceModel.VVV, false)))!;
        string[] names = member.Split('.');
        JsonNode parent = names.Length == 1 ? root["fit"]! : root["fit"]![names[0]]!;
        parent[names[^1]] = JsonNode.Parse(value);
        MixtureFileException error = Assert.Throws<MixtureFileException>(() => Read(root));
        Assert.Equal("InvalidMixtureFile", error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Covariances_that_break_the_model_are_told(CovarianceModel model)
    {
        if (model is CovarianceModel.VVI or CovarianceModel.VVV)
        {
            return;
        }

        EmFit fit = Fit(model, false);
        JsonNode root = JsonNode.Parse(MixtureJsonWriter.Write(fit))!;
        bool full = model.Shape() == CovarianceShape.Full;
        root["covariances"]![1] = JsonNode.Parse(full ? "[[0.7,0.2],[0.2,0.3]]" : "[0.3,0.7]");
        MixtureFileException error = Assert.Throws<MixtureFileException>(() => Read(root));
        Assert.Contains($"in the covariance_model {model}", error.Message, StringComparison.Ordinal);
        Assert.Contains("$.covariances[", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_fit_is_read_back(CovarianceModel model)
    {
        foreach (bool standardize in new[] { false, true })
        {
            EmFit fit = Fit(model, standardize, 6);
            EmFit read = Assert.IsType<EmFit>(Read(JsonNode.Parse(MixtureJsonWriter.Write(fit))!));
            Assert.Equal(fit.Mixture.Parameters.Covariances, read.Mixture.Parameters.Covariances);
            Assert.Equal(fit.Statistics!.Scatters, read.Statistics!.Scatters);
            GaussianMixture alone = Assert.IsType<GaussianMixture>(Read(JsonNode.Parse(MixtureJsonWriter.Write(fit.Mixture))!));
            Assert.Equal(model, alone.CovarianceModel);
        }
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Fits_that_are_held_at_the_covariance_floor_are_read_back(CovarianceModel model)
    {
        // many rows at few points, so that components collapse
        double[,] rows = new double[60, 2];
        for (int i = 0; i < 60; i++)
        {
            rows[i, 0] = i % 3;
            rows[i, 1] = (i % 4) * (i % 3);
        }

        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 4, CovarianceModel = model, RestartCount = 3 }).Fit(TestData.Observations(rows));
        EmFit read = Assert.IsType<EmFit>(Read(JsonNode.Parse(MixtureJsonWriter.Write(fit))!));
        Assert.Equal(fit.Mixture.Parameters.Covariances, read.Mixture.Parameters.Covariances);
    }

    [Fact]
    public void Statistics_follow_components_that_the_text_has_in_another_order()
    {
        EmFit fit = Fit(CovarianceModel.VVV, false);
        JsonNode root = JsonNode.Parse(MixtureJsonWriter.Write(fit))!;
        foreach (string name in new[] { "weights", "means", "covariances" })
        {
            Swap(root[name]!.AsArray());
        }

        foreach (string name in new[] { "weights", "centres", "first_moments", "scatters" })
        {
            Swap(root["fit"]!["statistics"]![name]!.AsArray());
        }

        EmFit read = Assert.IsType<EmFit>(Read(root));
        Assert.Equal(fit.Mixture.Parameters.Weights, read.Mixture.Parameters.Weights);
        Assert.Equal(fit.Statistics!.Weights, read.Statistics!.Weights);
        Assert.Equal(fit.Statistics.Scatters, read.Statistics.Scatters);
    }

    [Fact]
    public void A_weight_of_0_of_a_fit_agrees_with_its_statistics()
    {
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, FixedWeights = [1, 0], RestartCount = 1 }).Fit(TestData.Observations(TestData.Faithful));
        JsonNode root = JsonNode.Parse(MixtureJsonWriter.Write(fit))!;
        Assert.Equal(0, Assert.IsType<EmFit>(Read(root)).Mixture.Parameters.Weights[1]);
        root["fit"]!["statistics"] = JsonNode.Parse(MixtureJsonWriter.Write(Fit(CovarianceModel.VVV, false)))!["fit"]!["statistics"]!.DeepClone();
        Assert.Contains("$.weights[1] is 0, but the statistics give", Assert.Throws<MixtureFileException>(() => Read(root)).Message, StringComparison.Ordinal);
    }

    private static void Swap(JsonArray array)
    {
        JsonNode first = array[0]!;
        array.RemoveAt(0);
        array.Add(first);
    }

    private static EmFit Fit(CovarianceModel model, bool standardize, int componentCount = 2) => new EmEstimator(
        new EmOptions { ComponentCount = componentCount, CovarianceModel = model, Standardize = standardize, RestartCount = 2 })
        .Fit(TestData.Observations(TestData.Faithful));

    private static object Read(JsonNode root) => MixtureJsonReader.Read(Encoding.UTF8.GetBytes(root.ToJsonString()));
}
