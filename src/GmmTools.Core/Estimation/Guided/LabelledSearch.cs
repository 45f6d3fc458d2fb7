using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Checkpoints;
using GmmTools.Estimation.Initialization;
using GmmTools.Estimation.Iteration;
using GmmTools.Estimation.Known;
using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Estimation.Models;
using GmmTools.Estimation.Runs;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Views;

namespace GmmTools.Estimation.Guided;

/// <summary>
/// Looks for the best optimum where the class of some rows is known: from clusters that the labelled rows seed, and from the starts that other fits have, whose
/// components are given to the classes. Components are neither split nor merged, since they are those of the classes.
/// </summary>
internal sealed class LabelledSearch
{
    /// <summary>Rows that starts are found among; where there are more, at least half of them have labels, if as many do.</summary>
    private const int MaxRows = 20_000;

    private readonly IObservations _observations;
    private readonly PooledMoments _pooled;
    private readonly EmOptions _options;
    private readonly KnownComponents _known;
    private readonly RunLimits _limits;
    private readonly Func<int, Action<EmTrace, double>?> _report;
    private readonly FitJournal? _journal;

    /// <param name="observations">All rows, with their labels.</param>
    /// <param name="pooled">Their moments.</param>
    /// <param name="options">What to estimate.</param>
    /// <param name="limits">When to stop.</param>
    /// <param name="report">Gives the progress report of a start, numbered from 1.</param>
    /// <param name="journal">Where the runs are kept, or null.</param>
    public LabelledSearch(
        IObservations observations,
        PooledMoments pooled,
        EmOptions options,
        RunLimits limits,
        Func<int, Action<EmTrace, double>?> report,
        FitJournal? journal)
    {
        _observations = observations;
        _pooled = pooled;
        _options = options;
        _known = options.KnownComponents!;
        _limits = limits;
        _report = report;
        _journal = journal;
    }

    /// <summary>Where the starts lead, the best first; when the time is up, those found until then, but at least one.</summary>
    /// <param name="contained">Mixtures of models that this one contains, to start from as well.</param>
    /// <param name="record">Told what became of the starts.</param>
    public IReadOnlyList<EmRun> Find(IEnumerable<MixtureParameters> contained, StartRecord record)
    {
        InMemoryObservations rows = SampleRows();
        record.CoversAllRows = rows.Count == _observations.Count && !_observations.HasGaps;
        return StartTrials.Run(
            rows,
            _pooled,
            _options,
            _limits,
            _report,
            _journal,
            team => [.. CreateStarts(rows, team), .. contained.Select(mixture => ("ContainedModel", mixture))],
            record);
    }

    private List<(string Name, MixtureParameters Mixture)> CreateStarts(InMemoryObservations rows, RunnerTeam team)
    {
        int[] labels = [.. rows.EnumerateLabels()];
        LabelAlignment alignment = new(rows, labels, _known);
        SearchEffort effort = SearchEffort.For(rows, _options.ComponentCount, _options.CovarianceModel.Shape(), isQuick: false);
        StartKinds kinds = StartKinds.Create(_options, rows, _pooled.Bulk, team, effort, StartTrials.LimitsOf(_limits));
        StartProblem problem = new(
            rows, _pooled.Bulk, MaximizationStep.Create(_options.CovarianceModel), _options.ComponentCount, _options.FixedWeights);
        SeededInitializer seeded = new(problem, UnitFreePoints.Scale(rows, _pooled.Bulk, _limits.CancellationToken), labels, _known, effort.LloydSteps);
        List<(string Name, MixtureParameters Mixture)> starts = [];
        int count = _known.DetermineAll(_options.ComponentCount) ? 1 : _options.RestartCount;
        for (int start = 1; start <= count; start++)
        {
            SplitMix64 random = new(SplitMix64.Derive(_options.Seed, (ulong)start));
            int other = seeded.IsRandom ? start / 2 : start - 1;
            bool isSeeded = start == 1 || (seeded.IsRandom && start % 2 == 1) || other > kinds.Most;
            if (isSeeded && start > 1 && !seeded.IsRandom)
            {
                break;
            }

            IInitializer initializer = isSeeded ? seeded : kinds[other];
            MixtureParameters mixture = initializer.Initialize(random, _limits.CancellationToken);
            starts.Add((initializer.Name, isSeeded ? mixture : alignment.Align(mixture, _options.FixedWeights, _limits.CancellationToken)));
        }

        return starts;
    }

    /// <summary>All rows where they are few, else a sample of those with a label and one of the others, each with the weight of what it stands for.</summary>
    private InMemoryObservations SampleRows()
    {
        ulong seed = SplitMix64.Derive(_options.Seed, 0);
        IReadOnlyList<int> labels = _known.Labels;
        if (_observations.Count <= MaxRows || _known.LabelledCount == labels.Count)
        {
            return _observations.Sample(MaxRows, seed, _limits.CancellationToken);
        }

        int labelledCount = Math.Min(_known.LabelledCount, MaxRows / 2);
        IObservations labelled = _observations.Filter((number, _) => labels[(int)number] >= 0);
        IObservations others = _observations.Filter((number, _) => labels[(int)number] < 0);
        return Join(
            (labelled.Sample(labelledCount, seed, _limits.CancellationToken), labelled.TotalWeight),
            (others.Sample(MaxRows - labelledCount, seed, _limits.CancellationToken), others.TotalWeight));
    }

    private InMemoryObservations Join(params (InMemoryObservations Rows, double Weight)[] samples)
    {
        ObservationsBuilder joined = new([.. _observations.Property], weighted: true);
        foreach ((InMemoryObservations rows, double weight) in samples)
        {
            foreach ((double[] row, double rowWeight) in rows.EnumerateWeighted())
            {
                joined.Add(row, rowWeight * weight / rows.TotalWeight);
            }
        }

        return (InMemoryObservations)joined.Build().Label([.. samples.SelectMany(sample => sample.Rows.EnumerateLabels())]);
    }
}
