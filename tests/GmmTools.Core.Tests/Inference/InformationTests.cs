using System;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Inference;
using GmmTools.Mixtures;
using GmmTools.Observations;
using Xunit;

namespace GmmTools.Core.Tests.Inference;

/// <summary>Standard errors by the observed information, against closed forms and a Hessian of another program.</summary>
public class InformationTests
{
    [Fact]
    public void One_component_has_the_known_standard_errors()
    {
        InferenceProblem problem = new(TestData.Observations(TestData.Faithful), new EmOptions());
        double[,] covariance = problem.Fit.Mixture.Components[0].Covariance;
        double n = problem.Fit.TotalWeight;

        UncertaintyReport report = problem.Measure(UncertaintyMethod.Information);

        Close.AllRelative([Math.Sqrt(covariance[0, 0] / n)], [InferenceProblem.Errors(report, "Mean")[0]], 1e-8, "mean");
        Close.AllRelative([Math.Sqrt(covariance[1, 1] / n)], [InferenceProblem.Errors(report, "Mean")[1]], 1e-8, "mean");
        Close.AllRelative([covariance[0, 0] * Math.Sqrt(2 / n)], [InferenceProblem.Errors(report, "Variance")[0]], 1e-8, "variance");
        Close.AllRelative([covariance[1, 1] * Math.Sqrt(2 / n)], [InferenceProblem.Errors(report, "Variance")[1]], 1e-8, "variance");
        double expected = Math.Sqrt(((covariance[0, 0] * covariance[1, 1]) + (covariance[0, 1] * covariance[0, 1])) / n);
        Close.AllRelative([expected], InferenceProblem.Errors(report, "Covariance"), 1e-8, "covariance");
        Assert.Equal([0.0], InferenceProblem.Errors(report, "Weight"));
    }

    [Fact]
    public void A_quantile_of_one_component_has_the_error_of_the_delta_method()
    {
        InferenceProblem problem = new(TestData.Observations(TestData.Column(TestData.Draw(200, 1, 1, 3).Cast<double>().ToArray())), new EmOptions());
        double variance = problem.Fit.Mixture.Components[0].Covariance[0, 0];
        const double z = 1.6448536269514722;

        UncertaintyReport report = problem.Measure(UncertaintyMethod.Information, 999, 0.5, 0.95);

        double[] expected = [Math.Sqrt(variance / 200), Math.Sqrt(variance / 200 * (1 + (z * z / 2)))];
        Close.AllRelative(expected, InferenceProblem.Errors(report, "Quantile"), 1e-7, "quantile");
    }

    /// <summary>Of log φ(x), the derivative by the mean is z/σ, and by the variance (z² − 1)/(2σ²); their errors are σ/√n and σ²√(2/n), independent.</summary>
    [Fact]
    public void A_density_of_one_component_has_the_error_of_the_delta_method()
    {
        InferenceProblem problem = new(TestData.Observations(TestData.Column(TestData.Draw(200, 1, 1, 3).Cast<double>().ToArray())), new EmOptions());
        double mean = problem.Fit.Mixture.Components[0].Mean[0];
        double deviation = problem.Fit.Mixture.Components[0].StandardDeviation[0];
        double[] heights = [0, 1, -2.5];

        UncertaintyReport report = problem.Measure(
            new UncertaintyOptions { Method = UncertaintyMethod.Information, Points = [.. heights.Select(z => new[] { mean + (z * deviation) })] });

        double[] densities = [.. heights.Select(z => Math.Exp(-0.5 * z * z) / (deviation * Math.Sqrt(2 * Math.PI)))];
        double[] expected = [.. heights.Zip(densities, (z, density) => density * Math.Sqrt(((z * z) + (0.5 * Math.Pow((z * z) - 1, 2))) / 200))];
        Close.AllRelative(densities, [.. InferenceProblem.Of(report, "Density").Select(one => one.Estimate)], 1e-12, "density");
        Close.AllRelative(expected, InferenceProblem.Errors(report, "Density"), 1e-7, "error");
        Assert.All(InferenceProblem.Of(report, "Density"), one => Assert.True(one.Lower > 0 && one.Lower * one.Upper / (one.Estimate * one.Estimate) is > 0.999999 and < 1.000001));
    }

