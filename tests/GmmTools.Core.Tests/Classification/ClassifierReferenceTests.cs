using System.Collections.Generic;
using System.Linq;
using GmmTools.Classification;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Classification;

/// <summary>What mclust 6.0.0 (R 4) makes of the same rows: Reference/classifier.R. The log-likelihood that it prints is that of the rows alone.</summary>
public class ClassifierReferenceTests
{
    [Theory]
    [InlineData(CovarianceModel.EII, -414.697951273, -444.667778293, 13, 11, 1e-8)]
    [InlineData(CovarianceModel.VII, -392.498414498, -417.965023763, 15, 12, 1e-8)]
    [InlineData(CovarianceModel.EEI, -364.517364338, -384.088300529, 16, 6, 1e-8)]
    [InlineData(CovarianceModel.VEI, -340.836052476, -355.458833263, 18, 5, 1e-3)]
    [InlineData(CovarianceModel.EVI, -342.973698473, -364.225669181, 22, 6, 1e-8)]
    [InlineData(CovarianceModel.VVI, -309.362757894, -326.050081189, 24, 6, 1e-8)]
    [InlineData(CovarianceModel.EEE, -256.646184255, -263.203743274, 22, 3, 1e-8)]
    [InlineData(CovarianceModel.VEE, -238.394699059, -245.681596409, 24, 3, 1e-3)]
    [InlineData(CovarianceModel.EVE, -235.55048426, -241.542707543, 28, 4, 1e-3)]
    [InlineData(CovarianceModel.EEV, -215.143263127, -220.800457958, 34, 2, 1e-8)]
    [InlineData(CovarianceModel.VEV, -187.709744405, -194.047512443, 36, 3, 1e-3)]
    [InlineData(CovarianceModel.EVV, -209.454797699, -214.357528453, 40, 3, 1e-8)]
    [InlineData(CovarianceModel.VVV, -182.920848605, -188.3755549, 42, 3, 1e-8)]
    public void One_component_per_class_of_iris(CovarianceModel model, double alone, double joint, int parameterCount, int wrong, double slack)
    {
        MixtureClassifier classifier = new ClassifierEstimator(new ClassifierOptions { Models = [model] }).Fit(ClassData.IrisRows());

        Assert.Equal(ClassificationMethod.Edda, classifier.Method);
        Assert.All(classifier.Classes, one => Assert.Equal(model, one.CovarianceModel));

        // steps that iterate are taken to their end here, and to a tolerance there
        Close.AtLeast(joint, classifier.LogLikelihood, 1e-7, "log-likelihood of rows and classes");
        Close.Absolute(joint, classifier.LogLikelihood, slack, "log-likelihood of rows and classes");
        Close.Absolute(alone, classifier.MarginalLogLikelihood, 10 * slack, "log-likelihood of the rows alone");

        // two prior probabilities are free, which mclust does not count
        Assert.Equal(parameterCount + 2, classifier.ParameterCount);
        Close.Absolute(wrong / 150.0, classifier.TrainingError, 1e-12, "error");
    }

    [Fact]
    public void Common_axes_of_iris_end_higher_than_those_of_mclust()
    {
        MixtureClassifier classifier = new ClassifierEstimator(new ClassifierOptions { Models = [CovarianceModel.VVE] }).Fit(ClassData.IrisRows());

        Close.AtLeast(-221.455895624 + 0.47, classifier.LogLikelihood, 0, "log-likelihood of rows and classes");
        Assert.Equal(30 + 2, classifier.ParameterCount);

        // matrices have the axes in common where it does not matter which is multiplied first
        double[,] first = classifier.Classes[0].Mixture.Components[0].Covariance;
        double[,] second = classifier.Classes[2].Mixture.Components[0].Covariance;
        double[] left = [.. Products(first, second)];
        Close.AllRelative(left, [.. Products(second, first)], 1e-9);
    }

    private static IEnumerable<double> Products(double[,] left, double[,] right) =>
        from i in Enumerable.Range(0, 4)
        from j in Enumerable.Range(0, 4)
        select Enumerable.Range(0, 4).Sum(k => left[i, k] * right[k, j]);

    [Fact]
    public void Bic_chooses_the_model_of_iris_that_mclust_chooses()
    {
        MixtureClassifier classifier = new ClassifierEstimator(new ClassifierOptions()).Fit(ClassData.IrisRows());

        Assert.Equal("VEV", classifier.CovarianceModel);
        Assert.Equal("1", classifier.ComponentCount);
        Close.Absolute(-187.7097, classifier.MarginalLogLikelihood, 5e-5);
        Close.Absolute(0.02, classifier.TrainingError, 1e-12);
        Assert.Equal(["setosa", "versicolor", "virginica"], classifier.Classes.Select(one => one.Name));
        Assert.All(classifier.Classes, one => Assert.Equal((50, 1 / 3.0), (one.RowCount, one.Prior)));
    }

    [Fact]
    public void A_mixture_for_each_kind_of_bank_note()
    {
        ClassifiedRows rows = ClassData.Rows(ClassData.Notes, ClassData.Status);
        MixtureClassifier classifier = new ClassifierEstimator(new ClassifierOptions { ComponentCounts = [1, 2, 3, 4, 5] }).Fit(rows);

        Assert.Equal(ClassificationMethod.MclustDA, classifier.Method);
        Assert.Equal(["counterfeit", "genuine"], classifier.Classes.Select(one => one.Name));
        Assert.Equal((CovarianceModel.EVE, 2), (classifier.Classes[0].CovarianceModel, classifier.Classes[0].ComponentCount));
        Assert.Equal(1, classifier.Classes[1].ComponentCount);
        Assert.Equal(66 + 1, classifier.ParameterCount);
        Close.AtLeast(-646.112752467, classifier.LogLikelihood, 1e-6);
        Close.Absolute(-646.0801, classifier.MarginalLogLikelihood, 5e-4);
        Assert.Equal(0, classifier.TrainingError);
    }
}
