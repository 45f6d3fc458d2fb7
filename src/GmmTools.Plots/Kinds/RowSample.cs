using System;
using System.Collections.Generic;
using System.Threading;
using GmmTools.Observations;

namespace GmmTools.Plots.Kinds;

/// <summary>Rows to draw: all, or as many of them, chosen at random, as a reader can tell apart.</summary>
internal sealed class RowSample
{
    /// <summary>More points than this hide each other, and take their time.</summary>
    public const int MaxPoints = 20000;

    /// <summary>The same for each panel of a matrix.</summary>
    public const int MaxPointsOfPanel = 5000;

    private RowSample(IReadOnlyList<double[]> rows, long totalCount)
    {
        Rows = rows;
        TotalCount = totalCount;
    }

    /// <summary>The rows; NaN where a cell is missing.</summary>
    public IReadOnlyList<double[]> Rows { get; }

    /// <summary>Number of rows that they were chosen from.</summary>
    public long TotalCount { get; }

    /// <summary>Says that not all rows are drawn; empty when they are.</summary>
    public string Caption => Rows.Count < TotalCount
        ? FormattableString.Invariant($"{Rows.Count:N0} of {Counted.Grouped(TotalCount, "row")}, drawn at random.")
        : string.Empty;

    /// <summary>Chooses rows.</summary>
    /// <param name="observations">The rows.</param>
    /// <param name="most">The most rows.</param>
    /// <param name="seed">Seed of the choice.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The choice, in the order of the rows.</returns>
    public static RowSample Draw(IObservations observations, int most, ulong seed, CancellationToken cancellationToken)
    {
        if (observations.HasGaps && observations.CanEnumerate)
        {
            // a sample has its gaps filled, and a picture is to show what there is
            return Choose(observations, most, seed, cancellationToken);
        }

        List<double[]> rows = [];
        foreach (double[] row in observations.Sample(most, seed, cancellationToken).EnumerateRows())
        {
            rows.Add((double[])row.Clone());
        }

        return new RowSample(rows, observations.Count);
    }

    /// <summary>Selection sampling: Knuth, The Art of Computer Programming, volume 2, algorithm S.</summary>
    private static RowSample Choose(IObservations observations, int most, ulong seed, CancellationToken cancellationToken)
    {
        Random random = new(unchecked((int)seed));
        List<double[]> rows = [];
        long remaining = observations.Count;
        foreach ((double[] row, double _) in observations.EnumerateWeighted())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (random.NextDouble() * remaining < most - rows.Count)
            {
                rows.Add((double[])row.Clone());
            }

            remaining--;
        }

        return new RowSample(rows, observations.Count);
    }
}
