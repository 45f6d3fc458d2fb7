using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using GmmTools.Classification;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Classification;

public sealed class ClassifierFileTests : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData(CovarianceModel.VEV, 1)]
    [InlineData(CovarianceModel.VVI, 1)]
    [InlineData(CovarianceModel.EVE, 2)]
    public void A_classifier_reads_back_to_the_last_bit(CovarianceModel model, int componentCount)
    {
        MixtureClassifier written = new ClassifierEstimator(new ClassifierOptions
        {
            Models = [model],
            ComponentCounts = [componentCount],
            Prior = new Dictionary<string, double> { ["setosa"] = 1, ["versicolor"] = 3, ["virginica"] = 7 },
        }).Fit(ClassData.IrisRows());
        written.ClassProperty = "species";
        ClassifierFile.Save(_path, written);

        MixtureClassifier read = Assert.IsType<MixtureClassifier>(ClassifierFile.Load(_path));

        Assert.Equal(ClassifierJson.Write(written), ClassifierJson.Write(read));
        Assert.Equal(Figures(written), Figures(read));
        Assert.Equal("species", read.ClassProperty);
        for (int c = 0; c < 3; c++)
        {
            Assert.Equal(written.Classes[c].Mixture.Parameters.Covariances, read.Classes[c].Mixture.Parameters.Covariances);
            Assert.Equal(written.Classes[c].Mixture.Parameters.Means, read.Classes[c].Mixture.Parameters.Means);
            Assert.Equal(written.Classes[c].Mixture.Parameters.Weights, read.Classes[c].Mixture.Parameters.Weights);
        }
    }

    [Fact]
    public void Files_of_mixtures_are_read_as_well()
    {
        MixtureFile.Save(_path, new ClassifierEstimator(new ClassifierOptions()).Fit(ClassData.IrisRows()).Classes[0].Mixture);
        Assert.IsType<GaussianMixture>(ClassifierFile.Load(_path));
    }

    [Theory]
    [InlineData("\"prior\": 0.33", "\"prior\": -0.33", "$.classes[0].prior")]
    [InlineData("\"prior\": 0.33", "\"prior\": 0.43", "$.classes")]
    [InlineData("\"name\": \"versicolor\"", "\"name\": \"Setosa\"", "$.classes[1].name")]
    [InlineData("\"format_version\": 1,", "\"format_version\": 9,", "version 9")]
    [InlineData("\"training_error\": 0", "\"training_error\": 2", "$.training_error")]
    [InlineData("\"weights\": [1]", "\"weights\": [0.5]", "$.mixtures[0].weights")]
    [InlineData("\"total_weight\": 50", "\"total_weight\": 0", "$.classes[0].total_weight")]
    [InlineData("\"feature_names\": [\"x1\"", "\"feature_names\": [\"y1\"", "$.mixtures[1]")]
    [InlineData("\"method\": \"Edda\"", "\"method\": \"Other\"", "$.method")]
    public void What_is_wrong_in_a_file_is_told_with_its_place(string old, string changed, string place)
    {
        string text = ClassifierJson.Write(new ClassifierEstimator(new ClassifierOptions { Models = [CovarianceModel.EEE] }).Fit(ClassData.IrisRows()));
        int start = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(start >= 0, old);
        File.WriteAllText(_path, text.Remove(start, old.Length).Insert(start, changed));

        MixtureFileException error = Assert.Throws<MixtureFileException>(() => ClassifierFile.Load(_path));
        Assert.Contains(place, error.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<double> Figures(MixtureClassifier classifier) =>
    [
        classifier.LogLikelihood, classifier.MarginalLogLikelihood, classifier.ParameterCount, classifier.TrainingError, classifier.Bic,
        .. classifier.Classes.Select(one => one.Prior),
    ];
}
