using System;
using System.Collections.Generic;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Scoring;

/// <summary>
/// Scores rows under a mixture, many at a time on the vectorised kernels of the estimator. Rows with gaps are scored under the marginal
/// mixture of what they have, together with the rows that have the same. Serves one thread.
/// </summary>
public sealed class BlockScorer
{
    /// <summary>Marginal mixtures kept; beyond, rows of ever new patterns would fill the memory.</summary>
    private const int MostPatterns = 256;

    /// <summary>Fewer rows than this are not worth a kernel, which fills its vectors up.</summary>
    private const int LeastForKernel = 8;

    private readonly GaussianMixture _mixture;
    private readonly RowScorer _whole;
    private readonly PatternMap<View> _views;
    private readonly Func<MissingPattern, View> _addView;
    private readonly ExpectationKernel?[] _kernels;
    private readonly double[] _row;

    /// <summary>Prepares to score.</summary>
    /// <param name="mixture">The mixture.</param>
    public BlockScorer(GaussianMixture mixture)
    {
        _mixture = mixture;
        _whole = new RowScorer(mixture.Parameters);
        _views = new PatternMap<View>(mixture.Dimension);
        _addView = pattern => new View(mixture.Parameters, pattern);
        _kernels = new ExpectationKernel?[mixture.Dimension + 1];
        _row = new double[mixture.Dimension];
    }

    /// <summary>Scores a block.</summary>
    /// <param name="block">Rows in the order of the mixture's columns; NaN where a cell is missing.</param>
    /// <param name="withResponsibilities">Whether the responsibilities of all components are wanted.</param>
    /// <returns>The scores. A row of which nothing was observed has density 1, and the components have their weights as
    /// probabilities.</returns>
    public RowScores Score(RowBlock block, bool withResponsibilities = false)
    {
        if (block.Values.Length != block.Count * _mixture.Dimension)
        {
            throw new ArgumentException($"The rows do not have the {_mixture.Dimension} columns of the mixture.", nameof(block));
        }

        RowScores scores = new(block.Count, _mixture.ComponentCount, withResponsibilities);
        if (block.HasGaps)
        {
            ScoreByPattern(block, scores);
        }
        else
        {
            Score(block.Chunk, _mixture.Parameters, _whole, _row, scores);
        }

        return scores;
    }

    private void Score(RowChunk rows, MixtureParameters mixture, RowScorer scorer, double[] row, RowScores scores)
    {
        if (rows.Count >= LeastForKernel && mixture.Dimension > 0)
        {
            _kernels[mixture.Dimension] ??= ExpectationKernel.Create(mixture.ComponentCount, mixture.Dimension, mixture.Shape);
            _kernels[mixture.Dimension]!.Score(rows, mixture, scores);
            return;
        }

        for (int i = 0; i < rows.Count; i++)
        {
            rows.CopyRow(i, row);
            scores.Set(i, scorer.Score(row), scorer.Responsibilities);
        }
    }

    private void ScoreByPattern(RowBlock block, RowScores scores)
    {
        Dictionary<View, List<int>> groups = [];
        for (int i = 0; i < block.Count; i++)
        {
            block.CopyRow(i, _row);
            View view = FindView(_row);
            if (!groups.TryGetValue(view, out List<int>? rows))
            {
                groups.Add(view, rows = []);
            }

            rows.Add(i);
        }

        foreach (KeyValuePair<View, List<int>> group in groups)
        {
            int[] rows = [.. group.Value];
            RowScores part = new(rows.Length, _mixture.ComponentCount, scores.Responsibilities is not null);
            group.Key.Gather(block, rows, out RowChunk observed);
            Score(observed, group.Key.Observed, group.Key.Scorer, group.Key.Row, part);
            scores.Set(part, rows);
        }
    }

    private View FindView(double[] row)
    {
        if (_views.Count == MostPatterns)
        {
            _views.Clear();
        }

        return _views.GetOrAdd(row, _addView);
    }

    /// <summary>The mixture of the columns that rows of one pattern have.</summary>
    private sealed class View
    {
        private readonly MissingPattern _pattern;

        public View(MixtureParameters mixture, MissingPattern pattern)
        {
            _pattern = pattern;
            Row = new double[pattern.Observed.Length];
            ConditionalMixture view = new(mixture.ComponentCount, mixture.Dimension, Row.Length, mixture.Shape);
            view.Condition(mixture, pattern);
            Observed = view.Observed;
            Scorer = new RowScorer(Observed);
        }

        public MixtureParameters Observed { get; }

        public RowScorer Scorer { get; }

        /// <summary>Scratch for one row.</summary>
        public double[] Row { get; }

        public void Gather(RowBlock block, int[] rows, out RowChunk observed)
        {
            double[] values = new double[rows.Length * Row.Length];
            for (int j = 0; j < Row.Length; j++)
            {
                int column = _pattern.Observed[j] * block.Count;
                for (int i = 0; i < rows.Length; i++)
                {
                    values[(j * rows.Length) + i] = block.Values[column + rows[i]];
                }
            }

            observed = new RowChunk(values, rows.Length, null);
        }
    }
}
