using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Classification;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Outliers;
using GmmTools.Sampling;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Classification;

public class ClassifierTests
{
    private const double Exact = 1e-9;

    /// <summary>Classes of 20, 50 and 35 rows, whose order by size is not that by name.</summary>
    private static readonly int[] Uneven = [.. Enumerable.Range(0, 150).Where(row => row >= 50 || row < 20).Where(row => row < 135)];

    private static readonly double[,] UnevenRows = TestData.Pick(ClassData.Iris, Uneven);

    private static readonly string[] UnevenSpecies = [.. Uneven.Select(row => ClassData.Species[row])];

    [Fact]
    public void Free_covariances_are_those_of_each_class_alone()
    {
        MixtureClassifier classifier = Fit(CovarianceModel.VVV);

        for (int c = 0; c < 3; c++)
        {
            EmFit alone = new EmEstimator(new EmOptions()).Fit(TestData.Observations(TestData.Pick(UnevenRows, OfClass(c))));
            Close.AllRelative([.. alone.Mixture.Components[0].Mean], [.. classifier.Classes[c].Mixture.Components[0].Mean], Exact);
            Close.AllRelative(
                [.. alone.Mixture.Components[0].Covariance.Cast<double>()], [.. classifier.Classes[c].Mixture.Components[0].Covariance.Cast<double>()], Exact);
            Assert.Equal(OfClass(c).Length, classifier.Classes[c].RowCount);
            Close.Relative(OfClass(c).Length / 105.0, classifier.Classes[c].Prior, Exact);
        }
    }

    [Fact]
    public void A_common_covariance_is_the_mean_of_those_of_the_classes()
    {
        MixtureClassifier own = Fit(CovarianceModel.VVV);
        MixtureClassifier common = Fit(CovarianceModel.EEE);

        double[] expected = new double[16];
        foreach (MixtureClass one in own.Classes)
        {
            double[] covariance = [.. one.Mixture.Components[0].Covariance.Cast<double>()];
            expected = [.. expected.Select((sum, i) => sum + (one.Prior * covariance[i]))];
        }

        Assert.All(common.Classes, one => Close.AllRelative(expected, [.. one.Mixture.Components[0].Covariance.Cast<double>()], Exact));
    }

    [Fact]
    public void Probabilities_follow_from_prior_probabilities_and_densities()
    {
        Dictionary<string, double> prior = new() { ["Setosa"] = 1, ["versicolor"] = 2, ["virginica"] = 5 };
        MixtureClassifier classifier = new ClassifierEstimator(new ClassifierOptions { Models = [CovarianceModel.VVV], Prior = prior })
            .Fit(ClassData.Rows(UnevenRows, UnevenSpecies));
        MixtureClassifier free = Fit(CovarianceModel.VVV);
        double[] row = [6.1, 2.9, 4.9, 1.7];

        ClassScores scores = new ClassScorer(classifier).Score(RowBlock.FromRow(row, 1));

        double[] joint = [.. classifier.Classes.Select(one => one.Prior * Math.Exp(new MixtureScorer(one.Mixture).Score(row)))];
        Close.AllRelative([1 / 8.0, 2 / 8.0, 5 / 8.0], [.. classifier.Classes.Select(one => one.Prior)], Exact);
        Close.AllRelative([.. joint.Select(value => value / joint.Sum())], scores.Probabilities, Exact);
        Close.Relative(Math.Log(joint.Sum()), scores.LogDensities[0], Exact);
        Assert.Equal(Array.IndexOf(joint, joint.Max()), scores.Places[0]);
        Assert.Equal(free.ParameterCount - 2, classifier.ParameterCount);
        Assert.True(classifier.HasGivenPrior);
        Close.Relative(
            free.LogLikelihood + free.Classes.Zip(classifier.Classes, (left, right) => left.RowCount * Math.Log(right.Prior / left.Prior)).Sum(),
            classifier.LogLikelihood,
            Exact);
    }

    [Fact]
    public void A_row_beyond_all_classes_has_probabilities_all_the_same()
    {
        ClassScores scores = new ClassScorer(Fit(CovarianceModel.VVV)).Score(RowBlock.FromRows([1e300, 0, 0, 0, 60, 2, 3, 1], 2, 4));

        for (int i = 0; i < 2; i++)
        {
            double[] probabilities = [.. Enumerable.Range(0, 3).Select(c => scores.Probabilities[(c * 2) + i])];
            Close.Absolute(1, probabilities.Sum(), 1e-12);
            Assert.All(probabilities, probability => Assert.InRange(probability, 0, 1));
        }
    }

