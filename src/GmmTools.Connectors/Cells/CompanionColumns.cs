using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Connectors.Cells;

/// <summary>
/// Columns that go with the rows of a table without being part of them: one of weights, and any number of cells for other uses, such
/// as where a fit starts. They are not among the columns that are chosen by wildcard or by default.
/// </summary>
public sealed class CompanionColumns
{
    private readonly int[] _all;

    private CompanionColumns(int? weight, int[] extra)
    {
        Weight = weight;
        Extra = extra;
        _all = weight is int column ? [.. extra, column] : extra;
    }

    /// <summary>No such columns.</summary>
    public static CompanionColumns None { get; } = new(null, []);

    /// <summary>Index of the column of weights, or null.</summary>
    public int? Weight { get; }

    /// <summary>Indices of the others, in the order asked for.</summary>
    public IReadOnlyList<int> Extra { get; }

    /// <summary>Finds the columns.</summary>
    /// <param name="available">Names of the columns there are, in order.</param>
    /// <param name="weightProperty">Name of the weights' column, or null.</param>
    /// <param name="extra">Names or wildcards of the others.</param>
    /// <param name="property">Names or wildcards of the rows' own columns, of which the weights must not be one by name.</param>
    /// <param name="source">The file or table, for messages; null when there is only the pipeline.</param>
    /// <returns>The columns.</returns>
    /// <exception cref="Observations.InvalidObservationException">There is no such column (UnknownProperty), there are two of one name
    /// (DuplicateProperty), or the weights are asked for as a column as well (WeightIsProperty).</exception>
    public static CompanionColumns Resolve(
        IReadOnlyList<string> available,
        string? weightProperty,
        IReadOnlyList<string> extra,
        IReadOnlyList<string> property,
        string? source = null)
    {
        int? weight = weightProperty is null ? null : ColumnSelector.ResolveWeight(available, weightProperty, property, source);
        return new CompanionColumns(weight, ColumnSelector.Resolve(available, extra, source));
    }

    /// <summary>The columns that are none of these.</summary>
    /// <param name="columns">Indices of columns.</param>
    /// <returns>Those that remain, in order.</returns>
    public int[] Without(IEnumerable<int> columns) => [.. columns.Where(column => !_all.Contains(column))];

    /// <summary>The same without those of the other columns that are among the rows' own.</summary>
    /// <param name="columns">Indices of the rows' own columns.</param>
    /// <returns>What remains.</returns>
    public CompanionColumns OtherThan(IReadOnlyCollection<int> columns) => new(Weight, [.. Extra.Where(column => !columns.Contains(column))]);

    /// <summary>A row as one that decides on the rows' own columns: a companion of numbers is not chosen, and one of text is no
    /// error.</summary>
    /// <param name="cells">The row, one cell per column.</param>
    /// <returns>A copy that has text in place of companions.</returns>
    public object?[] Hide(IEnumerable<object?> cells) => [.. cells.Select((cell, column) => _all.Contains(column) ? (object)false : cell)];
}
