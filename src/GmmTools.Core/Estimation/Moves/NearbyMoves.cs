using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Initialization;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations;

namespace GmmTools.Estimation.Moves;

/// <summary>
/// Moves that the neighbours of the components touched follow: EM over the rows that a few components have together, all others left out. What
/// seems to cost much while the others stay may cost little, or gain, when they make room.
/// </summary>
internal sealed class NearbyMoves
{
    /// <summary>Neighbours that follow, and the least share of its weight that a component has in common with one.</summary>
    private const int MostNeighbours = 4;
    private const double LeastOverlap = 0.01;

    /// <summary>Iterations of each trial at most.</summary>
    private const int Iterations = 80;

    private const int TrialsPerComponent = 10;

    /// <summary>The share of the rows that are explained worst, which get a component of their own.</summary>
    private const double WorstShare = 0.01;

    private readonly MixtureParameters _mixture;
    private readonly ComponentRows _dealt;
    private readonly LocalFits _fits;
    private readonly WorkerTeam _team;
    private readonly double _worthwhile;
    private readonly double[][] _overlaps;

    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="dealt">The rows of its components.</param>
    /// <param name="fits">Fits a few components.</param>
    /// <param name="team">Shares out the trials; the result does not depend on it.</param>
    /// <param name="worthwhile">The least gain of the log-likelihood that is worth a change.</param>
    public NearbyMoves(MixtureParameters mixture, ComponentRows dealt, LocalFits fits, WorkerTeam team, double worthwhile)
    {
        _mixture = mixture;
        _dealt = dealt;
        _fits = fits;
        _team = team;
        _worthwhile = worthwhile;
        _overlaps = dealt.Overlaps(team);
    }

    /// <summary>The mixture after the moves among neighbours that gain, none of which touches a component of another; or null where none does.</summary>
    /// <param name="moves">Moves in doubt, the most promising first.</param>
    public MixtureParameters? Exchange(IReadOnlyList<LocalMove> moves)
    {
        NearbyChange?[] changes = new NearbyChange?[Math.Min(moves.Count, TrialsPerComponent * _mixture.ComponentCount)];
        _team.Run(changes.Length, (_, i) => changes[i] = Exchange(moves[i]));
        MixtureParameters moved = _mixture.Clone();
        List<NearbyChange> chosen = [];
        foreach (NearbyChange change in Best(changes).Where(change => chosen.TrueForAll(change.IsApartFrom)))
        {
            change.Put(_mixture, moved, change.Components);
            chosen.Add(change);
        }

        return chosen.Count > 0 ? moved : null;
    }

    /// <summary>The mixture after components were given up in one place, where their neighbours can do without, and added in another; or null.</summary>
    /// <param name="moves">Moves in doubt; what they give up is tried, and given up for no more than the most that one of them loses.</param>
    /// <param name="splits">For each component the best way to split it.</param>
    public MixtureParameters? Transfer(IReadOnlyList<LocalMove> moves, LocalSplit?[] splits)
    {
        double most = moves.Max(move => move.Loss);
        int[] freed = [.. moves.Select(move => move.Freed).Distinct().OrderBy(k => k)];
        NearbyChange?[] removals = new NearbyChange?[freed.Length];
        _team.Run(freed.Length, (_, i) => removals[i] = Remove(freed[i], -most));
        List<NearbyChange> cheap = Best(removals);
        if (cheap.Count == 0)
        {
            return null;
        }

        double least = _worthwhile - cheap[0].Gain;
        NearbyChange?[] additions = new NearbyChange?[2 * _mixture.ComponentCount];
        _team.Run(additions.Length, (_, i) => additions[i] = i % 2 == 0 ? AddHalf(i / 2, splits[i / 2], least) : AddForWorst(i / 2, least));
        MixtureParameters moved = _mixture.Clone();
        List<NearbyChange> chosen = [];
        foreach (NearbyChange addition in Best(additions).Where(addition => chosen.TrueForAll(addition.IsApartFrom)))
        {
            NearbyChange? removal = cheap.Find(removal => removal.IsApartFrom(addition)
                && removal.Gain + addition.Gain > _worthwhile
                && chosen.TrueForAll(removal.IsApartFrom));
            if (removal is not null)
            {
                addition.Put(_mixture, moved, [.. addition.Components, removal.Components[0]]);
                removal.Put(_mixture, moved, [.. removal.Components.Skip(1)]);
                chosen.Add(addition);
                chosen.Add(removal);
            }
        }

        return chosen.Count > 0 ? moved : null;
    }

    private static List<NearbyChange> Best(IEnumerable<NearbyChange?> changes) =>
        [.. changes.Where(change => change is not null).Select(change => change!).OrderByDescending(change => change.Gain)];

