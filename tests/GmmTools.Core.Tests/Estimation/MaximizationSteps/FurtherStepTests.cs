using System;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.MaximizationSteps;

/// <summary>M-steps that go on from the mixture before, as all but the first of a fit do.</summary>
public sealed class FurtherStepTests
{
    public static TheoryData<CovarianceModel> Models => [.. CovarianceModels.All];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_step_from_its_own_result_stays_there(CovarianceModel model)
    {
        SufficientStatistics statistics = Scatters.Statistics([5, 9, 7], Scatters.Random(3, 4, 11), model.Shape());
        MaximizationStep step = MaximizationStep.Create(model);
        MixtureParameters first = Maximize(step, statistics, null);
        MixtureParameters second = Maximize(step, statistics, first);
        Assert.False(step.ReachedCap);
        Close.AllRelative(first.Covariances, second.Covariances, 1e-7, "covariances");
    }

    /// <summary>From the maximum for other rows, which obeys the model.</summary>
    [Theory]
    [InlineData(CovarianceModel.VEI)]
    [InlineData(CovarianceModel.VEE)]
    [InlineData(CovarianceModel.VEV)]
    [InlineData(CovarianceModel.EVE)]
    [InlineData(CovarianceModel.VVE)]
    public void Steps_that_go_on_never_lose_and_reach_the_maximum(CovarianceModel model)
    {
        SufficientStatistics statistics = Scatters.Statistics([5, 9, 7], Scatters.Random(3, 4, 21), model.Shape());
        MaximizationStep step = MaximizationStep.Create(model);
        double least = Scatters.Criterion(statistics, Maximize(MaximizationStep.Create(model), statistics, null));
        MixtureParameters mixture = Maximize(step, Scatters.Statistics([50, 0.9, 7], Scatters.Random(3, 4, 22), model.Shape()), null);
        step.Begin();
        double before = Scatters.Criterion(statistics, mixture);
        Assert.True(before > least + 1);
        for (int i = 0; i < 60; i++)
        {
            mixture = Maximize(step, statistics, mixture);
            double criterion = Scatters.Criterion(statistics, mixture);
            Close.AtLeast(criterion, before, 1e-10 * Math.Abs(before), "criterion of the step before");
            before = criterion;
        }

        Assert.False(step.ReachedCap);
        if (model is CovarianceModel.VEI or CovarianceModel.VEE or CovarianceModel.VEV)
        {
            // there is one optimum only
            Close.Absolute(least, before, 1e-9 * Math.Abs(least), "criterion");
        }
    }

    [Theory]
    [InlineData(CovarianceModel.VEI)]
    [InlineData(CovarianceModel.VEE)]
    [InlineData(CovarianceModel.VEV)]
    public void A_step_that_would_have_to_go_far_says_so(CovarianceModel model)
    {
        SufficientStatistics statistics = Scatters.Statistics([5, 9, 7], Scatters.Random(3, 4, 21), model.Shape());
        MaximizationStep step = MaximizationStep.Create(model);
        Maximize(step, statistics, null);
        Assert.False(step.ReachedCap);
        MixtureParameters far = Scatters.Mixture(
            [0.3, 0.3, 0.4], [.. new[] { 1e-6, 1.0, 1e6 }.Select(variance => Matrix<double>.Build.DenseDiagonal(4, variance))], model.Shape());
        Maximize(step, statistics, far);
        Assert.True(step.ReachedCap);
    }

    /// <summary>Covariances with the same axes are found as they are, though the plain sum of those before is a multiple of the identity, or the first is
    /// one and far larger than the other.</summary>
    [Theory]
    [InlineData(CovarianceModel.VVE)]
    [InlineData(CovarianceModel.EVE)]
    public void Axes_that_components_have_in_common_are_kept(CovarianceModel model)
    {
        Matrix<double> axes = Scatters.Rotation(6, 5);
        double[] weights = [4, 10];
        double[] one = [1, 2, 4, 8, 16, 32];
        double[] other = [32, 16, 8, 4, 2, 1];
        double[] another = [3, 1, 2, 30, 9, 1];
        MixtureParameters previous = Scatters.Mixture([0.5, 0.5], [Scatters.Compose(axes, one), Scatters.Compose(axes, other)], CovarianceShape.Full);
        Matrix<double> sphere = Matrix<double>.Build.DenseDiagonal(6, 1e15);
        MixtureParameters beside = Scatters.Mixture([0.5, 0.5], [sphere, Scatters.Compose(axes, other)], CovarianceShape.Full);
        Matrix<double>[] scatters = [weights[0] * Scatters.Compose(axes, one), weights[1] * Scatters.Compose(axes, another)];
        double volume = scatters.Sum(Scatters.Root) / weights.Sum();
        foreach (MixtureParameters? start in new[] { previous, beside, null })
        {
            MaximizationStep step = MaximizationStep.Create(model);
            MixtureParameters found = Maximize(step, Scatters.Statistics(weights, scatters, CovarianceShape.Full), start);
            Assert.False(step.ReachedCap);
            for (int k = 0; k < 2; k++)
            {
                Matrix<double> expected = model == CovarianceModel.VVE ? scatters[k] / weights[k] : volume * scatters[k] / Scatters.Root(scatters[k]);
                Close.AllRelative(expected.ToColumnMajorArray(), Scatters.Covariance(found, k).ToColumnMajorArray(), 1e-9, "covariance");
            }
        }
    }

