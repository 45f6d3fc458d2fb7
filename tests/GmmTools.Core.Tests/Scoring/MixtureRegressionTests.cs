using System;
using System.Linq;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;
using GmmTools.Sampling;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Scoring;

/// <summary>Predictions against the line of one component, the moments of conditional mixtures, and fresh samples.</summary>
public sealed class MixtureRegressionTests
{
    [Fact]
    public void One_component_is_a_straight_line_of_constant_error()
    {
        GaussianMixture mixture = GaussianMixture.Create([1], [[1, 2]], [new double[,] { { 4, 3 }, { 3, 9 } }]);
        MixturePredictions predictions = new MixtureRegression(mixture, [0], [1]).Predict(RowBlock.FromRows([1, 3, -1], 3, 1));
        Close.AllRelative([2, 3.5, 0.5], predictions.Means, 1e-15, "means");
        Close.AllRelative([Math.Sqrt(6.75), Math.Sqrt(6.75), Math.Sqrt(6.75)], predictions.StandardErrors, 1e-15, "errors");
    }

    [Fact]
    public void Predictions_are_the_moments_of_the_conditional_mixture() =>
        Gen.Select(Gen.Int[2, 5], Gen.Int[1, 4], Gen.ULong, Gen.Double[0, 0.6], Gen.Bool).Holds((dimension, componentCount, seed, share, diagonal) =>
        {
            GaussianMixture mixture = RandomMixture.Draw(componentCount, dimension, 3, seed);
            mixture = diagonal
                ? new GaussianMixture(mixture.ToParameters().ToShape(CovarianceShape.Diagonal), null, CovarianceModel.VVI)
                : mixture;
            int[] target = dimension > 2 ? [0, dimension - 1] : [0];
            int[] given = [.. Enumerable.Range(0, dimension).Except(target).Reverse()];
            double[,] rows = TestData.Map(Gaps.Punch(TestData.Draw(300, componentCount, dimension, seed, 3), share, seed), (value, _) => value);
            double[] flat = [.. Enumerable.Range(0, 300).SelectMany(i => given.Select(j => rows[i, j]))];
            RowBlockBuilder builder = new(given.Length, 300, null);
            for (int i = 0; i < 300; i++)
            {
                builder.Add([.. flat.Skip(i * given.Length).Take(given.Length)], i + 1);
            }

            MixturePredictions predictions = new MixtureRegression(mixture, given, target).Predict(builder.Take());
            for (int i = 0; i < 300; i += 23)
            {
                int[] known = [.. given.Where(j => !double.IsNaN(rows[i, j]))];
                GaussianMixture conditional = known.Length == 0
                    ? mixture
                    : mixture.Conditional(known, [.. known.Select(j => rows[i, j])]);
                for (int t = 0; t < target.Length; t++)
                {
                    (double mean, double deviation) = Moments(conditional, mixture.Property[target[t]]);
                    Close.Absolute(mean, predictions.Means[(t * 300) + i], 1e-7 * (1 + Math.Abs(mean)), "mean");
                    Close.Relative(deviation, predictions.StandardErrors[(t * 300) + i], 1e-6, "error");
                }
            }
        },
        iter: 60);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(500)]
    public void Errors_are_as_large_as_they_are_said_to_be(int componentCount)
    {
        const int Count = 20_000;
        GaussianMixture mixture = RandomMixture.Draw(componentCount, 3, 10, 5);
        double[,] rows = new MixtureSampler(mixture, 6).DrawMatrix(Count);
        double[] given = [.. Enumerable.Range(0, Count).SelectMany(i => new[] { rows[i, 0], rows[i, 2] })];
        MixturePredictions predictions = new MixtureRegression(mixture, [0, 2], [1]).Predict(RowBlock.FromRows(given, Count, 2));
        double[] errors = [.. Enumerable.Range(0, Count).Select(i => (rows[i, 1] - predictions.Means[i]) / predictions.StandardErrors[i])];

        // mean 0 and variance 1 exactly; four standard errors of each are allowed
        Close.Absolute(0, errors.Average(), 4 / Math.Sqrt(Count), "mean");
        double fourth = errors.Average(error => error * error * error * error);
        Close.Absolute(1, errors.Average(error => error * error), 4 * Math.Sqrt((fourth - 1) / Count), "variance");
    }

    [Fact]
    public void Scales_change_predictions_only_by_themselves()
    {
        GaussianMixture mixture = RandomMixture.Draw(3, 2, 5, 4);
        GaussianMixture scaled = GaussianMixture.Create(
            [.. mixture.Components.Select(component => component.Weight)],
            [.. mixture.Components.Select(component => new[] { 1e150 * component.Mean[0], 1e-150 * component.Mean[1] })],
            [.. mixture.Components.Select(component => new double[,]
            {
                { 1e300 * component.Covariance[0, 0], component.Covariance[0, 1] },
                { component.Covariance[0, 1], 1e-300 * component.Covariance[1, 1] },
            })]);
        double[] x = [-3, 0, 1, 7, 1e5];
        MixturePredictions plain = new MixtureRegression(mixture, [0], [1]).Predict(RowBlock.FromRows(x, 5, 1));
        MixturePredictions there = new MixtureRegression(scaled, [0], [1]).Predict(RowBlock.FromRows([.. x.Select(value => 1e150 * value)], 5, 1));
        Close.AllRelative([.. plain.Means.Select(mean => 1e-150 * mean)], there.Means, 1e-9, "means");
        for (int i = 0; i < 5; i++)
        {
            // squares of the target are beyond the range of numbers, so that the error is what the components say at best
            Assert.True(double.IsFinite(there.StandardErrors[i]));
        }
    }

    [Fact]
    public void Columns_that_do_not_make_sense_are_refused()
    {
        GaussianMixture mixture = RandomMixture.Draw(2, 3, 5, 1);
        ArgumentException none = Assert.Throws<ArgumentException>(() => new MixtureRegression(mixture, [], [1]));
        Assert.StartsWith("There must be columns to predict from and columns to be predicted.", none.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MixtureRegression(mixture, [0], []));
        Assert.Throws<ArgumentException>(() => new MixtureRegression(mixture, [0, 1], [1]));
        ArgumentException other = Assert.Throws<ArgumentException>(() => new MixtureRegression(mixture, [0, 1], [2]).Predict(RowBlock.FromRow([1], 1)));
        Assert.StartsWith("The rows do not have the 2 columns that are given.", other.Message, StringComparison.Ordinal);
    }

    private static (double Mean, double Deviation) Moments(GaussianMixture mixture, string property)
    {
        int column = mixture.Property.ToList().IndexOf(property);
        double mean = mixture.Components.Sum(component => component.Weight * component.Mean[column]);
        double variance = mixture.Components.Sum(
            component => component.Weight * (component.Covariance[column, column] + Math.Pow(component.Mean[column] - mean, 2)));
        return (mean, Math.Sqrt(variance));
    }
}
