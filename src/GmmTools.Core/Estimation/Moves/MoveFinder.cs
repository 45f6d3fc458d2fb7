using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Moves;

/// <summary>Finds the moves that gain, or are near to gain, among the rows that the components touched have a share in.</summary>
internal sealed class MoveFinder
{
    /// <summary>A component whose weight and distribution (Hellinger distance) differ by less than this is the same.</summary>
    private const double SameShare = 0.02;

    private readonly InMemoryObservations _rows;
    private readonly WorkerTeam _team;
    private readonly LocalFits _fits;
    private readonly RunLimits _limits;
    private readonly double _parametersPerComponent;
    private MixtureParameters? _before;
    private LocalSplit?[] _splits = [];

    /// <param name="rows">The rows.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="options">What is estimated.</param>
    /// <param name="team">Shares out the work; the result does not depend on it.</param>
    /// <param name="limits">Stops the work.</param>
    public MoveFinder(InMemoryObservations rows, PooledMoments pooled, EmOptions options, WorkerTeam team, RunLimits limits)
    {
        _rows = rows;
        _team = team;
        _limits = limits;
        _fits = new LocalFits(options, pooled, limits);
        int dimension = pooled.Dimension;
        _parametersPerComponent = 1 + dimension + (pooled.Shape == CovarianceShape.Full ? dimension * (dimension + 1) / 2 : dimension);
    }

    /// <summary>For each component the best way to split it, and for pairs that overlap the best way to split both anew; those in doubt included,
    /// the most promising first.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="seed">Seed of the starts of splits.</param>
    public List<LocalMove> Find(MixtureParameters mixture, ulong seed) =>
        Find(mixture, Deal(mixture, MoveReach.Narrow), seed, MoveReach.Narrow);

    /// <summary>The mixture after moves that seem to gain when the neighbours of the components touched follow; two tries at most, each made when it is asked for.</summary>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="seed">Seed of the starts of splits.</param>
    /// <param name="worthwhile">The least gain of the log-likelihood that is worth a move.</param>
    public IEnumerable<MixtureParameters> FindAmongNeighbours(MixtureParameters mixture, ulong seed, double worthwhile)
    {
        ComponentRows dealt = Deal(mixture, MoveReach.Wide);
        List<LocalMove> moves = Find(mixture, dealt, seed, MoveReach.Wide);
        if (moves.Count == 0)
        {
            yield break;
        }

        NearbyMoves nearby = new(mixture, dealt, _fits, _team, worthwhile);
        if (nearby.Exchange(moves) is MixtureParameters exchanged)
        {
            yield return exchanged;
        }

        if (nearby.Transfer(moves, _splits) is MixtureParameters transferred)
        {
            yield return transferred;
        }
    }

    private List<LocalMove> Find(MixtureParameters mixture, ComponentRows dealt, ulong seed, MoveReach reach)
    {
        if (!CanSplit(dealt.Weights))
        {
            return [];
        }

        LocalSplit?[] splits = FindSplits(mixture, dealt, seed);
        List<Removal> removals = FindRemovals(mixture, dealt, reach, Doubtful(splits.Max(split => split?.Gain ?? 0), reach));
        List<LocalMove> moves = [.. FindNewPairs(dealt, removals, seed)];
        for (int k = 0; k < splits.Length; k++)
        {
            LocalSplit? halves = splits[k];
            moves.AddRange(removals
                .Where(removal => halves is not null && removal.Freed != k && removal.Heir != k && removal.Loss < Doubtful(halves.Gain, reach))
                .Select(removal => new LocalMove(removal.Freed, removal.Heir, removal.Loss, k, halves!)));
        }

        return [.. moves.OrderByDescending(move => move.Gain)];
    }

    /// <summary>Strikes out a split, until its component is another.</summary>
    public void Discard(LocalMove move)
    {
        if (_splits[move.Split] == move.Halves)
        {
            _splits[move.Split] = null;
        }
    }

    /// <summary>Whether any two components have the rows together that two need.</summary>
    private bool CanSplit(double[] weights) => weights.OrderByDescending(weight => weight).Take(2).Sum() >= _fits.LeastRows;

    /// <summary>The best split of each component; that of before where the component is the same but for little.</summary>
    private LocalSplit?[] FindSplits(MixtureParameters mixture, ComponentRows dealt, ulong seed)
    {
        LocalSplit?[] splits = new LocalSplit?[mixture.ComponentCount];
        MixtureParameters? before = _before;
        _team.Run(splits.Length, (_, k) => splits[k] = before is not null && IsSame(mixture, before, k)
            ? _splits[k]
            : Split(dealt.Weights[k], () => dealt.Gather(k), seed, k));
        for (int k = 0; before is not null && k < splits.Length; k++)
        {
            // what was looked at anew is compared with anew
            if (!ReferenceEquals(splits[k], _splits[k]) || splits[k] is null)
            {
                ComponentCopy.Copy(mixture, k, before, k, mixture.Weights[k]);
            }
        }

        _before ??= mixture.Clone();
        _splits = splits;
        return splits;
    }

