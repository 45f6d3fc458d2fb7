using System;
using System.Linq;
using System.Text;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Estimation.Updating;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Serialization;
using Xunit;

namespace GmmTools.Core.Tests.Estimation.Updating;

/// <summary>An update is of the same model again, whichever way the fit came.</summary>
public sealed class UpdatedModelTests
{
    public static TheoryData<bool, bool> Ways() => new() { { false, false }, { true, false }, { false, true } };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Fixed_weights_stay_fixed(bool saved, bool stepwise)
    {
        EmFit fit = Fit(Part(TestData.Faithful, 0, 150), new EmOptions { ComponentCount = 2, FixedWeights = [0.3, 0.7] });
        EmFit updated = Update(fit, Part(TestData.Faithful, 150, 122), saved, stepwise);
        Assert.Equal([0.7, 0.3], updated.Mixture.Components.Select(component => component.Weight));
        Assert.Equal(fit.ParameterCount, updated.ParameterCount);
        Assert.Equal(updated.Mixture.ParameterCount - 1, updated.ParameterCount);

        // and once more, since an update makes options of options
        Assert.Equal([0.7, 0.3], Update(updated, Part(TestData.Faithful, 0, 9), saved, stepwise).Mixture.Components.Select(component => component.Weight));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_penalised_fit_of_one_component_is_that_of_all_rows(bool saved)
    {
        EmOptions options = new() { Prior = true };
        EmFit whole = Fit(TestData.Observations(TestData.Faithful), options);
        AssertClose(whole, Update(Fit(Part(TestData.Faithful, 0, 12), options), Part(TestData.Faithful, 12, 260), saved, false), 1e-9);
    }

    [Theory]
    [InlineData(CovarianceModel.VVV)]
    [InlineData(CovarianceModel.EEE)]
    [InlineData(CovarianceModel.VVI)]
    public void A_penalised_fit_of_clusters_that_stand_apart_is_that_of_all_rows(CovarianceModel model)
    {
        double[,] rows = Apart();
        EmOptions options = new() { ComponentCount = 2, CovarianceModel = model, Prior = true };
        EmFit fit = Fit(Part(rows, 0, 24), options);
        EmFit updated = Update(fit, Part(rows, 24, 24), saved: true, stepwise: false);
        AssertClose(Fit(TestData.Observations(rows), options), updated, 1e-6);

        // the plain fit is another one
        EmFit plain = Fit(TestData.Observations(rows), new EmOptions { ComponentCount = 2, CovarianceModel = model });
        Assert.True(Math.Abs(plain.Mixture.Components[0].Covariance[0, 0] - updated.Mixture.Components[0].Covariance[0, 0]) > 1e-3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void All_that_makes_the_model_is_kept(bool saved)
    {
        EmOptions options = FitOptionsTests.Unusual();
        EmFit updated = Update(Fit(Part(TestData.Faithful, 0, 150), options), Part(TestData.Faithful, 150, 122), saved, false);
        Assert.Equal(
            (1e-4, true, CollapsePolicy.Stop, AccelerationMethod.None, true, 5UL, CovarianceModel.VVI),
            (updated.Options.CovarianceFloor, updated.Options.Prior, updated.Options.CollapsePolicy, updated.Options.Acceleration, updated.Options.Standardize, updated.Options.Seed, updated.Options.CovarianceModel));

        // how long to go on is a matter of the update
        Assert.Equal((10_000, 1e-8, null), (updated.Options.MaxIteration, updated.Options.Tolerance, updated.Options.TimeLimit));
        Assert.Equal(3, Update(updated, Part(TestData.Faithful, 0, 9), new UpdateOptions { MaxIteration = 3, Tolerance = 0 }).Options.MaxIteration);
    }

    [Theory]
    [InlineData(CollapsePolicy.Reseed, 2, StopReason.Converged)]
    [InlineData(CollapsePolicy.Drop, 1, StopReason.Converged)]
    [InlineData(CollapsePolicy.Stop, 2, StopReason.Collapsed)]
    public void A_component_that_starves_is_dealt_with_as_the_fit_says(CollapsePolicy policy, int components, StopReason reason)
    {
        double[,] rows = Apart();
        EmFit fit = Fit(TestData.Observations(rows), new EmOptions { ComponentCount = 2, CollapsePolicy = policy });
        int[] near = [.. Enumerable.Range(0, 48).Where(i => rows[i, 0] < 50)];
        EmFit updated = Update(
            Saved(fit), TestData.Observations(TestData.Pick(rows, near)), new UpdateOptions { ForgettingFactor = 0.001 });
        Assert.Equal((components, reason), (updated.ComponentCount, updated.StopReason));
        Assert.Equal(policy, updated.Options.CollapsePolicy);
        Assert.Equal(near.Length + (48 * 0.001), updated.Statistics!.Weights.Sum(), 1e-9);

        // what is left is a fit that goes on
        Assert.Equal(components, Update(updated, TestData.Observations(TestData.Pick(rows, near)), new UpdateOptions()).ComponentCount);
    }

    [Theory]
    [InlineData(0.1, StopReason.Collapsed)]
    [InlineData(1e-10, StopReason.Converged)]
    public void The_floor_of_a_fit_holds_in_its_updates(double floor, StopReason expected)
    {
        double[,] rows = Column(Apart());
        EmFit fit = Fit(TestData.Observations(rows), new EmOptions { ComponentCount = 2, CovarianceFloor = floor, CollapsePolicy = CollapsePolicy.Stop });

        // of the second cluster a few rows a thousand times closer together, beside which the old ones count for little
        double[,] narrow = TestData.Map(
            TestData.Pick(rows, [.. Enumerable.Range(0, 48).Where(i => i < 9 || rows[i, 0] < 50)]),
            (value, _) => value < 50 ? value : 100 + ((value - 100) * 0.001));
        EmFit updated = Update(Saved(fit), TestData.Observations(narrow), new UpdateOptions { ForgettingFactor = 1e-3 });
        Assert.Equal(expected, updated.StopReason);
        Assert.Equal(floor, updated.Options.CovarianceFloor);
    }

    [Fact]
    public void Batches_are_steps_that_do_not_warn_of_convergence()
    {
        EmFit fit = Fit(Part(TestData.Faithful, 0, 150), new EmOptions { ComponentCount = 2 });
        InMemoryObservations rows = Part(TestData.Faithful, 150, 122);
        UpdateOptions options = new() { MaxIteration = 1, Tolerance = 1e-12 };
        Assert.Contains("Not converged", Assert.Single(Update(fit, rows, options).Warnings), StringComparison.Ordinal);
        options.ExpectsConvergence = false;
        Assert.Empty(Update(fit, rows, options).Warnings);
    }

    /// <summary>48 rows of two clusters a hundred standard deviations apart.</summary>
    private static double[,] Apart()
    {
        SplitMix64 random = new(7);
        double[,] rows = new double[48, 2];
        for (int i = 0; i < 48; i++)
        {
            for (int j = 0; j < 2; j++)
            {
                rows[i, j] = (i % 3 == 0 ? 100 : 0) + random.NextNormal();
            }
        }

        return rows;
    }

    private static double[,] Column(double[,] rows) =>
        TestData.Column([.. Enumerable.Range(0, rows.GetLength(0)).Select(i => rows[i, 0])]);

    private static EmFit Fit(IObservations rows, EmOptions options) => new EmEstimator(options).Fit(rows);

    private static EmFit Saved(EmFit fit) => (EmFit)MixtureJsonReader.Read(Encoding.UTF8.GetBytes(MixtureJsonWriter.Write(fit)));

    private static EmFit Update(EmFit fit, InMemoryObservations rows, bool saved, bool stepwise)
    {
        fit = saved ? Saved(fit) : fit;
        return stepwise
            ? Update(fit, rows, new UpdateOptions { MaxIteration = 1, Tolerance = 0, StepExponent = 0.6 })
            : Update(fit, rows, new UpdateOptions());
    }

    private static EmFit Update(EmFit fit, InMemoryObservations rows, UpdateOptions options) =>
        new FitUpdater(options).Update(fit, rows, new RowIntake(rows.Count));

    private static InMemoryObservations Part(double[,] rows, int first, int count) =>
        TestData.Observations(TestData.Pick(rows, [.. Enumerable.Range(first, count)]));

    private static void AssertClose(EmFit expected, EmFit actual, double tolerance)
    {
        MixtureParameters one = expected.Mixture.Parameters;
        MixtureParameters other = actual.Mixture.Parameters;
        Close.AllRelative(one.Weights, other.Weights, tolerance, "weights");
        Close.AllRelative(one.Means, other.Means, tolerance, "means");
        Close.AllRelative(one.Covariances, other.Covariances, tolerance, "covariances");
        Close.Absolute(expected.LogLikelihood, actual.LogLikelihood, 1e-4, "log-likelihood");
    }
}
