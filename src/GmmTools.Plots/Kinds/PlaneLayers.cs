using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;
using GmmTools.Scoring;

namespace GmmTools.Plots.Kinds;

/// <summary>What pictures of two columns are made of.</summary>
internal static class PlaneLayers
{
    private const int MaxLegendItems = 12;
    private const string Marks = "123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>What the legend says of a component: its number and weight; null beyond the most that a legend can hold.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="component">The component, from 0.</param>
    public static string? ComponentLegend(GaussianMixture mixture, int component) =>
        component < MaxLegendItems ? FormattableString.Invariant($"{component + 1}{ClassOf(mixture, component)}: {PlotContext.Percent(mixture.Components[component].Weight)}")
        : component == MaxLegendItems ? FormattableString.Invariant($"… {mixture.ComponentCount - MaxLegendItems} more")
        : null;

    /// <summary>The class of a component, after a blank; nothing where it has none, or only its number.</summary>
    private static string ClassOf(GaussianMixture mixture, int component) =>
        mixture.Components[component].Class is string name && name != FormattableString.Invariant($"{component + 1}") ? " " + VisibleText.Of(name) : string.Empty;

    /// <summary>What the legend says of rows that belong to no component.</summary>
    /// <param name="mixture">The mixture, which has noise or is trimmed.</param>
    public static string ZeroLegend(GaussianMixture mixture) => mixture.Noise is MixtureNoise noise
        ? FormattableString.Invariant($"0: {PlotContext.Percent(noise.Weight)} noise")
        : FormattableString.Invariant($"0: {PlotContext.Percent(mixture.Trimming!.Fraction)} trimmed");

    /// <summary>Whether rows may belong to no component.</summary>
    /// <param name="mixture">The mixture.</param>
    public static bool HasZero(GaussianMixture mixture) => mixture.Noise is not null || mixture.Trimming is not null;

    /// <summary>Rows that belong to no component, in grey crosses; none where the mixture has neither noise nor trimming.</summary>
    /// <param name="context">The request.</param>
    /// <param name="classes">The rows by component, those of no component by −1.</param>
    /// <param name="x">Column of the lower axis.</param>
    /// <param name="y">Column of the left axis.</param>
    /// <param name="named">Whether the legend names it.</param>
    private static IEnumerable<Layer> NoisePoints(PlotContext context, ILookup<int, double[]> classes, int x, int y, bool named)
    {
        if (HasZero(context.Mixture))
        {
            (double size, double opacity) = PointStyle(context.Rows!.Rows.Count);
            yield return new PointsLayer(context.Places(classes[-1], x), context.Places(classes[-1], y))
            {
                Color = Palette.Grey,
                Glyph = Glyphs.Cross,
                Mark = '0',
                Size = size * (context.Kind == PlotKind.Pairs ? 0.7 : 1),
                Opacity = opacity,
                Legend = named ? ZeroLegend(context.Mixture) : null,
            };
        }
    }

    /// <summary>The character of a component where there are no colours: 1 to 9, then letters.</summary>
    /// <param name="component">The component, from 0.</param>
    public static char ComponentMark(int component) => Marks[component % Marks.Length];

    /// <summary>Rows by their most probable component, as that is under all columns; −1 for noise and what is trimmed.</summary>
    /// <param name="context">The request.</param>
    public static ILookup<int, double[]> Classify(PlotContext context)
    {
        MixtureScorer scorer = new(context.Mixture);
        return context.Rows!.Rows.ToLookup(row =>
        {
            scorer.Score(row);
            return scorer.Component - 1;
        });
    }

