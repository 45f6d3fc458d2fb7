using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds.Outcomes;

/// <summary>What groups differ by from a reference in a column, with intervals: a line for each group.</summary>
internal static class DifferenceFigure
{
    /// <summary>Makes the figure.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="PlotException">There is no difference to draw (NoDifferences), or there are those of several columns (TooManyColumns).</exception>
    public static Figure Build(PlotRequest request)
    {
        DifferenceLine[] known = [.. request.Differences.Where(line => IntervalPanel.IsFinite(line.Total))];
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
        DifferenceLine[] lines = [.. all.Take(IntervalPanel.MaxLines)];
        IntervalMark[] marks =
            [.. lines.Select(line => new IntervalMark(line.Name, line.Total, line.Lower, line.Upper, line.Differs ? Palette.Color(0) : Palette.Grey))];
        Panel panel = IntervalPanel.Create(request, $"{all[0].Column}: difference of means, times rows", marks, zero: true);
        int[] places = [.. Enumerable.Range(0, lines.Length)];
        IntervalPanel.AddPoints(panel, marks, [.. places.Where(i => lines[i].Differs)], 'x', "differ");
        IntervalPanel.AddPoints(panel, marks, [.. places.Where(i => !lines[i].Differs)], 'o', "may be chance");
        return panel;
    }

    private static string Caption(int known, int unknown)
    {
        List<string> parts = ["Lines: intervals of 95 %."];
        if (known > IntervalPanel.MaxLines)
        {
            parts.Add(FormattableString.Invariant($"The first {IntervalPanel.MaxLines} of {Counted.Of(known, "difference")}."));
        }

        if (unknown > 0)
        {
            parts.Add(FormattableString.Invariant($"{Counted.Of(unknown, "comparison")} without rows on both sides {(unknown == 1 ? "is" : "are")} left out."));
        }

        return string.Join(" ", parts);
    }
}
