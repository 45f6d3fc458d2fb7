using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Validation;

/// <summary>How long an EM iteration takes on this machine, beside what its arithmetic alone takes at best.</summary>
public sealed class MachineSpeed
{
    private const int Repeats = 5;

    private MachineSpeed(CovarianceModel model, GaussianMixture mixture, int rowCount, int threadCount, double milliseconds, double floor)
    {
        CovarianceModel = model;
        RowCount = rowCount;
        Dimension = mixture.Dimension;
        ComponentCount = mixture.ComponentCount;
        ThreadCount = threadCount;
        Milliseconds = milliseconds;
        FloorMilliseconds = floor;
    }

    /// <summary>The covariance model.</summary>
    public CovarianceModel CovarianceModel { get; }

    /// <summary>Number of rows, drawn from a mixture.</summary>
    public int RowCount { get; }

    /// <summary>Number of columns.</summary>
    public int Dimension { get; }

    /// <summary>Number of components.</summary>
    public int ComponentCount { get; }

    /// <summary>Number of threads.</summary>
    public int ThreadCount { get; }

    /// <summary>Milliseconds of an iteration, E-step and M-step: the median of five.</summary>
    public double Milliseconds { get; }

    /// <summary>Milliseconds that as many cores need for the arithmetic at least: d(d + 1) multiply-adds for each row and component (4d if
    /// diagonal) and one exponential of .NET, at the rates at which one core does these alone in its registers, measured just before.</summary>
    public double FloorMilliseconds { get; }

    /// <summary>How many times the floor an iteration takes.</summary>
    public double TimesFloor => Milliseconds / FloorMilliseconds;

    /// <summary>Measures some sizes, each on one thread and on all.</summary>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One result after the other.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static IEnumerable<MachineSpeed> Measure(CancellationToken cancellationToken = default)
    {
        double multiplyAdds = MachineFloor.MultiplyAddRate();
        double exponentials = MachineFloor.ExponentialRate();
        foreach ((CovarianceModel model, int rowCount, int dimension, int componentCount) in new[]
        {
            (CovarianceModel.VVV, 100_000, 2, 3), (CovarianceModel.VVV, 20_000, 8, 16), (CovarianceModel.VVI, 20_000, 8, 16),
        })
        {
            GaussianMixture mixture = RandomMixture.Draw(componentCount, dimension, 10, 11);
            InMemoryObservations rows = InMemoryObservations.FromMatrix(new MixtureSampler(mixture, 1).DrawMatrix(rowCount, cancellationToken));
            double operations = (model == CovarianceModel.VVI ? 8.0 * dimension : 2.0 * dimension * (dimension + 1)) * rowCount * componentCount;
            double floor = 1000 * ((operations / multiplyAdds) + ((double)rowCount * componentCount / exponentials));
            foreach (int threads in new[] { 1, Environment.ProcessorCount }.Distinct())
            {
                double milliseconds = Time(model, mixture, rows, threads, cancellationToken);
                yield return new MachineSpeed(model, mixture, rowCount, threads, milliseconds, floor / threads);
            }
        }
    }

    /// <summary>One line.</summary>
    /// <returns>The size, and both times.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{CovarianceModel}, {RowCount} rows, {Dimension} columns, {ComponentCount} components, {Counted.Of(ThreadCount, "thread")}: {Milliseconds:F3} ms, {TimesFloor:F1} times the floor");

    private static double Time(CovarianceModel model, GaussianMixture truth, InMemoryObservations rows, int threads, CancellationToken cancellationToken)
    {
        CovarianceShape shape = model.Shape();
        MaximizationStep step = MaximizationStep.Create(model);
        MixtureParameters mixture = truth.ToParameters().ToShape(shape);
        mixture.TryFactorize();
        SufficientStatistics statistics = new(truth.ComponentCount, truth.Dimension, shape);
        using IExpectationStep expectation = rows.PrepareExpectation(truth.ComponentCount, shape, threads);
        for (int i = 0; i < 3; i++)
        {
            Iterate();
        }

        double[] times = new double[Repeats];
        for (int i = 0; i < Repeats; i++)
        {
            Stopwatch watch = Stopwatch.StartNew();
            Iterate();
            times[i] = watch.Elapsed.TotalMilliseconds;
        }

        Array.Sort(times);
        return times[Repeats / 2];

        void Iterate()
        {
            expectation.Compute(mixture, statistics, cancellationToken);
            step.Maximize(statistics, null, mixture, null);
            mixture.TryFactorize();
        }
    }
}
