using System.Collections.Generic;

namespace GmmTools.Plots.Canvases;

/// <summary>What figures are painted on. Lengths are pixels at 96 dpi, colours 0xRRGGBB.</summary>
internal interface ICanvas
{
    /// <summary>Paints an area.</summary>
    /// <param name="outline">Its corners.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="opacity">0 (not to be seen) to 1.</param>
    void Fill(IReadOnlyList<Spot> outline, int color, double opacity = 1);

    /// <summary>Paints a disc.</summary>
    /// <param name="centre">Its centre.</param>
    /// <param name="radius">Its radius.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="opacity">0 (not to be seen) to 1.</param>
    void Disc(Spot centre, double radius, int color, double opacity = 1);

    /// <summary>Paints a ring.</summary>
    /// <param name="centre">Its centre.</param>
    /// <param name="radius">The radius of the middle of its line.</param>
    /// <param name="stroke">Its line.</param>
    void Ring(Spot centre, double radius, Stroke stroke);

    /// <summary>Paints a line.</summary>
    /// <param name="spots">What it goes through.</param>
    /// <param name="stroke">How it is painted.</param>
    void Line(IReadOnlyList<Spot> spots, Stroke stroke);

    /// <summary>Writes a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="place">Where its base line is.</param>
    /// <param name="size">Size of the font.</param>
    /// <param name="color">Its colour.</param>
    /// <param name="anchor">What of it stands there.</param>
    /// <param name="upwards">Whether it is written from below upwards.</param>
    void Write(string text, Spot place, double size, int color, TextAnchor anchor = TextAnchor.Start, bool upwards = false);

    /// <summary>Paints colours that pass into each other.</summary>
    /// <param name="colors">Rows from the top, columns from the left.</param>
    /// <param name="box">Its corners are the centres of the colours in the corners.</param>
    void Shade(int[,] colors, Box box);

    /// <summary>Nothing is painted beyond a box, until another is named.</summary>
    /// <param name="box">The box; null for the whole picture.</param>
    void Clip(Box? box);
}
