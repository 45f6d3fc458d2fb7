using System;
using System.Linq;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Each M-step against the textbook's formulas, and as a maximum that no feasible neighbour exceeds.</summary>
public sealed class MaximizationStepTests
{
    private static readonly Gen<(int Dimension, int ComponentCount, CovarianceModel Model, ulong Seed)> Cases =
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[0, CovarianceModels.All.Count - 1], Gen.ULong)
            .Select((dimension, componentCount, model, seed) => (dimension, componentCount, CovarianceModels.All[model], seed));

    [Fact]
    public void M_steps_with_a_closed_form_are_those_of_the_textbook() => Cases.Where(testCase => !ReferenceMixture.Iterates(testCase.Model)).Holds(
        testCase =>
        {
            (double[,] rows, double[,] responsibilities) = Draw(testCase.Dimension, testCase.ComponentCount, testCase.Seed);
            ReferenceMixture expected = ReferenceMixture.Maximize(rows, responsibilities, testCase.Model);
            ReferenceMixture actual = Maximize(rows, responsibilities, testCase.Model, null);
            Close.AllRelative(expected.Weights, actual.Weights, 1e-12, "weights");
            for (int k = 0; k < testCase.ComponentCount; k++)
            {
                Close.AllRelative([.. expected.Means[k]], [.. actual.Means[k]], 1e-11, "mean");
                Close.AllRelative(
                    expected.Covariances[k].ToColumnMajorArray(), actual.Covariances[k].ToColumnMajorArray(), 1e-11, "covariance");
            }
        },
        iter: 200);

    [Fact]
    public void No_feasible_neighbour_has_a_higher_expected_log_likelihood() => Cases.Select(Gen.ULong).Holds(
        (testCase, seed) =>
        {
            (double[,] rows, double[,] responsibilities) = Draw(testCase.Dimension, testCase.ComponentCount, testCase.Seed);
            ReferenceMixture maximum = Maximize(rows, responsibilities, testCase.Model, null);
            double highest = maximum.ExpectedLogLikelihood(rows, responsibilities);
            SplitMix64 random = new(seed);
            foreach (double size in new[] { 1e-3, 1e-2, 0.1 })
            {
                double neighbour = Perturb(maximum, testCase.Model, size, random).ExpectedLogLikelihood(rows, responsibilities);
                Close.AtLeast(neighbour, highest, 1e-11 * Math.Abs(highest), FormattableString.Invariant($"{testCase}, step {size}"));
            }
        },
        iter: 200);

    [Fact]
    public void A_different_covariance_would_be_noticed()
    {
        // the property above can fail: a mixture off the maximum has a better neighbour
        (double[,] rows, double[,] responsibilities) = Draw(2, 2, 1);
        ReferenceMixture maximum = Maximize(rows, responsibilities, CovarianceModel.VVV, null);
        ReferenceMixture wrong = new(maximum.Weights, maximum.Means, [.. maximum.Covariances.Select(covariance => covariance * 1.05)]);
        Assert.True(wrong.ExpectedLogLikelihood(rows, responsibilities) < maximum.ExpectedLogLikelihood(rows, responsibilities) - 1e-3);
    }

    [Fact]
    public void Fixed_weights_change_nothing_but_the_weights() => Cases.Holds(
        testCase =>
        {
            (double[,] rows, double[,] responsibilities) = Draw(testCase.Dimension, testCase.ComponentCount, testCase.Seed);
            double[] weights = [.. Enumerable.Range(1, testCase.ComponentCount).Select(k => 2.0 * k / (testCase.ComponentCount * (testCase.ComponentCount + 1)))];
            ReferenceMixture free = Maximize(rows, responsibilities, testCase.Model, null);
            ReferenceMixture fixedWeights = Maximize(rows, responsibilities, testCase.Model, weights);
            Assert.Equal(weights, fixedWeights.Weights);
            for (int k = 0; k < testCase.ComponentCount; k++)
            {
                Assert.Equal(free.Means[k], fixedWeights.Means[k]);
                Assert.Equal(free.Covariances[k], fixedWeights.Covariances[k]);
            }
        },
        iter: 50);

    [Fact]
    public void A_diagonal_model_ignores_what_is_off_the_diagonal()
    {
        (double[,] rows, double[,] responsibilities) = Draw(3, 2, 2);
        ReferenceMixture full = Maximize(rows, responsibilities, CovarianceModel.VVV, null);
        ReferenceMixture diagonal = Maximize(rows, responsibilities, CovarianceModel.VVI, null);
        ReferenceMixture spherical = Maximize(rows, responsibilities, CovarianceModel.VII, null);
        for (int k = 0; k < 2; k++)
        {
            Close.AllRelative([.. full.Covariances[k].Diagonal()], [.. diagonal.Covariances[k].Diagonal()], 1e-12, "variances");
            Close.Relative(full.Covariances[k].Trace() / 3, spherical.Covariances[k][0, 0], 1e-12, "mean variance");
        }
    }

    private static (double[,] Rows, double[,] Responsibilities) Draw(int dimension, int componentCount, ulong seed)
    {
        const int Count = 40;
        double[,] rows = TestData.Draw(Count, 2, dimension, seed);
        SplitMix64 random = new(SplitMix64.Derive(seed, 5));
        double[,] responsibilities = new double[Count, componentCount];
        for (int i = 0; i < Count; i++)
        {
            double[] parts = [.. Enumerable.Range(0, componentCount).Select(_ => -Math.Log(1 - random.NextDouble()))];
            for (int k = 0; k < componentCount; k++)
            {
                responsibilities[i, k] = parts[k] / parts.Sum();
            }
        }

        return (rows, responsibilities);
    }

    /// <summary>The library's M-step, from statistics about centres that are not the means.</summary>
    private static ReferenceMixture Maximize(double[,] rows, double[,] responsibilities, CovarianceModel model, double[]? weights)
    {
        SufficientStatistics statistics = Statistics(rows, responsibilities, model.Shape());
        MixtureParameters result = new(statistics.ComponentCount, statistics.Dimension, model.Shape());
        MaximizationStep step = MaximizationStep.Create(model);
        Assert.Equal(model, step.Model);
        step.Maximize(statistics, null, result, weights);
        Assert.False(step.ReachedCap);
        int dimension = statistics.Dimension;
        return new ReferenceMixture(
            [.. result.Weights],
            [.. Enumerable.Range(0, result.ComponentCount).Select(k => Vector<double>.Build.Dense(dimension, j => result.Means[(k * dimension) + j]))],
            [.. Enumerable.Range(0, result.ComponentCount)
                .Select(k => Matrix<double>.Build.Dense(dimension, dimension, (i, j) => result.Covariance(k, i, j)))]);
    }

    private static SufficientStatistics Statistics(double[,] rows, double[,] responsibilities, CovarianceShape shape)
    {
        int dimension = rows.GetLength(1);
        SufficientStatistics statistics = new(responsibilities.GetLength(1), dimension, shape) { TotalWeight = rows.GetLength(0) };
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            double[] centre = TestData.Row(rows, k);
            Array.Copy(centre, 0, statistics.Centres, k * dimension, dimension);
            for (int i = 0; i < rows.GetLength(0); i++)
            {
                Add(statistics, k, [.. TestData.Row(rows, i).Select((value, j) => value - centre[j])], responsibilities[i, k]);
            }
        }

        return statistics;
    }

    private static void Add(SufficientStatistics statistics, int component, double[] difference, double responsibility)
    {
        statistics.Weights[component] += responsibility;
        for (int i = 0; i < difference.Length; i++)
        {
            statistics.FirstMoments[(component * difference.Length) + i] += responsibility * difference[i];
            for (int j = statistics.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
            {
                int entry = statistics.Shape == CovarianceShape.Full ? PackedMatrix.Index(i, j) : i;
                statistics.Scatters[(component * statistics.ScatterLength) + entry] += responsibility * difference[i] * difference[j];
            }
        }
    }

    private static ReferenceMixture Perturb(ReferenceMixture mixture, CovarianceModel model, double size, SplitMix64 random)
    {
        double[] weights = [.. mixture.Weights.Select(weight => weight * Math.Exp(size * random.NextNormal()))];
        double sum = weights.Sum();
        return new ReferenceMixture(
            [.. weights.Select(weight => weight / sum)],
            [.. mixture.Means.Select((mean, k) => mean + Shift(mixture.Covariances[k], size, random))],
            FeasibleCovariances.Near(mixture.Covariances, model, size, random));
    }

    private static Vector<double> Shift(Matrix<double> covariance, double size, SplitMix64 random) =>
        Vector<double>.Build.Dense(covariance.RowCount, j => size * Math.Sqrt(covariance[j, j]) * random.NextNormal());
}
