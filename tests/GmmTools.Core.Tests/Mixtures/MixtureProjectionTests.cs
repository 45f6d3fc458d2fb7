using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Mixtures;

/// <summary>Marginal and conditional mixtures against closed forms and the product rule.</summary>
public sealed class MixtureProjectionTests
{
    private static readonly GaussianMixture Plane = GaussianMixture.Create(
        [0.7, 0.3],
        [[1, 2], [5, -1]],
        [new double[,] { { 4, 3 }, { 3, 9 } }, new double[,] { { 1, -0.5 }, { -0.5, 2 } }],
        ["a", "b"]);

    [Fact]
    public void A_marginal_keeps_weights_means_and_variances_of_its_columns()
    {
        GaussianMixture b = Plane.Marginal([1]);
        Assert.Equal(["b"], b.Property);
        Assert.Equal([0.7, 0.3], b.Components.Select(component => component.Weight));
        Assert.Equal([2.0, -1], b.Components.Select(component => component.Mean[0]));
        Assert.Equal([9.0, 2], b.Components.Select(component => component.Covariance[0, 0]));

        GaussianMixture turned = Plane.Marginal([1, 0]);
        Assert.Equal(["b", "a"], turned.Property);
        Assert.Equal(new double[,] { { 9, 3 }, { 3, 4 } }, turned.Components[0].Covariance);
    }

    [Fact]
    public void A_conditional_is_the_regression_of_each_component()
    {
        GaussianMixture given = Plane.Conditional([0], [3]);
        Assert.Equal(["b"], given.Property);

        // component 1: 2 + 3/4·(3 − 1), 9 − 9/4; component 2: −1 − 0.5·(3 − 5), 2 − 0.25
        Close.Relative(3.5, given.Components[0].Mean[0], 1e-15, "mean");
        Close.Relative(6.75, given.Components[0].Covariance[0, 0], 1e-15, "variance");
        Close.Absolute(0, given.Components[1].Mean[0], 1e-15, "mean");
        Close.Relative(1.75, given.Components[1].Covariance[0, 0], 1e-15, "variance");
        double first = 0.7 * Math.Exp(-0.5) / 2;
        double second = 0.3 * Math.Exp(-2);
        Close.Relative(first / (first + second), given.Components[0].Weight, 1e-14, "weight");
    }

    [Fact]
    public void A_density_is_the_marginal_times_the_conditional() =>
        Gen.Select(Gen.Int[2, 6], Gen.Int[1, 5], Gen.ULong, Gen.Bool).Holds((dimension, componentCount, seed, diagonal) =>
        {
            GaussianMixture mixture = RandomMixture.Draw(componentCount, dimension, 3, seed);
            mixture = diagonal
                ? new GaussianMixture(mixture.ToParameters().ToShape(CovarianceShape.Diagonal), null, CovarianceModel.VVI)
                : mixture;
            int[] given = [.. Enumerable.Range(0, dimension).Where(j => (seed >> j) % 2 == 0)];
            given = given.Length is > 0 && given.Length < dimension ? given : [dimension - 1];
            int[] rest = [.. Enumerable.Range(0, dimension).Except(given)];
            double[,] rows = TestData.Draw(1, componentCount, dimension, seed, 3);
            double[] row = TestData.Row(rows, 0);

            double joint = new MixtureScorer(mixture).Score(row);
            double marginal = new MixtureScorer(mixture.Marginal(given)).Score(Pick(row, given));
            double conditional = new MixtureScorer(mixture.Conditional(given, Pick(row, given))).Score(Pick(row, rest));
            double condition = ReferenceMixture.Of(mixture).Covariances.Max(covariance => covariance.ConditionNumber());
            Close.Absolute(joint, marginal + conditional, 1e-14 * condition * (1 + Math.Abs(joint)), "log-density");

            double[] gaps = [.. row.Select((value, j) => given.Contains(j) ? value : double.NaN)];
            Close.Absolute(marginal, new MixtureScorer(mixture).Score(gaps), 1e-12 * (1 + Math.Abs(marginal)), "marginal log-density");
        },
        iter: 200);

    [Theory]
    [InlineData(CovarianceModel.EEI, CovarianceModel.EEI, CovarianceModel.EEE)]
    [InlineData(CovarianceModel.EVI, CovarianceModel.VVI, CovarianceModel.VVV)]
    [InlineData(CovarianceModel.VEE, CovarianceModel.VEE, CovarianceModel.VVV)]
    [InlineData(CovarianceModel.VEV, CovarianceModel.VVV, CovarianceModel.VVV)]
    public void The_model_of_a_part_is_the_one_that_the_whole_guarantees(CovarianceModel whole, CovarianceModel plane, CovarianceModel line)
    {
        MixtureParameters parameters = RandomMixture.Draw(2, 3, 5, 1).ToParameters().ToShape(whole.Shape());
        GaussianMixture mixture = new(parameters, null, whole);
        Assert.Equal(plane, mixture.Marginal([2, 0]).CovarianceModel);
        Assert.Equal(plane, mixture.Conditional([1], [0]).CovarianceModel);
        Assert.Equal(line, mixture.Marginal([1]).CovarianceModel);
    }

    [Fact]
    public void Values_that_no_component_reaches_leave_a_sound_mixture()
    {
        GaussianMixture far = Plane.Conditional([0], [1e200]);
        Close.Absolute(1, far.Components.Sum(component => component.Weight), 1e-12, "sum of the weights");
        GaussianMixture near = Plane.Conditional([0], [1e6]);
        Assert.Equal(1, near.Components[0].Weight);
        Assert.Equal(0, near.Components[1].Weight);
    }

    [Fact]
    public void Many_components_and_extreme_scales()
    {
        GaussianMixture mixture = RandomMixture.Draw(500, 3, 10, 1);
        GaussianMixture scaled = GaussianMixture.Create(
            [.. mixture.Components.Select(component => component.Weight)],
            [.. mixture.Components.Select(component => new[] { component.Mean[0] * 1e9, component.Mean[1] * 1e-9, component.Mean[2] })],
            [.. mixture.Components.Select(component => Scale(component.Covariance, [1e9, 1e-9, 1]))]);
        GaussianMixture plain = mixture.Conditional([2], [0.5]);
        GaussianMixture there = scaled.Conditional([2], [0.5]);
        for (int k = 0; k < 20; k++)
        {
            Close.Relative(plain.Components[k].Weight, there.Components[k].Weight, 1e-9, "weight");
            Close.Relative(plain.Components[k].Mean[0] * 1e9, there.Components[k].Mean[0], 1e-7, "mean");
            Close.Relative(plain.Components[k].StandardDeviation[1] * 1e-9, there.Components[k].StandardDeviation[1], 1e-7, "deviation");
        }
    }

    [Fact]
    public void Columns_that_are_not_there_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Plane.Marginal([]));
        Assert.Throws<ArgumentException>(() => Plane.Marginal([0, 0]));
        Assert.Throws<ArgumentException>(() => Plane.Marginal([2]));
        Assert.Throws<ArgumentException>(() => Plane.Conditional([0, 1], [1, 2]));
        Assert.Throws<ArgumentException>(() => Plane.Conditional([0], []));
    }

    private static double[] Pick(double[] row, IEnumerable<int> columns) => [.. columns.Select(j => row[j])];

    private static double[,] Scale(double[,] matrix, double[] scales)
    {
        double[,] scaled = (double[,])matrix.Clone();
        for (int i = 0; i < scales.Length; i++)
        {
            for (int j = 0; j < scales.Length; j++)
            {
                scaled[i, j] *= scales[i] * scales[j];
            }
        }

        return scaled;
    }
}