    private NearbyChange? Exchange(LocalMove move)
    {
        int[] near = WithNeighbours([.. new[] { move.Freed, move.Split, move.Heir }.Where(k => k >= 0).Distinct()]);
        LocalMove among = move with { Freed = 0, Split = 1, Heir = Array.IndexOf(near, move.Heir) };
        return Lead(near, _worthwhile, (_, part) =>
        {
            MixtureParameters moved = part.Clone();
            among.Apply(moved, new MomentMerge(moved));
            return moved;
        });
    }

    /// <summary>Without a component: the neighbour for which that is cheapest takes it, and all follow.</summary>
    private NearbyChange? Remove(int component, double least)
    {
        int[] near = WithNeighbours([component]);
        return near.Length < 2 ? null : Lead(near, least, (_, part) =>
        {
            MixtureParameters merged = part.Clone();
            MomentMerge merge = new(merged);
            merge.Merge(Enumerable.Range(1, near.Length - 1).OrderBy(other => merge.Loss(0, other)).First(), 0);
            MixtureParameters less = new(near.Length - 1, part.Dimension, part.Shape);
            CopyTo(less, merged, 1);
            return less;
        });
    }

    /// <summary>With both halves of the component in its place.</summary>
    private NearbyChange? AddHalf(int component, LocalSplit? halves, double least) => halves is null ? null : Lead(
        WithNeighbours([component]),
        least,
        (_, part) =>
        {
            MixtureParameters more = Enlarged(part);
            ComponentCopy.Copy(halves.Pair, 0, more, 0, part.Weights[0] * halves.Pair.Weights[0]);
            ComponentCopy.Copy(halves.Pair, 1, more, part.ComponentCount, part.Weights[0] * halves.Pair.Weights[1]);
            return more;
        });

    /// <summary>With one component more for the rows that are explained worst: a wide one of little weight may lie under several.</summary>
    private NearbyChange? AddForWorst(int component, double least) => Lead(WithNeighbours([component]), least, (rows, part) =>
    {
        if (FindWorst(rows, part) is not InMemoryObservations worst || _fits.Single(worst) is not MixtureParameters single)
        {
            return null;
        }

        MixtureParameters more = Enlarged(part);
        double share = worst.TotalWeight / rows.TotalWeight;
        for (int k = 0; k < part.ComponentCount; k++)
        {
            more.Weights[k] *= 1 - share;
        }

        ComponentCopy.Copy(single, 0, more, part.ComponentCount, share);
        return more;
    });

    /// <summary>The rows that a mixture explains worst, or null where they are too few.</summary>
    private InMemoryObservations? FindWorst(InMemoryObservations rows, MixtureParameters part)
    {
        RowChunk chunk = rows.Chunks[0];
        int count = Math.Max(_fits.LeastRows, (int)(WorstShare * chunk.Count));
        if (count >= chunk.Count)
        {
            return null;
        }

        int[] order = [.. Enumerable.Range(0, chunk.Count)];
        Array.Sort(new KernelScorer(part.Dimension).Score(chunk, part.Terms, false).LogDensities, order);
        ObservationsBuilder builder = new(rows.Property, weighted: true);
        double[] row = new double[part.Dimension];
        foreach (int number in order.Take(count))
        {
            chunk.CopyRow(number, row);
            builder.Add(row, chunk.Weights![number]);
        }

        return builder.Build();
    }

    /// <summary>Where EM leads among the rows that some components have together.</summary>
    private NearbyChange? Lead(int[] near, double least, Func<InMemoryObservations, MixtureParameters, MixtureParameters?> start)
    {
        InMemoryObservations rows = _dealt.Gather(near);
        MixtureParameters part = ComponentCopy.Part(_mixture, near);
        return part.TryFactorize() < 0
            && start(rows, part) is MixtureParameters mixture
            && _fits.Lead(rows, part, mixture, least, Iterations) is (MixtureParameters led, double gain)
            ? new NearbyChange(near, led, gain)
            : null;
    }

    /// <summary>Components, and those that share most with one of them.</summary>
    private int[] WithNeighbours(int[] components) =>
    [
        .. components,
        .. Enumerable.Range(0, _mixture.ComponentCount)
            .Where(k => !components.Contains(k))
            .Select(k => (Number: k, Share: components.Max(component => _overlaps[component][k] / Math.Max(double.Epsilon, _dealt.Weights[component]))))
            .Where(other => other.Share > LeastOverlap)
            .OrderByDescending(other => other.Share)
            .Take(MostNeighbours)
            .Select(other => other.Number),
    ];

    private static MixtureParameters Enlarged(MixtureParameters part)
    {
        MixtureParameters more = new(part.ComponentCount + 1, part.Dimension, part.Shape);
        CopyTo(more, part, 0);
        return more;
    }

    private static void CopyTo(MixtureParameters target, MixtureParameters source, int first)
    {
        for (int k = first; k < source.ComponentCount; k++)
        {
            ComponentCopy.Copy(source, k, target, k - first, source.Weights[k]);
        }
    }
}
