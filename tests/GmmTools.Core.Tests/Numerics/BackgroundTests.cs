using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.Intrinsics;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Numerics.Vectors;
using GmmTools.Observations;
using GmmTools.Observations.Views;
using GmmTools.Scoring;
using Xunit;

namespace GmmTools.Core.Tests.Numerics;

/// <summary>A term that is the same for all rows, in every kernel, against sums over the rows that know only the components.</summary>
public sealed class BackgroundTests
{
    private const double Share = 0.2;

    public static IEnumerable<object[]> Cases() =>
        from dimension in new[] { 1, 2, 3, 8, 9 }
        from componentCount in new[] { 1, 2, 5 }
        from shape in new[] { CovarianceShape.Full, CovarianceShape.Diagonal }
        from weighted in new[] { false, true }
        select new object[] { dimension, componentCount, shape, weighted };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_kernel_agrees_with_sums_over_the_rows(int dimension, int componentCount, CovarianceShape shape, bool weighted)
    {
        double[,] rows = TestData.Draw(640 + dimension, componentCount, dimension, 5);
        double[]? weights = weighted ? [.. Enumerable.Range(0, rows.GetLength(0)).Select(i => (double)(i % 4))] : null;
        MixtureParameters mixture = WithNoise(rows, componentCount, shape);
        SufficientStatistics expected = SumRows(rows, weights, mixture);
        RowChunk chunk = new([.. from j in Enumerable.Range(0, dimension) from i in Enumerable.Range(0, rows.GetLength(0)) select rows[i, j]], rows.GetLength(0), weights);
        ExpectationKernel[] kernels =
        [
            new ScalarExpectationKernel<NormalLink>(dimension),
            new VectorExpectationKernel<Vector512Operations, Vector512<double>, NormalLink>(componentCount, dimension, shape),
            new VectorExpectationKernel<Vector256Operations, Vector256<double>, NormalLink>(componentCount, dimension, shape),
            new VectorExpectationKernel<Vector128Operations, Vector128<double>, NormalLink>(componentCount, dimension, shape),
        ];
        foreach (ExpectationKernel kernel in kernels)
        {
            SufficientStatistics actual = Empty(mixture);
            kernel.Accumulate(chunk, mixture.Terms, actual);
            AssertClose(expected, actual);
            CheckScores(kernel, chunk, mixture);
        }
    }

    [Theory]
    [InlineData(CovarianceShape.Full)]
    [InlineData(CovarianceShape.Diagonal)]
    public void Where_cells_are_missing_the_noise_is_that_of_the_others(CovarianceShape shape)
    {
        double[,] whole = TestData.Draw(500, 3, 3, 8);
        double[,] rows = Gaps.Punch(whole, 0.3, 4);
        MixtureParameters mixture = WithNoise(whole, 3, shape);
        double[] logWidths = [.. Enumerable.Range(0, 3).Select(j => Math.Log(Column(whole, j).Max() - Column(whole, j).Min()))];
        double logLikelihood = 0;
        double noise = 0;
        MixtureScorer scorer = new(WithoutNoise(mixture));
        for (int i = 0; i < 500; i++)
        {
            double[] row = TestData.Row(rows, i);
            if (!row.All(double.IsNaN))
            {
                double components = (1 - Share) * Math.Exp(scorer.Score(row));
                double uniform = Share * Math.Exp(-logWidths.Where((_, j) => !double.IsNaN(row[j])).Sum());
                logLikelihood += Math.Log(components + uniform);
                noise += uniform / (components + uniform);
            }
        }

        SufficientStatistics actual = Compute(Gaps.Collect(rows), mixture, 2);
        Close.Relative(logLikelihood, actual.LogLikelihood, 1e-11, "log-likelihood");
        Close.Relative(noise, actual.BackgroundWeight, 1e-11, "weight of the noise");
        Close.Relative(actual.TotalWeight, actual.Weights.Sum() + actual.BackgroundWeight, 1e-12, "total weight");
        AssertSame(actual, Compute(Gaps.Collect(rows), mixture, 1));
    }

