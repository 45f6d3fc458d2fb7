using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.MaximizationSteps;

/// <summary>Components without rows, and scatters without extent.</summary>
public sealed class StandInTests
{
    private static readonly Matrix<double>[] Scatter = Scatters.Random(2, 3, 3);
    private static readonly Matrix<double>[] Before = Scatters.Random(2, 3, 4);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.9e-8)]
    public void A_component_without_rows_keeps_its_place_and_its_covariance(double weight)
    {
        MixtureParameters found = Maximize(CovarianceModel.VVV, weight, Before);
        Assert.Equal(weight / (12 + weight), found.Weights[1]);
        Assert.Equal([1, 2, 3], found.Means.Skip(3));
        AssertCovariance(Scatter[0] / 12, found, 0, 1e-14);
        AssertCovariance(Before[1], found, 1, 1e-14);
    }

    [Fact]
    public void A_component_of_little_weight_is_estimated_from_its_rows() =>
        AssertCovariance(1e8 * Scatter[1], Maximize(CovarianceModel.VVV, 1e-8, Before), 1, 1e-14);

    [Fact]
    public void A_component_without_rows_does_not_count_among_others()
    {
        MixtureParameters found = Maximize(CovarianceModel.EEE, 0, Before);
        AssertCovariance((Scatter[0] + (1e-8 * Before[1])) / 12, found, 0, 1e-14);
        AssertCovariance((Scatter[0] + (1e-8 * Before[1])) / 12, found, 1, 1e-14);
    }

    [Fact]
    public void Without_a_mixture_before_there_is_nothing_to_stand_in() =>
        Assert.NotEqual(-1, Maximize(CovarianceModel.VVV, 0, null).TryFactorize());

    /// <summary>Its volume is 0, whatever the shape of the others says.</summary>
    [Theory]
    [InlineData(CovarianceModel.VEI)]
    [InlineData(CovarianceModel.VEE)]
    [InlineData(CovarianceModel.VEV)]
    [InlineData(CovarianceModel.VII)]
    public void A_component_of_one_point_has_no_extent_and_leaves_the_others_theirs(CovarianceModel model)
    {
        Matrix<double>[] scatters = [Scatter[0], Matrix<double>.Build.Dense(3, 3)];
        MixtureParameters found = new(2, 3, model.Shape());
        MaximizationStep step = MaximizationStep.Create(model);
        step.Maximize(Scatters.Statistics([12, 3], scatters, model.Shape()), null, found, null);
        Matrix<double> diagonal = Matrix<double>.Build.DenseOfDiagonalVector(Scatter[0].Diagonal());
        Matrix<double> expected = model == CovarianceModel.VEI ? diagonal
            : model == CovarianceModel.VII ? Matrix<double>.Build.DenseDiagonal(3, Scatter[0].Trace() / 3)
            : Scatter[0];
        AssertCovariance(expected / 12, found, 0, 1e-9);
        Assert.All(Scatters.Covariance(found, 1).ToColumnMajorArray(), value => Close.Absolute(0, value, 1e-30, "covariance of the point"));
        Assert.False(step.ReachedCap);
    }

    /// <summary>Shapes do not depend on volumes, whatever the units: only below 1e-40 of the mean variance a component has collapsed and no longer
    /// counts for the shape of the others.</summary>
    [Theory]
    [InlineData(CovarianceModel.VEI, 1)]
    [InlineData(CovarianceModel.VEI, 1e-12)]
    [InlineData(CovarianceModel.VEI, 1e12)]
    [InlineData(CovarianceModel.VEE, 1)]
    [InlineData(CovarianceModel.VEE, 1e-12)]
    [InlineData(CovarianceModel.VEE, 1e12)]
    public void A_component_of_little_volume_counts_for_the_shape_until_it_has_collapsed(CovarianceModel model, double unit)
    {
        Matrix<double> needle = Scatter[1] + Matrix<double>.Build.DenseOfDiagonalArray([500, 0, 0]);
        MixtureParameters Find(double volume, double size)
        {
            MixtureParameters found = new(2, 3, model.Shape());
            MaximizationStep step = MaximizationStep.Create(model);
            step.Maximize(Scatters.Statistics([12, 3], [size * Scatter[0], size * volume * needle], model.Shape()), null, found, null);
            Assert.False(step.ReachedCap);
            return found;
        }

        MixtureParameters expected = Find(1, unit);
        MixtureParameters plain = Find(1, 1);
        MixtureParameters small = Find(1e-39, unit);
        AssertCovariance(unit * Scatters.Covariance(plain, 0), expected, 0, 1e-8);
        AssertCovariance(unit * Scatters.Covariance(plain, 1), expected, 1, 1e-8);
        AssertCovariance(Scatters.Covariance(expected, 0), small, 0, 1e-8);
        AssertCovariance(1e-39 * Scatters.Covariance(expected, 1), small, 1, 1e-8);
        Matrix<double> alone = model == CovarianceModel.VEI ? Matrix<double>.Build.DenseOfDiagonalVector(Scatter[0].Diagonal()) : Scatter[0];
        AssertCovariance(unit * alone / 12, Find(1e-46, unit), 0, 1e-3);
        Assert.True((Scatters.Covariance(expected, 0) - (unit * alone / 12)).L2Norm() > 0.1 * unit * alone.L2Norm() / 12);
    }

    [Fact]
    public void A_flat_scatter_has_no_volume_that_could_be_equal()
    {
        Matrix<double>[] scatters = [Scatters.Compose(Matrix<double>.Build.DenseIdentity(3), 1, 2, 0), Scatter[1]];
        MixtureParameters found = new(2, 3, CovarianceShape.Full);
        MaximizationStep.Create(CovarianceModel.EVV).Maximize(Scatters.Statistics([12, 4], scatters, CovarianceShape.Full), null, found, null);
        Assert.Equal(0, found.TryFactorize());
        AssertCovariance(Scatter[1] / 16, found, 1, 1e-14);
    }

    /// <summary>The covariance floor finds it; the step itself has nothing to iterate on.</summary>
    [Fact]
    public void Scatters_that_are_flat_together_are_left_singular()
    {
        Matrix<double> flat = Scatters.Compose(Matrix<double>.Build.DenseIdentity(3), 1, 2, 0);
        MixtureParameters found = new(2, 3, CovarianceShape.Full);
        MaximizationStep step = MaximizationStep.Create(CovarianceModel.VEE);
        step.Maximize(Scatters.Statistics([12, 4], [flat, 2 * flat], CovarianceShape.Full), null, found, null);
        Assert.Equal(0, found.TryFactorize());
        Assert.False(step.ReachedCap);
    }

    /// <summary>A first component like <see cref="Scatter"/> of weight 12, a second one of another weight about (1, 2, 3).</summary>
    private static MixtureParameters Maximize(CovarianceModel model, double weight, Matrix<double>[]? previous)
    {
        SufficientStatistics statistics = Scatters.Statistics([12, weight], weight < 1e-8 ? [Scatter[0], 0 * Scatter[1]] : Scatter, model.Shape());
        new double[] { 4, 5, 6, 1, 2, 3 }.CopyTo(statistics.Centres, 0);
        MixtureParameters? before = previous is null ? null : Scatters.Mixture([0.5, 0.5], previous, model.Shape());
        before?.TryFactorize();
        MixtureParameters found = new(2, 3, model.Shape());
        MaximizationStep.Create(model).Maximize(statistics, before, found, null);
        Assert.Equal([4, 5, 6], found.Means.Take(3));
        return found;
    }

    private static void AssertCovariance(Matrix<double> expected, MixtureParameters mixture, int component, double tolerance) => Close.AllRelative(
        expected.ToColumnMajorArray(), Scatters.Covariance(mixture, component).ToColumnMajorArray(), tolerance, $"covariance of {component + 1}");
}
