using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds;

/// <summary>The density: along a line with its components, over a histogram; over the plane with contours.</summary>
internal static class DensityFigure
{
    /// <summary>The title of the axis, or of the colour bar, of a density.</summary>
    public const string DensityTitle = "Density";

    /// <summary>A component of less than this share of the axis looks like a line,</summary>
    private const double LineShare = 0.004;

    /// <summary>and is drawn up to so many times the height of the others.</summary>
    private const double MostPeak = 3;

    /// <summary>Makes the figure.</summary>
    /// <param name="context">The request.</param>
    public static Figure Build(PlotContext context)
    {
        context.RequireColumns(2);
        GaussianMixture mixture = context.Marginal();
        Panel panel = context.Columns.Length == 1
            ? Line(context, mixture, context.Columns[0], named: true)
            : Plane(context, context.Drawn(mixture));
        return new Figure(context.Title, [panel]) { Caption = context.Caption };
    }

    /// <summary>The density of one column.</summary>
    /// <param name="context">The request.</param>
    /// <param name="mixture">The mixture of this column.</param>
    /// <param name="column">The column.</param>
    /// <param name="named">Whether the legend names the curves.</param>
    /// <param name="headroom">How much higher than the curve the axis reaches.</param>
    public static Panel Line(PlotContext context, GaussianMixture mixture, int column, bool named, double headroom = 1.08)
    {
        Axis x = context.ColumnAxis(column);
        DensityCurve curve = DensityCurve.Score(mixture, x, 2 * context.Detail);
        Histogram? histogram = context.Rows is null ? null : Histogram.Count(context.Request.Rows!, column, x, mixture, context.StopToken);
        double highest = FindHighest(context, curve, mixture, x);
        double tallest = histogram is null ? 0 : histogram.Heights.Max();

        // a bin of a few equal rows may be arbitrarily tall: the curve stays to be seen
        Axis y = context.ValueAxis(DensityTitle, headroom * System.Math.Max(highest, System.Math.Min(tallest, 3 * highest)));
        Panel panel = new(histogram is not null && named ? Widen(x, histogram.Edges) : x, y);
        if (histogram is not null)
        {
            panel.Layers.Add(new BarsLayer(histogram.Edges, DensityCurve.ToPlaces(histogram.Heights, y))
            {
                Color = Palette.Bar,
                Legend = named ? "rows" : null,
            });
        }

        panel.Layers.AddRange(curve.Layers(mixture, y, named));
        NoteDecades(context, x);
        if (named && mixture.ComponentCount > DensityCurve.MaxComponents)
        {
            context.Note(System.FormattableString.Invariant($"Of {mixture.ComponentCount} components the {DensityCurve.MaxComponents} heaviest are drawn."));
        }

        return panel;
    }

    /// <summary>The height that the axis has to reach: components as narrow as a line, such as those that stand for equal values, would press all others
    /// flat, and are cut off.</summary>
    private static double FindHighest(PlotContext context, DensityCurve curve, GaussianMixture mixture, Axis x)
    {
        double highest = curve.Density.Max();
        int[] lines =
        [
            .. mixture.Components.Where(component => IsLine(x, component.Mean[0], component.StandardDeviation[0])).Select(component => component.Component - 1),
        ];
        if (lines.Length == 0 || context.Request.LogAxes.Contains(DensityTitle, System.StringComparer.OrdinalIgnoreCase))
        {
            return highest;
        }

        int[] others = [.. Enumerable.Range(0, curve.Parts.Length).Except(lines)];
        double rest = Enumerable.Range(0, curve.Places.Length).Max(i => curve.Noise[i] + others.Sum(k => curve.Parts[k][i]));
        if (!(rest > 0) || highest <= MostPeak * rest)
        {
            return highest;
        }

        context.Note(System.FormattableString.Invariant(
            $"Too narrow and high to be drawn whole: {Counted.Name(lines.Length, "component")} {string.Join(", ", lines.Select(k => k + 1))}, up to {highest:G3}."));
        return MostPeak * rest;
    }

    private static bool IsLine(Axis x, double mean, double deviation) =>
        x.ToPlace(mean + deviation) - x.ToPlace(mean - deviation) < LineShare * (x.Last - x.First);

    private static void NoteDecades(PlotContext context, params Axis[] axes)
    {
        string[] names = [.. axes.Where(axis => axis.Scale == AxisScale.Logarithmic).Select(axis => axis.Title)];
        context.Note(names.Length == 0 ? null : $"The density is per decade of {string.Join(" and ", names)}.");
    }

    /// <summary>An axis that shows all bars whole.</summary>
    private static Axis Widen(Axis axis, double[] edges) => new(
        axis.Title,
        axis.ToValue(System.Math.Min(axis.First, edges[0])),
        axis.ToValue(System.Math.Max(axis.Last, edges[edges.Length - 1])),
        axis.Scale);

    private static Panel Plane(PlotContext context, GaussianMixture mixture)
    {
        Axis x = context.ColumnAxis(context.Columns[0]);
        Axis y = context.ColumnAxis(context.Columns[1]);
        DensityGrid grid = DensityGrid.Score(mixture, x, y, context.Detail, context.StopToken).PerPlace(x, y);
        double[] levels = DensityLevels.Of(mixture, x, y, context.StopToken);
        Panel panel = new(x, y) { Scale = new ValueScale(DensityTitle, 0, grid.Maximum, ColorMap.Viridis) };
        panel.Layers.Add(new HeatLayer(grid.ToDensity()));
        if (context.Rows is not null)
        {
            (double size, double opacity) = PlaneLayers.PointStyle(context.Rows.Rows.Count);
            panel.Layers.Add(new PointsLayer(context.Places(context.Rows.Rows, context.Columns[0]), context.Places(context.Rows.Rows, context.Columns[1]))
            {
                Color = Palette.White,
                Mark = '.',
                Size = size * 0.5,
                Opacity = opacity * 0.6,
            });
        }

        panel.Layers.AddRange(PlaneLayers.ContourLines(grid, levels, Palette.White, named: true));
        context.Note("Contours enclose 50, 90 and 99 % of the mass.");
        NoteDecades(context, x, y);
        return panel;
    }
}
