using System;
using System.Globalization;
using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using Xunit;

namespace GmmTools.Core.Tests.Mixtures;

public sealed class GaussianMixtureTests
{
    private static readonly double[,] Unit = Starts.Diagonal(1, 1);

    [Fact]
    public void Components_are_numbered_from_1_by_decreasing_weight()
    {
        GaussianMixture mixture = GaussianMixture.Create(
            [0.2, 0.5, 0.3], [[1], [2], [3]], [Starts.Diagonal(1), Starts.Diagonal(4), Starts.Diagonal(9)]);
        Assert.Equal([1, 2, 3], mixture.Components.Select(component => component.Component));
        Assert.Equal([0.5, 0.3, 0.2], mixture.Components.Select(component => component.Weight));
        Assert.Equal([2, 3, 1], mixture.Components.Select(component => component.Mean[0]));
        Assert.Equal([2, 3, 1], mixture.Components.Select(component => component.StandardDeviation[0]));
        Assert.Equal([4, 9, 1], mixture.Components.Select(component => component.Covariance[0, 0]));
        Assert.Equal([1, 2, 0], mixture.SourceOrder);
    }

    [Fact]
    public void Components_of_equal_weight_keep_their_order()
    {
        GaussianMixture mixture = GaussianMixture.Create(
            [0.25, 0.25, 0.5], [[1], [2], [3]], [Starts.Diagonal(1), Starts.Diagonal(1), Starts.Diagonal(1)]);
        Assert.Equal([3, 1, 2], mixture.Components.Select(component => component.Mean[0]));
    }

    [Fact]
    public void A_mixture_does_not_change_with_the_arrays_it_was_made_of()
    {
        double[] weights = [1];
        double[] mean = [1, 2];
        double[,] covariance = Starts.Diagonal(1, 1);
        GaussianMixture mixture = GaussianMixture.Create(weights, [mean], [covariance]);
        mean[0] = 99;
        covariance[0, 0] = -1;
        MixtureParameters copy = mixture.ToParameters();
        copy.Means[1] = 77;
        Assert.Equal([1, 2], mixture.Components[0].Mean);
        Assert.Equal(1, mixture.Components[0].Covariance[0, 0]);
        Assert.Equal(2, mixture.ToParameters().Means[1]);
    }

    [Fact]
    public void Weights_that_do_not_sum_to_1_are_refused()
    {
        InvalidMixtureException exception = Refused([0.5, 0.4], [[0, 0], [1, 1]], [Unit, Unit]);
        Assert.Equal("WeightSum", exception.ErrorId);
        Assert.Contains("0.9", exception.Message, StringComparison.Ordinal);
        Assert.Equal(new[] { 0.5, 0.4 }, exception.OffendingValue);
    }

    [Fact]
    public void Weights_that_sum_to_1_but_for_rounding_are_taken()
    {
        double[] thirds = [0.3333333333, 0.3333333333, 0.3333333334];
        GaussianMixture mixture = GaussianMixture.Create([.. thirds.Select(weight => weight + 1e-10)], [[0], [1], [2]], [.. thirds.Select(_ => Starts.Diagonal(1))]);
        Assert.Equal(3, mixture.ComponentCount);
    }

