using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Plots.Canvases;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Pictures;

/// <summary>Paints what the layers of a figure are called, each beside a piece of it: those of the first panel that has any.</summary>
internal sealed class LegendPainter
{
    private const double TextSize = 12;
    private const double LineHeight = 20;
    private const double SymbolWidth = 28;
    private const double Gap = 6;
    private const double MarkSize = 8;

    private readonly ICanvas _canvas;
    private readonly IReadOnlyList<Layer> _layers;

    /// <param name="canvas">What to paint on.</param>
    /// <param name="figure">The figure.</param>
    public LegendPainter(ICanvas canvas, Figure figure)
    {
        _canvas = canvas;
        _layers = [.. figure.Panels.Select(panel => panel.Layers.Where(layer => !string.IsNullOrEmpty(layer.Legend))).FirstOrDefault(layers => layers.Any()) ?? []];
        Width = _layers.Count == 0 ? 0 : SymbolWidth + Gap + _layers.Max(layer => PictureFont.Measure(layer.Legend!, TextSize));
    }

    /// <summary>Its width; 0 where there is nothing to say.</summary>
    public double Width { get; }

    /// <summary>Paints.</summary>
    /// <param name="corner">Its upper left corner.</param>
    /// <param name="bottom">Where the room ends: what does not fit is counted.</param>
    public void Paint(Spot corner, double bottom)
    {
        int room = Math.Max(1, (int)((bottom - corner.Y) / LineHeight));
        int shown = _layers.Count <= room ? _layers.Count : room - 1;
        for (int i = 0; i < shown; i++)
        {
            double middle = corner.Y + ((i + 0.5) * LineHeight);
            PaintSymbol(_layers[i], corner.X, middle);
            Write(_layers[i].Legend!, corner.X, middle);
        }

        if (shown < _layers.Count)
        {
            Write(FormattableString.Invariant($"and {_layers.Count - shown} more"), corner.X, corner.Y + ((shown + 0.5) * LineHeight));
        }
    }

    private void Write(string text, double left, double middle) =>
        _canvas.Write(text, new Spot(left + SymbolWidth + Gap, middle + (0.35 * TextSize)), TextSize, Palette.Ink);

    private void PaintSymbol(Layer layer, double left, double middle)
    {
        Spot centre = new(left + (SymbolWidth / 2), middle);
        switch (layer)
        {
            case BarsLayer bars:
                _canvas.Fill(new Box(left + (SymbolWidth / 4), middle - (MarkSize / 2), left + (3 * SymbolWidth / 4), middle + (MarkSize / 2)).Corners, bars.Color);
                break;
            case CurveLayer curve:
                _canvas.Line([new Spot(left, middle), new Spot(left + SymbolWidth, middle)], new Stroke(curve.Color, curve.Width, curve.Dash));
                GlyphPainter.Paint(_canvas, curve.Glyph, centre, MarkSize, curve.Color, 1);
                break;
            case PointsLayer points:
                GlyphPainter.Paint(_canvas, points.Glyph, centre, Math.Max(MarkSize, points.Size), points.Color, 1);
                break;
        }
    }
}