    /// <summary>Reference/uncertainty.R: Hessian by numDeriv.</summary>
    [Fact]
    public void Two_components_have_the_errors_of_the_Hessian()
    {
        UncertaintyReport report = InferenceProblem.Faithful.Measure(UncertaintyMethod.Information);

        double[] weights = InferenceProblem.Errors(report, "Weight");
        Assert.Equal(weights[0], weights[1], 1e-12);
        Close.Relative(0.0290891104, weights[1], 1e-5, "weight");
        double[] means = [0.0314031362, 0.456185991, 0.0271083558, 0.591873778];
        double[] variances = [0.0188718675, 3.92514272, 0.0105749654, 4.85472255];
        double[] covariances = [0.210417687, 0.166001709];
        Check(means, InferenceProblem.Errors(report, "Mean"));
        Check(variances, InferenceProblem.Errors(report, "Variance"));
        Check(covariances, InferenceProblem.Errors(report, "Covariance"));
    }

    /// <summary>Where components do not overlap, each counts for itself; what they share has the rows of both, and a sphere those of all columns.</summary>
    [Theory]
    [InlineData(CovarianceModel.VVV, false, 1)]
    [InlineData(CovarianceModel.VVI, false, 1)]
    [InlineData(CovarianceModel.VII, false, 2)]
    [InlineData(CovarianceModel.EEE, true, 1)]
    [InlineData(CovarianceModel.EEI, true, 1)]
    [InlineData(CovarianceModel.EII, true, 2)]
    public void Components_far_apart_have_the_errors_of_their_rows(CovarianceModel model, bool isShared, int columnsPerVariance)
    {
        InferenceProblem problem = InferenceProblem.Apart(model);

        UncertaintyReport report = problem.Measure(UncertaintyMethod.Information);

        double[] counts = [400, 200];
        for (int k = 0; k < 2; k++)
        {
            ParameterUncertainty variance = report.Parameters.First(one => one.Component == k + 1 && one.Parameter == "Variance");
            ParameterUncertainty mean = report.Parameters.First(one => one.Component == k + 1 && one.Parameter == "Mean");
            double rows = columnsPerVariance * (isShared ? 600 : counts[k]);
            Close.Relative(variance.Estimate * Math.Sqrt(2 / rows), variance.StandardError, 1e-6, "variance");
            Close.Relative(Math.Sqrt(variance.Estimate / counts[k]), mean.StandardError, 1e-6, "mean");
        }

        Close.Relative(Math.Sqrt(2.0 / 9 / 600), InferenceProblem.Errors(report, "Weight")[0], 1e-6, "weight");
    }

    [Fact]
    public void A_row_of_weight_two_is_two_rows()
    {
        double[,] rows = TestData.Faithful;
        int[] twice = [.. Enumerable.Range(0, 544).Select(i => i % 272)];
        EmOptions options = new() { ComponentCount = 2, Seed = 1, Tolerance = 1e-13 };
        InferenceProblem weighted = new(TestData.Chunked(rows, null, [.. Enumerable.Repeat(2.0, 272)]), options);
        InferenceProblem repeated = new(TestData.Observations(TestData.Pick(rows, twice)), options);

        double[] expected = [.. repeated.Measure(UncertaintyMethod.Information).Parameters.Select(one => one.StandardError)];
        double[] actual = [.. weighted.Measure(UncertaintyMethod.Information).Parameters.Select(one => one.StandardError)];

        Close.AllRelative(expected, actual, 1e-6, "standard errors");
    }

    [Fact]
    public void Intervals_stay_in_the_domain_of_their_parameter()
    {
        UncertaintyReport report = InferenceProblem.Diabetes.Measure(
            new UncertaintyOptions { Method = UncertaintyMethod.Information, ConfidenceLevel = 0.9999999 });

        Assert.All(report.Parameters, one => Assert.True(one.Lower < one.Estimate && one.Estimate < one.Upper));
        Assert.All(InferenceProblem.Of(report, "Variance"), one => Assert.True(one.Lower > 0));
        Assert.All(InferenceProblem.Of(report, "Weight"), one => Assert.True(one.Lower > 0 && one.Upper < 1));
    }

    [Fact]
    public void What_has_no_information_is_refused()
    {
        IObservations rows = TestData.Observations(TestData.Faithful);
        EmOptions[] refused =
        [
            new() { ComponentCount = 2, Tail = Tail.Student },
            new() { ComponentCount = 2, Noise = true },
            new() { ComponentCount = 2, Prior = true },
            new() { ComponentCount = 2, CovarianceModel = CovarianceModel.VEV },
        ];

        Assert.All(refused, options =>
        {
            EstimationException exception = Assert.Throws<EstimationException>(() => new InferenceProblem(rows, options).Measure(UncertaintyMethod.Information));
            Assert.Equal("InformationNotSupported", exception.ErrorId);
            Assert.Equal("UseBootstrap", exception.Remedy?.Name);
        });
    }

    private static void Check(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Close.Relative(expected[i], actual[i], 1e-5, FormattableString.Invariant($"error {i}"));
        }
    }
}
