using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Outliers;
using GmmTools.Scoring;
using GmmTools.Selection;
using Xunit;

namespace GmmTools.Core.Tests.Outliers;

/// <summary>Outliers found by a reference that was fitted to the same rows, bad ones and all.</summary>
public sealed class RobustReferenceTests
{
    private const int SoundCount = 1000;
    private const double Rate = 0.01;

    /// <summary>Scattered rows, be they a fifth of all, and few rows that lie together.</summary>
    [Theory]
    [InlineData("scattered", 0)]
    [InlineData("scattered", 10)]
    [InlineData("scattered", 50)]
    [InlineData("scattered", 100)]
    [InlineData("scattered", 200)]
    [InlineData("wide", 50)]
    [InlineData("cluster", 10)]
    public void The_rate_is_kept_and_bad_rows_are_found(string kind, int bad)
    {
        double[,] rows = Rows(kind, bad);
        RobustReference reference = Find(rows);
        (int alarms, int found) = Count(reference.Sound, rows);
        Assert.InRange(alarms, 3, 20);
        Assert.InRange(found, (int)(0.97 * bad), bad);
        Assert.Equal(kind == "cluster" ? 1 : 0, reference.LeftOut.Count);
        Assert.Equal(2, reference.Sound.ComponentCount);
    }

    /// <summary>What noise is for: of the same rows, a fit without finds next to none.</summary>
    [Fact]
    public void A_fit_of_the_same_rows_without_noise_explains_them()
    {
        double[,] rows = Rows("scattered", 100);
        IReadOnlyList<IFitOutcome> outcomes = new ModelSearch(new EmOptions()).Fit(TestData.Observations(rows), [1, 2, 3, 4, 5], [CovarianceModel.VVV]);
        EmFit plain = outcomes.OfType<EmFit>().OrderBy(fit => fit.Bic).First();
        Assert.InRange(Count(plain.Mixture, rows).Found, 0, 15);
    }

    /// <summary>Noise explains them all, and a component that is left with none of them tells nothing.</summary>
    [Fact]
    public void Rows_that_are_spread_evenly_are_sound()
    {
        double[,] rows = TestData.Column([.. Enumerable.Range(0, 500).Select(i => i * 0.6180339887 % 1)]);
        RobustReference reference = Find(rows);
        Assert.Null(reference.Fit.Mixture.Noise);
        OutlierDetector detector = new(reference.Sound, new OutlierOptions { FalseAlarmRate = Rate }, CancellationToken.None);
        MixtureScorer scorer = new(reference.Sound);
        Assert.InRange(Enumerable.Range(0, 500).Count(i => scorer.Score(TestData.Row(rows, i)) < detector.Level.LogDensity), 0, 15);
        EmFit noisy = new EmEstimator(new EmOptions { Noise = true }).Fit(TestData.Observations(rows));
        Assert.Contains(noisy.Warnings, warning => warning.StartsWith("The noise holds most of the rows", StringComparison.Ordinal));
    }

    /// <summary>Nothing tells a cluster of bad rows from one of sound rows but how many they are.</summary>
    [Fact]
    public void A_cluster_is_sound_from_the_share_on_that_is_given()
    {
        double[,] rows = Rows("cluster", 100);
        RobustReference reference = Find(rows);
        Assert.Empty(reference.LeftOut);
        Assert.Equal(0, Count(reference.Sound, rows).Found);
        reference = Find(rows, 0.2);
        Assert.Single(reference.LeftOut);
        Assert.Equal(100, Count(reference.Sound, rows).Found);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_share_that_is_none_is_refused(double share) =>
        Assert.Equal("InvalidSmallestShare", Assert.Throws<OutlierException>(() => Find(TestData.Faithful, share)).ErrorId);

    private static RobustReference Find(double[,] rows, double smallestShare = 0.02) => RobustReference.Find(
        TestData.Observations(rows), new EmOptions(), [1, 2, 3, 4, 5], smallestShare, null, CancellationToken.None);

    private static (int Alarms, int Found) Count(GaussianMixture mixture, double[,] rows)
    {
        OutlierDetector detector = new(mixture, new OutlierOptions { FalseAlarmRate = Rate }, CancellationToken.None);
        MixtureScorer scorer = new(mixture);
        bool[] flagged = [.. Enumerable.Range(0, rows.GetLength(0)).Select(i => scorer.Score(TestData.Row(rows, i)) < detector.Level.LogDensity)];
        return (flagged.Take(SoundCount).Count(value => value), flagged.Skip(SoundCount).Count(value => value));
    }

    private static double[,] Rows(string kind, int bad)
    {
        SplitMix64 random = new(77);
        double[,] rows = new double[SoundCount + bad, 3];
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            double[] z = [random.NextNormal(), random.NextNormal(), random.NextNormal()];
            bool first = i % 3 > 0;
            double[] row = i < SoundCount
                ? first ? [z[0], z[0] + (0.5 * z[1]), z[2]] : [8 + (0.5 * z[0]), 3 + z[1], z[2] - z[1]]
                : kind switch
                {
                    "scattered" => [(30 * random.NextDouble()) - 10, (30 * random.NextDouble()) - 12, (30 * random.NextDouble()) - 15],
                    "wide" => [40 * z[0], 40 * z[1], 40 * z[2]],
                    _ => [4 + (0.2 * z[0]), -6 + (0.2 * z[1]), 5 + (0.2 * z[2])],
                };
            for (int j = 0; j < 3; j++)
            {
                rows[i, j] = row[j];
            }
        }

        return rows;
    }
}
