using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds;

/// <summary>Rows by their most probable component: over the plane with ellipses; along a line, a strip for each component.</summary>
internal static class ClassificationFigure
{
    private const int MaxNamedStrips = 20;
    private const int MaxTranslucentRows = 3000;

    /// <summary>Half of the part of a strip over which its points are spread.</summary>
    private const double Spread = 0.3;

    /// <summary>Steps of the golden section fill a strip evenly.</summary>
    private const double GoldenSection = 0.6180339887498949;

    /// <summary>Makes the figure.</summary>
    /// <param name="context">The request.</param>
    public static Figure Build(PlotContext context)
    {
        context.RequireColumns(2);
        Panel panel = context.Columns.Length == 1 ? Strips(context) : Plane(context);
        return new Figure(context.Title, [panel]) { Caption = context.Caption };
    }

    private static Panel Plane(PlotContext context)
    {
        Axis x = context.ColumnAxis(context.Columns[0]);
        Axis y = context.ColumnAxis(context.Columns[1]);
        GaussianMixture mixture = context.Marginal();
        Panel panel = new(x, y);
        if (context.Rows is not null)
        {
            panel.Layers.AddRange(PlaneLayers.Points(context, PlaneLayers.Classify(context), context.Columns[0], context.Columns[1], named: true));
        }

        panel.Layers.AddRange(Means(mixture, x, y, named: context.Rows is null));
        panel.Layers.AddRange(PlaneLayers.Ellipses(mixture, x, y, k => IsCrowded(context) ? Palette.Ink : Palette.Color(k)));
        context.Note(PlotContext.OfWidths(mixture, "Ellipses") + ".");
        return panel;
    }

    /// <summary>Ellipses in the colour of a cloud of points are not seen.</summary>
    private static bool IsCrowded(PlotContext context) => context.Rows?.Rows.Count > MaxTranslucentRows;

    private static IEnumerable<Layer> Means(GaussianMixture mixture, Axis x, Axis y, bool named)
    {
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            yield return new PointsLayer([x.ToPlace(mixture.Components[k].Mean[0])], [y.ToPlace(mixture.Components[k].Mean[1])])
            {
                Color = named ? Palette.Color(k) : Palette.Ink,
                Glyph = named ? Palette.Glyph(k) : Glyphs.Cross,
                Mark = named ? PlaneLayers.ComponentMark(k) : '+',
                Size = 9,
                Legend = named ? PlaneLayers.ComponentLegend(mixture, k) : null,
            };
        }
    }

    private static Panel Strips(PlotContext context)
    {
        int column = context.Columns[0];
        Axis x = context.ColumnAxis(column);
        GaussianMixture mixture = context.Marginal();
        Panel panel = new(x, StripAxis(mixture));
        ILookup<int, double[]>? classes = context.Rows is null ? null : PlaneLayers.Classify(context);
        (double size, double opacity) = PlaneLayers.PointStyle(context.Rows?.Rows.Count ?? 0);
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            int strip = mixture.ComponentCount - k;
            double[] places = classes is null ? [] : context.Places(classes[k], column);
            double[] heights = [.. places.Select((_, i) => strip + (Spread * ((2 * (i * GoldenSection % 1)) - 1)))];
            panel.Layers.Add(new PointsLayer(places, heights)
            {
                Color = Palette.Color(k),
                Glyph = Palette.Glyph(k),
                Mark = PlaneLayers.ComponentMark(k),
                Size = size,
                Opacity = opacity * 0.7,
                Legend = PlaneLayers.ComponentLegend(mixture, k),
            });
            panel.Layers.AddRange(Interval(mixture.Components[k], x, strip));
        }

        if (PlaneLayers.HasZero(mixture))
        {
            double[] places = classes is null ? [] : context.Places(classes[-1], column);
            panel.Layers.Add(new PointsLayer(places, [.. places.Select((_, i) => Spread * ((2 * (i * GoldenSection % 1)) - 1))])
            {
                Color = Palette.Grey,
                Glyph = Glyphs.Cross,
                Mark = '0',
                Size = size,
                Opacity = opacity * 0.7,
                Legend = PlaneLayers.ZeroLegend(mixture),
            });
        }

        context.Note(PlotContext.OfWidths(mixture, "Bars") + " around the mean.");
        return panel;
    }

    /// <summary>The first component on top.</summary>
    private static Axis StripAxis(GaussianMixture mixture)
    {
        int count = mixture.ComponentCount;
        int step = (count + MaxNamedStrips - 1) / MaxNamedStrips;
        return new Axis("Component", PlaneLayers.HasZero(mixture) ? -0.6 : 0.4, count + 0.6)
        {
            Ticks = [.. PlaneLayers.HasZero(mixture) ? [new Tick(0, "0")] : Array.Empty<Tick>(), .. Enumerable.Range(0, count).Where(k => k % step == 0).Select(k => new Tick(count - k, FormattableString.Invariant($"{k + 1}")))],
        };
    }

    private static IEnumerable<Layer> Interval(GaussianComponent component, Axis x, double height)
    {
        foreach (double radius in new[] { 2.0, 1.0 })
        {
            double half = radius * component.StandardDeviation[0];
            yield return new CurveLayer([x.ToPlace(component.Mean[0] - half), x.ToPlace(component.Mean[0] + half)], [height, height])
            {
                Width = radius == 1 ? 4 : 1.5,
            };
        }

        double mean = x.ToPlace(component.Mean[0]);
        yield return new CurveLayer([mean, mean], [height - (Spread / 2), height + (Spread / 2)]) { Width = 2.5 };
    }
}
