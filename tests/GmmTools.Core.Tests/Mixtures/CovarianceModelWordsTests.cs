using System.Linq;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Mixtures;

public sealed class CovarianceModelWordsTests
{
    [Theory]
    [InlineData(CovarianceModel.EII, "spherical, equal volume")]
    [InlineData(CovarianceModel.VEI, "diagonal, equal shape, varying volume")]
    [InlineData(CovarianceModel.EEE, "ellipsoidal, equal volume, shape and orientation")]
    [InlineData(CovarianceModel.VVV, "ellipsoidal, varying volume, shape and orientation")]
    [InlineData(CovarianceModel.EEV, "ellipsoidal, equal volume and shape, varying orientation")]
    public void Models_are_described_in_words(CovarianceModel model, string words) => Assert.Equal(words, model.Describe());

    [Fact]
    public void Descriptions_differ() => Assert.Equal(14, CovarianceModels.All.Select(model => model.Describe()).Distinct().Count());

    [Theory]
    [InlineData(1, 1, "univariate")]
    [InlineData(2, 1, "univariate, unequal variance")]
    [InlineData(1, 3, "diagonal")]
    [InlineData(2, 2, "diagonal, varying volume and shape")]
    public void With_one_column_or_component_differences_vanish(int componentCount, int dimension, string words) =>
        Assert.Equal(words, CovarianceModel.VVI.Describe(componentCount, dimension));

    [Fact]
    public void With_one_column_there_are_two_models() =>
        Assert.Equal(CovarianceModels.Univariate.Order(), CovarianceModels.All.Select(CovarianceModels.ToUnivariate).Distinct().Order());
}
