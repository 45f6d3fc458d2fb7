using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Text;

/// <summary>Lines of text for a figure: title, panels, legend, caption.</summary>
internal static class FigureText
{
    private const int MinLines = 5;

    /// <summary>Draws a figure.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="format">How.</param>
    public static IReadOnlyList<string> Draw(Figure figure, TextFormat format)
    {
        List<string> below = [.. Legend(figure, format), .. Wrap([.. VisibleText.Of(figure.Caption).Split(' ').Select(word => (PanelText.Cut(word, format.Width), Math.Min(word.Length, format.Width)))], format.Width, " ")];
        int titleLines = figure.Title.Length > 0 ? 1 : 0;
        int room = format.Height - titleLines - below.Count - (figure.Panels.Count * PanelText.ExtraLines);
        int height = Math.Max(MinLines, room / figure.Panels.Count);
        List<string> lines = [];
        string title = VisibleText.Of(figure.Title);
        if (title.Length > 0)
        {
            lines.Add(PanelText.Cut(title.PadLeft((format.Width + title.Length) / 2), format.Width));
        }

        lines.AddRange(figure.Panels.SelectMany(panel => PanelText.Draw(panel, height, format)));
        lines.AddRange(below);
        return format.IsAscii ? [.. lines.Select(ToAscii)] : lines;
    }

    private static IEnumerable<string> Legend(Figure figure, TextFormat format)
    {
        List<(string Text, int Length)> items = [];
        foreach (Layer layer in figure.Panels.SelectMany(panel => panel.Layers).Where(layer => layer.Legend is not null))
        {
            string symbol = Symbol(layer, format);
            string legend = VisibleText.Of(layer.Legend!);
            if (legend.StartsWith(symbol + ":", StringComparison.Ordinal))
            {
                // the mark of a component is its number
                items.Add((Ansi.Paint(legend, LayerText.ToTerminal(layer.Color), format.Colors), legend.Length));
                continue;
            }

            items.Add((Ansi.Paint(symbol, LayerText.ToTerminal(layer.Color), format.Colors) + " " + legend, symbol.Length + legend.Length + 1));
        }

        foreach (ValueScale scale in figure.Panels.Select(panel => panel.Scale).OfType<ValueScale>().Where(scale => scale.Title.Length > 0))
        {
            items.Add(Ramp(scale, format));
        }

        // a window of a few characters does without
        return Wrap([.. items.Where(item => item.Length <= format.Width)], format.Width, "  ");
    }

    private static string Symbol(Layer layer, TextFormat format) => layer switch
    {
        CurveLayer { Dash: LineDash.Solid } => format.IsAscii ? "**" : "──",
        CurveLayer => format.IsAscii ? ".." : "╌╌",
        BarsLayer => format.IsAscii ? "#" : "█",
        PointsLayer points => format.Colors != TextColors.None && !format.IsAscii && points.X.Length > 1 ? "⣿" : points.Mark.ToString(),
        _ => string.Empty,
    };

    /// <summary>What the colours or shades mean: the first, some between, the last.</summary>
    private static (string Text, int Length) Ramp(ValueScale scale, TextFormat format)
    {
        const int Steps = 10;
        string first = Number(scale.Minimum);
        string last = Number(scale.Maximum);
        StringBuilder ramp = new();
        for (int i = 0; i < Steps; i++)
        {
            string block = format.IsAscii ? " ..:-=++%@".Substring(i, 1) : format.Colors == TextColors.None ? " ░▒▓█".Substring(i / 2, 1) : "█";
            ramp.Append(Ansi.Paint(block, scale.Color(scale.Minimum + ((scale.Maximum - scale.Minimum) * (i + 0.5) / Steps)), format.Colors));
        }

        string title = VisibleText.Of(scale.Title);
        return ($"{title} {first} {ramp} {last}", title.Length + first.Length + last.Length + Steps + 3);
    }

    private static string Number(double value) => value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<string> Wrap(IReadOnlyList<(string Text, int Length)> words, int width, string between)
    {
        StringBuilder line = new();
        int length = 0;
        foreach ((string text, int count) in words.Where(word => word.Length > 0))
        {
            if (length > 0 && length + between.Length + count > width)
            {
                yield return line.ToString();
                line.Clear();
                length = 0;
            }

            line.Append(length == 0 ? string.Empty : between).Append(text);
            length += count + (length == 0 ? 0 : between.Length);
        }

        if (length > 0)
        {
            yield return line.ToString();
        }
    }

    private static string ToAscii(string text)
    {
        StringBuilder ascii = new();
        foreach (char character in text)
        {
            ascii.Append(character switch
            {
                < (char)0x80 => character.ToString(),
                '−' => "-",
                '…' => "...",
                _ => "?",
            });
        }

        return ascii.ToString();
    }
}
