using System;
using System.Text;
using System.Text.Json;
using GmmTools.Core.Tests.Estimation;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Updating;
using GmmTools.Observations.Intake;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Serialization;

/// <summary>The options of a fit as JSON, in the format of now and in the one of before.</summary>
public sealed class FitOptionsJsonTests
{
    private const string Format1 = """
        {
          "format": "GmmTools.GaussianMixture",
          "format_version": 1,
          "feature_names": ["a"],
          "covariance_model": "VVV",
          "covariance_type": "full",
          "weights": [0.5, 0.5],
          "means": [[0], [9]],
          "covariances": [[[1]], [[4]]],
          "fit": {
            "row_count": 1000000, "read_row_count": 1000000, "omitted_row_count": 0, "incomplete_row_count": 0, "total_weight": 1000000,
            "log_likelihood": -2500000.5, "entropy": 3.5, "parameter_count": 5, "stop_reason": "Converged", "iteration_count": 7,
            "estimated_remainder": 1e-9, "collapse_count": 0, "best_start_count": 1, "is_standardized": true, "seed": 18446744073709551615,
            "elapsed_seconds": 0.25, "warnings": [], "log_likelihood_trace": [-2500001, -2500000.5], "starts": [], "spurious_components": []
          }
        }
        """;

    private static readonly Lazy<string> Unusual = new(() => MixtureJsonWriter.Write(
        new EmEstimator(FitOptionsTests.Unusual()).Fit(TestData.Observations(TestData.Faithful))));

    [Fact]
    public void They_read_back_as_they_were()
    {
        FitOptions expected = new(FitOptionsTests.Unusual(), 272);
        Assert.Equivalent(expected, Read(Unusual.Value).Options, strict: true);
        using JsonDocument document = JsonDocument.Parse(Unusual.Value);
        Assert.Equal(2, document.RootElement.GetProperty("format_version").GetInt32());
        Assert.Equal(1e-6, document.RootElement.GetProperty("fit").GetProperty("options").GetProperty("tolerance").GetDouble());
    }

    [Fact]
    public void A_text_of_format_1_is_read_with_the_options_that_it_tells()
    {
        EmFit fit = Read(Format1);
        Assert.Equal((1_000_000, -2500000.5, 5), (fit.RowCount, fit.LogLikelihood, fit.ParameterCount));
        Assert.Equal((true, ulong.MaxValue, null, 0.005 / 1e6, false), (fit.IsStandardized, fit.Seed, fit.Options.FixedWeights, fit.Options.Tolerance, fit.Options.Prior));
        Assert.Contains("\"format_version\": 2", MixtureJsonWriter.Write(fit), StringComparison.Ordinal);
        Assert.Equivalent(fit.Options, Read(MixtureJsonWriter.Write(fit)).Options);
    }

    [Fact]
    public void Weights_that_a_text_of_format_1_does_not_count_were_fixed()
    {
        EmFit fit = Read(Format1.Replace("\"parameter_count\": 5", "\"parameter_count\": 4", StringComparison.Ordinal));
        Assert.Equal([0.5, 0.5], fit.Options.FixedWeights);
        EmFit updated = new FitUpdater(new UpdateOptions()).Update(fit, TestData.Observations(TestData.Column(0, 1, 2)), new RowIntake(3));
        Assert.Equal((4, 0.5), (updated.ParameterCount, updated.Mixture.Components[0].Weight));
    }

    [Theory]
    [InlineData("\"component_count\": 2", "\"component_count\": 1", "$.fit.options.component_count is 1, but the mixture has 2 components")]
    [InlineData("\"max_iteration\": 77", "\"max_iteration\": 0", "$.fit.options.max_iteration is 0, but must be at least 1")]
    [InlineData("\"max_iteration\": 77", "\"max_iteration\": 1e9", "$.fit.options.max_iteration is '1e9', not a whole number")]
    [InlineData("\"tolerance\": 1E-06", "\"tolerance\": -1", "$.fit.options.tolerance is less than 0")]
    [InlineData("\"tolerance\": 1E-06", "\"tolerance\": null", "$.fit.options.tolerance is missing")]
    [InlineData("\"seed\": 5", "\"seed\": -5", "$.fit.options.seed is '-5'")]
    [InlineData("\"restart_count\": 3", "\"restart_count\": 0", "$.fit.options.restart_count is 0")]
    [InlineData("\"initialization\": \"Random\"", "\"initialization\": \"Chance\"", "$.fit.options.initialization is 'Chance', which is not a valid InitializationMethod")]
    [InlineData("\"acceleration\": \"None\"", "\"acceleration\": 1", "$.fit.options.acceleration is a number, not a text")]
    [InlineData("\"fixed_weights\": [0.4, 0.6]", "\"fixed_weights\": [1]", "$.fit.options.fixed_weights has 1 item, but there are 2 components")]
    [InlineData("\"fixed_weights\": [0.4, 0.6]", "\"fixed_weights\": [0.4, 0.5]", "$.fit.options.fixed_weights has no mixing weights (The weights sum to 0.9, not to 1.")]
    [InlineData("\"fixed_weights\": [0.4, 0.6]", "\"fixed_weights\": [\"a\", 0.5]", "$.fit.options.fixed_weights[0] is a text, not a number")]
    [InlineData("\"standardize\": true", "\"standardize\": 1", "$.fit.options.standardize is a number, not true or false")]
    [InlineData("\"time_limit_seconds\": 300", "\"time_limit_seconds\": 0", "$.fit.options.time_limit_seconds is 0, but a time limit must be positive")]
    [InlineData("\"time_limit_seconds\": 300", "\"time_limit_seconds\": -1", "$.fit.options.time_limit_seconds is not a time in seconds")]
    [InlineData("\"covariance_floor\": 0.0001", "\"covariance_floor\": 1", "$.fit.options.covariance_floor is 1, but a covariance floor must be at least 0 and less than 1")]
    [InlineData("\"covariance_model\": \"VVI\"", "\"covariance_model\": \"VEI\"", "$.fit.options.prior is true, but there is no prior for VEI")]
    [InlineData("\"collapse_policy\": \"Stop\"", "\"collapse_policy\": \"2\"", "$.fit.options.collapse_policy is '2', which is not a valid CollapsePolicy")]
    [InlineData("\"options\": {", "\"option\": {", "$.fit.options is missing")]
    public void What_is_wrong_with_them_is_told_with_its_place(string what, string instead, string part)
    {
        Assert.Contains(what, Unusual.Value, StringComparison.Ordinal);
        MixtureFileException exception = Assert.Throws<MixtureFileException>(() => Read(Unusual.Value.Replace(what, instead, StringComparison.Ordinal)));
        Assert.Equal("InvalidMixtureFile", exception.ErrorId);
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    private static EmFit Read(string text) => Assert.IsType<EmFit>(MixtureJsonReader.Read(Encoding.UTF8.GetBytes(text)));
}
