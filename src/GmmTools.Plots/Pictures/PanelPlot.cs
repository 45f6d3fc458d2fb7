using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Plots.Figures;
using ScottPlot;
using ScottPlot.Panels;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using Axis = GmmTools.Plots.Figures.Axis;
using Glyphs = GmmTools.Plots.Figures.Glyphs;
using Palette = GmmTools.Plots.Figures.Palette;
using Tick = GmmTools.Plots.Figures.Tick;

namespace GmmTools.Plots.Pictures;

/// <summary>Makes a ScottPlot plot of a panel.</summary>
internal static class PanelPlot
{
    private const float AxisTitleSize = 13;
    private const float TickSize = 11;
    private const float NoteSize = 11;
    private const double PixelsPerCharacter = 7;
    private const double PixelsBetweenLabels = 22;
    private const double PixelsPerLabelY = 34;
    private const float NoteDistance = 12;

    /// <summary>Share of a side within which a text in the middle of it could be cut off.</summary>
    private const double EdgeShare = 0.05;

    private static readonly MarkerShape[] Shapes =
    [
        MarkerShape.FilledCircle, MarkerShape.FilledTriangleUp, MarkerShape.FilledSquare, MarkerShape.FilledDiamond, MarkerShape.Cross,
        MarkerShape.Eks, MarkerShape.FilledTriangleDown, MarkerShape.Asterisk, MarkerShape.OpenCircle,
    ];

    /// <summary>Makes the plot.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="width">Its width in pixels at 96 dpi.</param>
    /// <param name="height">Its height.</param>
    /// <param name="isFramed">Whether there is a line on all four sides.</param>
    public static Plot Create(Panel panel, double width, double height, bool isFramed)
    {
        Plot plot = new();
        plot.HideLegend();
        plot.Font.Set(PictureFont.Name);
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.07);
        SetAxis(plot.Axes.Bottom, panel.X, panel.ShowsX, ChooseAlong(panel.X, width));
        SetAxis(plot.Axes.Left, panel.Y, panel.ShowsY, AxisTicks.Choose(panel.Y, (int)(height / PixelsPerLabelY)));
        if (!isFramed)
        {
            plot.Axes.Top.FrameLineStyle.Width = 0;
            plot.Axes.Right.FrameLineStyle.Width = 0;
        }

        foreach (Layer layer in panel.Layers)
        {
            Add(plot, panel, layer);
        }

