using System;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Outliers;
using GmmTools.Scoring;
using MathNet.Numerics;
using Xunit;

namespace GmmTools.Core.Tests.Outliers;

/// <summary>Rows with gaps are judged by what they have: of independent columns their squared distances, for which χ² has a closed form.</summary>
public sealed class OutlierGapTests
{
    private const double Gap = double.NaN;

    [Fact]
    public void Each_pattern_has_a_level_of_its_own()
    {
        GaussianMixture mixture = GaussianMixture.Create([1], [[1, 2, 3]], [Starts.Diagonal(1, 4, 9)]);
        OutlierVerdict?[] verdicts = Judge(
            mixture,
            new OutlierOptions { FalseAlarmRate = 0.01 },
            new double[,]
            {
                // squared distances of 4 + 6.25: the quantile of two degrees is 9.21, that of three 11.34
                { Gap, 6, 10.5 },
                { 1, 6, 10.5 },

                // 4 + 4.84
                { Gap, 6, 9.6 },

                // 6.76: that of one degree is 6.63
                { 3.6, Gap, Gap },
                { 5, 2, 3 },
            });
        Assert.Null(verdicts[1]);
        Assert.Null(verdicts[2]);
        Close.Relative(Math.Exp(-10.25 / 2), verdicts[0]!.TailProbability, 1e-12, "probability of two degrees");
        Close.Relative(Math.Sqrt(10.25), verdicts[0]!.Distance, 1e-12, "distance");
        AssertShares([Gap, 4 / 10.25, 6.25 / 10.25], verdicts[0]!);
        Close.Relative(SpecialFunctions.Erfc(2.6 / Math.Sqrt(2)), verdicts[3]!.TailProbability, 1e-12, "probability of one degree");
        Close.Relative(2.6, verdicts[3]!.Distance, 1e-12, "distance");
        AssertShares([1, Gap, Gap], verdicts[3]!);
        double three = SpecialFunctions.Erfc(Math.Sqrt(8)) + (Math.Sqrt(32 / Math.PI) * Math.Exp(-8));
        Close.Relative(three, verdicts[4]!.TailProbability, 1e-11, "probability of three degrees");
        AssertShares([1, 0, 0], verdicts[4]!);
    }

    [Fact]
    public void The_nearest_component_gives_the_distance()
    {
        GaussianMixture mixture = GaussianMixture.Create([0.5, 0.5], [[0, 0], [100, 50]], [Starts.Diagonal(1, 1), Starts.Diagonal(4, 25)]);
        OutlierVerdict?[] verdicts = Judge(mixture, new OutlierOptions { SampleCount = 2000 }, new double[,] { { 110, Gap }, { Gap, -7 }, { 110, 50 } });
        Close.Relative(5, verdicts[0]!.Distance, 1e-12, "of the second component");
        Close.Relative(7, verdicts[1]!.Distance, 1e-12, "of the first component");
        AssertShares([1, Gap], verdicts[0]!);
        AssertShares([Gap, 1], verdicts[1]!);
        Close.Relative(5, verdicts[2]!.Distance, 1e-12, "without a gap");
    }

    [Fact]
    public void Training_rows_count_for_the_columns_that_they_have()
    {
        // four have both columns, nine the first: ranks 1 of 5 and 2 of 10 are the rate
        GaussianMixture mixture = GaussianMixture.Create([1], [[0, 0]], [Starts.Diagonal(1, 1)]);
        IObservations training = Gaps.Collect(new[,] { { 0, 0 }, { 1, 0 }, { 0, 2 }, { 1, 1 }, { 0.5, Gap }, { -0.7, Gap }, { 3, Gap }, { -2.5, Gap }, { 0.1, Gap } });
        OutlierOptions options = new() { FalseAlarmRate = 0.2, Training = training };
        OutlierVerdict?[] verdicts = Judge(mixture, options, new[,] { { 2.6, Gap }, { 2.4, Gap }, { 0, 2.1 }, { 0, 1.9 }, { -3.5, Gap } });
        Assert.Equal(0.2, verdicts[0]!.TailProbability);
        Assert.Null(verdicts[1]);
        Assert.Equal(0.2, verdicts[2]!.TailProbability);
        Assert.Null(verdicts[3]);
        Assert.Equal(0.1, verdicts[4]!.TailProbability);
        OutlierLevel level = new OutlierDetector(mixture, options, CancellationToken.None).Level;
        Assert.Equal(("Training", 4), (level.Method, level.SampleCount));
        Close.Relative(-Math.Log(2 * Math.PI) - 2, level.LogDensity, 1e-13, "level");
    }

