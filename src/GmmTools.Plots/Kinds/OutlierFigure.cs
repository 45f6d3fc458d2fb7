using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Observations;
using GmmTools.Observations.Intake;
using GmmTools.Outliers;
using GmmTools.Plots.Figures;
using GmmTools.Scoring;

namespace GmmTools.Plots.Kinds;

/// <summary>
/// The rows whose density is so low that of rows of the mixture only a stated share would have a lower one, and the border beyond which
/// they lie.
/// </summary>
internal static class OutlierFigure
{
    private const int BlockRows = 4096;

    /// <summary>Makes the figure.</summary>
    /// <param name="context">The request.</param>
    /// <exception cref="PlotException">There are no rows (NoRows).</exception>
    public static Figure Build(PlotContext context)
    {
        context.RequireColumns(2);
        if (context.Rows is null)
        {
            throw new PlotException("NoRows", "Outlier shows rows that the mixture finds improbable.") { Remedy = new Remedy("PipeRowsAndModel") };
        }

        OutlierOptions options = new() { FalseAlarmRate = context.Request.FalseAlarmRate };
        OutlierDetector detector = new(context.Mixture, options, context.StopToken);
        double level = detector.Level.LogDensity;
        List<double[]> outliers = Find(context, detector, out long count);
        double[][] others = [.. Judge(context, detector, context.Rows.Rows).Where(judged => !judged.IsOutlier).Select(judged => judged.Row)];
        Panel panel = context.Columns.Length == 1 ? Line(context, level) : Plane(context, level, others);
        panel.Layers.Add(OutlierPoints(context, outliers, count, panel));
        Describe(context, outliers.Count, count);
        return new Figure(context.Title, [panel]) { Caption = context.Caption };
    }

    private static void Describe(PlotContext context, int drawn, long count)
    {
        string rate = PlotContext.Percent(context.Request.FalseAlarmRate);
        context.Note(FormattableString.Invariant(
            $"{count:N0} of {Counted.Grouped(context.Rows!.TotalCount, "row")} ({PlotContext.Percent((double)count / context.Rows.TotalCount)}) {(count == 1 ? "is an outlier" : "are outliers")} at a false-alarm rate of {rate}."));
        context.Note(drawn < count ? FormattableString.Invariant($"The first {drawn:N0} of them are drawn.") : null);
        if (context.Columns.Length < context.Mixture.Dimension)
        {
            context.Note("They are judged by all columns of the mixture.");
        }
    }

    /// <summary>All rows are looked at, so that none of the outliers is left out where others are.</summary>
    private static List<double[]> Find(PlotContext context, OutlierDetector detector, out long count)
    {
        List<double[]> outliers = [];
        count = 0;
        foreach ((double[] row, bool isOutlier) in Judge(context, detector, Enumerate(context.Request.Rows!)))
        {
            count += isOutlier ? 1 : 0;
            if (isOutlier && outliers.Count < RowSample.MaxPoints)
            {
                outliers.Add(row);
            }
        }

        return outliers;
    }

    /// <summary>Rows in blocks, as they are scored fastest.</summary>
    private static IEnumerable<(double[] Row, bool IsOutlier)> Judge(PlotContext context, OutlierDetector detector, IEnumerable<double[]> rows)
    {
        int dimension = context.Mixture.Dimension;
        BlockScorer scorer = new(context.Mixture);
        double[] values = new double[BlockRows * dimension];
        int count = 0;
        foreach (double[] row in rows.Append(null!))
        {
            if (count == BlockRows || row is null)
            {
                context.StopToken.ThrowIfCancellationRequested();
                foreach ((double[] Row, bool IsOutlier) judged in JudgeBlock(scorer, detector, values, count, dimension))
                {
                    yield return judged;
                }

                count = 0;
            }

            row?.CopyTo(values, count++ * dimension);
        }
    }

    private static IEnumerable<(double[] Row, bool IsOutlier)> JudgeBlock(
        BlockScorer scorer, OutlierDetector detector, double[] values, int count, int dimension)
    {
        if (count == 0)
        {
            yield break;
        }

        RowBlock block = RowBlock.FromRows(values, count, dimension);
        RowScores scores = scorer.Score(block);
        for (int i = 0; i < count; i++)
        {
            double[] row = new double[dimension];
            block.CopyRow(i, row);
            yield return (row, detector.Judge(block, scores, i) is not null);
        }
    }

    private static IEnumerable<double[]> Enumerate(IObservations rows) => rows.EnumerateWeighted().Select(pair => pair.Row);

    private static Panel Line(PlotContext context, double level)
    {
        GaussianMixture mixture = context.Marginal();
        Panel panel = DensityFigure.Line(context, mixture, context.Columns[0], named: false);
        if (mixture.Dimension == context.Mixture.Dimension)
        {
            double[] places = panel.X.Places(panel.X.Scale == AxisScale.Logarithmic ? context.Detail : 2);
            double[] heights = DensityCurve.ToPlaces(places.Select(place => Math.Exp(level) * panel.X.Stretch(place)), panel.Y);
            panel.Layers.Add(new CurveLayer(places, heights) { Dash = LineDash.Dotted, Color = Palette.Alarm, Legend = "threshold" });
        }

        return panel;
    }

    private static Panel Plane(PlotContext context, double level, double[][] others)
    {
        Axis x = context.ColumnAxis(context.Columns[0]);
        Axis y = context.ColumnAxis(context.Columns[1]);
        Panel panel = new(x, y);
        panel.Layers.Add(PlaneLayers.Neutral(context, others, context.Columns[0], context.Columns[1], "other rows"));
        if (context.Mixture.Dimension == 2)
        {
            DensityGrid grid = DensityGrid.Score(context.Marginal(), x, y, context.Detail, context.StopToken);
            string? legend = "threshold";
            foreach ((double[] lineX, double[] lineY) in Contours.Trace(grid.X, grid.Y, grid.LogDensity, level))
            {
                panel.Layers.Add(new CurveLayer(lineX, lineY) { Dash = LineDash.Dashed, Legend = legend });
                legend = null;
            }
        }

        return panel;
    }

    private static PointsLayer OutlierPoints(PlotContext context, List<double[]> outliers, long count, Panel panel)
    {
        (double size, double opacity) = PlaneLayers.PointStyle(outliers.Count);
        double[] x = context.Places(outliers, context.Columns[0]);
        double[] y = context.Columns.Length == 2
            ? context.Places(outliers, context.Columns[1])
            : [.. outliers.Select(_ => panel.Y.First + (0.02 * (panel.Y.Last - panel.Y.First)))];
        return new PointsLayer(x, y)
        {
            Color = Palette.Alarm,
            Glyph = Glyphs.Cross,
            Mark = 'x',
            Size = Math.Max(6, size + 2),
            Opacity = opacity,
            Legend = FormattableString.Invariant($"outliers: {count:N0}"),
        };
    }
}
