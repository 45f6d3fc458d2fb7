using System;
using System.Collections.Generic;

namespace GmmTools.Plots.Canvases;

/// <summary>Paints pixels.</summary>
internal sealed class RasterCanvas : ICanvas
{
    private readonly int[] _pixels;
    private readonly int _width;
    private readonly double _scale;
    private readonly Coverage _coverage;
    private readonly Box _all;
    private Box _clip;

    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="scale">Pixels of the picture for each of 96 dpi.</param>
    public RasterCanvas(int width, int height, double scale)
    {
        _pixels = new int[width * height];
        _width = width;
        _scale = scale;
        _coverage = new Coverage(width, height);
        _clip = _all = new Box(0, 0, width, height);
    }

    /// <summary>The pixels, row after row, 0xRRGGBB; at first all are black.</summary>
    public int[] Pixels => _pixels;

    /// <inheritdoc/>
    public void Fill(IReadOnlyList<Spot> outline, int color, double opacity = 1) => Paint([Scaled(outline)], color, opacity);

    /// <inheritdoc/>
    public void Disc(Spot centre, double radius, int color, double opacity = 1) => Paint([Polygon.Circle(Scaled(centre), _scale * radius)], color, opacity);

    /// <inheritdoc/>
    public void Ring(Spot centre, double radius, Stroke stroke)
    {
        Spot place = Scaled(centre);
        double half = 0.5 * stroke.Width;
        Paint([Polygon.Circle(place, _scale * (radius + half)), Polygon.Circle(place, _scale * Math.Max(0, radius - half), isHole: true)], stroke.Color, stroke.Opacity);
    }

    /// <inheritdoc/>
    public void Line(IReadOnlyList<Spot> spots, Stroke stroke)
    {
        Spot[] scaled = Scaled(spots);
        double width = _scale * stroke.Width;
        if (scaled.Length == 2 && (scaled[0].X == scaled[1].X || scaled[0].Y == scaled[1].Y))
        {
            width = Math.Max(1, Math.Round(width));
            scaled = Array.ConvertAll(scaled, spot => scaled[0].X == scaled[1].X ? spot with { X = Crisp(spot.X, width) } : spot with { Y = Crisp(spot.Y, width) });
        }

        Paint(Stroker.Outline(scaled, width, Array.ConvertAll(stroke.Pattern, length => _scale * length), _clip), stroke.Color, stroke.Opacity);
    }

    /// <inheritdoc/>
    public void Write(string text, Spot place, double size, int color, TextAnchor anchor = TextAnchor.Start, bool upwards = false)
    {
        double length = _scale * PictureFont.Measure(text, size);
        double pen = anchor switch
        {
            TextAnchor.Middle => -0.5 * length,
            TextAnchor.End => -length,
            _ => 0,
        };

        // letters are sharper where their base line is that of pixels
        Spot start = Scaled(place);
        start = upwards ? start with { X = Math.Round(start.X) } : start with { Y = Math.Round(start.Y) };
        double unit = _scale * size;
        foreach ((FontFace face, int glyph) in PictureFont.Glyphs(text))
        {
            double at = pen;
            List<Spot[]> contours = face.Outline(glyph).ConvertAll(contour => Array.ConvertAll(
                contour,
                spot => upwards
                    ? new Spot(start.X + (unit * spot.Y), start.Y - at - (unit * spot.X))
                    : new Spot(start.X + at + (unit * spot.X), start.Y + (unit * spot.Y))));
            Paint(contours, color, 1);
            pen += unit * face.Advance(glyph);
        }
    }

    /// <inheritdoc/>
    public void Shade(int[,] colors, Box box)
    {
        Box place = box.Times(_scale);
        for (int y = (int)Math.Max(_clip.Top, Math.Floor(place.Top)); y < Math.Min(_clip.Bottom, Math.Ceiling(place.Bottom)); y++)
        {
            double row = Place(y + 0.5, place.Top, place.Height, colors.GetLength(0));
            for (int x = (int)Math.Max(_clip.Left, Math.Floor(place.Left)); x < Math.Min(_clip.Right, Math.Ceiling(place.Right)); x++)
            {
                _pixels[(y * _width) + x] = Blend(colors, row, Place(x + 0.5, place.Left, place.Width, colors.GetLength(1)));
            }
        }
    }

    /// <inheritdoc/>
    public void Clip(Box? box) => _clip = box is Box given ? Whole(given.Times(_scale)) : _all;

    /// <summary>Places a line of whole width on whole pixels.</summary>
    private static double Crisp(double place, double width) => Math.Round(place - (0.5 * width)) + (0.5 * width);

    private Box Whole(Box box) => new(
        Math.Max(0, Math.Round(box.Left)), Math.Max(0, Math.Round(box.Top)), Math.Min(_all.Right, Math.Round(box.Right)), Math.Min(_all.Bottom, Math.Round(box.Bottom)));

    private static double Place(double pixel, double first, double length, int count) => Math.Max(0, Math.Min(count - 1, (pixel - first) / length * (count - 1)));

    /// <summary>The colour between four.</summary>
    private static int Blend(int[,] colors, double row, double column)
    {
        int top = Math.Min((int)row, Math.Max(0, colors.GetLength(0) - 2));
        int left = Math.Min((int)column, Math.Max(0, colors.GetLength(1) - 2));
        int bottom = Math.Min(top + 1, colors.GetLength(0) - 1);
        int right = Math.Min(left + 1, colors.GetLength(1) - 1);
        return Mix(Mix(colors[top, left], colors[top, right], column - left), Mix(colors[bottom, left], colors[bottom, right], column - left), row - top);
    }

    private static int Mix(int under, int over, double share)
    {
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8)
        {
            int from = (under >> shift) & 0xFF;
            int to = (over >> shift) & 0xFF;
            color |= (int)(from + ((to - from) * share) + 0.5) << shift;
        }

        return color;
    }

    private Spot Scaled(Spot spot) => new(_scale * spot.X, _scale * spot.Y);

    private Spot[] Scaled(IReadOnlyList<Spot> spots)
    {
        Spot[] scaled = new Spot[spots.Count];
        for (int i = 0; i < scaled.Length; i++)
        {
            scaled[i] = Scaled(spots[i]);
        }

        return scaled;
    }

    private void Paint(IReadOnlyList<IReadOnlyList<Spot>> areas, int color, double opacity)
    {
        if (areas.Count == 0 || !_coverage.Begin(areas, _clip))
        {
            return;
        }

        foreach (IReadOnlyList<Spot> area in areas)
        {
            _coverage.Add(area);
        }

        _coverage.Paint((x, y, covered) =>
        {
            if (x < _width)
            {
                ref int pixel = ref _pixels[(y * _width) + x];
                pixel = Mix(pixel, color, opacity * covered);
            }
        });
    }
}
