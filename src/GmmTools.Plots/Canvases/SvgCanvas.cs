using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security;
using System.Text;

namespace GmmTools.Plots.Canvases;

/// <summary>Writes Scalable Vector Graphics 1.1 (W3C, 2011). Text stays text, so that it can be searched and read out.</summary>
internal sealed class SvgCanvas : ICanvas
{
    private readonly StringBuilder _text = new();
    private readonly int _width;
    private readonly int _height;
    private readonly double _scale;
    private int _clipCount;
    private bool _isClipped;

    /// <param name="width">Width in pixels.</param>
    /// <param name="height">Height in pixels.</param>
    /// <param name="scale">Pixels of the picture for each of 96 dpi.</param>
    public SvgCanvas(int width, int height, double scale)
    {
        _width = width;
        _height = height;
        _scale = scale;
    }

    /// <summary>The file.</summary>
    /// <param name="title">The title, for readers that do not see.</param>
    /// <param name="description">What it says below, for these, too.</param>
    public string ToText(string title, string description)
    {
        StringBuilder file = new();
        file.Append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        file.Append(FormattableString.Invariant($"<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"{_width}\" height=\"{_height}\" "));
        file.Append(FormattableString.Invariant($"viewBox=\"0 0 {Number(_width / _scale)} {Number(_height / _scale)}\" font-family=\"{PictureFont.Name}, sans-serif\">\n"));
        file.Append("<title>").Append(SecurityElement.Escape(VisibleText.Of(title))).Append("</title>\n");
        file.Append("<desc>").Append(SecurityElement.Escape(VisibleText.Of(description))).Append("</desc>\n");
        file.Append(_text).Append(_isClipped ? "</g>\n" : string.Empty).Append("</svg>\n");
        return file.ToString();
    }

    /// <inheritdoc/>
    public void Fill(IReadOnlyList<Spot> outline, int color, double opacity = 1) =>
        Append($"<polygon points=\"{Points(outline)}\"{FillOf(color, opacity)}/>");

    /// <inheritdoc/>
    public void Disc(Spot centre, double radius, int color, double opacity = 1) =>
        Append($"<circle cx=\"{Number(centre.X)}\" cy=\"{Number(centre.Y)}\" r=\"{Number(radius)}\"{FillOf(color, opacity)}/>");

    /// <inheritdoc/>
    public void Ring(Spot centre, double radius, Stroke stroke) =>
        Append($"<circle cx=\"{Number(centre.X)}\" cy=\"{Number(centre.Y)}\" r=\"{Number(radius)}\" fill=\"none\"{StrokeOf(stroke)}/>");

    /// <inheritdoc/>
    public void Line(IReadOnlyList<Spot> spots, Stroke stroke) =>
        Append($"<polyline points=\"{Points(spots)}\" fill=\"none\"{StrokeOf(stroke)}/>");

    /// <inheritdoc/>
    public void Write(string text, Spot place, double size, int color, TextAnchor anchor = TextAnchor.Start, bool upwards = false)
    {
        string x = Number(place.X);
        string y = Number(place.Y);
        string turned = upwards ? $" transform=\"rotate(-90 {x} {y})\"" : string.Empty;
        string anchored = anchor == TextAnchor.Start ? string.Empty : anchor == TextAnchor.Middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"";
        Append($"<text x=\"{x}\" y=\"{y}\" font-size=\"{Number(size)}\"{anchored}{turned} fill=\"{Color(color)}\">{SecurityElement.Escape(VisibleText.Of(text))}</text>");
    }

    /// <inheritdoc/>
    public void Shade(int[,] colors, Box box)
    {
        int rows = colors.GetLength(0);
        int columns = colors.GetLength(1);
        int[] pixels = [.. colors.Cast<int>()];

        // the corners of the box are the middles of pixels
        double width = box.Width / Math.Max(1, columns - 1);
        double height = box.Height / Math.Max(1, rows - 1);
        Append($"<image x=\"{Number(box.Left - (width / 2))}\" y=\"{Number(box.Top - (height / 2))}\" width=\"{Number(width * columns)}\" height=\"{Number(height * rows)}\" "
            + $"preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,{Convert.ToBase64String(PngFile.Encode(pixels, columns, 0))}\"/>");
    }

    /// <inheritdoc/>
    public void Clip(Box? box)
    {
        if (_isClipped)
        {
            Append("</g>");
        }

        _isClipped = box is not null;
        if (box is Box given)
        {
            _clipCount++;
            Append($"<clipPath id=\"clip_{_clipCount}\"><rect x=\"{Number(given.Left)}\" y=\"{Number(given.Top)}\" width=\"{Number(given.Width)}\" height=\"{Number(given.Height)}\"/></clipPath>");
            Append($"<g clip-path=\"url(#clip_{_clipCount})\">");
        }
    }

    private static string StrokeOf(Stroke stroke)
    {
        double[] pattern = stroke.Pattern;
        string dashes = pattern.Length == 0 ? string.Empty : $" stroke-dasharray=\"{string.Join(" ", pattern.Select(Number))}\"";
        string opacity = stroke.Opacity < 1 ? $" stroke-opacity=\"{Number(stroke.Opacity)}\"" : string.Empty;
        return $" stroke=\"{Color(stroke.Color)}\" stroke-width=\"{Number(stroke.Width)}\"{dashes}{opacity}";
    }

    private static string FillOf(int color, double opacity) =>
        $" fill=\"{Color(color)}\"{(opacity < 1 ? $" fill-opacity=\"{Number(opacity)}\"" : string.Empty)}";

    private static string Color(int color) => "#" + color.ToString("X6", CultureInfo.InvariantCulture);

    private static string Points(IReadOnlyList<Spot> spots) => string.Join(" ", spots.Select(spot => $"{Number(spot.X)},{Number(spot.Y)}"));

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Append(string line) => _text.Append(line).Append('\n');
}