    private static bool IsSame(MixtureParameters mixture, MixtureParameters before, int component) =>
        Math.Abs(mixture.Weights[component] - before.Weights[component]) <= SameShare * before.Weights[component]
        && Hellinger.Distance(mixture, component, before, component) <= SameShare;

    private double Doubtful(double gain, MoveReach reach) => (reach.DoubtFactor * gain) + _parametersPerComponent;

    private ComponentRows Deal(MixtureParameters mixture, MoveReach reach) =>
        ComponentRows.Deal(_rows, mixture, reach.MinShare, _team, _limits.CancellationToken);

    private LocalSplit? Split(double weight, Func<InMemoryObservations> gather, ulong seed, int number) => weight < _fits.LeastRows
        ? null
        : _fits.Split(gather(), new SplitMix64(SplitMix64.Derive(seed, (ulong)number)));

    /// <summary>The cheapest of the pairs that could be merged, split anew.</summary>
    private IEnumerable<LocalMove> FindNewPairs(ComponentRows dealt, List<Removal> removals, ulong seed)
    {
        Removal[] pairs = [.. removals.Where(removal => removal.Heir >= 0).Take(dealt.Weights.Length / 2)];
        LocalSplit?[] splits = new LocalSplit?[pairs.Length];
        _team.Run(pairs.Length, (_, i) => splits[i] = Split(
            dealt.Weights[pairs[i].Freed] + dealt.Weights[pairs[i].Heir],
            () => dealt.Gather(pairs[i].Freed, pairs[i].Heir),
            seed,
            dealt.Weights.Length + (pairs[i].Freed * dealt.Weights.Length) + pairs[i].Heir));
        return Enumerable.Range(0, pairs.Length)
            .Where(i => splits[i]?.Gain > pairs[i].Loss)
            .Select(i => new LocalMove(pairs[i].Freed, pairs[i].Heir, pairs[i].Loss, pairs[i].Heir, splits[i]!));
    }

    /// <summary>Ways to do without a component that cost less than so much, the cheapest first.</summary>
    private List<Removal> FindRemovals(MixtureParameters mixture, ComponentRows dealt, MoveReach reach, double most)
    {
        List<Removal> removals =
        [
            .. Enumerable.Range(0, mixture.ComponentCount).Select(k => new Removal(k, -1, dealt.RemovalLosses[k])),
        ];
        (int Left, int Right)[] pairs = [.. CheapPairs(mixture, reach, most)];
        double[] losses = new double[pairs.Length];
        _team.Run(pairs.Length, (_, i) => losses[i] = dealt.Weights[pairs[i].Left] + dealt.Weights[pairs[i].Right] > 0
            ? _fits.MergeLoss(dealt.Gather(pairs[i].Left, pairs[i].Right), mixture, pairs[i].Left, pairs[i].Right)
            : 0);
        for (int i = 0; i < pairs.Length; i++)
        {
            bool leftIsSmaller = mixture.Weights[pairs[i].Left] < mixture.Weights[pairs[i].Right];
            (int freed, int heir) = leftIsSmaller ? pairs[i] : (pairs[i].Right, pairs[i].Left);
            removals.Add(new Removal(freed, heir, losses[i]));
        }

        return [.. removals.Where(removal => removal.Loss < most).OrderBy(removal => removal.Loss)];
    }

    /// <summary>Pairs whose merging loses less than so much of the likelihood of the classification, which is less than it loses of that of
    /// the mixture.</summary>
    private IEnumerable<(int Left, int Right)> CheapPairs(MixtureParameters mixture, MoveReach reach, double most)
    {
        MomentMerge merge = new(mixture);
        double perRow = most / _rows.TotalWeight;
        HashSet<(int, int)> pairs = [];
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            foreach (int other in Enumerable.Range(0, mixture.ComponentCount)
                .Where(other => other != k)
                .Select(other => (Other: other, Loss: merge.Loss(k, other)))
                .Where(pair => pair.Loss < perRow)
                .OrderBy(pair => pair.Loss)
                .Take(reach.PartnersPerComponent)
                .Select(pair => pair.Other))
            {
                pairs.Add((Math.Min(k, other), Math.Max(k, other)));
            }
        }

        return pairs.OrderBy(pair => pair.Item1).ThenBy(pair => pair.Item2);
    }

    /// <summary>A way to do without a component.</summary>
    private sealed record Removal(int Freed, int Heir, double Loss);
}
