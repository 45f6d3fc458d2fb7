using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Classification;
using GmmTools.Mixtures;
using GmmTools.Observations.Intake;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds;

/// <summary>Where each class of a classifier is the most probable: over the plane as coloured regions; along a line by the densities of the classes.</summary>
internal static class RegionFigure
{
    private const int MaxLegendItems = 12;

    /// <summary>Makes the figure.</summary>
    /// <param name="context">The request.</param>
    public static Figure Build(PlotContext context)
    {
        context.RequireColumns(2);
        MixtureClassifier drawn = OfColumns(context);
        Panel panel = context.Columns.Length == 1 ? Line(context, drawn) : Plane(context, drawn);
        return new Figure(context.Title, [panel]) { Caption = context.Caption };
    }

    /// <summary>The classifier of the columns that are drawn, whatever the others are.</summary>
    private static MixtureClassifier OfColumns(PlotContext context)
    {
        MixtureClassifier classifier = context.Request.Classifier!;
        if (context.Columns.SequenceEqual(Enumerable.Range(0, context.Mixture.Dimension)))
        {
            return classifier;
        }

        context.Note($"Told by {string.Join(" and ", context.Columns.Select(column => context.Mixture.Property[column]))} alone.");
        return new MixtureClassifier(
            classifier.Method,
            classifier.Classes.Select(one => new MixtureClass(one.Name, one.Prior, one.RowCount, one.TotalWeight, one.Mixture.Marginal(context.Columns))),
            classifier.HasGivenPrior);
    }

    private static Panel Plane(PlotContext context, MixtureClassifier classifier)
    {
        Axis x = context.ColumnAxis(context.Columns[0]);
        Axis y = context.ColumnAxis(context.Columns[1]);
        Panel panel = new(x, y) { Scale = new ValueScale(string.Empty, 0, (2 * classifier.ClassCount) - 1, ColorMap.Tints(classifier.ClassCount)) };
        panel.Layers.Add(new HeatLayer(Score(classifier, x, y, context)));
        panel.Layers.AddRange(context.Rows is null ? Means(classifier, x, y) : Points(context));
        context.Note("The paler a region, the less sure the class.");
        return panel;
    }

    /// <summary>For each place of a grid the most probable class, as an even number, and up to 1 more where it is certain.</summary>
    private static double[,] Score(MixtureClassifier classifier, Axis x, Axis y, PlotContext context)
    {
        int size = context.Detail;
        double[] placesX = x.Places(size);
        double[] placesY = y.Places(size);
        double[,] values = new double[size, size];
        ClassScorer scorer = new(classifier);
        double[] rows = new double[2 * size];
        double least = 1.0 / classifier.ClassCount;
        for (int i = 0; i < size; i++)
        {
            context.StopToken.ThrowIfCancellationRequested();
            for (int j = 0; j < size; j++)
            {
                rows[2 * j] = x.ToValue(placesX[j]);
                rows[(2 * j) + 1] = y.ToValue(placesY[i]);
            }

            ClassScores scores = scorer.Score(RowBlock.FromRows(rows, size, 2));
            for (int j = 0; j < size; j++)
            {
                double probability = scores.Probabilities[(scores.Places[j] * size) + j];
                values[i, j] = (2 * scores.Places[j]) + Math.Max(0, (probability - least) / (1 - least));
            }
        }

        return values;
    }

    /// <summary>Rows by their most probable class, as that is by all columns.</summary>
    private static IEnumerable<Layer> Points(PlotContext context)
    {
        MixtureClassifier classifier = context.Request.Classifier!;
        IReadOnlyList<double[]> rows = [.. context.Rows!.Rows];
        ClassScores scores = new ClassScorer(classifier).Score(RowBlock.FromRows([.. rows.SelectMany(row => row)], rows.Count, context.Mixture.Dimension));
        (double size, double opacity) = PlaneLayers.PointStyle(rows.Count);
        for (int c = 0; c < classifier.ClassCount; c++)
        {
            double[][] own = [.. rows.Where((_, i) => scores.Places[i] == c)];
            yield return new PointsLayer(context.Places(own, context.Columns[0]), context.Places(own, context.Columns[1]))
            {
                Color = Palette.Color(c),
                Glyph = Palette.Glyph(c),
                Mark = PlaneLayers.ComponentMark(c),
                Size = size,
                Opacity = opacity,
                Legend = Legend(classifier, c),
            };
        }
    }

    private static IEnumerable<Layer> Means(MixtureClassifier classifier, Axis x, Axis y)
    {
        for (int c = 0; c < classifier.ClassCount; c++)
        {
            IReadOnlyList<GaussianComponent> components = classifier.Classes[c].Mixture.Components;
            yield return new PointsLayer([.. components.Select(one => x.ToPlace(one.Mean[0]))], [.. components.Select(one => y.ToPlace(one.Mean[1]))])
            {
                Color = Palette.Color(c),
                Glyph = Palette.Glyph(c),
                Mark = PlaneLayers.ComponentMark(c),
                Size = 9,
                Legend = Legend(classifier, c),
            };
        }
    }

    /// <summary>Prior probability times density of each class: the highest is the most probable.</summary>
    private static Panel Line(PlotContext context, MixtureClassifier classifier)
    {
        int column = context.Columns[0];
        Axis x = context.ColumnAxis(column);
        DensityCurve curve = DensityCurve.Score(classifier.ToMixture(out int[] places), x, 2 * context.Detail);
        double[][] parts =
        [
            .. Enumerable.Range(0, classifier.ClassCount).Select(c => curve.Places
                .Select((_, i) => Enumerable.Range(0, places.Length).Where(k => places[k] == c).Sum(k => curve.Parts[k][i])).ToArray()),
        ];
        double highest = parts.Max(part => part.Max());
        Histogram? histogram = context.Rows is null
            ? null : Histogram.Count(context.Request.Rows!, column, x, classifier.ToMixture(out _), context.StopToken);
        Axis y = context.ValueAxis(DensityFigure.DensityTitle, 1.08 * Math.Max(highest, Math.Min(histogram?.Heights.Max() ?? 0, 2 * highest)));
        Panel panel = new(x, y);
        if (histogram is not null)
        {
            panel.Layers.Add(new BarsLayer(histogram.Edges, DensityCurve.ToPlaces(histogram.Heights, y)) { Color = Palette.Bar, Legend = "rows" });
        }

        for (int c = 0; c < classifier.ClassCount; c++)
        {
            panel.Layers.Add(new CurveLayer(curve.Places, DensityCurve.ToPlaces(parts[c], y)) { Color = Palette.Color(c), Width = 2, Legend = Legend(classifier, c) });
        }

        context.Note("Prior probability times density of each class: the highest is the most probable.");
        return panel;
    }

    private static string? Legend(MixtureClassifier classifier, int place) =>
        place < MaxLegendItems ? classifier.Classes[place].Name
        : place == MaxLegendItems ? FormattableString.Invariant($"… {classifier.ClassCount - MaxLegendItems} more")
        : null;
}
