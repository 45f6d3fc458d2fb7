using System;
using System.Threading;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Sampling;

namespace GmmTools.Benchmarks;

/// <summary>One EM iteration over 100 000 rows under BenchmarkDotNet, which also counts what it allocates.</summary>
[MemoryDiagnoser]
public class KernelBenchmarks : IDisposable
{
    private const int RowCount = 100_000;

    private IExpectationStep? _expectation;
    private MaximizationStep? _step;
    private MixtureParameters? _mixture;
    private SufficientStatistics? _statistics;

    /// <summary>Columns.</summary>
    [Params(1, 2, 8, 32)]
    public int Dimension { get; set; }

    /// <summary>Whether covariances are whole or diagonal.</summary>
    [Params(CovarianceModel.VVV, CovarianceModel.VVI)]
    public CovarianceModel Model { get; set; }

    /// <summary>Threads.</summary>
    [Params(1, 2)]
    public int Threads { get; set; }

    internal static void Run(string[] arguments) => BenchmarkRunner.Run<KernelBenchmarks>(
        DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));

    /// <summary>Draws the rows.</summary>
    [GlobalSetup]
    public void Setup()
    {
        const int ComponentCount = 8;
        GaussianMixture truth = RandomMixture.Draw(ComponentCount, Dimension, 5, 1);
        InMemoryObservations rows = InMemoryObservations.FromMatrix(new MixtureSampler(truth, 1).DrawMatrix(RowCount));
        CovarianceShape shape = Model.Shape();
        _step = MaximizationStep.Create(Model);
        _mixture = truth.ToParameters().ToShape(shape);
        _mixture.TryFactorize();
        _statistics = new SufficientStatistics(ComponentCount, Dimension, shape);
        _expectation = rows.PrepareExpectation(ComponentCount, shape, Threads);
    }

    /// <summary>E-step, M-step, factorisation.</summary>
    [Benchmark]
    public void Iteration()
    {
        _expectation!.Compute(_mixture!, _statistics!, CancellationToken.None);
        _step!.Maximize(_statistics!, null, _mixture!, null);
        _mixture!.TryFactorize();
    }

    /// <summary>Ends the threads.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _expectation?.Dispose();
        GC.SuppressFinalize(this);
    }
}
