using System;
using System.Collections.Generic;
using GmmTools.Numerics;

namespace GmmTools.Observations;

/// <summary>What is known of the rows' components, dealt to the rows in order.</summary>
internal sealed class RowLabels
{
    /// <summary>Stands for a component that is not known.</summary>
    public const int Unknown = RowChunk.UnknownLabel;

    private readonly IReadOnlyList<int> _labels;
    private int _next;

    /// <param name="labels">One per row, in the order of the rows.</param>
    /// <param name="count">Number of rows.</param>
    /// <exception cref="ArgumentException">There are more or fewer labels than rows.</exception>
    /// <exception cref="InvalidObservationException">A label is below −1 (InvalidRowLabel).</exception>
    public RowLabels(IReadOnlyList<int> labels, long count)
    {
        if (labels.Count != count)
        {
            throw new ArgumentException(FormattableString.Invariant($"{Counted.Of(labels.Count, "label", "was", "were")} given for {Counted.Of(count, "row")}. Give one per row."), nameof(labels));
        }

        for (int i = 0; i < labels.Count; i++)
        {
            if (labels[i] < Unknown)
            {
                throw new InvalidObservationException(
                    "InvalidRowLabel",
                    FormattableString.Invariant($"Row {i + 1} has the label {labels[i]}. A label is the number of a component, from 0, or −1 where it is not known."),
                    i + 1,
                    null,
                    labels[i]);
            }
        }

        _labels = labels;
    }

    /// <summary>The label of the next row.</summary>
    public int Next() => _labels[_next++];

    /// <summary>The labels of the rows of a chunk; one that is left out takes none.</summary>
    public int[] Of(RowChunk chunk)
    {
        int[] labels = new int[chunk.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = chunk.Counts(i) ? Next() : Unknown;
        }

        return labels;
    }
}
