namespace GmmTools.Plots.Figures;

/// <summary>A line through points; NaN interrupts it.</summary>
/// <param name="x">Places along the lower axis.</param>
/// <param name="y">Places along the left axis, as many.</param>
internal sealed class CurveLayer(double[] x, double[] y) : Layer
{
    /// <summary>Places along the lower axis.</summary>
    public double[] X { get; } = x;

    /// <summary>Places along the left axis.</summary>
    public double[] Y { get; } = y;

    /// <summary>How it is drawn.</summary>
    public LineDash Dash { get; init; }

    /// <summary>Width in pixels at 96 dpi.</summary>
    public double Width { get; init; } = 1.5;

    /// <summary>Whether each point is marked, and with which glyph; −1 for no marks.</summary>
    public int Glyph { get; init; } = -1;
}
