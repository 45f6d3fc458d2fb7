using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Initialization;

/// <summary>
/// Starts from a mixture of one component less, of which one component is split: Baudry and Celeux (2015), where K − 1 is found from
/// K − 2 in the same way, down to a single component. Splits are tried by a few iterations each; the first start is the best of them,
/// the second the next best.
/// </summary>
internal sealed class SplitInitializer : IInitializer
{
    private readonly StartProblem _problem;
    private readonly EmOptions _options;
    private readonly RunLimits _glance;
    private readonly RunLimits _trial;
    private MixtureParameters[]? _starts;
    private int _next;

    /// <param name="problem">The mixture that is wanted, and the rows.</param>
    /// <param name="options">How it is fitted.</param>
    /// <param name="glance">Limits of the look at each split.</param>
    /// <param name="trial">Limits of the run that finds each smaller mixture.</param>
    public SplitInitializer(StartProblem problem, EmOptions options, RunLimits glance, RunLimits trial)
    {
        _problem = problem;
        _options = options.Clone();
        _options.FixedWeights = null;
        _glance = glance;
        _trial = trial;
    }

    public string Name => "Split";

    public MixtureParameters Initialize(SplitMix64 random, CancellationToken cancellationToken)
    {
        _starts ??= FindStarts();
        MixtureParameters start = _starts[_next++ % _starts.Length].Clone();
        AssignFixedWeights(start);
        return start;
    }

    /// <summary>All splits of the best mixture with one component less, the best first.</summary>
    private MixtureParameters[] FindStarts()
    {
        MixtureParameters mixture = _problem.Pooled.ToSingleComponent(_problem.Step.Model);
        for (int count = 2; count < _problem.ComponentCount; count++)
        {
            using EmRunner runner = Runner(count);
            EmRun best = Splits(mixture, runner)[0];
            mixture = runner.Continue(best, _trial, null, null).Mixture;
        }

        using EmRunner last = Runner(_problem.ComponentCount);
        return [.. Splits(mixture, last).Select(run => run.Mixture)];
    }

    private EmRunner Runner(int componentCount)
    {
        EmOptions options = _options.Clone();
        options.ComponentCount = componentCount;
        EstimationModel model = EstimationModel.Create(options, _problem.Pooled, _problem.Rows.TotalWeight);
        return new EmRunner(_problem.Rows, _problem.Pooled, model, RunRules.Of(options), options.ThreadCount);
    }

    private List<EmRun> Splits(MixtureParameters mixture, EmRunner runner)
    {
        List<EmRun> runs = [];
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            runs.Add(runner.Run(SplitMove.Grow(mixture, k, false), _glance, null, null));
            runs.Add(runner.Run(SplitMove.Grow(mixture, k, true), _glance, null, null));
        }

        return [.. runs.OrderByDescending(run => run.BoundedLogLikelihood)];
    }

    /// <summary>The largest fixed weight to the largest component.</summary>
    private void AssignFixedWeights(MixtureParameters mixture)
    {
        if (_problem.FixedWeights is null)
        {
            return;
        }

        double[] ascending = [.. _problem.FixedWeights.OrderBy(weight => weight)];
        int[] order = [.. Enumerable.Range(0, ascending.Length).OrderBy(k => mixture.Weights[k])];
        for (int rank = 0; rank < order.Length; rank++)
        {
            mixture.Weights[order[rank]] = ascending[rank];
        }
    }
}
