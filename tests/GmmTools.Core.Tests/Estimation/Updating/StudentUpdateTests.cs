using System.Linq;
using System.Text;
using System.Threading;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Updating;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Observations.Views;
using GmmTools.Sampling;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.Updating;

/// <summary>Fits of multivariate t that go on with new rows.</summary>
public sealed class StudentUpdateTests
{
    /// <summary>Of 3 components and 3 columns with 5 degrees of freedom; no two equal rows.</summary>
    private static readonly double[,] Rows = new MixtureSampler(
        GaussianMixture.Create(
            [0.5, 0.3, 0.2],
            [[0, 0, 0], [6, 0, 3], [0, 7, -4]],
            [Starts.Diagonal(1, 2, 1), Starts.Diagonal(2, 1, 1), Starts.Diagonal(1, 1, 2)],
            degreesOfFreedom: [4, 6, 15]),
        4).DrawMatrix(3_000);

    [Theory]
    [InlineData(CovarianceShape.Full, 0)]
    [InlineData(CovarianceShape.Diagonal, 0)]
    [InlineData(CovarianceShape.Full, 0.2)]
    public void Statistics_of_earlier_rows_are_as_good_as_the_rows_under_their_own_mixture(CovarianceShape shape, double gaps)
    {
        MixtureParameters mixture = GaussianMixture.Create(
            [0.6, 0.4],
            [[1, 0, 0], [3, 4, 0]],
            [Starts.Diagonal(4, 3, 4), Starts.Diagonal(2, 9, 4)],
            degreesOfFreedom: [3, 20]).Parameters.ToShape(shape);
        mixture.TryFactorize();
        double[,] rows = gaps > 0 ? Gaps.Punch(Rows, gaps, 2) : Rows;
        SufficientStatistics past = Compute(Gaps.Part(rows, 0, 2000), mixture);
        SufficientStatistics whole = Compute(Gaps.Part(rows, 0, 3000), mixture);
        SufficientStatistics actual = Compute(new ExtendedObservations(Gaps.Part(rows, 2000, 1000), past, 2000, mixture), mixture);
        Close.Relative(whole.LogLikelihood, actual.LogLikelihood, 1e-12, "log-likelihood");
        Close.Relative(whole.Entropy, actual.Entropy, 1e-10, "entropy");
        Close.AllRelative(whole.MomentWeights, actual.MomentWeights, 1e-12, "weights in the moments");
        Close.AllRelative(whole.LogMomentWeights, actual.LogMomentWeights, 1e-12, "logarithms of weights");
        Close.AllRelative(whole.Scatters, actual.Scatters, 1e-11, "scatters");
    }

    [Theory]
    [InlineData(CovarianceModel.VVV, false, false)]
    [InlineData(CovarianceModel.VVV, true, true)]
    [InlineData(CovarianceModel.EEE, true, false)]
    [InlineData(CovarianceModel.VEI, false, true)]
    public void What_an_update_maximises_never_falls_and_ends_near_the_fit_of_all_rows(CovarianceModel model, bool common, bool gaps)
    {
        double[,] rows = gaps ? Gaps.Punch(Rows, 0.1, 5) : Rows;
        EmOptions options = new() { ComponentCount = 3, CovarianceModel = model, Tail = Tail.Student, CommonDegreesOfFreedom = common };
        EmFit whole = new EmEstimator(options).Fit(Gaps.Part(rows, 0, 3000));
        EmFit fit = new EmEstimator(options).Fit(Gaps.Part(rows, 0, 2000));
        EmFit updated = Update(fit, Gaps.Part(rows, 2000, 1000), new UpdateOptions());

        // it begins with what the earlier rows had, and the new ones have under the same mixture
        double begin = fit.LogLikelihood + Gaps.LogLikelihood(fit.Mixture, Gaps.Part(rows, 2000, 1000));
        Close.Relative(begin, updated.LogLikelihoodTrace[0], 1e-10, "the first log-likelihood");
        Assert.True(updated.LogLikelihoodTrace.Count > 2);
        for (int i = 1; i < updated.LogLikelihoodTrace.Count; i++)
        {
            Close.AtLeast(updated.LogLikelihoodTrace[i - 1], updated.LogLikelihoodTrace[i], 1e-10 * -begin, $"iteration {i}");
        }

        double before = Gaps.LogLikelihood(fit.Mixture, Gaps.Part(rows, 0, 3000));
        double after = Gaps.LogLikelihood(updated.Mixture, Gaps.Part(rows, 0, 3000));
        Close.AtLeast(whole.LogLikelihood, after, 0.2 * (whole.LogLikelihood - before), "log-likelihood");

        // the bound is one
        Assert.True(updated.LogLikelihood <= after + 1e-6);
        Assert.Equal(Tail.Student, updated.Options.Tail);
        Assert.Equal(fit.ParameterCount, updated.ParameterCount);
        Assert.Equal(whole.RowCount, updated.RowCount);

        // and goes on from there
        EmFit again = Update(updated, Gaps.Part(rows, 0, 500), new UpdateOptions());
        Close.Relative(
            updated.LogLikelihood + Gaps.LogLikelihood(updated.Mixture, Gaps.Part(rows, 0, 500)), again.LogLikelihoodTrace[0], 1e-10, "the first log-likelihood of a second update");
    }

