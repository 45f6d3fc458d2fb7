using GmmTools.Plots.Figures;
using ScottPlot;

namespace GmmTools.Plots.Pictures;

/// <summary>The colours of a panel's scale, as ScottPlot wants them.</summary>
/// <param name="scale">The scale.</param>
internal sealed class ScaleColors(ValueScale scale) : IColormap, IHasColorAxis
{
    /// <inheritdoc/>
    public string Name => scale.Title;

    /// <inheritdoc/>
    public IColormap Colormap => this;

    /// <summary>A colour as ScottPlot wants it.</summary>
    /// <param name="color">0xRRGGBB.</param>
    /// <param name="opacity">0 to 1.</param>
    public static Color ToColor(int color, double opacity = 1) =>
        new((byte)(color >> 16), (byte)((color >> 8) & 0xFF), (byte)(color & 0xFF), (byte)(255 * opacity));

    /// <inheritdoc/>
    public Color GetColor(double position) => ToColor(scale.Map.Color(position));

    /// <inheritdoc/>
    public Range GetRange() => new(scale.Minimum, scale.Maximum);
}