        AddColorBar(plot, panel, height);
        plot.Axes.SetLimits(panel.X.First, panel.X.Last, panel.Y.First, panel.Y.Last);
        return plot;
    }

    /// <summary>As many marks as their labels leave room for.</summary>
    private static IReadOnlyList<Tick> ChooseAlong(Axis axis, double width)
    {
        for (int most = (int)(width / 40); most > 2; most--)
        {
            IReadOnlyList<Tick> ticks = AxisTicks.Choose(axis, most);
            if (ticks.Sum(tick => (PixelsPerCharacter * tick.Label.Length) + PixelsBetweenLabels) <= width)
            {
                return ticks;
            }
        }

        return AxisTicks.Choose(axis, 2);
    }

    private static void SetAxis(IAxis axis, Axis source, bool shows, IReadOnlyList<Tick> ticks)
    {
        axis.Label.Text = shows ? source.Title : string.Empty;
        axis.Label.FontName = PictureFont.For(source.Title);
        axis.Label.FontSize = AxisTitleSize;
        axis.Label.Bold = false;
        axis.TickLabelStyle.FontSize = TickSize;
        axis.FrameLineStyle.Color = ScaleColors.ToColor(Palette.Grey);
        axis.MajorTickStyle.Length = shows ? axis.MajorTickStyle.Length : 0;
        axis.TickGenerator = new NumericManual([.. ticks.Select(tick => tick.Place)], [.. ticks.Select(tick => shows ? tick.Label : string.Empty)]);
    }

    private static void AddColorBar(Plot plot, Panel panel, double height)
    {
        if (panel.Scale is not { Title.Length: > 0 } scale)
        {
            return;
        }

        ColorBar bar = plot.Add.ColorBar(new ScaleColors(scale));
        bar.Width = 18;
        bar.Label = scale.Title;
        Axis axis = new(scale.Title, scale.Minimum, scale.Maximum);
        SetAxis(bar.Axis, axis, true, AxisTicks.Choose(axis, (int)(height / PixelsPerLabelY)));
    }

    private static void Add(Plot plot, Panel panel, Layer layer)
    {
        switch (layer)
        {
            case HeatLayer heat:
                AddHeat(plot, panel, heat);
                break;
            case BarsLayer bars:
                AddBars(plot, panel, bars);
                break;
            case CurveLayer curve:
                AddCurve(plot, curve);
                break;
            case PointsLayer points:
                AddPoints(plot, points);
                break;
            case NoteLayer note:
                AddNote(plot, panel, note);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(layer), layer, null);
        }
    }

    private static void AddHeat(Plot plot, Panel panel, HeatLayer layer)
    {
        Heatmap heatmap = plot.Add.Heatmap(layer.Values);
        heatmap.Colormap = new ScaleColors(panel.Scale!);
        heatmap.ManualRange = new ScottPlot.Range(panel.Scale!.Minimum, panel.Scale.Maximum);
        heatmap.FlipVertically = true;
        heatmap.Smooth = true;
        heatmap.Extent = new CoordinateRect(panel.X.First, panel.X.Last, panel.Y.First, panel.Y.Last);
    }

    private static void AddBars(Plot plot, Panel panel, BarsLayer layer)
    {
        List<Bar> bars = [];
        for (int i = 0; i < layer.Heights.Length; i++)
        {
            if (layer.Heights[i] > panel.Y.First)
            {
                bars.Add(new Bar
                {
                    Position = (layer.Edges[i] + layer.Edges[i + 1]) / 2,
                    Size = layer.Edges[i + 1] - layer.Edges[i],
                    Value = layer.Heights[i],
                    ValueBase = panel.Y.First,
                    FillColor = ScaleColors.ToColor(layer.Color),
                    LineColor = Colors.White,
                    LineWidth = layer.Heights.Length > 80 ? 0 : 1,
                });
            }
        }

        BarPlot plotted = plot.Add.Bars(bars);
        plotted.LegendText = layer.Legend ?? string.Empty;
    }

    private static void AddCurve(Plot plot, CurveLayer layer)
    {
        string legend = layer.Legend ?? string.Empty;
        foreach ((double[] x, double[] y) in Unbroken(layer.X, layer.Y))
        {
            Scatter scatter = plot.Add.Scatter(x, y, ScaleColors.ToColor(layer.Color));
            scatter.LineWidth = (float)layer.Width;
            scatter.LinePattern = layer.Dash switch
            {
                LineDash.Dashed => LinePattern.Dashed,
                LineDash.Dotted => LinePattern.Dotted,
                _ => LinePattern.Solid,
            };
            scatter.MarkerShape = layer.Glyph < 0 ? MarkerShape.None : Shapes[layer.Glyph];
            scatter.MarkerSize = layer.Glyph < 0 ? 0 : 7;
            scatter.LegendText = legend;
            legend = string.Empty;
        }
    }

    private static IEnumerable<(double[] X, double[] Y)> Unbroken(double[] x, double[] y)
    {
        int start = 0;
        for (int i = 0; i <= x.Length; i++)
        {
            if (i == x.Length || double.IsNaN(x[i]) || double.IsNaN(y[i]) || double.IsInfinity(y[i]))
            {
                if (i > start)
                {
                    yield return (x[start..i], y[start..i]);
                }

                start = i + 1;
            }
        }
    }

    private static void AddPoints(Plot plot, PointsLayer layer)
    {
        int[] seen = [.. Enumerable.Range(0, layer.X.Length).Where(i => !double.IsNaN(layer.X[i]) && !double.IsNaN(layer.Y[i]))];
        double[] x = [.. seen.Select(i => layer.X[i])];
        double[] y = [.. seen.Select(i => layer.Y[i])];
        Markers markers = plot.Add.Markers(x, y);
        markers.Color = ScaleColors.ToColor(layer.Color, layer.Opacity);
        markers.MarkerShape = Shapes[layer.Glyph];
        markers.MarkerSize = (float)layer.Size;
        markers.MarkerLineWidth = layer.Glyph == Glyphs.Ring ? 2 : 1.3f;
        markers.LegendText = layer.Legend ?? string.Empty;
    }

    private static void AddNote(Plot plot, Panel panel, NoteLayer layer)
    {
        // near an edge, the text stands on the side where there is room
        double right = (layer.X - panel.X.First) / (panel.X.Last - panel.X.First);
        bool isBelow = layer.IsBelow || (layer.Y - panel.Y.First) / (panel.Y.Last - panel.Y.First) > 1 - EdgeShare;
        ScottPlot.Plottables.Text text = plot.Add.Text(layer.Text, layer.X, layer.Y);
        text.LabelFontName = PictureFont.For(layer.Text);
        text.LabelFontSize = NoteSize;
        text.LabelFontColor = ScaleColors.ToColor(layer.Color);
        text.LabelAlignment = right < EdgeShare ? (isBelow ? Alignment.UpperLeft : Alignment.LowerLeft)
            : right > 1 - EdgeShare ? (isBelow ? Alignment.UpperRight : Alignment.LowerRight)
            : (isBelow ? Alignment.UpperCenter : Alignment.LowerCenter);
        text.OffsetY = isBelow ? NoteDistance : -3;
    }
}
