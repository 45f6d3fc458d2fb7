using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using GmmTools.Observations;
using GmmTools.Observations.Intake;

namespace GmmTools.Binding.Rows;

/// <summary>Columns by which the rows of a command are grouped.</summary>
internal sealed class GroupColumns : IRowExtras
{
    /// <summary>Stands between cells, where no text has it.</summary>
    private const string Separator = "\0";

    private readonly ConcurrentDictionary<string, RowGroup> _known = new(StringComparer.OrdinalIgnoreCase);

    private GroupColumns(string[] columns, IReadOnlyList<CalculatedColumn> calculated)
    {
        Columns = columns;
        Calculated = calculated;
    }

    /// <inheritdoc/>
    public string[] Columns { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CalculatedColumn> Calculated { get; }

    /// <summary>The groups of the rows so far.</summary>
    public GroupedRows Rows { get; } = new();

    /// <summary>The columns of a parameter; null when none are given.</summary>
    /// <param name="columns">What was given.</param>
    /// <exception cref="CommandException">A name has wildcards (AmbiguousGroup).</exception>
    public static GroupColumns? Create(PropertyArgument columns)
    {
        if (columns.Names is null)
        {
            return null;
        }

        string? pattern = columns.Names.FirstOrDefault(WildcardPattern.ContainsWildcardCharacters);
        return pattern is null ? new GroupColumns(columns.Names, columns.Calculated) : throw new CommandException(
            "AmbiguousGroup",
            $"-GroupProperty {pattern} is a wildcard. Name each column by which the rows are grouped.",
            pattern);
    }

    /// <summary>The columns by which fits were grouped.</summary>
    /// <param name="columns">Their names.</param>
    public static GroupColumns Of(IEnumerable<string> columns) => new([.. columns], []);

    /// <summary>The group of rows with the given cells; on any thread.</summary>
    /// <param name="cells">One cell per column.</param>
    public RowGroup GroupOf(IReadOnlyList<object?> cells)
    {
        // many rows are of few groups, which are made once
        string key = cells.Count == 1 ? Text(cells[0]) : string.Join(Separator, cells.Select(Text));
        return _known.TryGetValue(key, out RowGroup? group) ? group : _known.GetOrAdd(key, new RowGroup(Columns, cells.Select(Text)));
    }

    /// <inheritdoc/>
    public void Add(object place, IReadOnlyList<object?> cells) => Rows.Add(GroupOf(cells));

    private static string Text(object? cell) =>
        (cell as string ?? Convert.ToString(Bare.Of(cell), CultureInfo.InvariantCulture) ?? string.Empty).Trim();
}
