using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Outliers;
using GmmTools.Scoring;
using GmmTools.Selection;

namespace GmmTools.Benchmarks.Outliers;

/// <summary>What finds outliers: scores of rows, the lower the more of one, and the level below which it reports them.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Scores">One per row.</param>
/// <param name="Level">The level.</param>
internal sealed record OutlierMethod(string Name, double[] Scores, double Level)
{
    private static readonly int[] ComponentCounts = [1, 2, 3, 4, 5];

    /// <summary>A fit of all rows, chosen by BIC, whose components are all taken for sound.</summary>
    public static GaussianMixture TwoSteps(InMemoryObservations rows)
    {
        IReadOnlyList<IFitOutcome> fits = new ModelSearch(new EmOptions()).Fit(rows, ComponentCounts, [CovarianceModel.VVV]);
        return ((EmFit)fits[FitSelection.Choose([.. fits.Select(FitCandidate.From)], SelectionCriterion.Bic).Ranked[0]]).Mixture;
    }

    /// <summary>What Find-MixtureOutlier does without a model.</summary>
    public static GaussianMixture OneStep(InMemoryObservations rows) =>
        RobustReference.Find(rows, new EmOptions(), ComponentCounts, 0.02, null, CancellationToken.None).Sound;

    /// <summary>A trimmed fit of a known share and number of components.</summary>
    public static GaussianMixture Trimmed(InMemoryObservations rows, double share, int componentCount) =>
        new EmEstimator(new EmOptions { ComponentCount = componentCount, TrimFraction = share }).Fit(rows).Mixture.WithoutTrimming!;

    /// <summary>Rows judged by a mixture at a rate.</summary>
    public static OutlierMethod Of(string name, GaussianMixture mixture, double[,] rows, double rate)
    {
        MixtureScorer scorer = new(mixture);
        double[] row = new double[rows.GetLength(1)];
        double[] scores = new double[rows.GetLength(0)];
        for (int i = 0; i < scores.Length; i++)
        {
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = rows[i, j];
            }

            scores[i] = scorer.Score(row);
        }

        return new OutlierMethod(name, scores, new OutlierDetector(mixture, new OutlierOptions { FalseAlarmRate = rate }, CancellationToken.None).Level.LogDensity);
    }

    /// <summary>The same scores, of which so many are reported.</summary>
    public static OutlierMethod Reporting(string name, double[] scores, double count)
    {
        double[] sorted = [.. scores.Order()];
        return new OutlierMethod(name, scores, sorted[Math.Min(sorted.Length - 1, (int)Math.Round(count))]);
    }

    /// <summary>The share of some rows that is reported.</summary>
    public double Share(int first, int end) => end == first ? double.NaN : Enumerable.Range(first, end - first).Count(i => Scores[i] < Level) / (double)(end - first);

    /// <summary>The share of the bad rows, which are the first ones, that would be reported if exactly such a share of the others were.</summary>
    public double PowerAt(double rate, int badCount)
    {
        double[] sound = [.. Scores.Skip(badCount).Order()];
        return new OutlierMethod(Name, Scores, sound[(int)Math.Round(rate * sound.Length)]).Share(0, badCount);
    }
}
