using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds;

/// <summary>A mixture that is held to be true, and an estimate over it.</summary>
internal static class ComparisonFigure
{
    private const string Truth = "reference";
    private const string Estimate = "estimate";

    /// <summary>Makes the figure.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="PlotException">There is nothing to compare with (NoReference).</exception>
    public static Figure Build(PlotContext context)
    {
        context.RequireColumns(2);
        GaussianMixture reference = context.Request.Reference ?? throw new PlotException(
            "NoReference", "Comparison shows two mixtures, but only one was given.");
        if (reference.Dimension != context.Mixture.Dimension)
        {
            throw new PlotException(
                "DimensionMismatch",
                System.FormattableString.Invariant($"The reference has {Counted.Of(reference.Dimension, "column")}, but the mixture has {context.Mixture.Dimension}. Compare mixtures of the same columns."),
                reference);
        }

        reference.RefuseNoise("The picture of two mixtures");
        context.Mixture.RefuseNoise("The picture of two mixtures");
        GaussianMixture truth = reference.Marginal(context.Columns);
        Panel panel = context.Columns.Length == 1 ? Line(context, truth) : Plane(context, truth);
        return new Figure(context.Title, [panel]) { Caption = context.Caption };
    }

    private static Panel Line(PlotContext context, GaussianMixture truth)
    {
        GaussianMixture mixture = context.Marginal();
        Panel drawn = DensityFigure.Line(context, mixture, context.Columns[0], named: false);
        DensityCurve reference = DensityCurve.Score(truth, drawn.X, 2 * context.Detail);
        DensityCurve estimate = DensityCurve.Score(mixture, drawn.X, 2 * context.Detail);
        double highest = 1.08 * reference.Density.Max();
        Axis y = highest > drawn.Y.ToValue(drawn.Y.Last) ? context.ValueAxis(DensityFigure.DensityTitle, highest) : drawn.Y;
        Panel panel = new(drawn.X, y);
        panel.Layers.AddRange(drawn.Layers.OfType<BarsLayer>());
        panel.Layers.Add(new CurveLayer(reference.Places, DensityCurve.ToPlaces(reference.Density, y)) { Width = 2.5, Legend = Truth });
        panel.Layers.Add(new CurveLayer(estimate.Places, DensityCurve.ToPlaces(estimate.Density, y))
        {
            Width = 2.5,
            Color = Palette.Alarm,
            Dash = LineDash.Dashed,
            Legend = Estimate,
        });
        return panel;
    }

    private static Panel Plane(PlotContext context, GaussianMixture truth)
    {
        Axis x = context.ColumnAxis(context.Columns[0]);
        Axis y = context.ColumnAxis(context.Columns[1]);
        GaussianMixture mixture = context.Marginal();
        Panel panel = new(x, y);
        if (context.Rows is not null)
        {
            panel.Layers.Add(PlaneLayers.Neutral(context, context.Rows.Rows, context.Columns[0], context.Columns[1], null));
        }

        panel.Layers.AddRange(PlaneLayers.Ellipses(truth, x, y, _ => Palette.Ink, LineDash.Solid, Truth));
        panel.Layers.AddRange(PlaneLayers.Ellipses(mixture, x, y, _ => Palette.Alarm, LineDash.Dashed, Estimate));
        panel.Layers.Add(Means(truth, x, y, Palette.Ink, Glyphs.Plus));
        panel.Layers.Add(Means(mixture, x, y, Palette.Alarm, Glyphs.Cross));
        context.Note(PlotContext.OfWidths(truth, "Ellipses") + (truth.Tail == mixture.Tail ? "." : $" of the {Truth}."));
        context.Note(truth.Tail == mixture.Tail ? null : PlotContext.OfWidths(mixture, "Ellipses") + $" of the {Estimate}.");
        return panel;
    }

    private static PointsLayer Means(GaussianMixture mixture, Axis x, Axis y, int color, int glyph)
    {
        IReadOnlyList<GaussianComponent> components = mixture.Components;
        return new PointsLayer(
            [.. components.Select(component => x.ToPlace(component.Mean[0]))],
            [.. components.Select(component => y.ToPlace(component.Mean[1]))])
        {
            Color = color,
            Glyph = glyph,
            Mark = glyph == Glyphs.Plus ? '+' : 'x',
            Size = 11,
        };
    }
}
