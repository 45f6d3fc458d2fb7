using System.Linq;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Moves;

/// <summary>
/// Judges what one or two components would do with their rows, all others left out: EM over the rows that the touched components hold, as in
/// the partial steps of Ueda et al. (2000) and the local search of Verbeek, Vlassis and Kröse, Neural Computation 15 (2003) 469-485.
/// </summary>
internal sealed class LocalFits
{
    /// <summary>Iterations from each start of a split, and those that the best goes on.</summary>
    private const int FirstIterations = 4;
    private const int MoreIterations = 15;
    private const int LloydSteps = 3;

    private readonly EmOptions _two;
    private readonly EmOptions _one;
    private readonly PooledMoments _pooled;
    private readonly RunLimits _limits;

    /// <param name="options">What is estimated.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="limits">Stops the work.</param>
    public LocalFits(EmOptions options, PooledMoments pooled, RunLimits limits)
    {
        _two = options.Clone();
        _two.ComponentCount = 2;
        _two.ThreadCount = 1;
        _two.CollapsePolicy = CollapsePolicy.Drop;
        _one = Some(1);
        _pooled = pooled;
        _limits = limits;
    }

    /// <summary>The least rows that two components can share.</summary>
    public int LeastRows => _pooled.Shape == CovarianceShape.Full ? 3 * (_pooled.Dimension + 1) : 6;

    /// <summary>The best two components found for rows that one holds, or null where they gain nothing.</summary>
    /// <param name="members">The rows.</param>
    /// <param name="random">Where the starts come from.</param>
    public LocalSplit? Split(InMemoryObservations members, SplitMix64 random)
    {
        PooledMoments moments = PooledMoments.Compute(members, _pooled.Shape, 1, _limits.CancellationToken);
        MixtureParameters single = moments.ToSingleComponent(_one.CovarianceModel);
        if (single.Clone().TryFactorize() >= 0)
        {
            return null;
        }

        double before = Score(members, single, _one);
        using EmRunner runner = Runner(members, _two);
        RunLimits first = _limits.Coarser(0, FirstIterations);
        EmRun best = new[] { ByMeans(members, moments, random), FromFarRows(members, moments), SplitMove.Grow(single, 0, false), SplitMove.Grow(single, 0, true) }
            .Select(start => runner.Run(start, first, null, null))
            .OrderBy(run => !run.IsSound)
            .ThenByDescending(run => run.BoundedLogLikelihood)
            .First();
        best = runner.Continue(best, _limits.Coarser(0, MoreIterations), null, null);
        double gain = best.BoundedLogLikelihood - before;
        return gain > 0 && best.IsSound ? new LocalSplit(best.Mixture, gain) : null;
    }

    /// <summary>Log-likelihood that rows of two components lose when one has to do for both.</summary>
    /// <param name="members">The rows of both.</param>
    /// <param name="mixture">The mixture.</param>
    /// <param name="left">One component.</param>
    /// <param name="right">The other.</param>
    public double MergeLoss(InMemoryObservations members, MixtureParameters mixture, int left, int right) => Single(members) is MixtureParameters single
        ? Score(members, ComponentCopy.Part(mixture, left, right), _two) - Score(members, single, _one)
        : double.PositiveInfinity;

    /// <summary>One component for some rows, or null where it would be flat.</summary>
    public MixtureParameters? Single(InMemoryObservations members)
    {
        MixtureParameters single = PooledMoments.Compute(members, _pooled.Shape, 1, _limits.CancellationToken).ToSingleComponent(_one.CovarianceModel);
        return single.Clone().TryFactorize() >= 0 ? null : single;
    }

    /// <summary>Where EM leads among some rows, and what they gain.</summary>
    /// <param name="members">The rows.</param>
    /// <param name="before">The components that they have.</param>
    /// <param name="start">Others, more or fewer.</param>
    /// <param name="least">The gain from which on it is of use.</param>
    /// <param name="iterations">The most iterations.</param>
    /// <returns>The mixture and the gain, or null where it is less.</returns>
    public (MixtureParameters Mixture, double Gain)? Lead(
        InMemoryObservations members, MixtureParameters before, MixtureParameters start, double least, int iterations)
    {
        double score = Score(members, before, Some(before.ComponentCount));
        using EmRunner runner = Runner(members, Some(start.ComponentCount));
        EmRun run = runner.Run(start, _limits.Coarser(0, iterations).Reaching(score + least), null, null);
        double gain = run.BoundedLogLikelihood - score;
        return run.IsSound && gain > least ? (run.Mixture, gain) : null;
    }

    private EmOptions Some(int componentCount)
    {
        EmOptions some = _two.Clone();
        some.ComponentCount = componentCount;
        return some;
    }

    private double Score(InMemoryObservations members, MixtureParameters mixture, EmOptions options)
    {
        using EmRunner runner = Runner(members, options);
        return runner.Score(mixture, _limits.CancellationToken).LogLikelihood;
    }

    private EmRunner Runner(InMemoryObservations members, EmOptions options) => new(
        members, _pooled, EstimationModel.Create(options, _pooled, members.TotalWeight), RunRules.Of(options), 1);

    /// <summary>A cluster among the rows that are farthest from the centre, and all others.</summary>
    private MixtureParameters FromFarRows(InMemoryObservations members, PooledMoments moments) =>
        FromCluster(members, moments, FarCluster.Find(UnitFreePoints.Whiten(members, moments, _limits.CancellationToken), moments.Dimension, LeastRows));

    private MixtureParameters FromCluster(InMemoryObservations members, PooledMoments moments, int[] cluster)
    {
        int[] labels = new int[members.Count];
        foreach (int row in cluster)
        {
            labels[row] = 1;
        }

        return FromLabels(members, moments, labels);
    }

    private MixtureParameters FromLabels(InMemoryObservations members, PooledMoments moments, int[] labels) =>
        MemberStart.Create(members, MemberStart.OfPartition(labels, 2), MaximizationStep.Create(_two.CovarianceModel), moments, null);

    private MixtureParameters ByMeans(InMemoryObservations members, PooledMoments moments, SplitMix64 random)
    {
        double[] points = UnitFreePoints.Scale(members, moments, _limits.CancellationToken);
        int[] labels = new KMeans(points, moments.Dimension, members, LloydSteps).Cluster(2, random, _limits.CancellationToken);
        return FromLabels(members, moments, labels);
    }
}
