using System;
using System.Linq;
using System.Threading;
using GmmTools.Classification;
using GmmTools.Classification.Validation;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Mixtures;
using Xunit;

namespace GmmTools.Core.Tests.Classification;

public class CrossValidationTests
{
    [Theory]
    [InlineData(10)]
    [InlineData(7)]
    public void Every_part_has_its_share_of_each_class(int foldCount)
    {
        int[] places = [.. Enumerable.Range(0, 150).Select(row => row < 41 ? 0 : row < 100 ? 1 : 2)];
        int[] folds = StratifiedFolds.Deal(places, foldCount, 3);

        for (int c = 0; c < 3; c++)
        {
            int[] sizes = [.. Enumerable.Range(0, foldCount).Select(fold => Enumerable.Range(0, 150).Count(row => places[row] == c && folds[row] == fold))];
            Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        }

        int[] parts = [.. folds.GroupBy(fold => fold).Select(part => part.Count())];
        Assert.InRange(parts.Max() - parts.Min(), 0, 1);
        Assert.Equal(folds, StratifiedFolds.Deal(places, foldCount, 3));
        Assert.NotEqual(folds, StratifiedFolds.Deal(places, foldCount, 4));
    }

    [Fact]
    public void Figures_are_those_of_the_rows_that_were_set_aside()
    {
        // with as many folds as rows in a class, computed here by hand
        const int foldCount = 5;
        ClassifiedRows rows = ClassData.IrisRows();
        CrossValidationReport report = Run(new CrossValidationOptions { FoldCount = foldCount, RepetitionCount = 1, Seed = 9 }, rows);
        int[] folds = StratifiedFolds.Deal(rows.Places, foldCount, GmmTools.Numerics.SplitMix64.Derive(9, 0));
        int wrong = 0;
        double logLoss = 0;
        double brier = 0;
        for (int fold = 0; fold < foldCount; fold++)
        {
            int[] train = [.. Enumerable.Range(0, 150).Where(row => folds[row] != fold)];
            MixtureClassifier classifier = new ClassifierEstimator(new ClassifierOptions { Models = [CovarianceModel.EEE] })
                .Fit(ClassData.Rows(TestData.Pick(ClassData.Iris, train), [.. train.Select(row => ClassData.Species[row])]));
            ClassScorer scorer = new(classifier);
            foreach (int row in Enumerable.Range(0, 150).Where(row => folds[row] == fold))
            {
                ClassScores scores = scorer.Score(GmmTools.Observations.Intake.RowBlock.FromRow(TestData.Row(ClassData.Iris, row), 1));
                int place = row / 50;
                wrong += scores.Places[0] == place ? 0 : 1;
                logLoss -= Math.Log(scores.Probabilities[place]);
                brier += scores.Probabilities.Select((probability, c) => Math.Pow(probability - (c == place ? 1 : 0), 2)).Sum();
            }
        }

        Close.Absolute(wrong / 150.0, report.Error, 1e-12);
        Close.Relative(logLoss / 150, report.LogLoss, 1e-8);
        Close.Relative(brier / 150, report.BrierScore, 1e-8);
        Assert.Null(report.ErrorStandardError);
        Assert.Equal(9, report.Confusion.Count);
        Close.Absolute(150, report.Confusion.Sum(cell => cell.Count), 1e-9);
        Close.Absolute(wrong, report.Confusion.Where(cell => cell.Class != cell.Predicted).Sum(cell => cell.Count), 1e-9);
        Close.Absolute(3, report.Confusion.Sum(cell => cell.Share), 1e-9);
    }

    [Fact]
    public void Repetitions_give_standard_errors_and_threads_do_not_matter()
    {
        CrossValidationReport[] reports = [.. new[] { 1, 3 }.Select(threads => Run(
            new CrossValidationOptions { FoldCount = 4, RepetitionCount = 5, Seed = 2 }, ClassData.IrisRows(), threads))];

        double[] losses = [.. reports[0].Repetitions.Select(one => one.LogLoss)];
        Assert.Equal(losses, reports[1].Repetitions.Select(one => one.LogLoss));
        Assert.Equal(5, losses.Distinct().Count());
        double mean = losses.Average();
        Close.Relative(mean, reports[0].LogLoss, 1e-12);
        Close.Relative(Math.Sqrt(losses.Sum(loss => (loss - mean) * (loss - mean)) / 4 / 5), reports[0].LogLossStandardError!.Value, 1e-9);
    }

    [Fact]
    public void Weights_count_in_the_figures()
    {
        double[] ones = [.. Enumerable.Repeat(3.0, 150)];
        CrossValidationOptions options = new() { FoldCount = 5 };
        CrossValidationReport plain = Run(options, ClassData.IrisRows());
        CrossValidationReport weighted = Run(options, ClassData.Rows(TestData.Chunked(ClassData.Iris, null, ones), ClassData.Species));

        Close.Relative(plain.LogLoss, weighted.LogLoss, 1e-8);
        Close.Absolute(plain.Error, weighted.Error, 1e-12);
        Close.Absolute(450, weighted.Confusion.Sum(cell => cell.Count), 1e-9);
    }

    [Fact]
    public void More_folds_than_a_class_has_rows_are_an_error()
    {
        int[] some = [.. Enumerable.Range(0, 107)];
        ClassifiedRows rows = ClassData.Rows(TestData.Pick(ClassData.Iris, some), [.. some.Select(row => ClassData.Species[row])]);
        ClassificationException error = Assert.Throws<ClassificationException>(() => Run(new CrossValidationOptions(), rows));
        Assert.Equal("TooManyFolds", error.ErrorId);
        Assert.Contains("'virginica' has 7 rows", error.Message, StringComparison.Ordinal);
        Assert.Equal("FewerFolds", error.Remedy!.Name);
        Assert.Throws<ArgumentException>(() => new CrossValidation(new CrossValidationOptions { FoldCount = 1 }));
        Assert.Throws<ArgumentException>(() => new CrossValidation(new CrossValidationOptions { RepetitionCount = 0 }));
    }

    [Fact]
    public void A_stop_is_noticed()
    {
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new CrossValidation(new CrossValidationOptions()).Run(ClassData.IrisRows(), stop.Token));
    }

    private static CrossValidationReport Run(CrossValidationOptions options, ClassifiedRows rows, int threads = 2)
    {
        options.Classifier = new ClassifierOptions { Models = [CovarianceModel.EEE], Estimation = new EmOptions { ThreadCount = threads } };
        return new CrossValidation(options).Run(rows);
    }
}
