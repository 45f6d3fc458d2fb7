using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations;

namespace GmmTools.Estimation.Moves;

/// <summary>
/// For each component the rows that it has a share in, and what all rows would lose without it. With the shares as weights, what the likelihood
/// of such rows gains or loses by a change of their component bounds the gain of the whole from below, as in an M-step.
/// </summary>
internal sealed class ComponentRows
{
    /// <summary>A row that belongs to one component alone loses no more than this by that component's removal: others will come near.</summary>
    private const double MaxShare = 1 - 1e-12;

    private readonly InMemoryObservations _rows;
    private readonly Share[][] _shares;

    private ComponentRows(InMemoryObservations rows, Share[][] shares, double[] removalLosses)
    {
        _rows = rows;
        _shares = shares;
        RemovalLosses = removalLosses;
        Weights = [.. shares.Select(component => component.Sum(share => share.Weight))];
    }

    /// <summary>Weight of each component's rows.</summary>
    public double[] Weights { get; }

    /// <summary>For each component the log-likelihood that the rows lose when the others take over as they are.</summary>
    public double[] RemovalLosses { get; }

    /// <summary>Deals rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="mixture">The mixture, factorised.</param>
    /// <param name="minShare">Shares below this are left out.</param>
    /// <param name="team">Shares out the chunks; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ComponentRows Deal(
        InMemoryObservations rows, MixtureParameters mixture, double minShare, WorkerTeam team, CancellationToken cancellationToken)
    {
        int componentCount = mixture.ComponentCount;
        List<Share>[][] dealt = new List<Share>[rows.Chunks.Count][];
        double[][] losses = new double[rows.Chunks.Count][];
        KernelScorer?[] scorers = new KernelScorer?[team.ThreadCount];
        RowScores?[] buffers = new RowScores?[team.ThreadCount];
        int rowsPerChunk = rows.Chunks[0].Count;
        team.Run(dealt.Length, (thread, c) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            RowScores scores = buffers[thread]?.Count == rows.Chunks[c].Count
                ? buffers[thread]!
                : buffers[thread] = new RowScores(rows.Chunks[c].Count, componentCount, true);
            (scorers[thread] ??= new KernelScorer(mixture.Dimension)).Score(rows.Chunks[c], mixture.Terms, scores);
            dealt[c] = new List<Share>[componentCount];
            losses[c] = new double[componentCount];
            for (int k = 0; k < componentCount; k++)
            {
                losses[c][k] = Deal(rows.Chunks[c], scores.Responsibilities!, k, c * rowsPerChunk, minShare, dealt[c][k] = []);
            }
        });
        Array.ForEach(scorers, scorer => scorer?.Release());
        Share[][] shares = new Share[componentCount][];
        double[] removalLosses = new double[componentCount];
        team.Run(componentCount, (_, k) =>
        {
            shares[k] = [.. dealt.SelectMany(chunk => chunk[k])];
            removalLosses[k] = losses.Sum(chunk => chunk[k]) + (rows.TotalWeight * Math.Log(1 - Math.Min(mixture.Weights[k], MaxShare)));
        });
        return new ComponentRows(rows, shares, removalLosses);
    }

    /// <summary>The rows of some components as a table of their own, weighted by what these have together.</summary>
    public InMemoryObservations Gather(params int[] components) => Gather(components.Select(component => _shares[component]).Aggregate(Add));

    /// <summary>For each component the most of its rows' weight that it shares with each other: the smaller part of each row counts.</summary>
    /// <param name="team">Shares out the components.</param>
    public double[][] Overlaps(WorkerTeam team)
    {
        double[][] overlaps = new double[_shares.Length][];
        double[]?[] scratch = new double[team.ThreadCount][];
        team.Run(overlaps.Length, (thread, k) =>
        {
            double[] own = scratch[thread] ??= new double[_rows.Count];
            Array.ForEach(_shares[k], share => own[share.Row] = share.Weight);
            overlaps[k] = [.. _shares.Select(other => other.Sum(share => Math.Min(share.Weight, own[share.Row])))];
            Array.ForEach(_shares[k], share => own[share.Row] = 0);
        });
        return overlaps;
    }

    /// <summary>What two have of each row together.</summary>
    private static Share[] Add(Share[] first, Share[] second)
    {
        List<Share> both = new(first.Length + second.Length);
        for (int i = 0, j = 0; i < first.Length || j < second.Length;)
        {
            int row = Math.Min(i < first.Length ? first[i].Row : int.MaxValue, j < second.Length ? second[j].Row : int.MaxValue);
            double weight = i < first.Length && first[i].Row == row ? first[i++].Weight : 0;
            weight += j < second.Length && second[j].Row == row ? second[j++].Weight : 0;
            both.Add(new Share(row, weight));
        }

        return [.. both];
    }

    private static double Deal(RowChunk chunk, double[] responsibilities, int component, int firstRow, double minShare, List<Share> shares)
    {
        double loss = 0;
        int offset = component * chunk.Count;
        for (int i = 0; i < chunk.Count; i++)
        {
            double share = responsibilities[offset + i];
            double weight = chunk.Weights?[i] ?? 1;
            if (!(share > 0) || !(weight > 0))
            {
                continue;
            }

            loss -= weight * Math.Log(1 - Math.Min(share, MaxShare));
            if (share >= minShare)
            {
                shares.Add(new Share(firstRow + i, weight * share));
            }
        }

        return loss;
    }

    private InMemoryObservations Gather(Share[] shares)
    {
        int dimension = _rows.Property.Count;
        double[] values = new double[shares.Length * dimension];
        double[] weights = new double[shares.Length];
        int rowsPerChunk = _rows.Chunks[0].Count;
        for (int i = 0; i < shares.Length; i++)
        {
            RowChunk chunk = _rows.Chunks[shares[i].Row / rowsPerChunk];
            int row = shares[i].Row % rowsPerChunk;
            weights[i] = shares[i].Weight;
            for (int j = 0; j < dimension; j++)
            {
                values[(j * shares.Length) + i] = chunk.Values[(j * chunk.Count) + row];
            }
        }

        return new InMemoryObservations(_rows.Property, [new RowChunk(values, shares.Length, weights)]);
    }

    /// <summary>A row of which a component has so much.</summary>
    private readonly record struct Share(int Row, double Weight);
}
