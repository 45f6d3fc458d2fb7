using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Canvases;

/// <summary>How a line is painted.</summary>
/// <param name="Color">0xRRGGBB.</param>
/// <param name="Width">Its width.</param>
/// <param name="Dash">Its dashes.</param>
/// <param name="Opacity">0 (not to be seen) to 1.</param>
internal sealed record Stroke(int Color, double Width, LineDash Dash = LineDash.Solid, double Opacity = 1)
{
    private const double DashLength = 10;
    private const double DashGap = 5;
    private const double DotGap = 4;

    /// <summary>Lengths of dash and gap in turns; empty for a line that goes through.</summary>
    public double[] Pattern => Dash switch
    {
        LineDash.Dashed => [DashLength, DashGap],
        LineDash.Dotted => [Width, DotGap],
        _ => [],
    };
}
