using System;
using System.Linq;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Gaps;
using GmmTools.Sampling;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>Fits of multivariate t to rows with gaps, against the density of what was observed and against rows completed one by one.</summary>
public sealed class StudentGapTests
{
    public static TheoryData<CovarianceModel> Models() => [.. CovarianceModels.All];

    /// <summary>Nothing of EM is in the log-likelihood, and at a maximum no parameter raises it.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    public void A_fit_is_a_stationary_point_of_what_was_observed(int componentCount, bool common)
    {
        double[,] rows = Gaps.Punch(NoisyFaithful.Rows, 0.2, 7);
        EmFit fit = new EmEstimator(new EmOptions
        {
            ComponentCount = componentCount,
            Tail = Tail.Student,
            CommonDegreesOfFreedom = common,
            Tolerance = 0,
            MaxIteration = 3000,
        }).Fit(Gaps.Collect(rows));
        MixtureParameters mixture = fit.Mixture.Parameters;
        double height = LogLikelihood(mixture, rows);
        Close.Relative(height, fit.LogLikelihood, 1e-12, "log-likelihood");
        Assert.All(mixture.DegreesOfFreedom!, number => Assert.InRange(number, 2, 199));

        // each parameter in units of its standard deviation
        double[] slopes =
        [
            .. Enumerable.Range(0, mixture.Means.Length).Select(i => Slope((m, h) => m.Means[i] += h * Math.Sqrt(m.Covariance(i / 2, i % 2, i % 2)))),
            .. Enumerable.Range(0, componentCount).SelectMany(k => new[]
            {
                Slope((m, h) => m.Covariances[3 * k] *= 1 + h),
                Slope((m, h) => m.Covariances[(3 * k) + 1] += h * Math.Sqrt(m.Covariance(k, 0, 0) * m.Covariance(k, 1, 1))),
                Slope((m, h) => m.Covariances[(3 * k) + 2] *= 1 + h),
            }),
        ];
        Assert.All(slopes, slope => Close.Absolute(0, slope, 1e-2, "slope of the log-likelihood"));
        for (int k = 0; k < componentCount; k++)
        {
            double slope = Slope((m, h) => m.DegreesOfFreedom = [.. m.DegreesOfFreedom!.Select((number, j) => number * (j == k || common ? 1 + h : 1))]);

            // fewer than 2 are not estimated
            Close.Absolute(0, mixture.DegreesOfFreedom![k] > 2 ? slope : Math.Max(0, slope), 1e-2, "slope in degrees of freedom");
        }

        double Slope(Action<MixtureParameters, double> move)
        {
            const double Step = 1e-4;
            MixtureParameters up = mixture.Clone(), down = mixture.Clone(), far = mixture.Clone();
            move(up, Step);
            move(down, -Step);
            move(far, 0.1);
            Assert.True(LogLikelihood(far, rows) < height);
            return (LogLikelihood(up, rows) - LogLikelihood(down, rows)) / (2 * Step);
        }
    }

