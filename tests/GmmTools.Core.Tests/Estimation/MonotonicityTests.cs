using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using GmmTools.Core.Tests.Support;
using GmmTools.Estimation;
using GmmTools.Estimation.Fitting;
using GmmTools.Mixtures;
using GmmTools.Observations;
using MathNet.Numerics.LinearAlgebra;
using Xunit;

namespace GmmTools.Core.Tests.Estimation;

/// <summary>The log-likelihood never falls along the iterations, whatever the rows, the model and the acceleration.</summary>
public sealed class MonotonicityTests
{
    /// <summary>Rounding of a sum of a few hundred logarithms, relative to the sum of their sizes.</summary>
    private const double Rounding = 1e-10;

    private const double MachineEpsilon = 2.2e-16;

    private static readonly Gen<AccelerationMethod> Methods =
        Gen.Bool.Select(plain => plain ? AccelerationMethod.None : AccelerationMethod.Anderson);

    private static Gen<Problem> Problems { get; } = Problem.Gen(Gen.Int[1, 4], Gen.Int[1, 5], RowKind.Mixture, RowKind.Duplicates);

    [Fact]
    public void The_trace_never_falls_from_a_given_start() =>
        Problems.Select(Methods).Holds((problem, method) =>
        {
            if (!HasDensity(problem))
            {
                return;
            }

            EmFit fit = Fit(problem, new EmOptions
            {
                ComponentCount = problem.ComponentCount,
                CovarianceModel = problem.Model,
                Acceleration = method,
                InitialMixture = Starts.Spread(problem.Rows, problem.ComponentCount, problem.Model is CovarianceModel.EII or CovarianceModel.VII),
            });
            AssertRises(fit.LogLikelihoodTrace, fit.Mixture, problem);
        },
        iter: 600);

    [Fact]
    public void The_trace_never_falls_from_random_starts() =>
        Problems.Select(Methods).Holds((problem, method) =>
        {
            if (!HasDensity(problem))
            {
                return;
            }

            EmFit fit = Fit(problem, new EmOptions
            {
                ComponentCount = problem.ComponentCount,
                CovarianceModel = problem.Model,
                Acceleration = method,
                RestartCount = 2,
            });
            AssertRises(fit.LogLikelihoodTrace, fit.Mixture, problem);
        },
        iter: 60);

    [Theory]
    [InlineData(CovarianceModel.EEE)]
    [InlineData(CovarianceModel.VII)]
    [InlineData(CovarianceModel.VVI)]
    public void The_trace_never_falls_from_a_start_of_another_model(CovarianceModel model)
    {
        EmFit full = new EmEstimator(new EmOptions { ComponentCount = 3, MaxIteration = 3 }).Fit(TestData.Observations(TestData.Iris));
        EmFit fit = new EmEstimator(new EmOptions { ComponentCount = 3, CovarianceModel = model, InitialMixture = full.Mixture })
            .Fit(TestData.Observations(TestData.Iris));
        Assert.True(fit.LogLikelihoodTrace[1] > fit.LogLikelihoodTrace[0]);
        Assert.True(fit.LogLikelihood > fit.LogLikelihoodTrace[0]);
    }

    [Fact]
    public void The_trace_never_falls_from_a_split_component()
    {
        // found by chance: the best run came of a split move, which makes covariances unequal
        Problem problem = new(RowKind.Ties, 200, 2, 5, CovarianceModel.EEE, 15162701);
        EmFit fit = Fit(problem, new EmOptions
        {
            ComponentCount = 5,
            CovarianceModel = CovarianceModel.EEE,
            Acceleration = AccelerationMethod.None,
            RestartCount = 2,
        });
        AssertRises(fit.LogLikelihoodTrace, fit.Mixture, problem);
    }

    [Fact]
    public void The_trace_never_falls_onto_a_high_covariance_floor() =>
        Problems.Select(Methods, Gen.Double[0.001, 0.5]).Holds((problem, method, floor) =>
        {
            if (!HasDensity(problem))
            {
                return;
            }

            EmFit fit = Fit(problem, new EmOptions
            {
                ComponentCount = problem.ComponentCount,
                CovarianceModel = problem.Model,
                Acceleration = method,
                CovarianceFloor = floor,
                InitialMixture = Starts.Spread(problem.Rows, problem.ComponentCount, problem.Model is CovarianceModel.EII or CovarianceModel.VII),
            });
            AssertRises(fit.LogLikelihoodTrace, fit.Mixture, problem);
        },
        iter: 300);