    /// <summary>Points in the colours and glyphs of their components.</summary>
    /// <param name="context">The request.</param>
    /// <param name="classes">The rows by component.</param>
    /// <param name="x">Column of the lower axis.</param>
    /// <param name="y">Column of the left axis.</param>
    /// <param name="named">Whether the legend names the components.</param>
    public static IEnumerable<Layer> Points(PlotContext context, ILookup<int, double[]> classes, int x, int y, bool named)
    {
        (double size, double opacity) = PointStyle(context.Rows!.Rows.Count);
        size *= context.Kind == PlotKind.Pairs ? 0.7 : 1;
        for (int k = 0; k < context.Mixture.ComponentCount; k++)
        {
            yield return new PointsLayer(context.Places(classes[k], x), context.Places(classes[k], y))
            {
                Color = Palette.Color(k),
                Glyph = Palette.Glyph(k),
                Mark = ComponentMark(k),
                Size = size,
                Opacity = opacity,
                Legend = named ? ComponentLegend(context.Mixture, k) : null,
            };
        }

        foreach (Layer noise in NoisePoints(context, classes, x, y, named))
        {
            yield return noise;
        }
    }

    /// <summary>Rows as neutral points.</summary>
    /// <param name="context">The request.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="x">Column of the lower axis.</param>
    /// <param name="y">Column of the left axis.</param>
    /// <param name="legend">What the legend says, or null.</param>
    public static PointsLayer Neutral(PlotContext context, IReadOnlyCollection<double[]> rows, int x, int y, string? legend)
    {
        (double size, double opacity) = PointStyle(rows.Count);
        return new PointsLayer(context.Places(rows, x), context.Places(rows, y))
        {
            Color = Palette.Grey,
            Glyph = Glyphs.Disc,
            Mark = '.',
            Size = size * 0.8,
            Opacity = opacity * 0.8,
            Legend = legend,
        };
    }

    /// <summary>How large and dense points are, so that many of them remain a picture.</summary>
    /// <param name="count">Number of points.</param>
    public static (double Size, double Opacity) PointStyle(int count) => count switch
    {
        <= 500 => (7, 0.9),
        <= 3000 => (5, 0.7),
        _ => (3.5, 0.5),
    };

    /// <summary>The ellipses at one and two standard deviations of every component.</summary>
    /// <param name="mixture">A mixture of two columns.</param>
    /// <param name="x">The lower axis.</param>
    /// <param name="y">The left axis.</param>
    /// <param name="color">Colour of a component.</param>
    /// <param name="dash">How the lines are drawn.</param>
    /// <param name="legend">What the legend says of all of them, or null.</param>
    public static IEnumerable<Layer> Ellipses(
        GaussianMixture mixture, Axis x, Axis y, Func<int, int> color, LineDash dash = LineDash.Solid, string? legend = null)
    {
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            foreach (double radius in new[] { 1.0, 2.0 })
            {
                (double[] placesX, double[] placesY) = Ellipse.Trace(mixture.Components[k], radius, x, y);
                yield return new CurveLayer(placesX, placesY)
                {
                    Color = color(k),
                    Width = radius == 1 ? 2.2 : 1.4,
                    Dash = dash,
                    Legend = k == 0 && radius == 1 ? legend : null,
                };
            }
        }
    }

    /// <summary>The contours that enclose half, nine tenths and 99 in 100 of the mass.</summary>
    /// <param name="grid">The density.</param>
    /// <param name="levels">The log-densities of the contours.</param>
    /// <param name="color">Their colour.</param>
    /// <param name="named">Whether each is named where it is highest.</param>
    public static IEnumerable<Layer> ContourLines(DensityGrid grid, double[] levels, int color, bool named)
    {
        for (int i = 0; i < levels.Length; i++)
        {
            List<(double[] X, double[] Y)> lines = Contours.Trace(grid.X, grid.Y, grid.LogDensity, levels[i]);
            foreach ((double[] x, double[] y) in lines)
            {
                yield return new CurveLayer(x, y) { Color = color, Width = 1.4, Dash = (LineDash)i };
            }

            if (named && lines.Count > 0)
            {
                (double[] x, double[] y) = lines.OrderByDescending(line => line.Y.Max()).First();
                int top = Array.IndexOf(y, y.Max());
                yield return new NoteLayer(x[top], y[top], PlotContext.Percent(DensityLevels.Masses[i])) { Color = color };
            }
        }
    }
}
