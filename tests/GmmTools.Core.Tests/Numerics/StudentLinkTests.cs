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
using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using Xunit;

namespace GmmTools.Core.Tests.Numerics;

/// <summary>Multivariate t in every kernel, against sums over the rows by textbook formulas.</summary>
public sealed class StudentLinkTests
{
    private static readonly double[] Degrees = [1.5, 4, 30, 200, 7.25];

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
        int count = rows.GetLength(0);
        double[]? weights = weighted ? [.. Enumerable.Range(0, count).Select(i => (double)(i % 4))] : null;
        MixtureParameters mixture = Mixture(rows, componentCount, shape);
        SufficientStatistics expected = SumRows(rows, weights, mixture);
        RowChunk chunk = new([.. from j in Enumerable.Range(0, dimension) from i in Enumerable.Range(0, count) select rows[i, j]], count, weights);
        ExpectationKernel[] kernels =
        [
            new ScalarExpectationKernel<StudentLink>(dimension),
            new VectorExpectationKernel<Vector512Operations, Vector512<double>, StudentLink>(componentCount, dimension, shape),
            new VectorExpectationKernel<Vector256Operations, Vector256<double>, StudentLink>(componentCount, dimension, shape),
            new VectorExpectationKernel<Vector128Operations, Vector128<double>, StudentLink>(componentCount, dimension, shape),
        ];
        foreach (ExpectationKernel kernel in kernels)
        {
            SufficientStatistics actual = Empty(mixture);
            kernel.Accumulate(chunk, mixture.Terms, actual);
            AssertClose(expected, actual);
            RowScores scores = new(count, componentCount, true);
            kernel.Score(chunk, mixture.Terms, scores);
            Close.AllRelative([.. Enumerable.Range(0, count).Select(i => LogDensities(mixture, TestData.Row(rows, i), out _).Max())], [.. Enumerable.Range(0, count).Select(i => scores.LogDensities[i] + Math.Log(scores.Probabilities[i]))], 1e-10, "largest log-density");
        }
    }

    [Fact]
    public void Statistics_of_parts_add_up_whatever_the_number_of_threads()
    {
        double[,] rows = TestData.Draw(9000, 3, 4, 6);
        MixtureParameters mixture = Mixture(rows, 3, CovarianceShape.Full);
        SufficientStatistics whole = Compute(TestData.Observations(rows), mixture, 1);
        SufficientStatistics threads = Compute(TestData.Observations(rows), mixture, 3);
        Assert.Equal(whole.Scatters, threads.Scatters);
        Assert.Equal(whole.MomentWeights, threads.MomentWeights);
        Assert.Equal(whole.LogMomentWeights, threads.LogMomentWeights);
        IObservations[] parts = [.. new[] { (0, 2500), (2500, 9000) }.Select(part =>
            TestData.Observations(TestData.Pick(rows, [.. Enumerable.Range(part.Item1, part.Item2 - part.Item1)])))];
        AssertClose(whole, Compute(new CombinedObservations(parts), mixture, 2));
    }

    /// <summary>The statistics are the derivatives of the log-likelihood: Σ⁻¹m for the means, and for ν what the M-step takes to 0.</summary>
    [Fact]
    public void The_statistics_are_the_gradient_of_the_log_likelihood()
    {
        MixtureParameters mixture = Mixture(TestData.Faithful, 2, CovarianceShape.Full);
        InMemoryObservations rows = TestData.Observations(TestData.Faithful);
        SufficientStatistics statistics = Compute(rows, mixture, 1);
        for (int k = 0; k < 2; k++)
        {
            double nu = mixture.DegreesOfFreedom![k];
            double byStatistics = 0.5 * ((statistics.Weights[k] * (Math.Log(0.5 * nu) - SpecialFunctions.DiGamma(0.5 * nu) + 1)) + statistics.LogMomentWeights[k]);
            Close.Relative(Slope(rows, mixture, (moved, step) => moved.DegreesOfFreedom![k] += step, 1e-3), byStatistics, 1e-6, "degrees of freedom");
            for (int j = 0; j < 2; j++)
            {
                double sum = 0;
                for (int a = 0; a < 2; a++)
                {
                    for (int b = 0; b < 2; b++)
                    {
                        double factors = b >= j && b >= a ? mixture.Terms.Factor(k, b, j) * mixture.Terms.Factor(k, b, a) : 0;
                        sum += factors * statistics.FirstMoments[(2 * k) + a];
                    }
                }

                Close.Relative(Slope(rows, mixture, (moved, step) => moved.Means[(2 * k) + j] += step, 1e-4), sum, 1e-5, "mean");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(30)]
    public void The_ratio_is_that_of_gamma_functions(int dimension)
    {
        foreach (double nu in new[] { 0.3, 2, 9.5, 60, 99, 101, 250, 4000 })
        {
            double expected = SpecialFunctions.GammaLn(0.5 * (nu + dimension)) - SpecialFunctions.GammaLn(0.5 * nu) - (0.5 * dimension * Math.Log(0.5 * nu));
            Close.Absolute(expected, StudentDensity.LogRatio(nu, dimension), 1e-10, "ratio");
        }

        // what is left of it where the gamma functions have no digits left: d·(d − 2)/(4ν)
        Close.Relative(dimension * (dimension - 2) / 4e12, StudentDensity.LogRatio(1e12, dimension), dimension == 2 ? 0 : 1e-9, "ratio");
    }

    [Fact]
    public void One_column_is_the_t_distribution()
    {
        MixtureParameters mixture = new(1, 1, CovarianceShape.Full) { DegreesOfFreedom = [3.5] };
        (mixture.Weights[0], mixture.Means[0], mixture.Covariances[0]) = (1, 2, 9);
        MixtureScorer scorer = new(new GaussianMixture(mixture));
        StudentT expected = new(2, 3, 3.5);
        foreach (double x in new[] { -1e6, -4, 0, 2, 2.1, 77, 1e9 })
        {
            Close.Relative(expected.DensityLn(x), scorer.Score([x]), 1e-13, "log-density");
        }
    }

    [Fact]
    public void A_row_is_its_known_columns_and_the_others_given_these()
    {
        GaussianMixture mixture = new(Mixture(TestData.Iris, 3, CovarianceShape.Full));
        GaussianMixture part = mixture.Marginal([1, 3]);
        MixtureScorer whole = new(mixture);
        MixtureScorer known = new(part);
        for (int i = 0; i < 150; i += 7)
        {
            double[] row = TestData.Row(TestData.Iris, i);
            MixtureScorer rest = new(mixture.Conditional([1, 3], [row[1], row[3]]));
            Close.Relative(whole.Score(row), known.Score([row[1], row[3]]) + rest.Score([row[0], row[2]]), 1e-11, "log-density");
            Close.Relative(known.Score([row[1], row[3]]), whole.Score([double.NaN, row[1], double.NaN, row[3]]), 1e-11, "known columns");
        }
    }

    private static double Slope(InMemoryObservations rows, MixtureParameters mixture, Action<MixtureParameters, double> move, double step)
    {
        double[] values = [.. new[] { -step, step }.Select(signed =>
        {
            MixtureParameters moved = mixture.Clone();
            move(moved, signed);
            Assert.Equal(-1, moved.TryFactorize());
            return Compute(rows, moved, 1).LogLikelihood;
        })];
        return (values[1] - values[0]) / (2 * step);
    }

    private static MixtureParameters Mixture(double[,] rows, int componentCount, CovarianceShape shape)
    {
        MixtureParameters mixture = Starts.Spread(rows, componentCount).Parameters.ToShape(shape);
        mixture.DegreesOfFreedom = [.. Degrees.Take(componentCount)];
        Assert.Equal(-1, mixture.TryFactorize());
        return mixture;
    }

    private static SufficientStatistics Empty(MixtureParameters mixture)
    {
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape, FurtherSums.MomentWeights);
        statistics.Clear(mixture.Means);
        return statistics;
    }

    private static SufficientStatistics Compute(IObservations rows, MixtureParameters mixture, int threads)
    {
        SufficientStatistics statistics = Empty(mixture);
        using IExpectationStep step = rows.PrepareExpectation(mixture.ComponentCount, mixture.Shape, threads);
        step.Compute(mixture, statistics, CancellationToken.None);
        return statistics;
    }

    /// <summary>log wₖ·t(x), and the squared distances.</summary>
    private static double[] LogDensities(MixtureParameters mixture, double[] row, out double[] distances)
    {
        int d = mixture.Dimension;
        double[] squares = new double[mixture.ComponentCount];
        double[] logs = new double[mixture.ComponentCount];
        for (int k = 0; k < logs.Length; k++)
        {
            double nu = mixture.DegreesOfFreedom![k];
            for (int i = 0; i < d; i++)
            {
                double z = 0;
                for (int j = mixture.Shape == CovarianceShape.Full ? 0 : i; j <= i; j++)
                {
                    z += mixture.Terms.Factor(k, i, j) * (row[j] - mixture.Means[(k * d) + j]);
                }

                squares[k] += z * z;
            }

            logs[k] = Math.Log(mixture.Weights[k]) + SpecialFunctions.GammaLn(0.5 * (nu + d)) - SpecialFunctions.GammaLn(0.5 * nu)
                - (0.5 * d * Math.Log(nu * Math.PI)) - (0.5 * mixture.LogDeterminant(k)) - (0.5 * (nu + d) * Math.Log(1 + (squares[k] / nu)));
        }

        distances = squares;
        return logs;
    }

    private static SufficientStatistics SumRows(double[,] rows, double[]? weights, MixtureParameters mixture)
    {
        int d = mixture.Dimension;
        SufficientStatistics sums = Empty(mixture);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            double weight = weights?[i] ?? 1;
            double[] row = TestData.Row(rows, i);
            double[] logs = LogDensities(mixture, row, out double[] distances);
            double sum = logs.Sum(Math.Exp);
            sums.TotalWeight += weight;
            sums.LogLikelihood += weight * Math.Log(sum);
            for (int k = 0; k < logs.Length; k++)
            {
                double r = weight * Math.Exp(logs[k]) / sum;
                double nu = mixture.DegreesOfFreedom![k];
                double u = (nu + d) / (nu + distances[k]);
                sums.Entropy -= r > 0 ? r * Math.Log(r / weight) : 0;
                sums.Weights[k] += r;
                sums.MomentWeights[k] += r * u;
                sums.LogMomentWeights[k] += r * (SpecialFunctions.DiGamma(0.5 * (nu + d)) - Math.Log(0.5 * (nu + distances[k])) - u);
                int place = k * sums.ScatterLength;
                for (int a = 0; a < d; a++)
                {
                    double shift = row[a] - mixture.Means[(k * d) + a];
                    sums.FirstMoments[(k * d) + a] += r * u * shift;
                    for (int b = mixture.Shape == CovarianceShape.Full ? 0 : a; b <= a; b++)
                    {
                        sums.Scatters[place++] += r * u * shift * (row[b] - mixture.Means[(k * d) + b]);
                    }
                }
            }
        }

        return sums;
    }

    private static void AssertClose(SufficientStatistics expected, SufficientStatistics actual)
    {
        Close.Relative(expected.LogLikelihood, actual.LogLikelihood, 1e-11, "log-likelihood");
        Close.Absolute(expected.Entropy, actual.Entropy, 1e-8 * expected.TotalWeight, "entropy");
        Close.Relative(expected.TotalWeight, actual.TotalWeight, 1e-13, "total weight");
        Close.AllRelative(expected.Weights, actual.Weights, 1e-10, "weights");
        Close.AllRelative(expected.MomentWeights, actual.MomentWeights, 1e-10, "weights in the moments");
        Close.AllRelative(expected.LogMomentWeights, actual.LogMomentWeights, 1e-10, "logarithms of the weights");
        Close.AllRelative(expected.FirstMoments, actual.FirstMoments, 1e-8, "first moments");
        Close.AllRelative(expected.Scatters, actual.Scatters, 1e-8, "scatters");
    }
}
