using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Binding.Rows;

/// <summary>A column of labels and columns of groups, side by side.</summary>
/// <param name="known">The column of labels, by its name alone.</param>
/// <param name="groups">The columns of groups.</param>
internal sealed class JoinedExtras(KnownColumn known, GroupColumns groups) : IRowExtras
{
    /// <inheritdoc/>
    public string[] Columns { get; } = [.. known.Columns, .. groups.Columns];

    /// <inheritdoc/>
    public IReadOnlyList<CalculatedColumn> Calculated => groups.Calculated;

    /// <inheritdoc/>
    public void Add(object place, IReadOnlyList<object?> cells)
    {
        known.Add(place, [cells[0]]);
        groups.Add(place, [.. cells.Skip(1)]);
    }
}
