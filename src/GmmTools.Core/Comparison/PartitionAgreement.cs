using System;
using System.Collections.Generic;
using GmmTools.Numerics.Dense;
using GmmTools.Observations;

namespace GmmTools.Comparison;

/// <summary>
/// How well two partitions of the same rows agree, whatever their labels are called. The adjusted Rand index is that of Hubert and Arabie,
/// Journal of Classification 2 (1985) 193-218.
/// </summary>
public sealed class PartitionAgreement
{
    /// <summary>More labels than this on one side are no partition but something else.</summary>
    private const int MaxLabels = 2000;

    private readonly Dictionary<string, int> _references = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _differences = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<(int Reference, int Difference), long> _counts = [];
    private readonly List<string> _referenceLabels = [];
    private readonly List<string> _differenceLabels = [];

    /// <summary>Number of rows.</summary>
    public long RowCount { get; private set; }

    /// <summary>Labels of the reference, in the order in which they came.</summary>
    public IReadOnlyList<string> ReferenceLabels => _referenceLabels;

    /// <summary>Labels of the other partition, in the order in which they came.</summary>
    public IReadOnlyList<string> DifferenceLabels => _differenceLabels;

    /// <summary>Counts a row.</summary>
    /// <param name="reference">Its label in the reference.</param>
    /// <param name="difference">Its label in the other partition.</param>
    /// <exception cref="InvalidObservationException">There are too many labels (TooManyLabels).</exception>
    public void Add(string reference, string difference)
    {
        (int, int) pair = (Find(_references, _referenceLabels, reference), Find(_differences, _differenceLabels, difference));
        _counts[pair] = _counts.TryGetValue(pair, out long count) ? count + 1 : 1;
        RowCount++;
    }

    /// <summary>Number of rows of a label of the reference that have a label of the other partition.</summary>
    /// <param name="reference">Index into <see cref="ReferenceLabels"/>.</param>
    /// <param name="difference">Index into <see cref="DifferenceLabels"/>.</param>
    /// <returns>The count.</returns>
    public long Count(int reference, int difference) => _counts.TryGetValue((reference, difference), out long count) ? count : 0;

    /// <summary>The adjusted Rand index: 1 for the same partition, 0 on average for partitions that have nothing to do with each
    /// other.</summary>
    /// <returns>The index; 1 where both partitions have all rows in one group, or each in its own.</returns>
    public double AdjustedRandIndex()
    {
        double pairs = 0;
        double[] rows = new double[_referenceLabels.Count];
        double[] columns = new double[_differenceLabels.Count];
        foreach (KeyValuePair<(int Reference, int Difference), long> cell in _counts)
        {
            pairs += Pairs(cell.Value);
            rows[cell.Key.Reference] += cell.Value;
            columns[cell.Key.Difference] += cell.Value;
        }

        double rowPairs = Sum(rows);
        double columnPairs = Sum(columns);
        double expected = RowCount < 2 ? 0 : rowPairs / Pairs(RowCount) * columnPairs;
        double most = 0.5 * (rowPairs + columnPairs);
        return most == expected ? 1 : (pairs - expected) / (most - expected);
    }

    /// <summary>For each label of the reference the label of the other partition that it is matched with, one to one, so that as many rows as
    /// possible agree.</summary>
    /// <returns>Indices into <see cref="DifferenceLabels"/>; −1 where there is none left.</returns>
    public int[] Match()
    {
        int size = Math.Max(_referenceLabels.Count, _differenceLabels.Count);
        double[,] cost = new double[size, size];
        foreach (KeyValuePair<(int Reference, int Difference), long> cell in _counts)
        {
            cost[cell.Key.Reference, cell.Key.Difference] = -cell.Value;
        }

        int[] columns = size == 0 ? [] : LinearAssignment.Solve(cost);
        int[] match = new int[_referenceLabels.Count];
        for (int row = 0; row < match.Length; row++)
        {
            match[row] = columns[row] < _differenceLabels.Count ? columns[row] : -1;
        }

        return match;
    }

    /// <summary>Number of rows that do not agree under the best matching.</summary>
    /// <returns>The count.</returns>
    public long MisclassifiedCount()
    {
        long agreeing = 0;
        int[] match = Match();
        for (int row = 0; row < match.Length; row++)
        {
            agreeing += match[row] < 0 ? 0 : Count(row, match[row]);
        }

        return RowCount - agreeing;
    }

    private static double Pairs(double count) => 0.5 * count * (count - 1);

    private static double Sum(double[] counts)
    {
        double sum = 0;
        foreach (double count in counts)
        {
            sum += Pairs(count);
        }

        return sum;
    }

    private static int Find(Dictionary<string, int> labels, List<string> order, string label)
    {
        if (labels.TryGetValue(label, out int index))
        {
            return index;
        }

        if (order.Count == MaxLabels)
        {
            throw new InvalidObservationException(
                "TooManyLabels",
                FormattableString.Invariant($"There are more than {MaxLabels} different labels, such as '{label}'. Choose columns that hold the groups of the rows."),
                offendingValue: label);
        }

        labels.Add(label, order.Count);
        order.Add(label);
        return order.Count - 1;
    }
}
