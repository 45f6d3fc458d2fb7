using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds.Outcomes;

/// <summary>The values of a parameter with their intervals, such as the means of a column by component.</summary>
internal static class IntervalFigure
{
    /// <summary>Makes the figure.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="PlotException">There is no interval to draw (NoIntervals), or there are those of several parameters (TooManyColumns).</exception>
    public static Figure Build(PlotRequest request)
    {
        IntervalLine[] all = [.. request.Intervals.Where(line => IntervalPanel.IsFinite(line.Estimate))];
        if (all.Length == 0)
        {
            throw new PlotException("NoIntervals", "There is no interval to draw: no estimate is a finite number.");
        }

        if (all.FirstOrDefault(line => !string.Equals(line.Quantity, all[0].Quantity, StringComparison.OrdinalIgnoreCase)) is IntervalLine other)
        {
            throw new PlotException(
                "TooManyColumns", $"A picture shows the intervals of one parameter, but they are of {all[0].Quantity} and {other.Quantity}, which have units of their own.", other.Quantity);
        }

        IntervalLine[] lines = [.. all.Take(IntervalPanel.MaxLines)];
        bool isMixed = lines.Select(line => line.Source).Distinct().Count() > 1;
        IntervalMark[] marks =
            [.. lines.Select(line => new IntervalMark(isMixed ? $"{line.Name}, {line.Source}" : line.Name, line.Estimate, line.Lower, line.Upper, Color(line)))];
        Panel panel = IntervalPanel.Create(request, all[0].Unit, marks, zero: false);
        foreach (IGrouping<int, int> places in Enumerable.Range(0, marks.Length).GroupBy(i => marks[i].Color))
        {
            IntervalPanel.AddPoints(panel, marks, [.. places], 'o', null);
        }

        return new Figure(request.Title ?? $"{all[0].Quantity}, with {(all.Length == 1 ? "its interval" : "intervals")}", [panel]) { Caption = Caption(all) };
    }

    /// <summary>That of the component in other pictures; grey for noise.</summary>
    private static int Color(IntervalLine line) => line.Component == 0 ? Palette.Grey : Palette.Color((line.Component ?? 1) - 1);

    private static string Caption(IntervalLine[] all)
    {
        double[] levels = [.. all.Select(line => line.Level).Distinct()];
        string[] sources = [.. all.Select(line => line.Source).Distinct()];
        List<string> parts =
        [
            levels.Length == 1 && IntervalPanel.IsFinite(levels[0]) ? FormattableString.Invariant($"Lines: intervals of {100 * levels[0]:0.####} %") : "Lines: intervals",
        ];
        parts[0] += sources.Length == 1 && sources[0].Length > 0 ? $" ({VisibleText.Of(sources[0])})." : ".";
        if (all.Length > IntervalPanel.MaxLines)
        {
            parts.Add(FormattableString.Invariant($"The first {IntervalPanel.MaxLines} of {all.Length}."));
        }

        return string.Join(" ", parts);
    }
}
