using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds.Outcomes;

/// <summary>A panel of values with intervals: a line for each, the first on top.</summary>
internal static class IntervalPanel
{
    /// <summary>The most lines that have room.</summary>
    public const int MaxLines = 15;

    private const int MaxLabel = 24;

    /// <summary>Makes a panel with axes and intervals, to which the values themselves are added.</summary>
    /// <param name="request">The request.</param>
    /// <param name="title">What the values are.</param>
    /// <param name="marks">The values, at most as many as have room.</param>
    /// <param name="zero">Whether zero is marked, and in sight.</param>
    public static Panel Create(PlotRequest request, string title, IReadOnlyList<IntervalMark> marks, bool zero)
    {
        IEnumerable<double> known = marks.SelectMany(mark => new[] { mark.Value, mark.Lower, mark.Upper }).Where(IsFinite);
        double[] ends = [.. zero ? known.Prepend(0) : known];
        bool isLogarithmic = request.LogAxes.Contains(title, StringComparer.OrdinalIgnoreCase);
        double margin = isLogarithmic ? 0 : 0.05 * (ends.Max() - ends.Min());
        Axis x = AxisChecks.Create(request, title, ends.Min() - margin, ends.Max() + margin);
        Axis y = new(string.Empty, 0.4, marks.Count + 0.6)
        {
            Ticks = [.. marks.Select((mark, i) => new Tick(marks.Count - i, Label(mark.Name)))],
        };
        Panel panel = new(x, y);
        if (zero)
        {
            panel.Layers.Add(new CurveLayer([0, 0], [y.First, y.Last]) { Color = Palette.Grey, Dash = LineDash.Dashed, Width = 1 });
        }

        for (int i = 0; i < marks.Count; i++)
        {
            double place = marks.Count - i;
            panel.Layers.Add(new CurveLayer([marks[i].Lower, marks[i].Upper], [place, place]) { Color = marks[i].Color, Width = 2 });
        }

        return panel;
    }

    /// <summary>Adds values as points.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="marks">All values of the panel.</param>
    /// <param name="places">Which of them, from 0; all of one colour.</param>
    /// <param name="character">What stands for them in a terminal.</param>
    /// <param name="legend">What they are; null says nothing.</param>
    public static void AddPoints(Panel panel, IReadOnlyList<IntervalMark> marks, int[] places, char character, string? legend)
    {
        if (places.Length > 0)
        {
            panel.Layers.Add(new PointsLayer([.. places.Select(i => marks[i].Value)], [.. places.Select(i => (double)(marks.Count - i))])
            {
                Color = marks[places[0]].Color,
                Glyph = Glyphs.Disc,
                Size = 9,
                Mark = character,
                Legend = legend,
            });
        }
    }

    /// <summary>Whether a number can be drawn.</summary>
    /// <param name="value">The number.</param>
    public static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

    private static string Label(string text)
    {
        string name = VisibleText.Of(text);

        // what takes two places is not cut in half
        int last = MaxLabel - 1;
        return name.Length <= MaxLabel ? name : name.Remove(char.IsHighSurrogate(name[last - 1]) ? last - 1 : last) + "…";
    }
}
