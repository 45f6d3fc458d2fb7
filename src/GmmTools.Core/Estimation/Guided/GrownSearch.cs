using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations;

namespace GmmTools.Estimation.Guided;

/// <summary>
/// Looks for components beside those of a mixture that is given: each start has them about rows that are drawn by their squared distance from the
/// components that there are, as wide as the rows near them.
/// </summary>
internal sealed class GrownSearch
{
    /// <summary>Rows that starts are found among.</summary>
    private const int MaxRows = 20_000;

    /// <summary>A new component begins with a share of the rows between these.</summary>
    private const double LeastShare = 0.02;
    private const double MostShare = 0.3;

    private readonly IObservations _observations;
    private readonly PooledMoments _pooled;
    private readonly MixtureParameters _given;
    private readonly EmOptions _options;
    private readonly RunLimits _limits;
    private readonly Func<int, Action<EmTrace, double>?> _report;
    private readonly FitJournal? _journal;

    /// <param name="observations">All rows.</param>
    /// <param name="pooled">Their moments.</param>
    /// <param name="given">The components that there are.</param>
    /// <param name="options">What to estimate.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="report">Gives the progress report of a start, numbered from 1.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    public GrownSearch(
        IObservations observations,
        PooledMoments pooled,
        MixtureParameters given,
        EmOptions options,
        RunLimits limits,
        Func<int, Action<EmTrace, double>?> report,
        FitJournal? journal)
    {
        _observations = observations;
        _pooled = pooled;
        _given = given.Clone();
        _given.TryFactorize();
        _options = options;
        _limits = limits;
        _report = report;
        _journal = journal;
    }

    /// <summary>Where the starts lead, the best first; when the time is up, those found until then, but at least one.</summary>
    /// <param name="record">Told what became of the starts.</param>
    public IReadOnlyList<EmRun> Find(StartRecord record)
    {
        InMemoryObservations rows = _observations.Sample(MaxRows, SplitMix64.Derive(_options.Seed, 0), _limits.CancellationToken);
        record.CoversAllRows = rows.Count == _observations.Count && !_observations.HasGaps;
        return StartTrials.Run(rows, _pooled, _options, _limits, _report, _journal, _ => CreateStarts(rows), record);
    }

    private List<(string Name, MixtureParameters Mixture)> CreateStarts(InMemoryObservations rows)
    {
        double[] points = UnitFreePoints.Scale(rows, _pooled.Bulk, _limits.CancellationToken);
        double[] distances = Distances(rows);
        List<(string Name, MixtureParameters Mixture)> starts = [];
        for (int start = 1; start <= _options.RestartCount; start++)
        {
            _limits.CancellationToken.ThrowIfCancellationRequested();
            starts.Add(("AddedComponent", Grow(rows, points, distances, new SplitMix64(SplitMix64.Derive(_options.Seed, (ulong)start)))));
        }

        return starts;
    }

    /// <summary>The squared distance of each row from the nearest component that is given.</summary>
    private double[] Distances(InMemoryObservations rows)
    {
        RowScorer<NormalLink> scorer = new(_given.Terms);
        double[] row = new double[_given.Dimension];
        double[] distances = new double[rows.Count];
        for (int i = 0; i < distances.Length; i++)
        {
            rows.CopyRow(i, row);
            distances[i] = Enumerable.Range(0, _given.ComponentCount).Min(k => scorer.SquaredDistance(row, k));
        }

        return distances;
    }

    private MixtureParameters Grow(InMemoryObservations rows, double[] points, double[] distances, SplitMix64 random)
    {
        int[][] members = new int[_options.AdditionalComponentCount][];
        double[] left = [.. distances.Select((distance, i) => distance * rows.WeightOf(i))];
        for (int added = 0; added < members.Length; added++)
        {
            int seed = RowDraw.InProportion(left, random);
            double share = LeastShare * Math.Pow(MostShare / LeastShare, random.NextDouble());
            int count = (int)Math.Max(_given.Dimension + 2, Math.Min(rows.Count, share * rows.Count));
            members[added] = Nearest(points, seed, Math.Min(count, (int)rows.Count));

            // the next one elsewhere
            Array.ForEach(members[added], i => left[i] = 0);
        }

        MixtureParameters news = MemberStart.Create(rows, members, MaximizationStep.Create(_options.CovarianceModel), _pooled.Bulk, null);
        double[] shares = [.. members.Select(own => own.Sum(i => rows.WeightOf(i)) / rows.TotalWeight)];
        return Joined(news, shares);
    }

    /// <summary>The components that are given, and then new ones; together they have no more than half of the weight.</summary>
    private MixtureParameters Joined(MixtureParameters news, double[] shares)
    {
        double together = Math.Min(0.5, shares.Sum());
        MixtureParameters joined = new(_given.ComponentCount + news.ComponentCount, _given.Dimension, _given.Shape);
        for (int k = 0; k < joined.ComponentCount; k++)
        {
            bool isNew = k >= _given.ComponentCount;
            MixtureParameters source = isNew ? news : _given;
            int from = isNew ? k - _given.ComponentCount : k;
            joined.Weights[k] = isNew ? together * shares[from] / shares.Sum() : (1 - together) * _given.Weights[k];
            Array.Copy(source.Means, from * source.Dimension, joined.Means, k * source.Dimension, source.Dimension);
            Array.Copy(source.Covariances, from * source.CovarianceLength, joined.Covariances, k * source.CovarianceLength, source.CovarianceLength);
        }

        return joined;
    }

    private int[] Nearest(double[] points, int seed, int count)
    {
        int dimension = _given.Dimension;
        double[] distances = new double[points.Length / dimension];
        int[] order = [.. Enumerable.Range(0, distances.Length)];
        for (int i = 0; i < points.Length; i++)
        {
            double difference = points[i] - points[(seed * dimension) + (i % dimension)];
            distances[i / dimension] += difference * difference;
        }

        Array.Sort(distances, order);
        return [.. order.Take(count)];
    }
}
