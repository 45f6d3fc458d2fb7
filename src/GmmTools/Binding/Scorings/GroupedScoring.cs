using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Binding.Models;
using GmmTools.Binding.Rows;
using GmmTools.Mixtures;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Binding.Scorings;

/// <summary>Columns that follow from the model of the group that a row belongs to. Where models add different columns, each row has all of them.</summary>
internal sealed class GroupedScoring : RowScoring
{
    private readonly GroupColumns _group;
    private readonly Dictionary<RowGroup, RowScoring> _scorings = [];
    private readonly Dictionary<RowScoring, int[]> _places = [];
    private readonly Dictionary<RowGroup, long> _unknown = [];
    private readonly List<string> _columns = [];
    private long _rowCount;

    /// <summary>Prepares to score.</summary>
    /// <param name="models">The models of the groups.</param>
    /// <param name="create">Prepares to score rows of one group.</param>
    public GroupedScoring(GroupedModels models, Func<GaussianMixture, RowScoring> create)
    {
        _group = GroupColumns.Of(models.Columns);
        foreach (RowGroup group in models.Groups)
        {
            RowScoring scoring = create(models[group]);
            _scorings.Add(group, scoring);
            AddColumns(scoring.Columns);
        }

        foreach (RowScoring scoring in _scorings.Values)
        {
            _places.Add(scoring, [.. scoring.Columns.Select(name => _columns.IndexOf(name))]);
        }

        Shares = [.. _scorings.Values.SelectMany(scoring => scoring.Shares).Distinct()];
        Property = _scorings.Values.First().Property;
        GivesAllRows = _scorings.Values.First().GivesAllRows;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Property { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => _columns;

    /// <inheritdoc/>
    public override IEnumerable<string> Shares { get; }

    /// <inheritdoc/>
    public override bool GivesAllRows { get; }

    /// <summary>What a reader should know of rows whose group has no model; null where there were none.</summary>
    public string? Warning => _unknown.Count == 0 ? null
        : GroupedModels.DescribeUnknown(_unknown.Values.Sum(), _rowCount, _unknown.Keys);

    /// <inheritdoc/>
    public override object Score(RowBlock block)
    {
        int[] columns = Array.ConvertAll(_group.Columns, name => IndexOf(block.ExtraNames, name));
        RowGroup[] groups = new RowGroup[block.Count];
        for (int row = 0; row < groups.Length; row++)
        {
            groups[row] = _group.GroupOf(Array.ConvertAll(columns, column => block.Extra![row][column]));
        }

        GroupScores scores = new(groups);
        foreach (IGrouping<RowGroup, int> rows in Enumerable.Range(0, block.Count).GroupBy(row => groups[row]))
        {
            if (_scorings.TryGetValue(rows.Key, out RowScoring? scoring))
            {
                scores.Add(scoring, block, [.. rows]);
            }
        }

        return scores;
    }

    /// <inheritdoc/>
    public override object?[]? Describe(RowBlock block, object scores, int row)
    {
        _rowCount++;
        GroupScores grouped = (GroupScores)scores;
        if (grouped.Parts[row] is not ScoredPart part)
        {
            _unknown.TryGetValue(grouped.Groups[row], out long count);
            _unknown[grouped.Groups[row]] = count + 1;
            return GivesAllRows ? new object?[_columns.Count] : null;
        }

        if (part.Scoring.Describe(part.Block, part.Scores, grouped.Rows[row]) is not object?[] own)
        {
            return null;
        }

        object?[] cells = new object?[_columns.Count];
        int[] places = _places[part.Scoring];
        for (int j = 0; j < own.Length; j++)
        {
            cells[places[j]] = own[j];
        }

        return cells;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name) =>
        Enumerable.Range(0, names.Count).First(i => string.Equals(names[i], name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Adds columns that others do not have, each after the one that it follows.</summary>
    private void AddColumns(IReadOnlyList<string> columns)
    {
        int place = 0;
        foreach (string column in columns)
        {
            int known = _columns.IndexOf(column);
            if (known < 0)
            {
                _columns.Insert(place, column);
            }

            place = (known < 0 ? place : known) + 1;
        }
    }

    /// <summary>The rows of one group in a block, and what was computed for them.</summary>
    private sealed record ScoredPart(RowScoring Scoring, RowBlock Block, object Scores);

    /// <summary>What was computed for a block, row by row.</summary>
    private sealed class GroupScores(RowGroup[] groups)
    {
        public RowGroup[] Groups { get; } = groups;

        /// <summary>The part that a row is in; null where its group has no model.</summary>
        public ScoredPart?[] Parts { get; } = new ScoredPart?[groups.Length];

        /// <summary>The place of a row in its part.</summary>
        public int[] Rows { get; } = new int[groups.Length];

        public void Add(RowScoring scoring, RowBlock block, int[] rows)
        {
            RowBlock own = rows.Length == block.Count ? block : block.Take(rows);
            ScoredPart part = new(scoring, own, scoring.Score(own));
            for (int i = 0; i < rows.Length; i++)
            {
                Parts[rows[i]] = part;
                Rows[rows[i]] = i;
            }
        }
    }
}
