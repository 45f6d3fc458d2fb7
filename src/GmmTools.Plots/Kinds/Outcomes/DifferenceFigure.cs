using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds.Outcomes;

/// <summary>What groups differ by from a reference in a column, with intervals: a line for each group.</summary>
internal static class DifferenceFigure
{
    private const int MaxGroups = 15;
    private const int MaxLabel = 24;

    /// <summary>Makes the figure.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="PlotException">There is no difference to draw (NoDifferences), or there are those of several columns (TooManyColumns).</exception>
    public static Figure Build(PlotRequest request)
    {
        DifferenceLine[] known = [.. request.Differences.Where(line => IsFinite(line.Total))];
        if (known.Length == 0)
        {
            throw new PlotException("NoDifferences", "There is no difference to draw: no group is on both sides.");
        }

        string column = known[0].Column;
        if (known.FirstOrDefault(line => !string.Equals(line.Column, column, StringComparison.OrdinalIgnoreCase)) is DifferenceLine other)
        {
            throw new PlotException(
                "TooManyColumns", $"A picture shows the differences of one column, but they are of {column} and {other.Column}, which have units of their own.", other.Column);
        }

        return new Figure(request.Title ?? $"Differences of {column}, in total", [Draw(request, known)])
        {
            Caption = Caption(known.Length, request.Differences.Count - known.Length),
        };
    }

    private static Panel Draw(PlotRequest request, DifferenceLine[] all)
    {
        DifferenceLine[] lines = [.. all.Take(MaxGroups)];
        double[] ends = [0, .. lines.SelectMany(line => new[] { line.Total, line.Lower, line.Upper }).Where(IsFinite)];
        double margin = 0.05 * (ends.Max() - ends.Min());
        Axis x = AxisChecks.Create(request, $"{all[0].Column}: difference of means, times rows", ends.Min() - margin, ends.Max() + margin);
        Axis y = new(string.Empty, 0.4, lines.Length + 0.6)
        {
            Ticks = [.. lines.Select((line, i) => new Tick(lines.Length - i, Label(line.Name)))],
        };
        Panel panel = new(x, y);
        panel.Layers.Add(new CurveLayer([0, 0], [y.First, y.Last]) { Color = Palette.Grey, Dash = LineDash.Dashed, Width = 1 });
        for (int i = 0; i < lines.Length; i++)
        {
            double place = lines.Length - i;
            panel.Layers.Add(new CurveLayer([lines[i].Lower, lines[i].Upper], [place, place]) { Color = Color(lines[i].Differs), Width = 2 });
        }

        AddPoints(panel, lines, differs: true, "differ", 'x');
        AddPoints(panel, lines, differs: false, "may be chance", 'o');
        return panel;
    }

    private static void AddPoints(Panel panel, DifferenceLine[] lines, bool differs, string legend, char mark)
    {
        int[] places = [.. Enumerable.Range(0, lines.Length).Where(i => lines[i].Differs == differs)];
        if (places.Length > 0)
        {
            panel.Layers.Add(new PointsLayer([.. places.Select(i => lines[i].Total)], [.. places.Select(i => (double)(lines.Length - i))])
            {
                Color = Color(differs),
                Glyph = Glyphs.Disc,
                Size = 9,
                Mark = mark,
                Legend = legend,
            });
        }
    }

    private static int Color(bool differs) => differs ? Palette.Color(0) : Palette.Grey;

    private static string Label(string group)
    {
        string name = VisibleText.Of(group);

        // what takes two places is not cut in half
        int last = MaxLabel - 1;
        return name.Length <= MaxLabel ? name : name.Remove(char.IsHighSurrogate(name[last - 1]) ? last - 1 : last) + "…";
    }

    private static string Caption(int known, int unknown)
    {
        List<string> parts = ["Lines: intervals of 95 %."];
        if (known > MaxGroups)
        {
            parts.Add(FormattableString.Invariant($"The first {MaxGroups} of {Counted.Of(known, "difference")}."));
        }

        if (unknown > 0)
        {
            parts.Add(FormattableString.Invariant($"{Counted.Of(unknown, "comparison")} without rows on both sides {(unknown == 1 ? "is" : "are")} left out."));
        }

        return string.Join(" ", parts);
    }

    private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
}