    /// <summary>Of 12 columns nearly every row lacks others and goes by itself; of 3 there are few patterns.</summary>
    [Theory]
    [InlineData(3, CovarianceShape.Full, false)]
    [InlineData(3, CovarianceShape.Diagonal, true)]
    [InlineData(12, CovarianceShape.Full, false)]
    [InlineData(12, CovarianceShape.Full, true)]
    [InlineData(12, CovarianceShape.Diagonal, false)]
    public void The_statistics_are_those_of_rows_completed_one_by_one(int dimension, CovarianceShape shape, bool weighted)
    {
        MixtureParameters mixture = Overlapping(dimension, [3, 12, 80]).ToShape(shape);
        mixture.TryFactorize();
        double[,] rows = Draw(dimension, 400);
        double[]? weights = weighted ? [.. Enumerable.Range(0, 400).Select(i => 0.5 + (i % 3))] : null;
        PartialObservations observations = Assert.IsType<PartialObservations>(Gaps.Collect(rows, weights));
        Assert.InRange(observations.PatternCount, dimension == 12 ? 200 : 4, dimension == 12 ? 400 : 8);
        SufficientStatistics actual = Compute(observations, mixture, 2);
        AssertClose(CompleteRowByRow(mixture, rows, weights), actual);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    public void The_number_of_threads_does_not_change_a_bit(int dimension)
    {
        IObservations observations = Gaps.Collect(Draw(dimension, 4000));
        MixtureParameters mixture = Overlapping(dimension, [3, 12, 80]);
        SufficientStatistics one = Compute(observations, mixture, 1);
        SufficientStatistics three = Compute(observations, mixture, 3);
        Assert.Equal(one.LogLikelihood, three.LogLikelihood);
        Assert.Equal(one.Scatters, three.Scatters);
        Assert.Equal(one.MomentWeights, three.MomentWeights);
        Assert.Equal(one.LogMomentWeights, three.LogMomentWeights);
    }

    [Fact]
    public void Rows_without_gaps_among_others_are_those_of_a_table_without_gaps()
    {
        double[,] rows = TestData.Draw(300, 3, 3, 5, 3);
        double[,] more = new double[301, 3];
        Array.Copy(rows, more, rows.Length);
        (more[300, 0], more[300, 1], more[300, 2]) = (1, double.NaN, double.NaN);

        // a row that weighs nothing has the only gaps
        double[] weights = [.. Enumerable.Repeat(1.0, 300), 1e-300];
        PartialObservations partial = Assert.IsType<PartialObservations>(Gaps.Collect(more, weights));
        MixtureParameters mixture = Overlapping(3, [3, 12, 80]);
        AssertClose(Compute(TestData.Observations(rows), mixture, 1), Compute(partial, mixture, 1));
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void The_observed_log_likelihood_never_falls(CovarianceModel model)
    {
        foreach (double[,] data in new[] { NoisyFaithful.Rows, TestData.Iris })
        {
            foreach (AccelerationMethod method in new[] { AccelerationMethod.None, AccelerationMethod.Anderson })
            {
                EmFit fit = new EmEstimator(new EmOptions
                {
                    ComponentCount = 2,
                    Tail = Tail.Student,
                    CovarianceModel = model,
                    Acceleration = method,
                    CommonDegreesOfFreedom = data == TestData.Iris,
                    MaxIteration = 200,
                    Tolerance = 0,
                }).Fit(Gaps.Collect(Gaps.Punch(data, 0.15, 17)));
                Assert.True(fit.LogLikelihoodTrace.Count > 50);
                for (int i = 1; i < fit.LogLikelihoodTrace.Count; i++)
                {
                    Close.AtLeast(fit.LogLikelihoodTrace[i - 1], fit.LogLikelihoodTrace[i], 1e-10 * Math.Abs(fit.LogLikelihood), $"{method}, iteration {i}");
                }
            }
        }
    }

    [Theory]
    [InlineData(CovarianceModel.VVV)]
    [InlineData(CovarianceModel.EEE)]
    [InlineData(CovarianceModel.VVI)]
    public void Many_degrees_of_freedom_are_normal_components(CovarianceModel model)
    {
        IObservations rows = Gaps.Collect(Gaps.Punch(TestData.Iris, 0.15, 3));
        GaussianMixture start = GaussianMixture.Create(
            [0.3, 0.7],
            [[5, 3.4, 1.4, 0.2], [6.3, 2.9, 4.9, 1.7]],
            [Starts.Diagonal(0.1, 0.1, 0.05, 0.02), Starts.Diagonal(0.4, 0.1, 0.6, 0.2)]);
        EmOptions options = new() { ComponentCount = 2, CovarianceModel = model, InitialMixture = start, Tolerance = 1e-13 };
        EmFit normal = new EmEstimator(options).Fit(rows);
        (options.Tail, options.DegreesOfFreedom) = (Tail.Student, [1e10]);
        EmFit student = new EmEstimator(options).Fit(rows);
        Close.Absolute(normal.LogLikelihood, student.LogLikelihood, 1e-5, "log-likelihood");
        Close.AllRelative([.. normal.Mixture.Components[0].Mean], [.. student.Mixture.Components[0].Mean], 1e-5, "means");
        Close.AllRelative(normal.Mixture.Parameters.Covariances, student.Mixture.Parameters.Covariances, 1e-4, "covariances");
    }

    [Fact]
    public void A_fit_to_many_patterns_is_that_of_the_tails_that_the_rows_have()
    {
        GaussianMixture truth = GaussianMixture.Create(
            [1], [new double[12]], [Starts.Diagonal([.. Enumerable.Repeat(1.0, 12)])], degreesOfFreedom: [5]);
        double[,] rows = Gaps.Punch(new MixtureSampler(truth, 8).DrawMatrix(2_000), 0.2, 9);
        EmFit fit = new EmEstimator(new EmOptions { Tail = Tail.Student }).Fit(Gaps.Collect(rows));
        Assert.InRange(fit.Mixture.Components[0].DegreesOfFreedom!.Value, 4, 6.5);
    }

    [Fact]
    public void A_fit_that_is_interrupted_goes_on_to_the_same_bits()
    {
        IObservations rows = Gaps.Collect(Gaps.Punch(NoisyFaithful.Rows, 0.1, 3));
        EmOptions options = new() { ComponentCount = 3, Tail = Tail.Student };
        EmFit expected = new EmEstimator(options).Fit(rows);
        using Interruptions interruptions = new();
        EmFit fit = interruptions.Fit(rows, options, 25);
        Assert.True(interruptions.PartCount > 3);
        Interruptions.AssertSame(expected, fit);
    }

    [Fact]
    public void A_gap_of_the_least_probable_row_is_filled_by_the_component_that_has_it()
    {
        // normal components would give the row to the second one, whose tails are light
        GaussianMixture mixture = GaussianMixture.Create(
            [0.5, 0.5], [[0, -5], [0, 5]], [Starts.Diagonal(1, 1), Starts.Diagonal(1.5, 1)], degreesOfFreedom: [2, 1e6]);
        IObservations rows = Gaps.Collect(new double[,] { { 0.1, 4 }, { 12, double.NaN }, { 0.2, -4 } });
        double[] row = Assert.Single(rows.FindLeastProbable(mixture.Parameters, 1, 1, CancellationToken.None)).Values;
        Assert.Equal(12, row[0]);
        Close.Absolute(-5, row[1], 1e-6, "what is expected in the gap");
    }

    private static double[,] Draw(int dimension, int count) => Gaps.Punch(TestData.Draw(count, 3, dimension, 5, 3), 0.2, 6);

    private static MixtureParameters Overlapping(int dimension, double[] degreesOfFreedom)
    {
        double[][] means = [.. Enumerable.Range(0, 3).Select(k => Enumerable.Range(0, dimension).Select(j => k * ((j % 3) - 0.5)).ToArray())];
        double[][,] covariances = [.. Enumerable.Range(0, 3).Select(k =>
        {
            double[,] covariance = new double[dimension, dimension];
            for (int i = 0; i < dimension * dimension; i++)
            {
                covariance[i / dimension, i % dimension] = (k + 1) * Math.Pow(0.4, Math.Abs((i / dimension) - (i % dimension)));
            }

            return covariance;
        })];
        return GaussianMixture.Create([0.5, 0.3, 0.2], means, covariances, degreesOfFreedom: degreesOfFreedom).Parameters;
    }

    private static void AssertClose(SufficientStatistics expected, SufficientStatistics actual)
    {
        Close.Relative(expected.LogLikelihood, actual.LogLikelihood, 1e-12, "log-likelihood");
        Close.AllRelative(expected.Weights, actual.Weights, 1e-11, "weights");
        Close.AllRelative(expected.MomentWeights, actual.MomentWeights, 1e-11, "weights in the moments");
        Close.AllRelative(expected.LogMomentWeights, actual.LogMomentWeights, 1e-11, "logarithms of weights");
        Close.AllRelative(expected.FirstMoments, actual.FirstMoments, 1e-11, "first moments");
        Close.AllRelative(expected.Scatters, actual.Scatters, 1e-11, "scatters");
    }

    private static SufficientStatistics Compute(IObservations observations, MixtureParameters mixture, int threads)
    {
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape, FurtherSums.MomentWeights);
        using IExpectationStep step = observations.PrepareExpectation(mixture.ComponentCount, mixture.Shape, threads);
        step.Compute(mixture, statistics, CancellationToken.None);
        return statistics;
    }

    /// <summary>The sums as they are defined, with inverse matrices.</summary>
    private static SufficientStatistics CompleteRowByRow(MixtureParameters mixture, double[,] rows, double[]? weights)
    {
        int dimension = mixture.Dimension;
        SufficientStatistics statistics = new(mixture.ComponentCount, dimension, mixture.Shape, FurtherSums.MomentWeights);
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            double[] row = TestData.Row(rows, i);
            int[] observed = [.. Enumerable.Range(0, dimension).Where(j => !double.IsNaN(row[j]))];
            int[] missing = [.. Enumerable.Range(0, dimension).Except(observed)];
            if (observed.Length == 0)
            {
                continue;
            }

            double weight = weights?[i] ?? 1;
            double[] terms = Terms(mixture, row, observed);
            double sum = terms.Sum(Math.Exp);
            statistics.LogLikelihood += weight * Math.Log(sum);
            for (int k = 0; k < terms.Length; k++)
            {
                double share = weight * Math.Exp(terms[k]) / sum;
                double nu = mixture.DegreesOfFreedom![k];
                Vector<double> known = Difference(mixture, k, row, observed);
                Matrix<double> inverse = Part(mixture, k, observed, observed).Inverse();
                double distance = known * inverse * known;
                double u = (nu + observed.Length) / (nu + distance);
                statistics.Weights[k] += share;
                statistics.MomentWeights[k] += share * u;
                statistics.LogMomentWeights[k] +=
                    share * (SpecialFunctions.DiGamma(0.5 * (nu + observed.Length)) - Math.Log(0.5 * (nu + distance)) - u);
                Vector<double> whole = Vector<double>.Build.Dense(dimension);
                Matrix<double> conditional = Matrix<double>.Build.Dense(dimension, dimension);
                Matrix<double>? regression = missing.Length > 0 ? Part(mixture, k, missing, observed) * inverse : null;
                Matrix<double>? rest = regression is null ? null : Part(mixture, k, missing, missing) - (regression * Part(mixture, k, observed, missing));
                for (int a = 0; a < dimension; a++)
                {
                    int place = Array.IndexOf(missing, a);
                    whole[a] = place < 0 ? known[Array.IndexOf(observed, a)] : (regression! * known)[place];
                    for (int b = 0; place >= 0 && b < missing.Length; b++)
                    {
                        conditional[a, missing[b]] = rest![place, b];
                    }
                }

                int entry = k * statistics.ScatterLength;
                for (int a = 0; a < dimension; a++)
                {
                    statistics.FirstMoments[(k * dimension) + a] += share * u * whole[a];
                    for (int b = mixture.Shape == CovarianceShape.Full ? 0 : a; b <= a; b++)
                    {
                        statistics.Scatters[entry++] += share * ((u * whole[a] * whole[b]) + conditional[a, b]);
                    }
                }
            }
        }

        return statistics;
    }