    [Theory]
    [InlineData(-0.5, 1.5)]
    [InlineData(double.NaN, 1)]
    [InlineData(double.PositiveInfinity, 0)]
    public void A_weight_outside_0_to_1_is_refused(double first, double second)
    {
        InvalidMixtureException exception = Refused([first, second], [[0, 0], [1, 1]], [Unit, Unit]);
        Assert.Equal("InvalidWeight", exception.ErrorId);
        Assert.Equal(first, exception.OffendingValue);
        Assert.Contains("Weight 1", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_covariance_that_is_not_symmetric_is_refused()
    {
        double[,] covariance = { { 2, 0.5 }, { 0.6, 1 } };
        InvalidMixtureException exception = Refused([0.5, 0.5], [[0, 0], [1, 1]], [Unit, covariance]);
        Assert.Equal("CovarianceNotSymmetric", exception.ErrorId);
        Assert.Contains("component 2", exception.Message, StringComparison.Ordinal);
        Assert.Contains("(2, 1) is 0.6", exception.Message, StringComparison.Ordinal);
        Assert.Same(covariance, exception.OffendingValue);
    }

    [Fact]
    public void A_covariance_that_is_not_positive_definite_is_refused_with_its_smallest_eigenvalue()
    {
        // eigenvalues 3 and −1
        double[,] covariance = { { 1, 2 }, { 2, 1 } };
        InvalidMixtureException exception = Refused([1], [[0, 0]], [covariance]);
        Assert.Equal("CovarianceNotPositiveDefinite", exception.ErrorId);
        Assert.Contains("smallest eigenvalue is -1.", exception.Message, StringComparison.Ordinal);
        Assert.Equal(covariance, exception.OffendingValue);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_variance_that_is_none_is_refused(double variance)
    {
        InvalidMixtureException exception = Refused([1], [[0]], [Starts.Diagonal(variance)]);
        Assert.Equal("CovarianceNotPositiveDefinite", exception.ErrorId);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void A_mean_that_is_not_finite_is_refused(double mean)
    {
        InvalidMixtureException exception = Refused([0.6, 0.4], [[0, 0], [1, mean]], [Unit, Unit]);
        Assert.Equal("MeanNotFinite", exception.ErrorId);
        Assert.Contains("component 2 in column 'x2'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.Equal("EmptyMixture", Refused([], [], []).ErrorId);
        Assert.Equal("EmptyMixture", Refused(null!, [], []).ErrorId);
        Assert.Equal("ComponentCountMismatch", Refused([1], [[0], [1]], [Starts.Diagonal(1)]).ErrorId);
        Assert.Equal("ComponentCountMismatch", Refused([1], [[0]], []).ErrorId);
        Assert.Equal("DimensionMismatch", Refused([0.5, 0.5], [[0, 0], [1]], [Unit, Unit]).ErrorId);
        Assert.Equal("DimensionMismatch", Refused([1], [[0, 0, 0]], [Unit]).ErrorId);
        Assert.Equal("DimensionMismatch", Refused([1], [[0, 0]], [new double[2, 3]]).ErrorId);
        Assert.Equal("DimensionMismatch", Refused([1], [[]], [new double[0, 0]]).ErrorId);
        Assert.Equal("DimensionMismatch", Refused([1], [null!], [Unit]).ErrorId);
        Assert.Equal("DimensionMismatch", Refused([1], [[0, 0]], [null!]).ErrorId);
    }

    [Fact]
    public void Names_that_do_not_fit_are_refused()
    {
        Assert.Equal("PropertyCountMismatch", RefusedNames("a").ErrorId);
        Assert.Equal("DuplicateProperty", RefusedNames("a", "A").ErrorId);
        Assert.Equal("DuplicateProperty", RefusedNames("a", " ").ErrorId);
    }

    [Fact]
    public void Names_are_given_or_numbered()
    {
        GaussianMixture mixture = GaussianMixture.Create([1], [[0, 0]], [Unit]);
        Assert.Equal(["x1", "x2"], mixture.Property);
        Assert.Equal(["size", "age"], mixture.WithProperty(["size", "age"]).Property);
        Assert.Equal("VVV K=1 (x1, x2)", mixture.ToString());
    }

    [Theory]
    [InlineData(CovarianceModel.VVV, 1, 1, 2)]
    [InlineData(CovarianceModel.VVV, 2, 2, 11)]
    [InlineData(CovarianceModel.VVV, 3, 4, 44)]
    [InlineData(CovarianceModel.EEE, 2, 2, 8)]
    [InlineData(CovarianceModel.EEE, 3, 4, 24)]
    [InlineData(CovarianceModel.VVI, 2, 2, 9)]
    [InlineData(CovarianceModel.VVI, 3, 4, 26)]
    [InlineData(CovarianceModel.VII, 2, 2, 7)]
    [InlineData(CovarianceModel.VII, 3, 4, 17)]
    public void Free_parameters_are_those_that_mclust_counts(CovarianceModel model, int componentCount, int dimension, int count)
    {
        MixtureParameters parameters = RandomMixture.Draw(componentCount, dimension, 5, 1).ToParameters();
        Assert.Equal(count, new GaussianMixture(parameters, null, model).ParameterCount);
    }

    [Theory]
    [InlineData("VVV", CovarianceModel.VVV)]
    [InlineData("vvi", CovarianceModel.VVI)]
    [InlineData("Full", CovarianceModel.VVV)]
    [InlineData("TIED", CovarianceModel.EEE)]
    [InlineData("diagonal", CovarianceModel.VVI)]
    [InlineData(" Spherical ", CovarianceModel.VII)]
    public void Models_are_found_by_name_and_alias_in_any_case(string name, CovarianceModel model)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            // i and I are not a pair in Turkish
            CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
            Assert.Equal(model, CovarianceModels.Parse(name));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("VEV2")]
    [InlineData("3")]
    public void An_unknown_model_is_refused_with_the_names_that_there_are(string name)
    {
        InvalidMixtureException exception = Assert.Throws<InvalidMixtureException>(() => CovarianceModels.Parse(name));
        Assert.Equal("UnknownCovarianceModel", exception.ErrorId);
        Assert.Equal(name, exception.OffendingValue);
        Assert.Contains("Spherical", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_name_that_is_offered_is_taken() => Assert.All(CovarianceModels.Names, name => CovarianceModels.Parse(name));

    [Fact]
    public void Changing_the_shape_drops_only_what_is_off_the_diagonal()
    {
        MixtureParameters full = RandomMixture.Draw(2, 3, 5, 2).ToParameters();
        MixtureParameters diagonal = full.ToShape(CovarianceShape.Diagonal);
        MixtureParameters back = diagonal.ToShape(CovarianceShape.Full);
        for (int k = 0; k < 2; k++)
        {
            for (int i = 0; i < 3; i++)
            {
                for (int j = 0; j < 3; j++)
                {
                    double expected = i == j ? full.Covariance(k, i, j) : 0;
                    Assert.Equal(expected, diagonal.Covariance(k, i, j));
                    Assert.Equal(expected, back.Covariance(k, i, j));
                }
            }
        }
    }

    private static InvalidMixtureException Refused(double[] weights, double[][] means, double[][,] covariances)
    {
        InvalidMixtureException exception = Assert.Throws<InvalidMixtureException>(() => GaussianMixture.Create(weights, means, covariances));
        Assert.EndsWith(".", exception.Message, StringComparison.Ordinal);
        return exception;
    }

    private static InvalidMixtureException RefusedNames(params string[] names) =>
        Assert.Throws<InvalidMixtureException>(() => GaussianMixture.Create([1], [[0, 0]], [Unit], names));
}
