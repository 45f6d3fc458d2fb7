using System;
using System.Collections.Generic;
using GmmTools.Plots.Canvases;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Pictures;

/// <summary>Paints a figure: its title, its panels, their legend, its caption. Lengths are pixels at 96 dpi.</summary>
internal sealed class FigurePainter
{
    private const double TitleSize = 16;
    private const double CaptionSize = 11;
    private const double Space = 10;
    private const double CaptionLine = 15;
    private const double MatrixLeft = 68;
    private const double MatrixBottom = 48;
    private const double MatrixGap = 6;
    private const int CaptionColor = 0x606060;

    private readonly Figure _figure;
    private readonly ICanvas _canvas;
    private readonly double _width;
    private readonly double _height;

    /// <summary>Prepares.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="canvas">What to paint on.</param>
    /// <param name="width">Width.</param>
    /// <param name="height">Height.</param>
    public FigurePainter(Figure figure, ICanvas canvas, double width, double height)
    {
        _figure = figure;
        _canvas = canvas;
        _width = width;
        _height = height;
    }

    /// <summary>Paints.</summary>
    public void Paint()
    {
        _canvas.Fill(new Box(0, 0, _width, _height).Corners, Palette.White);
        Box rest = PaintTexts();
        LegendPainter legend = new(_canvas, _figure);
        if (legend.Width > 0)
        {
            legend.Paint(new Spot(rest.Right - legend.Width, rest.Top + Space), rest.Bottom);
            rest = rest with { Right = rest.Right - legend.Width - Space };
        }

        for (int i = 0; i < _figure.Panels.Count; i++)
        {
            Panel panel = _figure.Panels[i];
            PanelPainter painter = new(_canvas, panel, IsFramed(panel));
            painter.Paint(_figure.Panels.Count == 1 ? painter.PlaceWithin(rest) : PlaceOf(i, rest));
        }
    }

    private bool IsFramed(Panel panel) => _figure.Panels.Count > 1 || panel.Layers.Exists(layer => layer is HeatLayer);

    /// <summary>Title and caption; gives the room between them.</summary>
    private Box PaintTexts()
    {
        double top = Space;
        if (_figure.Title.Length > 0)
        {
            _canvas.Write(_figure.Title, new Spot(_width / 2, top + TitleSize), TitleSize, Palette.Ink, TextAnchor.Middle);
            top += TitleSize + Space;
        }

        string[] lines = [.. Wrap(_figure.Caption, _width - (2 * Space))];
        double bottom = _height - (lines.Length * CaptionLine) - Space;
        for (int i = 0; i < lines.Length; i++)
        {
            _canvas.Write(lines[i], new Spot(Space, bottom + ((i + 1) * CaptionLine)), CaptionSize, CaptionColor);
        }

        return new Box(Space / 2, top, _width - Space, bottom);
    }

    private static IEnumerable<string> Wrap(string text, double width)
    {
        string line = string.Empty;
        foreach (string word in text.Split([' '], StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && PictureFont.Measure(longer, CaptionSize) > width)
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

    /// <summary>The panels of a matrix are of one size inside their axes.</summary>
    private Box PlaceOf(int index, Box room)
    {
        int column = index % _figure.ColumnCount;
        int row = index / _figure.ColumnCount;
        double cellWidth = (room.Width - MatrixLeft) / _figure.ColumnCount;
        double cellHeight = (room.Height - MatrixBottom) / _figure.RowCount;
        double left = room.Left + MatrixLeft + (column * cellWidth);
        double top = room.Top + MatrixGap + (row * cellHeight);
        return new Box(left, top, left + cellWidth - MatrixGap, top + cellHeight - MatrixGap);
    }
}
