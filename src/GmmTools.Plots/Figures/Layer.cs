namespace GmmTools.Plots.Figures;

/// <summary>Something drawn in a panel. Coordinates are places on the axes (logarithms on logarithmic ones).</summary>
internal abstract class Layer
{
    /// <summary>What the legend says; null for nothing.</summary>
    public string? Legend { get; init; }

    /// <summary>Colour, 0xRRGGBB.</summary>
    public int Color { get; init; } = Palette.Ink;
}
