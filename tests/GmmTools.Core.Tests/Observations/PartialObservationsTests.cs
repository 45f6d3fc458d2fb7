using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Gaps;
using GmmTools.Sampling;
using GmmTools.Scoring;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GmmTools.Core.Tests.Observations;

/// <summary>The E-step over rows with gaps against the textbook, row by row.</summary>
public sealed class PartialObservationsTests
{
    [Theory]
    [InlineData(CovarianceShape.Full)]
    [InlineData(CovarianceShape.Diagonal)]
    public void The_statistics_are_those_of_rows_completed_one_by_one(CovarianceShape shape) =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[1, 6], Gen.ULong).Holds((dimension, componentCount, tenths, seed) =>
        {
            double[,] rows = Gaps.Punch(TestData.Draw(150, componentCount, dimension, seed), 0.1 * tenths, seed + 1);
            GaussianMixture mixture = RandomMixture.Draw(componentCount, dimension, 10, seed);
            MixtureParameters parameters = mixture.Parameters.ToShape(shape);
            parameters.TryFactorize();
            SufficientStatistics expected = CompleteRowByRow(parameters, rows);
            SufficientStatistics actual = Compute(Gaps.Collect(rows), parameters, 2);

            double condition = Enumerable.Range(0, componentCount)
                .Max(k => Matrix<double>.Build.DenseOfArray(parameters.CovarianceMatrix(k)).ConditionNumber());
            Close.Relative(expected.LogLikelihood, actual.LogLikelihood, 1e-12 + (1e-15 * condition), "log-likelihood");
            Assert.Equal(expected.TotalWeight, actual.TotalWeight);
            Close.AllRelative(expected.Weights, actual.Weights, 1e-11 + (1e-14 * condition), "weights");
            Close.AllRelative(expected.FirstMoments, actual.FirstMoments, 1e-11 + (1e-14 * condition), "first moments");
            Close.AllRelative(expected.Scatters, actual.Scatters, 1e-11 + (1e-14 * condition), "scatters");
        },
        iter: 100);

    /// <summary>Of 12 columns nearly every row lacks others: such rows go one by one, unless columns depend on each other so that digits would be lost.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(0.9999, false)]
    [InlineData(0.9999999, false)]
    [InlineData(0.9999999999, false)]
    public void The_statistics_of_rows_in_many_patterns_are_those_of_rows_completed_one_by_one(double correlation, bool weighted)
    {
        const int Dimension = 12;
        GaussianMixture mixture = Overlapping(Dimension, correlation);
        double[,] rows = Gaps.Punch(new MixtureSampler(mixture, 4).DrawMatrix(400), 0.2, 5);
        double[]? weights = weighted ? [.. Enumerable.Range(0, 400).Select(i => 0.5 + (i % 3))] : null;
        PartialObservations observations = Assert.IsType<PartialObservations>(Gaps.Collect(rows, weights));
        Assert.InRange(observations.PatternCount, 200, 400);
        SufficientStatistics expected = CompleteRowByRow(mixture.Parameters, rows, weights);
        SufficientStatistics actual = Compute(observations, mixture.Parameters, 2);

        Close.Relative(expected.LogLikelihood, actual.LogLikelihood, 1e-12 + (1e-16 / (1 - correlation)), "log-likelihood");
        Assert.Equal(expected.TotalWeight, actual.TotalWeight);
        double tolerance = 1e-11 + (2e-15 / (1 - correlation));
        Close.AllRelative(expected.Weights, actual.Weights, tolerance, "weights");
        Close.AllRelative(expected.FirstMoments, actual.FirstMoments, tolerance, "first moments");
        Close.AllRelative(expected.Scatters, actual.Scatters, tolerance, "scatters");
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit_of_many_patterns()
    {
        GaussianMixture mixture = Overlapping(12, 0);
        IObservations observations = Gaps.Collect(Gaps.Punch(new MixtureSampler(mixture, 4).DrawMatrix(3_000), 0.2, 5));
        SufficientStatistics one = Compute(observations, mixture.Parameters, 1);
        SufficientStatistics three = Compute(observations, mixture.Parameters, 3);
        Assert.Equal(one.LogLikelihood, three.LogLikelihood);
        Assert.Equal(one.Scatters, three.Scatters);
    }

    [Fact]
    public void An_E_step_that_was_stopped_leaves_nothing_behind()
    {
        GaussianMixture mixture = Overlapping(12, 0);
        IObservations observations = Gaps.Collect(Gaps.Punch(new MixtureSampler(mixture, 4).DrawMatrix(1_000), 0.2, 5));
        SufficientStatistics expected = Compute(observations, mixture.Parameters, 1);
        SufficientStatistics statistics = new(3, 12, CovarianceShape.Full);
        using IExpectationStep step = observations.PrepareExpectation(3, CovarianceShape.Full, 1);
        using CancellationTokenSource stop = new();
        step.Compute(mixture.Parameters, statistics, CancellationToken.None);
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => step.Compute(mixture.Parameters, statistics, stop.Token));
        step.Compute(mixture.Parameters, statistics, CancellationToken.None);
        Assert.Equal(expected.Scatters, statistics.Scatters);
        Assert.Equal(expected.LogLikelihood, statistics.LogLikelihood);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_bit()
    {
        double[,] rows = Gaps.Punch(TestData.Draw(30_000, 3, 6, 5), 0.15, 6);
        IObservations observations = Gaps.Collect(rows);
        MixtureParameters mixture = RandomMixture.Draw(3, 6, 10, 5).Parameters;
        SufficientStatistics one = Compute(observations, mixture, 1);
        foreach (int threads in (int[])[2, 3, 7])
        {
            SufficientStatistics many = Compute(observations, mixture, threads);
            Assert.Equal(one.LogLikelihood, many.LogLikelihood);
            Assert.Equal(one.Weights, many.Weights);
            Assert.Equal(one.FirstMoments, many.FirstMoments);
            Assert.Equal(one.Scatters, many.Scatters);
        }
    }

    [Fact]
    public void Rows_without_gaps_are_plain_rows()
    {
        double[,] rows = TestData.Draw(100, 2, 3, 1);
        IObservations collected = Gaps.Collect(rows);
        Assert.IsType<InMemoryObservations>(collected);
        EmOptions options = new() { ComponentCount = 2, Seed = 4 };
        EmFit plain = new EmEstimator(options).Fit(TestData.Observations(rows));
        EmFit fit = new EmEstimator(options).Fit(collected);
        Assert.Equal(plain.LogLikelihood, fit.LogLikelihood);
        Assert.Equal(plain.Mixture.Parameters.Covariances, fit.Mixture.Parameters.Covariances);
    }

    [Fact]
    public void The_table_knows_its_size_and_ranges()
    {
        PartialObservations rows = Assert.IsType<PartialObservations>(Gaps.Collect(
            new double[,] { { 1, double.NaN }, { 2, 5 }, { double.NaN, double.NaN }, { double.NaN, -3 }, { 9, double.NaN } }));
        Assert.Equal(4, rows.Count);
        Assert.Equal(4, rows.TotalWeight);
        Assert.Equal(3, rows.PatternCount);
        Assert.Equal([1, -3], rows.Minimum);
        Assert.Equal([9, 5], rows.Maximum);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(2000)]
    public void A_sample_is_whole_though_no_row_is(int count)
    {
        double[,] rows = TestData.Draw(1000, 3, 4, 8);
        for (int i = 0; i < 1000; i++)
        {
            rows[i, i % 4] = double.NaN;
        }

        IObservations observations = Gaps.Collect(rows);
        InMemoryObservations sample = observations.Sample(count, 7, CancellationToken.None);
        Assert.Equal(Math.Min(count, 1000), sample.Count);
        for (int j = 0; j < 4; j++)
        {
            Assert.InRange(sample.Minimum[j], observations.Minimum[j], observations.Maximum[j]);
            Assert.InRange(sample.Maximum[j], observations.Minimum[j], observations.Maximum[j]);
        }
    }

    [Fact]
    public void The_least_probable_row_is_whole_and_expected_where_it_has_a_gap()
    {
        GaussianMixture mixture = GaussianMixture.Create([1], [[0, 0]], [new double[,] { { 1, 0.8 }, { 0.8, 1 } }]);
        double[,] rows = { { 0.1, 0.2 }, { 10, double.NaN }, { double.NaN, -0.3 }, { 0.2, 0.1 } };
        IObservations observations = Gaps.Collect(rows);
        double[] row = Assert.Single(observations.FindLeastProbable(mixture.Parameters, 1, 2, CancellationToken.None)).Values;
        Assert.Equal(10, row[0]);
        Close.Relative(8, row[1], 1e-12, "conditional mean");

        // what is missing counts as of average density, so that the others compare with it
        IReadOnlyList<ImprobableRow> all = observations.FindLeastProbable(mixture.Parameters, 4, 2, CancellationToken.None);
        Assert.Equal(4, all.Count);
        Assert.Equal([10, -0.24], all.Take(2).Select(found => Math.Round(found.Values[0], 12)));
        double average = -0.5 * (Math.Log(2 * Math.PI) + 1);
        Close.Relative((-0.5 * Math.Log(2 * Math.PI)) - 50 + average, all[0].LogDensity, 1e-12, "log-density");
    }

    [Fact]
    public void A_row_with_gaps_scores_as_the_marginal_mixture()
    {
        GaussianMixture mixture = RandomMixture.Draw(3, 4, 3, 2);
        double[,] rows = Gaps.Punch(TestData.Draw(200, 3, 4, 2, 3), 0.3, 3);
        MixtureScorer scorer = new(mixture);
        double sum = 0;
        for (int i = 0; i < 200; i++)
        {
            double[] row = TestData.Row(rows, i);
            double score = scorer.Score(row);
            Close.Absolute(1, scorer.Responsibilities.Sum(), 1e-12, "responsibilities");
            Close.Absolute(TermsOf(mixture.Parameters, row, out _), score, 1e-9, "log-density");
            sum += score;
        }

        LikelihoodSummary summary = LikelihoodSummary.Measure(mixture, Gaps.Collect(rows), 2, CancellationToken.None);
        Close.Relative(sum, summary.LogLikelihood, 1e-12, "log-likelihood");
    }

    [Fact]
    public void A_row_of_nothing_is_certain_and_its_component_unknown()
    {
        GaussianMixture mixture = RandomMixture.Draw(3, 2, 3, 2);
        MixtureScorer scorer = new(mixture);
        Close.Absolute(0, scorer.Score([double.NaN, double.NaN]), 1e-12, "log-density");
        Close.AllRelative([.. mixture.Components.Select(component => component.Weight)], scorer.Responsibilities, 1e-12);
    }

    /// <summary>Three components two standard deviations apart; neighbouring columns are correlated as given.</summary>
    private static GaussianMixture Overlapping(int dimension, double correlation)
    {
        double[][] means = [.. Enumerable.Range(0, 3).Select(k => Enumerable.Range(0, dimension).Select(j => k * ((j % 3) - 0.5)).ToArray())];
        double[][,] covariances = [.. Enumerable.Range(0, 3).Select(k =>
        {
            double[,] covariance = new double[dimension, dimension];
            for (int i = 0; i < dimension; i++)
            {
                for (int j = 0; j < dimension; j++)
                {
                    covariance[i, j] = (k + 1) * (i == j ? 1 : i / 2 == j / 2 ? correlation : 0.3 / (1 + Math.Abs(i - j)) * (1 - correlation));
                }
            }

            return covariance;
        })];
        return GaussianMixture.Create([0.5, 0.3, 0.2], means, covariances);
    }

    internal static SufficientStatistics Compute(IObservations observations, MixtureParameters mixture, int threads)
    {
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape);
        using IExpectationStep step = observations.PrepareExpectation(mixture.ComponentCount, mixture.Shape, threads);
        step.Compute(mixture, statistics, CancellationToken.None);
        return statistics;
    }

    /// <summary>Conditional means and covariances of every row, with inverse matrices as the textbook writes them.</summary>
    private static SufficientStatistics CompleteRowByRow(MixtureParameters mixture, double[,] rows, double[]? weights = null)
    {
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape);
        statistics.Clear(mixture.Means);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            double[] row = TestData.Row(rows, i);
            if (row.All(double.IsNaN))
            {
                continue;
            }

            double weight = weights?[i] ?? 1;
            statistics.LogLikelihood += weight * TermsOf(mixture, row, out double[] responsibilities);
            statistics.TotalWeight += weight;
            for (int k = 0; k < mixture.ComponentCount; k++)
            {
                AddCompleted(mixture, k, row, weight * responsibilities[k], statistics);
            }
        }

        return statistics;
    }

    private static double TermsOf(MixtureParameters mixture, double[] row, out double[] responsibilities)
    {
        int[] observed = [.. Enumerable.Range(0, row.Length).Where(j => !double.IsNaN(row[j]))];
        double[] terms = new double[mixture.ComponentCount];
        for (int k = 0; k < terms.Length; k++)
        {
            Matrix<double> covariance = Part(mixture, k, observed, observed);
            Vector<double> difference = Difference(mixture, k, row, observed);
            terms[k] = Math.Log(mixture.Weights[k])
                - (0.5 * ((observed.Length * Math.Log(2 * Math.PI)) + Math.Log(covariance.Determinant())))
                - (0.5 * (difference * covariance.Solve(difference)));
        }

        double largest = terms.Max();
        double sum = terms.Sum(term => Math.Exp(term - largest));
        responsibilities = [.. terms.Select(term => Math.Exp(term - largest) / sum)];
        return largest + Math.Log(sum);
    }

    private static void AddCompleted(MixtureParameters mixture, int k, double[] row, double responsibility, SufficientStatistics statistics)
    {
        int dimension = mixture.Dimension;
        int[] observed = [.. Enumerable.Range(0, dimension).Where(j => !double.IsNaN(row[j]))];
        int[] missing = [.. Enumerable.Range(0, dimension).Where(j => double.IsNaN(row[j]))];
        double[] difference = new double[dimension];
        double[,] conditional = new double[dimension, dimension];
        Vector<double> known = Difference(mixture, k, row, observed);
        for (int i = 0; i < observed.Length; i++)
        {
            difference[observed[i]] = known[i];
        }

        if (missing.Length > 0)
        {
            Matrix<double> regression = Part(mixture, k, missing, observed) * Part(mixture, k, observed, observed).Inverse();
            Vector<double> expected = regression * known;
            Matrix<double> rest = Part(mixture, k, missing, missing) - (regression * Part(mixture, k, observed, missing));
            for (int a = 0; a < missing.Length; a++)
            {
                difference[missing[a]] = expected[a];
                for (int b = 0; b < missing.Length; b++)
                {
                    conditional[missing[a], missing[b]] = rest[a, b];
                }
            }
        }

        statistics.Weights[k] += responsibility;
        int place = k * statistics.ScatterLength;
        for (int i = 0; i < dimension; i++)
        {
            statistics.FirstMoments[(k * dimension) + i] += responsibility * difference[i];
            for (int j = statistics.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
            {
                statistics.Scatters[place++] += responsibility * ((difference[i] * difference[j]) + conditional[i, j]);
            }
        }
    }

    private static Vector<double> Difference(MixtureParameters mixture, int k, double[] row, int[] columns) =>
        Vector<double>.Build.Dense([.. columns.Select(j => row[j] - mixture.Means[(k * mixture.Dimension) + j])]);

    private static Matrix<double> Part(MixtureParameters mixture, int k, int[] left, int[] right) =>
        Matrix<double>.Build.Dense(left.Length, right.Length, (i, j) => mixture.Covariance(k, left[i], right[j]));
}
