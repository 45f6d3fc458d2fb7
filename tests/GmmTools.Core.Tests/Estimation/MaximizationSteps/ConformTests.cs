using System;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.MaximizationSteps;

/// <summary>Starts are made to obey their model: the nearest mixture of the model, as if there were rows that are distributed like the start.</summary>
public sealed class ConformTests
{
    private static readonly double[] Weights = [0.25, 0.75];
    private static readonly Matrix<double>[] Covariances = [Matrix(4, 1, 2), Matrix(3, -2, 9)];

    public static TheoryData<CovarianceModel> Models => [.. CovarianceModels.All];

    [Fact]
    public void The_nearest_mixture_of_a_model_has_the_averages_of_the_covariances()
    {
        AssertConforms(CovarianceModel.EEE, (0.25 * Covariances[0]) + (0.75 * Covariances[1]));

        // traces 6 and 12
        AssertConforms(CovarianceModel.VII, Matrix(3, 0, 3), Matrix(6, 0, 6));
        AssertConforms(CovarianceModel.EII, Matrix(5.25, 0, 5.25));
        AssertConforms(CovarianceModel.EEI, Matrix(3.25, 0, 7.25));
        AssertConforms(CovarianceModel.VVI, Matrix(4, 0, 2), Matrix(3, 0, 9));
        double volume = (0.25 * Scatters.Root(Covariances[0])) + (0.75 * Scatters.Root(Covariances[1]));
        AssertConforms(CovarianceModel.EVV, [.. Covariances.Select(covariance => volume * covariance / Scatters.Root(covariance))]);
        AssertConforms(CovarianceModel.VVV, Covariances);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_mixture_that_obeys_the_model_keeps_every_bit(CovarianceModel model)
    {
        MixtureParameters mixture = new(3, 3, model.Shape());
        MaximizationStep.Create(model).Maximize(Scatters.Statistics([5, 9, 7], Scatters.Random(3, 3, 7), model.Shape()), null, mixture, null);
        double[] before = [.. mixture.Covariances];
        MaximizationStep.Create(model).Conform(mixture);
        Assert.Equal(before, mixture.Covariances);
    }

    /// <summary>By more or less than a billionth of the variances, in any entry.</summary>
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    public void Covariances_that_differ_by_more_than_rounding_are_changed(int row, int column)
    {
        foreach ((int component, double unit) in new[] { (0, 1), (1, 1), (1, 1e-9), (0, 1e9) })
        {
            foreach (double share in new[] { 1e-8, 1e-10 })
            {
                Matrix<double>[] nearly = [unit * Covariances[0], unit * Covariances[0]];
                nearly[component][row, column] += share * Math.Sqrt(nearly[0][row, row] * nearly[0][column, column]);
                nearly[component][column, row] = nearly[component][row, column];
                MixtureParameters mixture = Scatters.Mixture([0.5, 0.5], nearly, CovarianceShape.Full);
                MaximizationStep.Create(CovarianceModel.EEE).Conform(mixture);
                Assert.Equal(share > 1e-9, mixture.Covariance(0, row, column) == mixture.Covariance(1, row, column));
                Assert.Equal(share < 1e-9, mixture.Covariance(component, row, column) == nearly[component][row, column]);
            }
        }
    }

    [Fact]
    public void A_component_of_no_weight_conforms_to_the_others()
    {
        MixtureParameters mixture = Scatters.Mixture([1, 0], Covariances, CovarianceShape.Full);
        MaximizationStep.Create(CovarianceModel.EEE).Conform(mixture);
        for (int k = 0; k < 2; k++)
        {
            Close.AllRelative(Covariances[0].ToColumnMajorArray(), Scatters.Covariance(mixture, k).ToColumnMajorArray(), 1e-7, "covariance");
        }

        // it counts for something all the same, so that its own volume is defined
        mixture = Scatters.Mixture([1, 0], Covariances, CovarianceShape.Full);
        MaximizationStep.Create(CovarianceModel.VEE).Conform(mixture);
        Assert.Equal(-1, mixture.TryFactorize());
        Close.AllRelative(Covariances[0].ToColumnMajorArray(), Scatters.Covariance(mixture, 0).ToColumnMajorArray(), 1e-7, "covariance");

        // λ₂ = tr(Σ₂·C⁻¹)/2 with C = Σ₁/|Σ₁|^½
        Matrix<double> expected = (Covariances[1] * Covariances[0].Inverse()).Trace() / 2 * Covariances[0];
        Close.AllRelative(expected.ToColumnMajorArray(), Scatters.Covariance(mixture, 1).ToColumnMajorArray(), 1e-7, "covariance without weight");
    }

    /// <summary>Each component's covariance, or the one of all of them.</summary>
    private static void AssertConforms(CovarianceModel model, params Matrix<double>[] expected)
    {
        MixtureParameters mixture = Scatters.Mixture(Weights, Covariances, model.Shape());
        MaximizationStep.Create(model).Conform(mixture);
        Assert.Equal(Weights, mixture.Weights);
        for (int k = 0; k < 2; k++)
        {
            Close.AllRelative(
                expected[k % expected.Length].ToColumnMajorArray(), Scatters.Covariance(mixture, k).ToColumnMajorArray(), 1e-14, $"covariance of {model}");
        }
    }

    private static Matrix<double> Matrix(double first, double off, double second) =>
        Matrix<double>.Build.DenseOfArray(new[,] { { first, off }, { off, second } });
}
