using System.Collections.Generic;

namespace GmmTools.Plots.Figures;

/// <summary>Two axes and what is drawn between them.</summary>
/// <param name="x">The lower axis.</param>
/// <param name="y">The left axis.</param>
internal sealed class Panel(Axis x, Axis y)
{
    /// <summary>The lower axis.</summary>
    public Axis X { get; } = x;

    /// <summary>The left axis.</summary>
    public Axis Y { get; } = y;

    /// <summary>What is drawn, the lowest first.</summary>
    public List<Layer> Layers { get; } = [];

    /// <summary>What colours mean; null where they are names only.</summary>
    public ValueScale? Scale { get; set; }

    /// <summary>Whether the left axis shows marks and title; the panels of a matrix share them.</summary>
    public bool ShowsY { get; init; } = true;

    /// <summary>Whether the lower axis shows marks and title.</summary>
    public bool ShowsX { get; init; } = true;
}
