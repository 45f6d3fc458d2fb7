namespace GmmTools.Plots;

/// <summary>A picture file: its size and resolution.</summary>
public sealed class PictureFormat
{
    /// <summary>Width in pixels.</summary>
    public int Width { get; set; } = 900;

    /// <summary>Height in pixels.</summary>
    public int Height { get; set; } = 650;

    /// <summary>Pixels per inch: how large text and lines are; 96 is that of screens.</summary>
    public int Dpi { get; set; } = 96;
}
