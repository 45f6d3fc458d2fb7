using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Selection;

namespace GmmTools.Inference.Testing;

/// <summary>Compares the columns of rows with those of other rows, in each group by itself, and ranks the differences by what they add up to.</summary>
public sealed class SampleComparison
{
    private const int RowsPerCheck = 4096;

    private readonly SampleComparisonOptions _options;
    private readonly Action<FitPoolProgress>? _progress;

    /// <summary>Creates a comparison.</summary>
    /// <param name="options">How to compare.</param>
    /// <param name="progress">Called when a comparison is done, from any thread; must be quick. Or null.</param>
    /// <exception cref="GmmTools.Estimation.EstimationException">An option is out of its domain.</exception>
    public SampleComparison(SampleComparisonOptions options, Action<FitPoolProgress>? progress = null)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _options.Validate();
        _progress = progress;
    }

    /// <summary>Compares rows.</summary>
    /// <param name="reference">The rows that the others are compared with.</param>
    /// <param name="referenceGroups">Their groups; null where they have none.</param>
    /// <param name="sample">The other rows, with the same columns in the same order.</param>
    /// <param name="sampleGroups">Their groups; null where they have none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One difference for each group of either and each column, the largest total first; groups that only one side has are last.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public SampleComparisonReport Compare(
        IObservations reference, GroupedRows? referenceGroups, IObservations sample, GroupedRows? sampleGroups, CancellationToken cancellationToken)
    {
        _ = reference ?? throw new ArgumentNullException(nameof(reference));
        _ = sample ?? throw new ArgumentNullException(nameof(sample));
        int columnCount = sample.Property.Count;
        WeightedValues[][] before = Split(reference, referenceGroups, cancellationToken);
        WeightedValues[][] after = Split(sample, sampleGroups, cancellationToken);
        WeightedValues[] none = [.. Enumerable.Range(0, columnCount).Select(_ => new WeightedValues())];
        List<RowGroup?> groups = sampleGroups is null ? [null] : [.. sampleGroups.Groups];
        List<(WeightedValues Reference, WeightedValues Sample)> pairs = [];
        Dictionary<RowGroup, int> known = referenceGroups?.Groups.Select((group, place) => (group, place)).ToDictionary(pair => pair.group, pair => pair.place) ?? [];
        for (int place = 0; place < groups.Count; place++)
        {
            WeightedValues[] own = groups[place] is not RowGroup group ? before[0] : known.TryGetValue(group, out int other) ? before[other] : none;
            pairs.AddRange(own.Zip(after[place], (first, second) => (first, second)));
        }

        if (referenceGroups is not null)
        {
            HashSet<RowGroup?> found = [.. groups];
            foreach ((RowGroup group, WeightedValues[] own) in referenceGroups.Groups.Zip(before, (group, own) => (group, own)).Where(one => !found.Contains(one.group)))
            {
                groups.Add(group);
                pairs.AddRange(own.Zip(none, (first, second) => (first, second)));
            }
        }

        return Report(groups, sample.Property, pairs, cancellationToken);
    }

    private SampleComparisonReport Report(
        List<RowGroup?> groups,
        IReadOnlyList<string> columns,
        IReadOnlyList<(WeightedValues Reference, WeightedValues Sample)> pairs,
        CancellationToken cancellationToken)
    {
        int testCount = pairs.Count(SampleComparer.IsComparable);
        SampleComparer comparer = new(_options.MostFor(Math.Max(1, testCount)), _options.Seed, _options.ThreadCount, _options.TimeLimit, _progress);
        IReadOnlyList<SampleDifference> differences = comparer.Compare(pairs, cancellationToken);
        for (int i = 0; i < differences.Count; i++)
        {
            SampleDifference difference = differences[i];
            difference.Group = groups[i / columns.Count];
            difference.Column = columns[i % columns.Count];

            // a p-value that is as large as the rate may come out slightly above it
            difference.Differs = difference.AdjustedPValue <= _options.FalseDiscoveryRate * (1 + 1e-12);
        }

        return new SampleComparisonReport(
            [.. differences.OrderBy(one => double.IsNaN(one.TotalHarm)).ThenByDescending(one => one.TotalHarm)],
            [.. Warn(testCount, comparer.UnfinishedCount)]);
    }

    private IEnumerable<string> Warn(int testCount, int unfinishedCount)
    {
        if (unfinishedCount > 0)
        {
            yield return FormattableString.Invariant(
                $"The time limit ended the work when {unfinishedCount} of {Counted.Of(testCount, "comparison")} {(unfinishedCount == 1 ? "was" : "were")} not done; {(unfinishedCount == 1 ? "its p-value is" : "their p-values are")} that of the replicates there are, and 1 without any.");
        }

        if (_options.ReplicateCount is int given && given < _options.Least(testCount))
        {
            yield return FormattableString.Invariant(
                $"With {Counted.Of(given, "replicate")}, no p-value is below {1 / (given + 1.0):G3}, so that one difference alone is not found among {Counted.Of(testCount, "comparison")}. That takes at least {_options.Least(testCount):F0}.");
        }
    }

    /// <summary>The values of each group and column.</summary>
    private static WeightedValues[][] Split(IObservations observations, GroupedRows? groups, CancellationToken cancellationToken)
    {
        int columnCount = observations.Property.Count;
        WeightedValues[][] values =
        [
            .. Enumerable.Range(0, groups?.Groups.Count ?? 1).Select(_ => Enumerable.Range(0, columnCount).Select(_ => new WeightedValues()).ToArray()),
        ];
        int count = 0;
        foreach ((double[] row, double weight) in observations.EnumerateWeighted())
        {
            if (count % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            WeightedValues[] own = values[groups?.Places[count] ?? 0];
            count++;
            for (int j = 0; j < columnCount; j++)
            {
                own[j].Add(row[j], weight);
            }
        }

        return values;
    }
}
