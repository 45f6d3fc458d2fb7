using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Plots.Canvases;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Pictures;

/// <summary>Paints the layers of a panel between its axes.</summary>
internal sealed class LayerPainter
{
    private const double NoteSize = 11;
    private const double NoteDistance = 12;
    private const double MarkSize = 7;

    /// <summary>More bars than this have no room for lines between them.</summary>
    private const int MaxLinedBars = 80;

    /// <summary>Share of a side within which a text in the middle of it could be cut off.</summary>
    private const double EdgeShare = 0.05;

    private readonly ICanvas _canvas;
    private readonly Panel _panel;
    private readonly Box _place;

    /// <param name="canvas">What to paint on.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="place">The place between its axes.</param>
    public LayerPainter(ICanvas canvas, Panel panel, Box place)
    {
        _canvas = canvas;
        _panel = panel;
        _place = place;
    }

    /// <summary>Where a place of the lower axis is in the picture.</summary>
    /// <param name="place">The place.</param>
    public double X(double place) => _place.Left + (_panel.X.Share(place) * _place.Width);

    /// <summary>Where a place of the left axis is in the picture.</summary>
    /// <param name="place">The place.</param>
    public double Y(double place) => _place.Bottom - (_panel.Y.Share(place) * _place.Height);

    /// <summary>Paints the colours that lie under all else.</summary>
    public void PaintGround() => Within(_panel.Layers.OfType<HeatLayer>(), PaintHeat);

    /// <summary>Paints what lies on the grid, but for notes.</summary>
    public void PaintLayers() => Within(_panel.Layers.Where(layer => layer is not (HeatLayer or NoteLayer)), Paint);

    /// <summary>Paints the notes, which may stand out.</summary>
    public void PaintNotes()
    {
        foreach (NoteLayer note in _panel.Layers.OfType<NoteLayer>())
        {
            PaintNote(note);
        }
    }

    private void Within<T>(IEnumerable<T> layers, Action<T> paint)
    {
        T[] all = [.. layers];
        if (all.Length > 0)
        {
            _canvas.Clip(_place);
            Array.ForEach(all, paint);
            _canvas.Clip(null);
        }
    }

    private void Paint(Layer layer)
    {
        switch (layer)
        {
            case BarsLayer bars:
                PaintBars(bars);
                break;
            case CurveLayer curve:
                PaintCurve(curve);
                break;
            case PointsLayer points:
                PaintPoints(points);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(layer), layer, null);
        }
    }

    private void PaintHeat(HeatLayer layer)
    {
        int rows = layer.Values.GetLength(0);
        int columns = layer.Values.GetLength(1);
        int[,] colors = new int[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                colors[rows - 1 - i, j] = _panel.Scale!.Color(layer.Values[i, j]);
            }
        }

        _canvas.Shade(colors, _place);
    }

    private void PaintBars(BarsLayer layer)
    {
        Stroke line = new(Palette.White, 1);
        double ground = Y(_panel.Y.First);
        for (int i = 0; i < layer.Heights.Length; i++)
        {
            if (layer.Heights[i] > _panel.Y.First)
            {
                Box bar = new(X(layer.Edges[i]), Y(layer.Heights[i]), X(layer.Edges[i + 1]), ground);
                _canvas.Fill(bar.Corners, layer.Color);
                if (layer.Heights.Length <= MaxLinedBars)
                {
                    _canvas.Line([new Spot(bar.Left, bar.Top), new Spot(bar.Left, bar.Bottom)], line);
                    _canvas.Line([new Spot(bar.Right, bar.Top), new Spot(bar.Right, bar.Bottom)], line);
                }
            }
        }
    }

    private void PaintCurve(CurveLayer layer)
    {
        foreach (List<Spot> spots in Unbroken(layer.X, layer.Y))
        {
            if (layer.Width > 0)
            {
                _canvas.Line(spots, new Stroke(layer.Color, layer.Width, layer.Dash));
            }

            spots.ForEach(spot => GlyphPainter.Paint(_canvas, layer.Glyph, spot, MarkSize, layer.Color, 1));
        }
    }

    private IEnumerable<List<Spot>> Unbroken(double[] x, double[] y)
    {
        List<Spot> spots = [];
        for (int i = 0; i < x.Length; i++)
        {
            if (!double.IsNaN(x[i]) && !double.IsNaN(y[i]) && !double.IsInfinity(y[i]))
            {
                spots.Add(new Spot(X(x[i]), Y(y[i])));
            }
            else if (spots.Count > 0)
            {
                yield return spots;
                spots = [];
            }
        }

        if (spots.Count > 0)
        {
            yield return spots;
        }
    }

    private void PaintPoints(PointsLayer layer)
    {
        for (int i = 0; i < layer.X.Length; i++)
        {
            if (!double.IsNaN(layer.X[i]) && !double.IsNaN(layer.Y[i]))
            {
                GlyphPainter.Paint(_canvas, layer.Glyph, new Spot(X(layer.X[i]), Y(layer.Y[i])), layer.Size, layer.Color, layer.Opacity);
            }
        }
    }

    private void PaintNote(NoteLayer layer)
    {
        // near an edge, the text stands on the side where there is room
        double right = _panel.X.Share(layer.X);
        bool isBelow = layer.IsBelow || _panel.Y.Share(layer.Y) > 1 - EdgeShare;
        TextAnchor anchor = right < EdgeShare ? TextAnchor.Start : right > 1 - EdgeShare ? TextAnchor.End : TextAnchor.Middle;
        double y = Y(layer.Y) + (isBelow ? NoteDistance + (0.75 * NoteSize) : -6);
        _canvas.Write(layer.Text, new Spot(X(layer.X), y), NoteSize, layer.Color, anchor);
    }
}