    [Fact]
    public void Many_degrees_of_freedom_are_normal_components()
    {
        EmOptions options = new() { ComponentCount = 3, Tail = Tail.Student, DegreesOfFreedom = [1e9] };
        EmFit student = Update(new EmEstimator(options).Fit(Gaps.Part(Rows, 0, 2000)), Gaps.Part(Rows, 2000, 1000), new UpdateOptions { ForgettingFactor = 0.5 });
        EmFit normal = Update(
            new EmEstimator(new EmOptions { ComponentCount = 3 }).Fit(Gaps.Part(Rows, 0, 2000)), Gaps.Part(Rows, 2000, 1000), new UpdateOptions { ForgettingFactor = 0.5 });
        Close.Absolute(normal.LogLikelihood, student.LogLikelihood, 1e-2, "log-likelihood");
        Close.AllRelative(normal.Mixture.Parameters.Means, student.Mixture.Parameters.Means, 1e-4, "means");
        Assert.All(student.Mixture.Components, component => Assert.Equal(1e9, component.DegreesOfFreedom));
    }

    [Fact]
    public void A_fit_that_was_saved_is_updated_to_the_same_bits()
    {
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 3, Tail = Tail.Student, Standardize = true }).Fit(Gaps.Part(Rows, 0, 1000));
        EmFit copy = (EmFit)MixtureJsonReader.Read(Encoding.UTF8.GetBytes(MixtureJsonWriter.Write(fit)));
        EmFit expected = Update(fit, Gaps.Part(Rows, 1000, 500), new UpdateOptions());
        Interruptions.AssertSame(expected, Update(copy, Gaps.Part(Rows, 1000, 500), new UpdateOptions()));
    }

    [Fact]
    public void Small_batches_of_a_long_stream_end_near_the_fit_of_all_rows()
    {
        EmOptions options = new() { ComponentCount = 3, Tail = Tail.Student, CommonDegreesOfFreedom = true };
        FitUpdater updater = new(new UpdateOptions { StepExponent = 0.6, MaxIteration = 1, Tolerance = 0, ExpectsConvergence = false });
        EmFit fit = new EmEstimator(options).Fit(Gaps.Part(Rows, 0, 300));
        double first = Gaps.LogLikelihood(fit.Mixture, Gaps.Part(Rows, 0, 3000));
        for (int i = 300; i < 3000; i += 100)
        {
            fit = updater.Update(fit, Gaps.Part(Rows, i, 100), new RowIntake(100));
        }

        double whole = new EmEstimator(options).Fit(Gaps.Part(Rows, 0, 3000)).LogLikelihood;
        double last = Gaps.LogLikelihood(fit.Mixture, Gaps.Part(Rows, 0, 3000));
        Assert.True(whole - last < 0.5 * (whole - first), $"{whole - last} of {whole - first} are left");
    }

    [Fact]
    public void Components_that_are_no_more_leave_their_rows_to_others()
    {
        GaussianMixture three = GaussianMixture.Create(
            [0.4, 0.4, 0.2],
            [[0, 0, 0], [6, 0, 3], [0, 7, -4]],
            [Starts.Diagonal(1, 2, 1), Starts.Diagonal(2, 1, 1), Starts.Diagonal(1, 1, 2)],
            degreesOfFreedom: [4, 6, 15]);
        GaussianMixture two = GaussianMixture.Create(
            [0.7, 0.3], [[1, 1, 0], [6, 0, 3]], [Starts.Diagonal(3, 9, 4), Starts.Diagonal(2, 1, 1)], degreesOfFreedom: [5, 9]);
        SufficientStatistics past = Compute(Gaps.Part(Rows, 0, 2000), three.Parameters);
        ExtendedObservations rows = new(Gaps.Part(Rows, 2000, 1000), past, 2000, three.Parameters);
        SufficientStatistics actual = Compute(rows, two.Parameters);
        SufficientStatistics added = Compute(Gaps.Part(Rows, 2000, 1000), two.Parameters);
        Close.Relative(past.Weights.Sum(), actual.Weights.Sum() - added.Weights.Sum(), 1e-12, "weights");
        Close.Relative(past.MomentWeights.Sum(), actual.MomentWeights.Sum() - added.MomentWeights.Sum(), 1e-12, "weights in the moments");
        Close.Relative(past.LogMomentWeights.Sum(), actual.LogMomentWeights.Sum() - added.LogMomentWeights.Sum(), 1e-12, "logarithms of weights");
        Close.Relative(past.Weights[1], actual.Weights[1] - added.Weights[1], 1e-12, "the component that stays");
        Assert.True(actual.LogLikelihood < Gaps.LogLikelihood(two, Gaps.Part(Rows, 0, 3000)));
    }

    [Fact]
    public void Statistics_of_weighed_rows_are_those_of_as_many_rows_with_the_same_means_and_matrices()
    {
        SufficientStatistics statistics = new(1, 1, CovarianceShape.Full, FurtherSums.MomentWeights) { TotalWeight = 10, Entropy = 3 };
        (statistics.Weights[0], statistics.MomentWeights[0], statistics.FirstMoments[0], statistics.Scatters[0], statistics.Centres[0]) = (10, 8, 16, 52, 100);
        SufficientStatistics plain = statistics.Unweighed();

        // a mean of 102, and 52 - 8·2² about it
        Assert.Equal([100.0], plain.Centres);
        Assert.Equal([20.0], plain.FirstMoments);
        Assert.Equal([60.0], plain.Scatters);
        Assert.Equal(3, plain.Entropy);
        Assert.Empty(plain.MomentWeights);
    }

    private static EmFit Update(EmFit fit, IObservations rows, UpdateOptions options) => new FitUpdater(options).Update(fit, rows, new RowIntake(rows.Count));

    private static SufficientStatistics Compute(IObservations observations, MixtureParameters mixture)
    {
        SufficientStatistics statistics = new(mixture.ComponentCount, mixture.Dimension, mixture.Shape, FurtherSums.MomentWeights);
        using IExpectationStep step = observations.PrepareExpectation(mixture.ComponentCount, mixture.Shape, 1);
        step.Compute(mixture, statistics, CancellationToken.None);
        return statistics;
    }
}
