using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Plots.Canvases;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Pictures;

/// <summary>Paints a panel: its axes, its layers, and what its colours mean. Lengths are pixels at 96 dpi.</summary>
internal sealed class PanelPainter
{
    private const double AxisTitleSize = 13;
    private const double TickSize = 11;
    private const double TickLength = 4;
    private const double Gap = 5;
    private const double BarWidth = 18;
    private const double BarGap = 14;
    private const double PixelsBetweenLabels = 22;
    private const double PixelsPerLabelX = 40;
    private const double PixelsPerLabelY = 34;
    private const int GridColor = 0xEDEDED;

    private readonly ICanvas _canvas;
    private readonly Panel _panel;
    private readonly bool _isFramed;

    /// <param name="canvas">What to paint on.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="isFramed">Whether there is a line on all four sides.</param>
    public PanelPainter(ICanvas canvas, Panel panel, bool isFramed)
    {
        _canvas = canvas;
        _panel = panel;
        _isFramed = isFramed;
    }

    /// <summary>The place between the axes that leaves room for their marks and titles.</summary>
    /// <param name="room">The room for all of it.</param>
    public Box PlaceWithin(Box room)
    {
        double below = _panel.ShowsX ? TickLength + TickSize + Gap + AxisTitleSize + (2 * Gap) : Gap;
        double top = room.Top + (TickSize / 2);
        double bottom = room.Bottom - below;
        double left = room.Left + (_panel.ShowsY ? AxisTitleSize + (2 * Gap) + WidestLabel(TicksAlongSide(_panel.Y, bottom - top)) + TickLength + Gap : Gap);
        double right = room.Right;
        if (_panel.Scale is { Title.Length: > 0 } scale)
        {
            right -= BarGap + BarWidth + TickLength + Gap + WidestLabel(TicksAlongSide(AxisOf(scale), bottom - top)) + Gap + AxisTitleSize + Gap;
        }

        // the last label stands out half its length
        Tick[] last = [.. TicksAlong(_panel.X, right - left).Where(tick => tick.Label.Length > 0)];
        double half = last.Length == 0 || !_panel.ShowsX ? 0 : PictureFont.Measure(last[last.Length - 1].Label, TickSize) / 2;
        return new Box(left, top, Math.Min(right, Math.Max(right - half, room.Left + (room.Width / 2))), bottom);
    }

    /// <summary>Paints.</summary>
    /// <param name="place">The place between the axes.</param>
    public void Paint(Box place)
    {
        IReadOnlyList<Tick> below = TicksAlong(_panel.X, place.Width);
        IReadOnlyList<Tick> beside = TicksAlongSide(_panel.Y, place.Height);
        LayerPainter layers = new(_canvas, _panel, place);
        layers.PaintGround();
        PaintGrid(place, layers, below, beside);
        layers.PaintLayers();
        PaintFrame(place);
        foreach (Tick tick in below)
        {
            PaintTickBelow(layers.X(tick.Place), place.Bottom, tick.Label);
        }

        foreach (Tick tick in beside)
        {
            PaintTickBeside(place.Left, layers.Y(tick.Place), tick.Label);
        }

        PaintTitles(place, WidestLabel(beside));
        layers.PaintNotes();
        PaintBar(place);
    }

    private static Axis AxisOf(ValueScale scale) => new(scale.Title, scale.Minimum, scale.Maximum);

    /// <summary>As many marks as their labels leave room for.</summary>
    private static IReadOnlyList<Tick> TicksAlong(Axis axis, double width)
    {
        for (int most = (int)(width / PixelsPerLabelX); most > 2; most--)
        {
            IReadOnlyList<Tick> ticks = AxisTicks.Choose(axis, most);
            if (ticks.Sum(tick => PictureFont.Measure(tick.Label, TickSize) + PixelsBetweenLabels) <= width)
            {
                return ticks;
            }
        }

        return AxisTicks.Choose(axis, 2);
    }

    private static IReadOnlyList<Tick> TicksAlongSide(Axis axis, double height) => AxisTicks.Choose(axis, (int)(height / PixelsPerLabelY));

    private static double WidestLabel(IReadOnlyList<Tick> ticks) => ticks.Count == 0 ? 0 : ticks.Max(tick => PictureFont.Measure(tick.Label, TickSize));