    [Fact]
    public void Statistics_of_parts_add_up_whatever_the_number_of_threads()
    {
        double[,] rows = TestData.Draw(9000, 3, 4, 6);
        MixtureParameters mixture = WithNoise(rows, 3, CovarianceShape.Full);
        SufficientStatistics whole = Compute(TestData.Observations(rows), mixture, 1);
        AssertSame(whole, Compute(TestData.Observations(rows), mixture, 3));
        IObservations[] parts = [.. new[] { (0, 2500), (2500, 9000) }.Select(part =>
            TestData.Observations(TestData.Pick(rows, [.. Enumerable.Range(part.Item1, part.Item2 - part.Item1)])))];
        AssertClose(whole, Compute(new CombinedObservations(parts), mixture, 2));
    }

    [Fact]
    public void Columns_divided_by_scales_see_the_same_noise()
    {
        double[,] rows = TestData.Draw(700, 2, 3, 6);
        ColumnScales scales = new([0.5, 20, 3]);
        MixtureParameters mixture = WithNoise(rows, 2, CovarianceShape.Full);
        MixtureParameters divided = scales.Divided(mixture);
        Assert.Equal(-1, divided.TryFactorize());
        InMemoryObservations observations = TestData.Observations(rows);
        SufficientStatistics expected = Compute(observations, mixture, 1);
        AssertClose(expected, scales.Multiplied(Compute(new ScaledObservations(observations, scales), divided, 1)));
        AssertClose(expected, scales.Multiplied(Compute(scales.Divided(observations), divided, 1)));
    }

    [Fact]
    public void Sums_that_are_not_there_are_not_taken_for_zero()
    {
        SufficientStatistics without = new(2, 2, CovarianceShape.Full);
        SufficientStatistics with = new(2, 2, CovarianceShape.Full, FurtherSums.BackgroundWeight);
        without.Add(with);
        Assert.Throws<InvalidOperationException>(() => with.Add(without));
    }

    [Fact]
    public void A_column_without_width_has_no_noise() =>
        Assert.Throws<ArgumentException>(() => UniformBackground.OfBox([0, 1], [1, 1]));

    private static void CheckScores(ExpectationKernel kernel, RowChunk rows, MixtureParameters mixture)
    {
        RowScores scores = new(rows.Count, mixture.ComponentCount, true);
        kernel.Score(rows, mixture.Terms, scores);
        double[] row = new double[mixture.Dimension];
        for (int i = 0; i < rows.Count; i++)
        {
            rows.CopyRow(i, row);
            double[] shares = Shares(mixture, row, out double logDensity);
            int best = Array.IndexOf(shares, shares.Max());
            Close.Relative(logDensity, scores.LogDensities[i], 1e-12, "log-density");
            Close.Absolute(shares[best], scores.Probabilities[i], 1e-12, "probability");
            Assert.Equal(best, scores.Components[i]);
        }

        // in one column the components cover the rows
        Assert.True(mixture.Dimension == 1 || Array.IndexOf(scores.Components, 0) >= 0);
    }

    private static SufficientStatistics Compute(IObservations observations, MixtureParameters mixture, int threads)
    {
        SufficientStatistics statistics = Empty(mixture);
        using IExpectationStep step = observations.PrepareExpectation(mixture.ComponentCount, mixture.Shape, threads);
        step.Compute(mixture, statistics, CancellationToken.None);
        return statistics;
    }

