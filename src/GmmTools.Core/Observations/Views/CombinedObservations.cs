using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Observations.Views;

/// <summary>
/// Rows in several parts of the same columns, each wherever it is: in memory, in a file, on a server. The sums of the whole are those of the parts,
/// added in their order.
/// </summary>
public sealed class CombinedObservations : IObservations
{
    private readonly IObservations[] _parts;

    /// <summary>Combines parts.</summary>
    /// <param name="parts">The parts, at least one; they stay the caller's.</param>
    /// <exception cref="InvalidObservationException">There is no part (NoRows), or the parts differ in their columns (PartMismatch).</exception>
    public CombinedObservations(IReadOnlyList<IObservations> parts)
    {
        _parts = [.. parts];
        if (_parts.Length == 0)
        {
            throw new InvalidObservationException("NoRows", "There are no parts, and so no rows. Give at least one.");
        }

        Property = _parts[0].Property;
        int other = Array.FindIndex(_parts, part => !part.Property.SequenceEqual(Property, StringComparer.OrdinalIgnoreCase));
        if (other >= 0)
        {
            throw new InvalidObservationException(
                "PartMismatch",
                FormattableString.Invariant($"Part {other + 1} of the rows has the columns {string.Join(", ", _parts[other].Property)}, but the first has {string.Join(", ", Property)}. Give parts of the same columns in the same order."),
                offendingValue: other + 1);
        }

        Count = _parts.Sum(part => part.Count);
        TotalWeight = _parts.Sum(part => part.TotalWeight);
        Minimum = [.. Enumerable.Range(0, Property.Count).Select(j => _parts.Min(part => part.Minimum[j]))];
        Maximum = [.. Enumerable.Range(0, Property.Count).Select(j => _parts.Max(part => part.Maximum[j]))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Property { get; }

    /// <inheritdoc/>
    public long Count { get; }

    /// <inheritdoc/>
    public double TotalWeight { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> Minimum { get; }

    /// <inheritdoc/>
    public IReadOnlyList<double> Maximum { get; }

    /// <inheritdoc/>
    public bool HasGaps => Array.Exists(_parts, part => part.HasGaps);

    /// <inheritdoc/>
    public bool CanEnumerate => Array.TrueForAll(_parts, part => part.CanEnumerate);

    /// <inheritdoc/>
    public IEnumerable<(double[] Row, double Weight)> EnumerateWeighted() => _parts.SelectMany(part => part.EnumerateWeighted());

    /// <inheritdoc/>
    public IObservations Reweight(IReadOnlyList<double> weights)
    {
        RowWeights given = new(weights, Count);
        List<IObservations> parts = [];
        foreach (IObservations part in _parts)
        {
            double[] ofPart = new double[part.Count];
            for (int i = 0; i < ofPart.Length; i++)
            {
                ofPart[i] = given.Next();
            }

            // a part of which no row is left has no share in the sums
            if (Array.Exists(ofPart, weight => weight > 0))
            {
                parts.Add(part.Reweight(ofPart));
            }
        }

        return new CombinedObservations(parts);
    }

    /// <inheritdoc/>
    public IObservations Label(IReadOnlyList<int> labels)
    {
        RowLabels given = new(labels, Count);
        return new CombinedObservations([.. _parts.Select(part => part.Label([.. Enumerable.Range(0, (int)part.Count).Select(_ => given.Next())]))]);
    }

    /// <inheritdoc/>
    public TrimmedObservations Trim(double fraction) => throw TrimmedObservations.NotSupported("Rows in several parts");

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, string>> Describe(CancellationToken cancellationToken) =>
    [
        new("the number of parts", _parts.Length.ToString(CultureInfo.InvariantCulture)),
        .. _parts.SelectMany((part, number) => part.Describe(cancellationToken).Select(pair =>
            new KeyValuePair<string, string>(FormattableString.Invariant($"{pair.Key} of part {number + 1}"), pair.Value))),
    ];

    /// <inheritdoc/>
    public IExpectationStep PrepareExpectation(int componentCount, CovarianceShape shape, int threadCount) =>
        new CombinedExpectationStep([.. _parts.Select(part => part.PrepareExpectation(componentCount, shape, threadCount))]);

    /// <summary>Rows of every part, in proportion to its weight; of a part that rows are left out of, those that are there stand for all.</summary>
    /// <inheritdoc/>
    public InMemoryObservations Sample(int maximumCount, ulong seed, CancellationToken cancellationToken)
    {
        List<(InMemoryObservations Rows, double Weight)> samples = [];
        double passed = 0;
        long drawn = 0;
        for (int i = 0; i < _parts.Length; i++)
        {
            passed += _parts[i].TotalWeight;
            long end = i == _parts.Length - 1 ? maximumCount : (long)(maximumCount * passed / TotalWeight);
            int wanted = (int)Math.Min(_parts[i].Count, Count <= maximumCount ? _parts[i].Count : end - drawn);
            drawn = end;
            if (wanted > 0)
            {
                samples.Add((_parts[i].Sample(wanted, SplitMix64.Derive(seed, (ulong)i), cancellationToken), _parts[i].TotalWeight));
            }
        }

        return Join(samples);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ImprobableRow> FindLeastProbable(MixtureParameters mixture, int count, int threadCount, CancellationToken cancellationToken) =>
    [
        .. _parts.SelectMany(part => part.FindLeastProbable(mixture, count, threadCount, cancellationToken)).OrderBy(row => row.LogDensity).Take(count),
    ];

    /// <summary>The rows of all samples. Where any has weights, each has that of the part that it is of.</summary>
    private InMemoryObservations Join(List<(InMemoryObservations Rows, double Weight)> samples)
    {
        bool weighted = samples.Exists(sample => sample.Rows.IsWeighted);
        RowKeeper joined = new([.. Property], weighted);
        foreach ((InMemoryObservations rows, double weight) in samples)
        {
            double share = weight / rows.TotalWeight;
            foreach ((double[] row, double rowWeight) in rows.EnumerateWeighted())
            {
                joined.Add(row, weighted ? rowWeight * share : 1);
            }
        }

        InMemoryObservations all = joined.Build();
        return samples.Exists(sample => sample.Rows.EnumerateLabels().Any())
            ? (InMemoryObservations)all.Label([.. samples.SelectMany(sample => LabelsOf(sample.Rows))])
            : all;
    }

    /// <summary>A label for each row: −1 where the part has none.</summary>
    private static IEnumerable<int> LabelsOf(InMemoryObservations rows) =>
        rows.EnumerateLabels().Any()
            ? rows.EnumerateLabels()
            : Enumerable.Repeat(RowLabels.Unknown, (int)rows.Count);
}
