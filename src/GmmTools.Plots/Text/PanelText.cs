using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Text;

/// <summary>Lines of text for a panel: its title on the left, the panel between its axes, the labels below.</summary>
internal static class PanelText
{
    /// <summary>Lines that a panel needs beside those of its drawing: the titles, the lower axis and its labels.</summary>
    public const int ExtraLines = 4;

    private const int ColumnsPerLabel = 12;
    private const int LinesPerLabel = 3;

    /// <summary>Draws a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="height">Lines of the drawing.</param>
    /// <param name="format">What may be used.</param>
    public static IEnumerable<string> Draw(Panel panel, int height, TextFormat format)
    {
        IReadOnlyList<Tick> ticksY = AxisTicks.Choose(panel.Y, Math.Max(2, height / LinesPerLabel));
        int margin = Math.Min(format.Width / 3, ticksY.Select(tick => tick.Label.Length).DefaultIfEmpty(0).Max());
        TextCanvas canvas = new(Math.Max(8, format.Width - margin - 1), height, format);
        new LayerText(panel, canvas, format).Draw();
        IReadOnlyList<Tick> ticksX = AxisTicks.Choose(panel.X, Math.Max(2, canvas.Width / ColumnsPerLabel));
        yield return Cut(VisibleText.Of(panel.Y.Title), format.Width);
        for (int line = 0; line < height; line++)
        {
            yield return LeftAxis(panel.Y, ticksY, line, height, margin, format) + canvas.ToText(line);
        }

        yield return new string(' ', margin) + LowerAxis(panel.X, ticksX, canvas.Width, format);
        yield return Labels(panel.X, ticksX, canvas.Width, margin + 1);
        string title = VisibleText.Of(panel.X.Title);
        yield return Cut(title.PadLeft(margin + 1 + ((canvas.Width + title.Length) / 2)), format.Width);
    }

    /// <summary>As much of a text as there is room for.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">The most characters.</param>
    public static string Cut(string text, int width) => text.Length <= width ? text : text.Substring(0, Math.Max(0, width));

    private static string LeftAxis(Axis axis, IReadOnlyList<Tick> ticks, int line, int height, int margin, TextFormat format)
    {
        Tick? tick = ticks.FirstOrDefault(candidate => height - 1 - Cell(axis, candidate.Place, height) == line);
        char stroke = format.IsAscii ? (tick is null ? '|' : '+') : tick is null ? '│' : '┤';
        return Cut(tick?.Label ?? string.Empty, margin).PadLeft(margin) + stroke;
    }

    private static string LowerAxis(Axis axis, IReadOnlyList<Tick> ticks, int width, TextFormat format)
    {
        char[] line = new string(format.IsAscii ? '-' : '─', width).ToCharArray();
        foreach (Tick tick in ticks)
        {
            line[Cell(axis, tick.Place, width)] = format.IsAscii ? '+' : '┬';
        }

        return (format.IsAscii ? "+" : "└") + new string(line);
    }

    private static string Labels(Axis axis, IReadOnlyList<Tick> ticks, int width, int margin)
    {
        char[] line = new string(' ', margin + width).ToCharArray();
        int free = 0;
        foreach (Tick tick in ticks)
        {
            int start = Math.Max(0, Math.Min(line.Length - tick.Label.Length, margin + Cell(axis, tick.Place, width) - (tick.Label.Length / 2)));
            if (start >= free && start + tick.Label.Length <= line.Length)
            {
                tick.Label.CopyTo(0, line, start, tick.Label.Length);
                free = start + tick.Label.Length + 1;
            }
        }

        return new string(line).TrimEnd();
    }

    private static int Cell(Axis axis, double place, int count) =>
        (int)Math.Max(0, Math.Min(count - 1, Math.Floor(axis.Share(place) * count)));
}
