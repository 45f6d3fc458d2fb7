using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Output;

/// <summary>Rows of a label and a few columns of numbers, for text of a limited width.</summary>
internal sealed class TextColumns
{
    private const int ColumnWidth = 11;
    private const int MinLabel = 18;
    private const int MaxLabel = 33;
    private readonly int _labelWidth;
    private readonly int _columnCount;

    /// <summary>Room for labels and numbers.</summary>
    /// <param name="labels">The labels; longer ones are cut.</param>
    /// <param name="width">The most characters of a line.</param>
    public TextColumns(IEnumerable<string> labels, int width)
    {
        int longest = labels.Select(label => label.Length + 2).DefaultIfEmpty(0).Max();
        _labelWidth = Math.Min(MaxLabel, Math.Max(MinLabel, longest));
        _columnCount = (width - _labelWidth) / ColumnWidth;
    }

    /// <summary>Items in groups that fit into a line.</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    /// <param name="items">The items.</param>
    public IEnumerable<T[]> Split<T>(IReadOnlyList<T> items)
    {
        for (int start = 0; start < items.Count; start += _columnCount)
        {
            yield return [.. items.Skip(start).Take(_columnCount)];
        }
    }

    /// <summary>A line.</summary>
    /// <param name="label">What it begins with.</param>
    /// <param name="cells">What stands in the columns, right-aligned.</param>
    public string Row(string label, IEnumerable<string> cells)
    {
        string cut = label.Length <= _labelWidth ? label : label.Substring(0, _labelWidth - 1) + "…";
        return cut.PadRight(_labelWidth) + string.Concat(cells.Select(cell => cell.PadLeft(ColumnWidth)));
    }
}