    [Fact]
    public void A_row_at_the_level_itself_is_none()
    {
        GaussianMixture mixture = GaussianMixture.Create([1], [[0.0]], [Starts.Diagonal(1)]);
        double[,] rows = { { 0.3 }, { -1.7 }, { 1.2 }, { 0.1 } };
        Assert.All(Judge(mixture, new OutlierOptions { FalseAlarmRate = 0.2, Training = TestData.Observations(rows) }, rows), Assert.Null);
        rows[1, 0] = -1.71;
        OutlierOptions options = new() { FalseAlarmRate = 0.2, Training = TestData.Observations(new double[,] { { 0.3 }, { -1.7 }, { 1.2 }, { 0.1 } }) };
        Assert.NotNull(Judge(mixture, options, rows)[1]);
    }

    [Fact]
    public void Reading_the_training_rows_stops_when_it_is_told_to()
    {
        GaussianMixture mixture = GaussianMixture.Create([1], [[0.0]], [Starts.Diagonal(1)]);
        OutlierOptions options = new() { FalseAlarmRate = 0.1, Training = TestData.Observations(TestData.Draw(50, 1, 1, 1)) };
        Assert.ThrowsAny<OperationCanceledException>(() => new OutlierDetector(mixture, options, new CancellationToken(true)));
    }

    [Fact]
    public void What_is_wrong_with_options_is_said()
    {
        GaussianMixture mixture = GaussianMixture.Create([1], [[0.0]], [Starts.Diagonal(1)]);
        OutlierException rate = Assert.Throws<OutlierException>(
            () => new OutlierDetector(mixture, new OutlierOptions { FalseAlarmRate = 1.5 }, CancellationToken.None));
        Assert.Equal("The false alarm rate is 1.5. It must be above 0 and below 1, such as 0.001.", rate.Message);
        Assert.Equal(1.5, rate.OffendingValue);
        OutlierException count = Assert.Throws<OutlierException>(
            () => new OutlierDetector(mixture, new OutlierOptions { SampleCount = 999 }, CancellationToken.None));
        Assert.Equal("A sample of 999 rows is too small to find the level. Draw at least 1000.", count.Message);
        Assert.Equal(999, count.OffendingValue);
        Assert.Equal(0, new OutlierDetector(mixture, new OutlierOptions { SampleCount = 1000 }, CancellationToken.None).Level.StandardError);
    }

    private static OutlierVerdict?[] Judge(GaussianMixture mixture, OutlierOptions options, double[,] rows)
    {
        OutlierDetector detector = new(mixture, options, CancellationToken.None);
        RowBlockBuilder builder = new(mixture.Dimension, rows.GetLength(0), null);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            builder.Add(TestData.Row(rows, i), i + 1);
        }

        RowBlock block = builder.Take();
        RowScores scores = new BlockScorer(mixture).Score(block);
        OutlierVerdict?[] verdicts = new OutlierVerdict?[block.Count];
        for (int i = 0; i < verdicts.Length; i++)
        {
            verdicts[i] = detector.Judge(block, scores, i);
        }

        return verdicts;
    }

    private static void AssertShares(double[] expected, OutlierVerdict verdict)
    {
        Assert.Equal(expected.Length, verdict.Contributions.Length);
        for (int j = 0; j < expected.Length; j++)
        {
            Assert.Equal(double.IsNaN(expected[j]), double.IsNaN(verdict.Contributions[j]));
            Assert.True(double.IsNaN(expected[j]) || Math.Abs(expected[j] - verdict.Contributions[j]) < 1e-12);
        }
    }
}
