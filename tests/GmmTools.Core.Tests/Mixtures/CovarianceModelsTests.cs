using System.Linq;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Mixtures;

/// <summary>Counting, nesting and naming of the covariance models.</summary>
public sealed class CovarianceModelsTests
{
    [Fact]
    public void Free_parameters_are_those_of_the_table()
    {
        // iris, K = 3, means and weights included
        int[] expected = [15, 17, 18, 20, 24, 26, 24, 26, 30, 32, 36, 38, 42, 44];
        Assert.Equal(expected, CovarianceModels.All.Select(model => model.ParameterCount(3, 4)));
    }

    [Fact]
    public void The_order_is_that_of_the_field()
    {
        Assert.Equal(
            "EII VII EEI VEI EVI VVI EEE VEE EVE VVE EEV VEV EVV VVV", string.Join(' ', CovarianceModels.All));
    }

    [Theory]
    [InlineData(CovarianceModel.EII, CovarianceModel.VII, true)]
    [InlineData(CovarianceModel.EII, CovarianceModel.EEV, true)]
    [InlineData(CovarianceModel.VVI, CovarianceModel.VVE, true)]
    [InlineData(CovarianceModel.VVI, CovarianceModel.EVE, false)]
    [InlineData(CovarianceModel.VEE, CovarianceModel.VEV, true)]
    [InlineData(CovarianceModel.VEV, CovarianceModel.VVE, false)]
    [InlineData(CovarianceModel.VII, CovarianceModel.EVV, false)]
    [InlineData(CovarianceModel.EEE, CovarianceModel.EEE, true)]
    public void Models_contain_others(CovarianceModel inner, CovarianceModel outer, bool within) =>
        Assert.Equal(within, inner.IsWithin(outer));

    [Theory]
    [InlineData("full", CovarianceModel.VVV)]
    [InlineData("Tied", CovarianceModel.EEE)]
    [InlineData("DIAGONAL", CovarianceModel.VVI)]
    [InlineData("spherical", CovarianceModel.VII)]
    [InlineData("e", CovarianceModel.EEE)]
    [InlineData("V", CovarianceModel.VVV)]
    [InlineData(" vev ", CovarianceModel.VEV)]
    public void Names_and_aliases_are_known_in_any_case(string name, CovarianceModel model) =>
        Assert.Equal(model, CovarianceModels.Parse(name));

    [Theory]
    [InlineData(CovarianceModel.EEI)]
    [InlineData(CovarianceModel.VEI)]
    [InlineData(CovarianceModel.EVI)]
    [InlineData(CovarianceModel.VVI)]
    [InlineData(CovarianceModel.EII)]
    [InlineData(CovarianceModel.VII)]
    public void A_thousand_columns_along_the_axes_work(CovarianceModel model)
    {
        // two clusters two standard deviations apart in each of a thousand columns
        double[,] rows = new double[120, 1000];
        GmmTools.Numerics.SplitMix64 random = new(4);
        for (int i = 0; i < 120; i++)
        {
            for (int j = 0; j < 1000; j++)
            {
                rows[i, j] = random.NextNormal() + (i < 80 ? 0 : 2);
            }
        }

        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 2, CovarianceModel = model }).Fit(TestData.Observations(rows));
        Close.Absolute(80.0 / 120, fit.Mixture.Components[0].Weight, 1e-9, "weight");
        Assert.True(fit.Converged);
    }
}
