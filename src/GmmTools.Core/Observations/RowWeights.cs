using System;
using System.Collections.Generic;
using GmmTools.Numerics;

namespace GmmTools.Observations;

/// <summary>Weights that rows are given instead of those that they have, dealt to their chunks in order.</summary>
internal sealed class RowWeights
{
    private readonly IReadOnlyList<double> _weights;
    private int _next;

    /// <param name="weights">One per row, in the order of the rows.</param>
    /// <param name="count">Number of rows.</param>
    /// <exception cref="ArgumentException">There are more or fewer weights than rows.</exception>
    /// <exception cref="InvalidObservationException">A weight is negative or not finite (InvalidRowWeight), or all are 0 (NoRows).</exception>
    public RowWeights(IReadOnlyList<double> weights, long count)
    {
        if (weights.Count != count)
        {
            throw new ArgumentException(FormattableString.Invariant($"{Counted.Of(weights.Count, "weight", "was", "were")} given for {Counted.Of(count, "row")}. Give one per row."), nameof(weights));
        }

        bool any = false;
        for (int i = 0; i < weights.Count; i++)
        {
            any |= weights[i] > 0;
            if (!(weights[i] >= 0) || double.IsInfinity(weights[i]))
            {
                throw new InvalidObservationException(
                    "InvalidRowWeight",
                    FormattableString.Invariant($"Row {i + 1} has the weight {weights[i]:R}. A weight is a finite number, at least 0, and 0 leaves the row out."),
                    i + 1,
                    null,
                    weights[i]);
            }
        }

        _weights = any ? weights : throw new InvalidObservationException("NoRows", "There are no rows: all have weight 0.");
    }

    /// <summary>The weight of the next row.</summary>
    public double Next() => _weights[_next++];

    /// <summary>The weights of the rows of a chunk; one that is left out already stays so, and takes none.</summary>
    /// <param name="chunk">The chunk.</param>
    public double[] Of(RowChunk chunk)
    {
        double[] weights = new double[chunk.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = chunk.Counts(i) ? Next() : 0;
        }

        return weights;
    }
}
