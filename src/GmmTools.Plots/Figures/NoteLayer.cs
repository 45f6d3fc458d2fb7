namespace GmmTools.Plots.Figures;

/// <summary>A short text at a place.</summary>
/// <param name="x">Place along the lower axis.</param>
/// <param name="y">Place along the left axis.</param>
/// <param name="text">The text.</param>
internal sealed class NoteLayer(double x, double y, string text) : Layer
{
    /// <summary>Place along the lower axis.</summary>
    public double X { get; } = x;

    /// <summary>Place along the left axis.</summary>
    public double Y { get; } = y;

    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>Whether it stands below a mark at the place, and not right above it.</summary>
    public bool IsBelow { get; init; }
}