    /// <summary>Needles in all directions have many local optima.</summary>
    [Theory]
    [InlineData(CovarianceModel.VVE)]
    [InlineData(CovarianceModel.EVE)]
    public void Of_the_axes_that_a_first_step_finds_the_best_are_taken(CovarianceModel model)
    {
        double[] weights = [3, 5, 4];
        int improved = 0;
        for (ulong seed = 0; seed < 300; seed++)
        {
            Matrix<double>[] scatters = [.. weights.Select((weight, k) => weight * Scatters.Compose(Scatters.Rotation(3, (10 * seed) + (ulong)k), 1, 0.02, 0.001))];
            SufficientStatistics statistics = Scatters.Statistics(weights, scatters, CovarianceShape.Full);
            double criterion = Scatters.Criterion(statistics, Maximize(MaximizationStep.Create(model), statistics, null));
            double[] others = [.. Enumerable.Range(-1, 5).Select(start => CriterionFrom(start, statistics, scatters, model))];
            Close.Absolute(others.Min(), criterion, 1e-8 * Math.Abs(criterion), FormattableString.Invariant($"criterion of {seed}"));
            improved += others.Min() < others[0] - 1e-3 ? 1 : 0;
        }

        Assert.InRange(improved, 1, 299);
    }

    /// <summary>The criterion at the axes that are found from one start: −1 for all scatters together, 0 to 2 for each of them, 3 for the coordinates.</summary>
    private static double CriterionFrom(int start, SufficientStatistics statistics, Matrix<double>[] scatters, CovarianceModel model)
    {
        CommonAxes axes = new(3, 3);
        axes.ResetAxes();
        if (start < 3)
        {
            // as the eigenvectors are found from the coordinates: other orders of them lead to other optima
            CommonAxes vectors = new(1, 3);
            vectors.ResetAxes();
            vectors.Find(PackedMatrix.Pack((start < 0 ? scatters.Aggregate((a, b) => a + b) : scatters[start]).ToArray()), 0, null);
            vectors.Axes.CopyTo(axes.Axes, 0);
        }

        axes.Find(statistics.Scatters, 0, model == CovarianceModel.VVE ? statistics.Weights : null);
        Matrix<double> found = Matrix<double>.Build.Dense(3, 3, (i, j) => axes.Axes[(3 * i) + j]);
        Matrix<double>[] aligned = [.. scatters.Select(scatter => Matrix<double>.Build.DenseOfDiagonalVector((found.Transpose() * scatter * found).Diagonal()))];
        double volume = aligned.Sum(Scatters.Root) / statistics.TotalWeight;
        return Scatters.Criterion(statistics, Scatters.Mixture(
            [0.3, 0.3, 0.4],
            [.. aligned.Select((matrix, k) => found * (model == CovarianceModel.VVE ? matrix / statistics.Weights[k] : volume * matrix / Scatters.Root(matrix)) * found.Transpose())],
            CovarianceShape.Full));
    }

    /// <summary>A step, factorised. The statistics stay as they are.</summary>
    private static MixtureParameters Maximize(MaximizationStep step, SufficientStatistics statistics, MixtureParameters? previous)
    {
        MixtureParameters result = new(statistics.ComponentCount, statistics.Dimension, statistics.Shape);
        previous?.TryFactorize();
        step.Maximize(statistics.Clone(), previous, result, null);
        Assert.Equal(-1, result.TryFactorize());
        return result;
    }
}
