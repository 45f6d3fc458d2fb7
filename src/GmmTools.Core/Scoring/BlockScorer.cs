using System;
using System.Collections.Generic;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Numerics.Kernels;
using GmmTools.Observations.Intake;

namespace GmmTools.Scoring;

/// <summary>
/// Scores rows under a mixture, many at a time on the vectorised kernels of the estimator. Rows with gaps are scored under the marginal
/// mixture of what they have, together with the rows that have the same. Serves one thread.
/// </summary>
public sealed class BlockScorer
{
    private readonly GaussianMixture _mixture;
    private readonly KernelScorer _kernels;
    private readonly PatternGroups<View> _groups;

    /// <summary>Prepares to score.</summary>
    /// <param name="mixture">The mixture.</param>
    public BlockScorer(GaussianMixture mixture)
    {
        _mixture = mixture;
        _kernels = new KernelScorer(mixture.Dimension);
        _groups = new PatternGroups<View>(mixture.Dimension, pattern => new View(mixture.Parameters, pattern));
    }

    /// <summary>Scores a block.</summary>
    /// <param name="block">Rows in the order of the mixture's columns; NaN where a cell is missing.</param>
    /// <param name="withResponsibilities">Whether the responsibilities of all components are wanted.</param>
    /// <returns>The scores. A row of which nothing was observed has density 1, and the components have their weights as
    /// probabilities.</returns>
    /// <exception cref="InvalidMixtureException">The mixture is trimmed, and cells are missing (TrimmingNotSupported).</exception>
    public RowScores Score(RowBlock block, bool withResponsibilities = false)
    {
        if (block.Values.Length != block.Count * _mixture.Dimension)
        {
            throw new ArgumentException($"The rows do not have the {Counted.Of(_mixture.Dimension, "column")} of the mixture.", nameof(block));
        }

        if (!block.HasGaps)
        {
            RowScores whole = _kernels.Score(block.Chunk, _mixture.Parameters.Terms, withResponsibilities);
            if (_mixture.Trimming is MixtureTrimming trimming)
            {
                whole.Trim(trimming.LogDensity);
            }

            return whole;
        }

        _mixture.RefuseTrimming("The component of a row with missing values");

        RowScores scores = new(block.Count, _mixture.ComponentCount, withResponsibilities);
        foreach (KeyValuePair<View, List<int>> group in _groups.Split(block))
        {
            int[] rows = [.. group.Value];
            RowChunk observed = PatternGroups<View>.Gather(block, group.Key.Columns, rows);
            scores.Set(_kernels.Score(observed, group.Key.Observed.Terms, withResponsibilities), rows);
        }

        return scores;
    }

    /// <summary>The mixture of the columns that rows of one pattern have.</summary>
    private sealed class View
    {
        public View(MixtureParameters mixture, MissingPattern pattern)
        {
            Columns = pattern.Observed;
            ConditionalMixture view = new(mixture.ComponentCount, mixture.Dimension, Columns.Length, mixture.Shape);
            view.Condition(mixture, pattern);
            Observed = view.Observed;
        }

        public int[] Columns { get; }

        public MixtureParameters Observed { get; }
    }
}
