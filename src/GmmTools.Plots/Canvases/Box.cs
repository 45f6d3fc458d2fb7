using System.Collections.Generic;

namespace GmmTools.Plots.Canvases;

/// <summary>A rectangle of a picture.</summary>
/// <param name="Left">Its left side.</param>
/// <param name="Top">Its upper side.</param>
/// <param name="Right">Its right side.</param>
/// <param name="Bottom">Its lower side.</param>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    /// <summary>From left to right.</summary>
    public double Width => Right - Left;

    /// <summary>From top to bottom.</summary>
    public double Height => Bottom - Top;

    /// <summary>The corners, clockwise.</summary>
    public IReadOnlyList<Spot> Corners => [new(Left, Top), new(Right, Top), new(Right, Bottom), new(Left, Bottom)];

    /// <summary>The same, so much larger on each side.</summary>
    /// <param name="margin">How much.</param>
    public Box Grown(double margin) => new(Left - margin, Top - margin, Right + margin, Bottom + margin);

    /// <summary>All lengths times a factor.</summary>
    /// <param name="factor">The factor.</param>
    public Box Times(double factor) => new(Left * factor, Top * factor, Right * factor, Bottom * factor);
}