    [Theory]
    [InlineData(CovarianceModel.VVV)]
    [InlineData(CovarianceModel.VEE)]
    [InlineData(CovarianceModel.EVE)]
    public void Rows_that_count_twice_are_rows_given_twice(CovarianceModel model)
    {
        double[] weights = [.. Enumerable.Range(0, UnevenSpecies.Length).Select(row => row % 3 == 0 ? 2.0 : 1)];
        int[] twice = [.. Enumerable.Range(0, weights.Length).SelectMany(row => Enumerable.Repeat(row, (int)weights[row]))];
        MixtureClassifier weighted = Fit(model, ClassData.Rows(TestData.Chunked(UnevenRows, null, weights), UnevenSpecies));
        MixtureClassifier repeated = Fit(model, ClassData.Rows(TestData.Pick(UnevenRows, twice), [.. twice.Select(row => UnevenSpecies[row])]));

        Close.Relative(repeated.LogLikelihood, weighted.LogLikelihood, 1e-8);
        Assert.Equal(repeated.Classes.Select(one => one.TotalWeight), weighted.Classes.Select(one => one.TotalWeight));
        Close.Absolute(repeated.TrainingError, weighted.TrainingError, 1e-12);
    }

    [Fact]
    public void Rows_with_gaps_teach_what_they_have()
    {
        double[,] rows = Gaps.Punch(UnevenRows, 0.1, 3);
        MixtureClassifier classifier = Fit(CovarianceModel.VVV, ClassData.Rows(Gaps.Collect(rows), UnevenSpecies));

        for (int c = 0; c < 3; c++)
        {
            EmFit alone = new EmEstimator(new EmOptions { Tolerance = 1e-12 }).Fit(Gaps.Collect(TestData.Pick(rows, OfClass(c))));
            Close.AllRelative([.. alone.Mixture.Components[0].Mean], [.. classifier.Classes[c].Mixture.Components[0].Mean], 1e-3);
        }

        Assert.InRange(classifier.TrainingError, 0.005, 0.1);
    }

    [Fact]
    public void Rows_without_a_class_are_left_out_and_counted()
    {
        string?[] some = [.. ClassData.Species.Select((name, row) => Uneven.Contains(row) ? name : row % 2 == 0 ? null : " ")];
        MixtureClassifier classifier = Fit(CovarianceModel.VEV, ClassData.Rows(ClassData.Iris, some));

        Assert.Equal(45, classifier.OmittedRowCount);
        Assert.Equal(105, classifier.RowCount);
        Close.Relative(Fit(CovarianceModel.VEV).LogLikelihood, classifier.LogLikelihood, 1e-9);
    }

