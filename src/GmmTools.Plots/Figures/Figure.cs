using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Plots.Figures;

/// <summary>
/// What a picture shows, whoever draws it: panels in a grid under a title, and a caption that says what was left out.
/// </summary>
/// <param name="title">The title.</param>
/// <param name="panels">The panels, row after row from the top.</param>
/// <param name="columnCount">How many stand side by side.</param>
internal sealed class Figure(string title, IReadOnlyList<Panel> panels, int columnCount = 1)
{
    /// <summary>The title.</summary>
    public string Title { get; } = title;

    /// <summary>The panels, row after row from the top.</summary>
    public IReadOnlyList<Panel> Panels { get; } = panels;

    /// <summary>How many panels stand side by side.</summary>
    public int ColumnCount { get; } = columnCount;

    /// <summary>How many rows of panels there are.</summary>
    public int RowCount => (Panels.Count + ColumnCount - 1) / ColumnCount;

    /// <summary>What a reader should know; empty for nothing.</summary>
    public string Caption { get; init; } = string.Empty;

    /// <summary>The titles of all axes: those that may be made logarithmic.</summary>
    public IEnumerable<string> AxisTitles => Panels.SelectMany(panel => new[] { panel.X.Title, panel.Y.Title }).Where(title => title.Length > 0).Distinct();
}
