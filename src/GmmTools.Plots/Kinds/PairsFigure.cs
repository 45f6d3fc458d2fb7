using System.Collections.Generic;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds;

/// <summary>
/// All pairs of columns: on the diagonal the marginal densities, below it the rows by component with ellipses, above it the marginal
/// densities of pairs with their contours.
/// </summary>
internal static class PairsFigure
{
    /// <summary>The most columns that there is room for.</summary>
    public const int MaxColumns = 8;


    /// <summary>Makes the figure.</summary>
    /// <param name="context">The request.</param>
    public static Figure Build(PlotContext context)
    {
        context.RequireColumns(MaxColumns);
        int count = context.Columns.Length;
        ILookup<int, double[]>? classes = context.Rows is null ? null : PlaneLayers.Classify(context);
        List<Panel> panels = [];
        for (int row = 0; row < count; row++)
        {
            for (int column = 0; column < count; column++)
            {
                context.StopToken.ThrowIfCancellationRequested();
                panels.Add(row == column ? Diagonal(context, row) : Pair(context, classes, row, column));
            }
        }

        context.Note($"Below the diagonal ellipses of one and two {(context.Mixture.Tail == Tail.Normal ? "standard deviations" : "scales of t")}, above it contours around 50, 90 and 99 % of the mass.");
        return new Figure(context.Title, panels, count) { Caption = context.Caption };
    }

    private static Panel Diagonal(PlotContext context, int index)
    {
        int column = context.Columns[index];
        GaussianMixture marginal = context.Mixture.Marginal([column]);
        Panel line = DensityFigure.Line(context, marginal, column, named: false, headroom: 1.2);
        Panel panel = new(line.X, line.Y) { ShowsY = false, ShowsX = index == context.Columns.Length - 1 };
        panel.Layers.AddRange(line.Layers);
        panel.Layers.Add(new NoteLayer((line.X.First + line.X.Last) / 2, line.Y.Last, line.X.Title) { IsBelow = true });
        return panel;
    }

    private static Panel Pair(PlotContext context, ILookup<int, double[]>? classes, int row, int column)
    {
        int columnX = context.Columns[column];
        int columnY = context.Columns[row];
        Axis x = context.ColumnAxis(columnX);
        Axis y = context.ColumnAxis(columnY);
        GaussianMixture marginal = context.Mixture.Marginal([columnX, columnY]);
        Panel panel = new(x, y) { ShowsY = column == 0, ShowsX = row == context.Columns.Length - 1 };
        if (row < column)
        {
            AddDensity(context, panel, context.Drawn(marginal));
            return panel;
        }

        if (classes is not null)
        {
            // the legend of the whole is that of the first panel with points
            panel.Layers.AddRange(PlaneLayers.Points(context, classes, columnX, columnY, named: row == 1 && column == 0));
        }

        panel.Layers.AddRange(PlaneLayers.Ellipses(marginal, x, y, Palette.Color));
        return panel;
    }

    private static void AddDensity(PlotContext context, Panel panel, GaussianMixture marginal)
    {
        DensityGrid grid = DensityGrid.Score(marginal, panel.X, panel.Y, context.Detail / 2, context.StopToken).PerPlace(panel.X, panel.Y);
        double[] levels = DensityLevels.Of(marginal, panel.X, panel.Y, context.StopToken);
        panel.Scale = new ValueScale(string.Empty, 0, grid.Maximum, ColorMap.Blues);
        panel.Layers.Add(new HeatLayer(grid.ToDensity()));
        panel.Layers.AddRange(PlaneLayers.ContourLines(grid, levels, Palette.Grey, named: false));
    }
}