    [Fact]
    public void Classes_are_ordered_by_name_and_numbers_by_number()
    {
        Assert.Equal(["2", "10", "30"], ClassData.Rows(TestData.Column(1, 2, 3, 4), ["30", "10", "2", "10"]).Names);
        Assert.Equal(["10", "a", "B"], ClassData.Rows(TestData.Column(1, 2, 3, 4), ["B", "10", "a", "b"]).Names);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Rows_of_no_class_are_found_at_the_stated_rate(int componentCount)
    {
        MixtureClassifier classifier = new ClassifierEstimator(new ClassifierOptions
        {
            ComponentCounts = [componentCount],
            Models = [CovarianceModel.VVV],
        }).Fit(ClassData.IrisRows());
        UnknownClassDetector detector = new(classifier, new OutlierOptions { FalseAlarmRate = 0.02 }, CancellationToken.None);
        MixtureClass setosa = classifier.Classes[0];
        const int count = 20_000;
        double[,] drawn = new MixtureSampler(setosa.Mixture, 5).DrawMatrix(count);
        RowBlock block = RowBlock.FromRows([.. drawn.Cast<double>()], count, 4);
        ClassScores scores = new ClassScorer(classifier).Score(block);

        int unknown = Enumerable.Range(0, count).Count(row => detector.Judge(block, scores, row) is not null);

        // setosa lies alone: its own rows are taken for it; four standard errors
        Assert.InRange(unknown / (double)count, 0.02 - (4 * Math.Sqrt(0.02 * 0.98 / count)), 0.02 + (4 * Math.Sqrt(0.02 * 0.98 / count)));

        RowBlock far = RowBlock.FromRow([20, 1, 20, 1], 1);
        Assert.NotNull(detector.Judge(far, new ClassScorer(classifier).Score(far), 0));
    }

    [Fact]
    public void Threads_do_not_matter()
    {
        MixtureClassifier[] classifiers = [.. new[] { 1, 4 }.Select(threads => new ClassifierEstimator(new ClassifierOptions
        {
            ComponentCounts = [1, 2],
            Models = [CovarianceModel.VVV, CovarianceModel.EEE],
            Estimation = new EmOptions { ThreadCount = threads, Seed = 3 },
        }).Fit(ClassData.IrisRows()))];

        Assert.Equal(classifiers[0].LogLikelihood, classifiers[1].LogLikelihood);
        Assert.Equal(classifiers[0].ToString(), classifiers[1].ToString());
    }

    [Fact]
    public void A_class_of_too_few_rows_is_named()
    {
        double[,] rows = TestData.Pick(ClassData.Iris, [.. Enumerable.Range(0, 53)]);
        string[] species = [.. ClassData.Species.Take(53)];

        ClassificationException free = Assert.Throws<ClassificationException>(() => Fit(CovarianceModel.VVV, ClassData.Rows(rows, species)));
        Assert.Equal("ClassNotFitted", free.ErrorId);
        Assert.Contains("Class 'versicolor' has 3 rows", free.Message, StringComparison.Ordinal);
        Assert.Equal("LeaveOutClass", free.Remedy!.Name);
        ClassificationException own = Assert.Throws<ClassificationException>(() => new ClassifierEstimator(
            new ClassifierOptions { ComponentCounts = [1, 2], Models = [CovarianceModel.VVV] }).Fit(ClassData.Rows(rows, species)));
        Assert.Contains("Class 'versicolor' has 3 rows", own.Message, StringComparison.Ordinal);

        // what classes share, three rows can have
        Assert.Equal("EEE", Fit(CovarianceModel.EEE, ClassData.Rows(rows, species)).CovarianceModel);
    }

    [Fact]
    public void Wrong_classes_and_prior_probabilities_are_told()
    {
        Assert.Equal("OneClass", Error(() => ClassData.Rows(TestData.Column(1, 2), ["a", "A"])));
        Assert.Equal("NoClasses", Error(() => ClassData.Rows(TestData.Column(1, 2), [null, ""])));
        Assert.Throws<ArgumentException>(() => ClassData.Rows(TestData.Column(1, 2), ["a"]));
        foreach (Dictionary<string, double> prior in new Dictionary<string, double>[]
        {
            new() { ["setosa"] = 1 },
            new() { ["setosa"] = 1, ["versicolor"] = 0, ["virginica"] = 1 },
            new() { ["setosa"] = 1, ["versicolor"] = 1, ["virginica"] = double.PositiveInfinity },
            new() { ["setosa"] = 1, ["versicolor"] = 1, ["virginica"] = 1, ["other"] = 1 },
        })
        {
            Assert.Equal("InvalidPrior", Error(() => new ClassifierEstimator(new ClassifierOptions { Prior = prior }).Fit(ClassData.IrisRows())));
        }

        Assert.Throws<EstimationException>(() => new ClassifierEstimator(new ClassifierOptions { ComponentCounts = [0] }));
        Assert.Throws<ArgumentException>(() => new ClassifierEstimator(new ClassifierOptions { Models = [] }));
        Assert.Throws<ArgumentException>(() => new ClassifierEstimator(new ClassifierOptions { Estimation = new EmOptions { Noise = true } }));
    }

    private static string Error(Func<object> action) => Assert.ThrowsAny<GmmToolsException>(action).ErrorId;

    private static int[] OfClass(int place)
    {
        string name = new[] { "setosa", "versicolor", "virginica" }[place];
        return [.. Enumerable.Range(0, UnevenSpecies.Length).Where(row => UnevenSpecies[row] == name)];
    }

    private static MixtureClassifier Fit(CovarianceModel model, ClassifiedRows? rows = null) =>
        new ClassifierEstimator(new ClassifierOptions { Models = [model] }).Fit(rows ?? ClassData.Rows(UnevenRows, UnevenSpecies));
}
