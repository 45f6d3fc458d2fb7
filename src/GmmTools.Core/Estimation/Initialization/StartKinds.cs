using System;
using System.Threading;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>The initializers of a method, and how many starts they can give that differ.</summary>
internal sealed class StartKinds
{
    private readonly IInitializer[] _initializers;

    private StartKinds(int most, params IInitializer[] initializers)
    {
        Most = most;
        _initializers = initializers;
    }

    /// <summary>How many starts differ.</summary>
    public int Most { get; }

    /// <summary>The initializer of a start, numbered from 1: several take turns.</summary>
    public IInitializer this[int start] => _initializers[(start - 1) % _initializers.Length];

    /// <param name="options">What to estimate.</param>
    /// <param name="rows">The rows to find starts in.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="team">Runs EM on those rows.</param>
    /// <param name="effort">How much work the search may be.</param>
    /// <param name="trial">Limits of a run that shows where a start leads.</param>
    public static StartKinds Create(
        EmOptions options, InMemoryObservations rows, PooledMoments pooled, RunnerTeam team, SearchEffort effort, RunLimits trial)
    {
        StartProblem problem = new(rows, pooled, MaximizationStep.Create(options.CovarianceModel), options.ComponentCount, options.FixedWeights);
        RandomInitializer random = new(problem);
        return options.Initialization switch
        {
            InitializationMethod.KMeans => Mixed(problem, effort, trial.CancellationToken),
            InitializationMethod.Hierarchical => new StartKinds(HierarchicalInitializer.StartCount, new HierarchicalInitializer(problem, options.Seed)),
            InitializationMethod.Random => new StartKinds(int.MaxValue, random),
            InitializationMethod.ShortRuns => new StartKinds(int.MaxValue, new ShortRunsInitializer(random, team, trial)),
            InitializationMethod.Split => new StartKinds(
                2 * (options.ComponentCount - 1),
                new SplitInitializer(problem, options, trial.Coarser(0, effort.MoveIterations), trial)),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Initialization, "There is no such initialization."),
        };
    }

    /// <summary>Starts of different kinds by turns, since each kind is blind to something.</summary>
    private static StartKinds Mixed(StartProblem problem, SearchEffort effort, CancellationToken cancellationToken)
    {
        double[] scaled = UnitFreePoints.Scale(problem.Rows, problem.Pooled, cancellationToken);
        double[] whitened = UnitFreePoints.Whiten(problem.Rows, problem.Pooled, cancellationToken);
        if (effort.TakesTurns)
        {
            return new StartKinds(
                int.MaxValue,
                new MergingInitializer(problem, scaled, effort.LloydSteps),
                new MergingInitializer(problem, whitened, effort.LloydSteps),
                new NeighbourhoodInitializer(problem, scaled),
                new KMeansInitializer(problem, scaled, effort.LloydSteps));
        }

        NeighbourhoodInitializer neighbourhoods = new(problem, scaled);
        return new StartKinds(
            int.MaxValue,
            new KMeansInitializer(problem, scaled, effort.LloydSteps),
            neighbourhoods,
            new KMeansInitializer(problem, whitened, effort.LloydSteps),
            neighbourhoods);
    }
}