    /// <summary>Where there are no colours below.</summary>
    private void PaintGrid(Box place, LayerPainter layers, IReadOnlyList<Tick> below, IReadOnlyList<Tick> beside)
    {
        if (_panel.Layers.Exists(layer => layer is HeatLayer))
        {
            return;
        }

        Stroke stroke = new(GridColor, 1);
        foreach (double x in below.Select(tick => layers.X(tick.Place)))
        {
            _canvas.Line([new Spot(x, place.Top), new Spot(x, place.Bottom)], stroke);
        }

        foreach (double y in beside.Select(tick => layers.Y(tick.Place)))
        {
            _canvas.Line([new Spot(place.Left, y), new Spot(place.Right, y)], stroke);
        }
    }

    private void PaintFrame(Box place)
    {
        Stroke stroke = new(Palette.Grey, 1);
        _canvas.Line([new Spot(place.Left, place.Top), new Spot(place.Left, place.Bottom)], stroke);
        _canvas.Line([new Spot(place.Left, place.Bottom), new Spot(place.Right, place.Bottom)], stroke);
        if (_isFramed)
        {
            _canvas.Line([new Spot(place.Left, place.Top), new Spot(place.Right, place.Top)], stroke);
            _canvas.Line([new Spot(place.Right, place.Top), new Spot(place.Right, place.Bottom)], stroke);
        }
    }

    private void PaintTickBelow(double x, double bottom, string label)
    {
        if (_panel.ShowsX)
        {
            _canvas.Line([new Spot(x, bottom), new Spot(x, bottom + TickLength)], new Stroke(Palette.Grey, 1));
            Write(label, new Spot(x, bottom + TickLength + Gap + (0.75 * TickSize)), TickSize, TextAnchor.Middle);
        }
    }

    private void PaintTickBeside(double left, double y, string label)
    {
        if (_panel.ShowsY)
        {
            _canvas.Line([new Spot(left - TickLength, y), new Spot(left, y)], new Stroke(Palette.Grey, 1));
            Write(label, new Spot(left - TickLength - Gap, y + (0.35 * TickSize)), TickSize, TextAnchor.End);
        }
    }

    private void PaintTitles(Box place, double widestLabel)
    {
        if (_panel.ShowsX)
        {
            Write(_panel.X.Title, new Spot((place.Left + place.Right) / 2, place.Bottom + TickLength + TickSize + (2 * Gap) + AxisTitleSize), AxisTitleSize, TextAnchor.Middle);
        }

        if (_panel.ShowsY)
        {
            Write(_panel.Y.Title, new Spot(place.Left - TickLength - (2 * Gap) - widestLabel, (place.Top + place.Bottom) / 2), AxisTitleSize, TextAnchor.Middle, upwards: true);
        }
    }

    /// <summary>The bar that says what colours mean.</summary>
    private void PaintBar(Box place)
    {
        if (_panel.Scale is not { Title.Length: > 0 } scale)
        {
            return;
        }

        const int Steps = 128;
        int[,] colors = new int[Steps, 2];
        for (int i = 0; i < Steps; i++)
        {
            colors[i, 0] = colors[i, 1] = scale.Map.Color(1 - ((double)i / (Steps - 1)));
        }

        Box bar = new(place.Right + BarGap, place.Top, place.Right + BarGap + BarWidth, place.Bottom);
        _canvas.Clip(bar);
        _canvas.Shade(colors, bar);
        _canvas.Clip(null);
        Axis axis = AxisOf(scale);
        IReadOnlyList<Tick> ticks = TicksAlongSide(axis, bar.Height);
        foreach (Tick tick in ticks)
        {
            double y = bar.Bottom - (axis.Share(tick.Place) * bar.Height);
            _canvas.Line([new Spot(bar.Right, y), new Spot(bar.Right + TickLength, y)], new Stroke(Palette.Grey, 1));
            Write(tick.Label, new Spot(bar.Right + TickLength + Gap, y + (0.35 * TickSize)), TickSize, TextAnchor.Start);
        }

        double title = bar.Right + TickLength + Gap + WidestLabel(ticks) + Gap + AxisTitleSize;
        Write(scale.Title, new Spot(title, (bar.Top + bar.Bottom) / 2), AxisTitleSize, TextAnchor.Middle, upwards: true);
    }

    private void Write(string text, Spot place, double size, TextAnchor anchor, bool upwards = false)
    {
        if (text.Length > 0)
        {
            _canvas.Write(text, place, size, Palette.Ink, anchor, upwards);
        }
    }
}
