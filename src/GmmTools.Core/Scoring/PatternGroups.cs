using System;
using System.Collections.Generic;
using GmmTools.Numerics;
using GmmTools.Observations.Gaps;
using GmmTools.Observations.Intake;

namespace GmmTools.Scoring;

/// <summary>Takes blocks apart into rows that lack the same cells.</summary>
/// <typeparam name="TView">What is kept for each pattern.</typeparam>
internal sealed class PatternGroups<TView>
    where TView : class
{
    /// <summary>Views kept; beyond, rows of ever new patterns would fill the memory.</summary>
    private const int MaxPatterns = 256;

    private readonly PatternMap<TView> _views;
    private readonly Func<MissingPattern, TView> _create;
    private readonly double[] _row;

    /// <param name="dimension">Number of columns of the rows.</param>
    /// <param name="create">Makes the view of a new pattern.</param>
    public PatternGroups(int dimension, Func<MissingPattern, TView> create)
    {
        _views = new PatternMap<TView>(dimension);
        _create = create;
        _row = new double[dimension];
    }

    /// <summary>The views that the rows need, and for each its rows.</summary>
    public Dictionary<TView, List<int>> Split(RowBlock block)
    {
        Dictionary<TView, List<int>> groups = [];
        for (int i = 0; i < block.Count; i++)
        {
            block.CopyRow(i, _row);
            TView view = Find(_row);
            if (!groups.TryGetValue(view, out List<int>? rows))
            {
                groups.Add(view, rows = []);
            }

            rows.Add(i);
        }

        return groups;
    }

    /// <summary>The view of one row.</summary>
    public TView Find(double[] row)
    {
        if (_views.Count == MaxPatterns)
        {
            _views.Clear();
        }

        return _views.GetOrAdd(row, _create);
    }

    /// <summary>What some rows of a block have in some columns.</summary>
    public static RowChunk Gather(RowBlock block, int[] columns, int[] rows)
    {
        double[] values = new double[rows.Length * columns.Length];
        for (int j = 0; j < columns.Length; j++)
        {
            int column = columns[j] * block.Count;
            for (int i = 0; i < rows.Length; i++)
            {
                values[(j * rows.Length) + i] = block.Values[column + rows[i]];
            }
        }

        return new RowChunk(values, rows.Length, null);
    }
}