    [Fact]
    public void Single_iterations_in_a_chain_rise_and_equal_one_run() =>
        Problem.Gen(Gen.Int[1, 4], Gen.Int[1, 3], RowKind.Mixture, RowKind.HeavyTails).Holds(problem =>
        {
            const int Count = 8;
            GaussianMixture mixture = Starts.Spread(problem.Rows, problem.ComponentCount, problem.Model is CovarianceModel.EII or CovarianceModel.VII);
            EmFit whole = Fit(problem, Steps(problem, mixture, Count));
            List<double> chain = [];
            for (int i = 0; i < Count; i++)
            {
                EmFit single = Fit(problem, Steps(problem, mixture, 1));
                if (single.CollapseCount > 0 || single.StopReason == StopReason.Collapsed)
                {
                    return;
                }

                Assert.Equal(1, single.IterationCount);
                Assert.Equal(2, single.LogLikelihoodTrace.Count);
                chain.AddRange(i == 0 ? single.LogLikelihoodTrace : single.LogLikelihoodTrace.Skip(1));
                mixture = single.Mixture;
            }

            if (whole.CollapseCount > 0 || whole.StopReason == StopReason.Collapsed)
            {
                return;
            }

            AssertRises(chain, mixture, problem);
            if (problem.Model is CovarianceModel.EVE or CovarianceModel.VVE)
            {
                // common axes are found by turning planes, and the way there depends on the order of the components
                return;
            }

            Assert.Equal(whole.LogLikelihoodTrace.Count, chain.Count);
            for (int i = 0; i < chain.Count; i++)
            {
                Close.Relative(whole.LogLikelihoodTrace[i], chain[i], Rounding, FormattableString.Invariant($"iteration {i} of {problem}"));
            }
        },
        iter: 150);

    private static EmOptions Steps(Problem problem, GaussianMixture start, int count) => new()
    {
        ComponentCount = problem.ComponentCount,
        CovarianceModel = problem.Model,
        Acceleration = AccelerationMethod.None,
        InitialMixture = start,
        MaxIteration = count,
        Tolerance = 0,
    };

    private static EmFit Fit(Problem problem, EmOptions options) => new EmEstimator(options).Fit(TestData.Observations(problem.Rows));

    /// <summary>Whether the rows span their space; ties and duplicates may leave a column constant or dependent.</summary>
    private static bool HasDensity(Problem problem)
    {
        try
        {
            _ = Fit(problem, new EmOptions { CovarianceModel = problem.Model, MaxIteration = 1 });
            return true;
        }
        catch (InvalidObservationException)
        {
            return false;
        }
    }

    internal static void AssertRises(IReadOnlyList<double> trace, GaussianMixture mixture, Problem problem)
    {
        double slack = StorageNoise(mixture, problem);
        for (int i = 1; i < trace.Count; i++)
        {
            Close.AtLeast(
                trace[i - 1], trace[i], slack + (Rounding * (problem.Count + Math.Abs(trace[i - 1]))), FormattableString.Invariant($"iteration {i} of {problem}"));
        }
    }

    /// <summary>
    /// A covariance stored in doubles knows its smallest eigenvalue to ε relative to the pooled variances; that moves the log of the
    /// determinant, and with it each row's log-density, by ε over the eigenvalue in pooled units. It matters near the floor only.
    /// </summary>
    private static double StorageNoise(GaussianMixture mixture, Problem problem)
    {
        double[] scale = Fit(problem, new EmOptions { CovarianceModel = CovarianceModel.VVI }).Mixture.Components[0].StandardDeviation;
        double smallest = mixture.Components.Min(component => Matrix<double>.Build
            .Dense(scale.Length, scale.Length, (i, j) => component.Covariance[i, j] / (scale[i] * scale[j]))
            .Svd().S.Minimum());
        return problem.Count * problem.Dimension * MachineEpsilon / smallest;
    }
}