    private static SufficientStatistics Empty(MixtureParameters mixture)
    {
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape, FurtherSums.BackgroundWeight);
        statistics.Clear(mixture.Means);
        return statistics;
    }

    /// <summary>Small components and noise, so that much belongs to either.</summary>
    private static MixtureParameters WithNoise(double[,] rows, int componentCount, CovarianceShape shape)
    {
        MixtureParameters mixture = Starts.Spread(rows, componentCount).Parameters.ToShape(shape);
        for (int i = 0; i < mixture.Covariances.Length; i++)
        {
            mixture.Covariances[i] *= 0.05;
        }

        for (int k = 0; k < componentCount; k++)
        {
            mixture.Weights[k] *= 1 - Share;
        }

        int[] columns = [.. Enumerable.Range(0, rows.GetLength(1))];
        mixture.Background = UniformBackground.OfBox([.. columns.Select(j => Column(rows, j).Min())], [.. columns.Select(j => Column(rows, j).Max())]);
        mixture.BackgroundWeight = Share;
        Assert.Equal(-1, mixture.TryFactorize());
        return mixture;
    }

    private static GaussianMixture WithoutNoise(MixtureParameters mixture)
    {
        MixtureParameters copy = mixture.ToShape(mixture.Shape);
        copy.Background = null;
        copy.BackgroundWeight = 0;
        for (int k = 0; k < copy.ComponentCount; k++)
        {
            copy.Weights[k] /= 1 - Share;
        }

        return new GaussianMixture(copy);
    }

    private static IEnumerable<double> Column(double[,] rows, int column) => Enumerable.Range(0, rows.GetLength(0)).Select(i => rows[i, column]);

    /// <summary>Responsibilities, that of the noise first.</summary>
    private static double[] Shares(MixtureParameters mixture, double[] row, out double logDensity)
    {
        RowScorer<NormalLink> scorer = new(mixture.Terms);
        double[] terms =
        [
            Math.Log(mixture.BackgroundWeight) + mixture.Background!.LogDensity,
            .. Enumerable.Range(0, mixture.ComponentCount).Select(k => mixture.LogNormalizers[k] - (0.5 * scorer.SquaredDistance(row, k))),
        ];
        double largest = terms.Max();
        double sum = terms.Sum(term => Math.Exp(term - largest));
        logDensity = largest + Math.Log(sum);
        return [.. terms.Select(term => Math.Exp(term - largest) / sum)];
    }

    private static SufficientStatistics SumRows(double[,] rows, double[]? weights, MixtureParameters mixture)
    {
        SufficientStatistics sums = Empty(mixture);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            double weight = weights?[i] ?? 1;
            double[] row = TestData.Row(rows, i);
            double[] shares = Shares(mixture, row, out double logDensity);
            sums.LogLikelihood += weight * logDensity;
            sums.TotalWeight += weight;
            sums.Entropy -= weight * shares.Sum(share => share > 0 ? share * Math.Log(share) : 0);
            sums.AddBackground(weight * shares[0]);
            for (int k = 0; k < mixture.ComponentCount; k++)
            {
                sums.Weights[k] += weight * shares[k + 1];
                AddMoments(sums, k, row, weight * shares[k + 1]);
            }
        }

        return sums;
    }

    private static void AddMoments(SufficientStatistics sums, int component, double[] row, double weight)
    {
        double[] difference = [.. row.Select((value, j) => value - sums.Centres[(component * row.Length) + j])];
        int place = component * sums.ScatterLength;
        for (int i = 0; i < row.Length; i++)
        {
            sums.FirstMoments[(component * row.Length) + i] += weight * difference[i];
            for (int j = sums.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
            {
                sums.Scatters[place++] += weight * difference[i] * difference[j];
            }
        }
    }

    private static void AssertClose(SufficientStatistics expected, SufficientStatistics actual)
    {
        Assert.Equal(expected.TotalWeight, actual.TotalWeight);
        Close.Relative(expected.LogLikelihood, actual.LogLikelihood, 1e-12, "log-likelihood");
        Close.Absolute(expected.Entropy, actual.Entropy, 1e-11 * (1 + expected.Entropy), "entropy");
        Close.Relative(expected.BackgroundWeight, actual.BackgroundWeight, 1e-11, "weight of the background");
        Close.AllRelative(expected.Weights, actual.Weights, 1e-11, "weights");
        Close.AllRelative(expected.FirstMoments, actual.FirstMoments, 1e-10, "first moments");
        Close.AllRelative(expected.Scatters, actual.Scatters, 1e-10, "scatters");
    }

    private static void AssertSame(SufficientStatistics expected, SufficientStatistics actual)
    {
        Assert.Equal(expected.LogLikelihood, actual.LogLikelihood);
        Assert.Equal(expected.BackgroundWeight, actual.BackgroundWeight);
        Assert.Equal(expected.Scatters, actual.Scatters);
    }
}
