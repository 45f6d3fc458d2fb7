using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Plots.Figures;
using ScottPlot;
using SkiaSharp;

namespace GmmTools.Plots.Pictures;

/// <summary>Paints a figure: its title, its panels, their legend, its caption. Lengths are pixels at 96 dpi.</summary>
internal sealed class FigurePainter
{
    private const float TitleSize = 16;
    private const float CaptionSize = 11;
    private const float Space = 10;
    private const float CaptionLine = 15;
    private const float MatrixLeft = 68;
    private const float MatrixBottom = 48;
    private const float MatrixGap = 6;

    private readonly Figure _figure;
    private readonly SKCanvas _canvas;
    private readonly float _width;
    private readonly float _height;

    /// <summary>Prepares.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="canvas">What to paint on.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    public FigurePainter(Figure figure, SKCanvas canvas, float width, float height)
    {
        _figure = figure;
        _canvas = canvas;
        _width = width;
        _height = height;
    }

    /// <summary>Paints.</summary>
    public void Paint()
    {
        using SKPaint white = new() { Color = SKColors.White };
        _canvas.DrawRect(0, 0, _width, _height, white);
        PixelRect rest = PaintTexts();
        (Panel Panel, PixelRect Place)[] places = [.. _figure.Panels.Select((panel, i) => (panel, PlaceOf(i, rest)))];
        List<Plot> plots = [.. places.Select(item => PanelPlot.Create(item.Panel, item.Place.Width, item.Place.Height, IsFramed(item.Panel)))];
        float legendWidth = plots.Max(MeasureLegend);
        if (legendWidth > 0)
        {
            rest = new PixelRect(rest.Left, rest.Right - legendWidth, rest.Bottom, rest.Top);
        }

        for (int i = 0; i < plots.Count; i++)
        {
            PaintPanel(plots[i], _figure.Panels[i], PlaceOf(i, rest));
        }

        if (legendWidth > 0)
        {
            PaintLegend(plots.First(plot => MeasureLegend(plot) > 0), new PixelRect(rest.Right, _width - Space, rest.Bottom, rest.Top + Space));
        }

        plots.ForEach(plot => plot.Dispose());
    }

    private bool IsFramed(Panel panel) => _figure.Panels.Count > 1 || panel.Layers.Exists(layer => layer is HeatLayer);

    /// <summary>Title and caption; gives the room between them.</summary>
    private PixelRect PaintTexts()
    {
        float top = Space;
        if (_figure.Title.Length > 0)
        {
            using SKFont font = CreateFont(_figure.Title, TitleSize);
            PaintText(_figure.Title, _width / 2, top + TitleSize, font, SKTextAlign.Center, Figures.Palette.Ink);
            top += TitleSize + Space;
        }

        using SKFont small = CreateFont(_figure.Caption, CaptionSize);
        string[] lines = [.. Wrap(_figure.Caption, small, _width - (2 * Space))];
        float bottom = _height - (lines.Length * CaptionLine) - Space;
        for (int i = 0; i < lines.Length; i++)
        {
            PaintText(lines[i], Space, bottom + ((i + 1) * CaptionLine), small, SKTextAlign.Left, 0x606060);
        }

        return new PixelRect(Space / 2, _width - Space, bottom, top);
    }

    private void PaintText(string text, float x, float y, SKFont font, SKTextAlign align, int color)
    {
        using SKPaint paint = new() { Color = new SKColor((uint)color | 0xFF000000), IsAntialias = true };
        _canvas.DrawText(text, x, y, align, font, paint);
    }

    private static SKFont CreateFont(string text, float size)
    {
        string name = PictureFont.For(text);
        return new SKFont(name == PictureFont.Name ? PictureFont.Typeface : SKTypeface.FromFamilyName(name), size);
    }

    private static IEnumerable<string> Wrap(string text, SKFont font, float width)
    {
        string line = string.Empty;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && font.MeasureText(longer) > width)
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }

    /// <summary>A single panel takes all the room; those of a matrix are of one size inside their axes.</summary>
    private PixelRect PlaceOf(int index, PixelRect room)
    {
        if (_figure.Panels.Count == 1)
        {
            return room;
        }

        int column = index % _figure.ColumnCount;
        int row = index / _figure.ColumnCount;
        float cellWidth = (room.Width - MatrixLeft) / _figure.ColumnCount;
        float cellHeight = (room.Height - MatrixBottom) / _figure.RowCount;
        float left = room.Left + MatrixLeft + (column * cellWidth);
        float top = room.Top + MatrixGap + (row * cellHeight);
        return new PixelRect(left, left + cellWidth - MatrixGap, top + cellHeight - MatrixGap, top);
    }

    private void PaintPanel(Plot plot, Panel panel, PixelRect place)
    {
        plot.FigureBackground.Color = Colors.Transparent;
        plot.RenderManager.ClearCanvasBeforeEachRender = false;

        // ScottPlot paints again as long as limits are new to it, which they are at first: in a vector picture everything would be there twice
        plot.RenderManager.RenderFinished += (_, _) => plot.RenderManager.EnableRendering = false;
        if (_figure.Panels.Count > 1)
        {
            float left = panel.ShowsY ? MatrixLeft : 2;
            float bottom = panel.ShowsX ? MatrixBottom : 2;
            plot.Layout.Fixed(new PixelPadding(left, 0, bottom, 0));
            place = new PixelRect(place.Left - left, place.Right, place.Bottom + bottom, place.Top);
        }

        plot.Render(_canvas, place);
    }

    private static float MeasureLegend(Plot plot)
    {
        if (!plot.PlottableList.Any(item => item.LegendItems.Any(legend => legend.LabelText.Length > 0)))
        {
            return 0;
        }

        StyleLegend(plot.Legend);
        using Image image = plot.Legend.GetImage();
        return image.Width + Space;
    }

    private static void StyleLegend(Legend legend)
    {
        legend.FontName = PictureFont.Name;
        legend.FontSize = CaptionSize + 1;
        legend.SymbolWidth = 28;
        legend.ShadowColor = Colors.Transparent;
        legend.OutlineColor = Colors.Transparent;
        legend.BackgroundColor = Colors.Transparent;
    }

    private void PaintLegend(Plot plot, PixelRect place)
    {
        plot.Legend.IsVisible = true;
        using Paint paint = ScottPlot.Paint.NewDisposablePaint();
        plot.Legend.Render(_canvas, paint, place, Alignment.UpperLeft);
    }
}
