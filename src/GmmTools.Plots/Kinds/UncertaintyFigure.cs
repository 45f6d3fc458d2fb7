using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;
using GmmTools.Scoring;

namespace GmmTools.Plots.Kinds;

/// <summary>1 − the largest responsibility: of the rows, or along the axes where there are none.</summary>
internal static class UncertaintyFigure
{
    private const string UncertaintyTitle = "Uncertainty";
    private const int Steps = 8;

    /// <summary>Makes the figure.</summary>
    /// <param name="context">The request.</param>
    public static Figure Build(PlotContext context)
    {
        context.RequireColumns(2);
        context.Note("Uncertainty: 1 − the probability of the most probable component.");
        Panel panel = context.Columns.Length == 1 ? Line(context) : Plane(context);
        return new Figure(context.Title, [panel]) { Caption = context.Caption };
    }

    private static Panel Line(PlotContext context)
    {
        int column = context.Columns[0];
        GaussianMixture mixture = context.Marginal();
        Axis x = context.ColumnAxis(column);
        DensityCurve curve = DensityCurve.Score(mixture, x, 2 * context.Detail);
        double[]? scores = context.Rows is null ? null : Score(context);
        double highest = Math.Max(curve.Uncertainty.Max(), scores is null ? 0 : scores.DefaultIfEmpty(0).Max());
        Axis y = context.ValueAxis(UncertaintyTitle, Math.Max(1e-6, 1.08 * highest));
        Panel panel = new(x, y);
        panel.Layers.Add(new CurveLayer(curve.Places, DensityCurve.ToPlaces(curve.Uncertainty, y)) { Width = 2, Color = Palette.Color(0) });
        if (scores is not null)
        {
            (double size, double opacity) = PlaneLayers.PointStyle(scores.Length);
            panel.Layers.Add(new PointsLayer(context.Places(context.Rows!.Rows, column), DensityCurve.ToPlaces(scores, y))
            {
                Color = Palette.Alarm,
                Size = size,
                Opacity = opacity * 0.6,
                Legend = "rows",
            });
        }

        return panel;
    }

    private static Panel Plane(PlotContext context)
    {
        Axis x = context.ColumnAxis(context.Columns[0]);
        Axis y = context.ColumnAxis(context.Columns[1]);
        GaussianMixture mixture = context.Marginal();
        bool whole = mixture.Dimension == context.Mixture.Dimension;
        Panel panel = new(x, y)
        {
            Scale = new ValueScale(UncertaintyTitle, 0, 1 - (1.0 / Math.Max(2, mixture.ComponentCount + (mixture.Noise is null ? 0 : 1))), whole ? ColorMap.Heat : ColorMap.Warning),
        };
        if (whole || context.Rows is null)
        {
            panel.Layers.Add(new HeatLayer(DensityGrid.Score(mixture, x, y, context.Detail, context.StopToken).Uncertainty));
        }

        panel.Layers.AddRange(PlaneLayers.Ellipses(mixture, x, y, _ => Palette.Grey));
        if (context.Rows is not null)
        {
            panel.Layers.AddRange(Points(context, Score(context), panel.Scale, colored: !whole));
            context.Note("The larger a point, the less sure its component.");
        }

        context.Note(PlotContext.OfWidths(context.Mixture, "Ellipses") + ".");
        return panel;
    }

    private static double[] Score(PlotContext context)
    {
        MixtureScorer scorer = new(context.Mixture);
        return [.. context.Rows!.Rows.Select(row =>
        {
            scorer.Score(row);
            return 1 - scorer.Probability;
        })];
    }

    /// <summary>The surest first and smallest, so that the others lie on top.</summary>
    private static IEnumerable<Layer> Points(PlotContext context, double[] scores, ValueScale scale, bool colored)
    {
        (double size, double opacity) = PlaneLayers.PointStyle(scores.Length);
        for (int step = 0; step < Steps; step++)
        {
            double[][] rows = [.. context.Rows!.Rows.Where((_, i) => Math.Min(Steps - 1, (int)(scores[i] / scale.Maximum * Steps)) == step)];
            if (rows.Length > 0)
            {
                yield return new PointsLayer(context.Places(rows, context.Columns[0]), context.Places(rows, context.Columns[1]))
                {
                    Color = colored ? scale.Color((step + 0.5) / Steps * scale.Maximum) : Palette.Ink,
                    Mark = ".oO"[3 * step / Steps],
                    Size = size * (0.5 + (1.3 * step / (Steps - 1))),
                    Opacity = opacity,
                };
            }
        }
    }
}