    private static double LogLikelihood(MixtureParameters mixture, double[,] rows)
    {
        double sum = 0;
        for (int i = 0; i < rows.GetLength(0); i++)
        {
            double[] row = TestData.Row(rows, i);
            int[] observed = [.. Enumerable.Range(0, row.Length).Where(j => !double.IsNaN(row[j]))];
            sum += observed.Length == 0 ? 0 : Math.Log(Terms(mixture, row, observed).Sum(Math.Exp));
        }

        return sum;
    }

    /// <summary>log wₖ and the log-density of t in the columns that a row has, as a table of distributions has it.</summary>
    private static double[] Terms(MixtureParameters mixture, double[] row, int[] observed) =>
    [
        .. Enumerable.Range(0, mixture.ComponentCount).Select(k =>
        {
            double nu = mixture.DegreesOfFreedom![k];
            Matrix<double> scale = Part(mixture, k, observed, observed);
            Vector<double> difference = Difference(mixture, k, row, observed);
            double half = 0.5 * (nu + observed.Length);
            return Math.Log(mixture.Weights[k]) + SpecialFunctions.GammaLn(half) - SpecialFunctions.GammaLn(0.5 * nu)
                - (0.5 * ((observed.Length * Math.Log(nu * Math.PI)) + Math.Log(scale.Determinant())))
                - (half * Math.Log(1 + ((difference * scale.Inverse() * difference) / nu)));
        }),
    ];

    private static Vector<double> Difference(MixtureParameters mixture, int k, double[] row, int[] columns) =>
        Vector<double>.Build.Dense([.. columns.Select(j => row[j] - mixture.Means[(k * mixture.Dimension) + j])]);

    private static Matrix<double> Part(MixtureParameters mixture, int k, int[] left, int[] right) =>
        Matrix<double>.Build.Dense(left.Length, right.Length, (i, j) => mixture.Covariance(k, left[i], right[j]));
}
