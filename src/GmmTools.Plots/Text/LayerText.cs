using System;
using System.Linq;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Text;

/// <summary>Draws the layers of a panel with characters.</summary>
/// <param name="panel">The panel.</param>
/// <param name="canvas">The cells between its axes.</param>
/// <param name="format">What may be used.</param>
internal sealed class LayerText(Panel panel, TextCanvas canvas, TextFormat format)
{
    private const string Eighths = " ▁▂▃▄▅▆▇█";
    private const string Shades = " ░▒▓█";

    /// <summary>Without the mark of lines, so that contours are to be seen.</summary>
    private const string AsciiShades = " .:-=+%@";

    /// <summary>On a dark terminal as on a light one, what is neutral should be seen: black would not.</summary>
    private const int Neutral = 0x8A8A8A;

    /// <summary>Whether a ground of known colours lies under everything, so that colours need not suit the terminal's own.</summary>
    private bool HasGround => IsColored && panel.Layers.Exists(layer => layer is HeatLayer);

    private bool IsColored => format.Colors != TextColors.None;

    /// <summary>Draws.</summary>
    public void Draw()
    {
        // lines would cross out what is written
        foreach (Layer layer in panel.Layers.OrderBy(layer => layer is NoteLayer))
        {
            switch (layer)
            {
                case HeatLayer heat:
                    DrawHeat(heat);
                    break;
                case BarsLayer bars:
                    DrawBars(bars);
                    break;
                case CurveLayer curve:
                    DrawCurve(curve);
                    break;
                case PointsLayer points:
                    DrawPoints(points);
                    break;
                case NoteLayer note:
                    string text = VisibleText.Of(note.Text);
                    int line = Math.Max(0, Line(note.Y) + (note.IsBelow ? 1 : -1));
                    int column = Math.Min(Column(note.X) - (text.Length / 2), canvas.Width - text.Length);
                    canvas.Write(Math.Max(0, column), line, text);
                    break;
                default:
                    throw new ArgumentOutOfRangeException(nameof(layer), layer, null);
            }
        }
    }

    /// <summary>Black, white and grey as terminals of any background show them.</summary>
    /// <param name="color">The colour in pictures.</param>
    public static int ToTerminal(int color)
    {
        int red = color >> 16;
        bool isGrey = red == ((color >> 8) & 0xFF) && red == (color & 0xFF);
        return isGrey ? Neutral : color;
    }

    private int Column(double x) => (int)Math.Floor(Math.Max(-1e6, Math.Min(1e6, panel.X.Share(x) * canvas.Width)));

    private int Line(double y) => canvas.Height - 1 - (int)Math.Floor(Math.Max(-1e6, Math.Min(1e6, panel.Y.Share(y) * canvas.Height)));

    private void DrawHeat(HeatLayer layer)
    {
        ValueScale scale = panel.Scale!;
        for (int line = 0; line < canvas.Height; line++)
        {
            for (int column = 0; column < canvas.Width; column++)
            {
                double x = (column + 0.5) / canvas.Width;
                double upper = Value(layer, x, 1 - ((line + 0.25) / canvas.Height));
                double lower = Value(layer, x, 1 - ((line + 0.75) / canvas.Height));
                if (IsColored && !format.IsAscii)
                {
                    canvas.Set(column, line, '▀', scale.Color(upper), scale.Color(lower));
                }
                else
                {
                    double middle = (upper + lower) / 2;
                    canvas.Set(column, line, Shade(scale.Maximum > 0 ? middle / scale.Maximum : 0), IsColored ? scale.Color(middle) : -1);
                }
            }
        }
    }

    private static double Value(HeatLayer layer, double x, double y)
    {
        int row = (int)Math.Round(y * (layer.Values.GetLength(0) - 1));
        int column = (int)Math.Round(x * (layer.Values.GetLength(1) - 1));
        return layer.Values[row, column];
    }

    private char Shade(double share)
    {
        string shades = format.IsAscii ? AsciiShades : Shades;
        return shades[Math.Max(0, Math.Min(shades.Length - 1, (int)Math.Ceiling(share * shades.Length) - 1))];
    }

    private void DrawBars(BarsLayer layer)
    {
        int bin = 0;
        for (int column = 0; column < canvas.Width; column++)
        {
            double place = panel.X.First + ((panel.X.Last - panel.X.First) * (column + 0.5) / canvas.Width);
            while (bin < layer.Heights.Length && place >= layer.Edges[bin + 1])
            {
                bin++;
            }

            if (bin < layer.Heights.Length && place >= layer.Edges[bin] && layer.Heights[bin] > panel.Y.First)
            {
                DrawBar(column, (int)Math.Round(panel.Y.Share(layer.Heights[bin]) * canvas.Height * 8));
            }
        }
    }

    private void DrawBar(int column, int eighths)
    {
        for (int line = canvas.Height - 1; line >= 0 && eighths > 0; line--, eighths -= 8)
        {
            char block = format.IsAscii ? (eighths >= 4 ? '#' : ' ') : Eighths[Math.Min(8, eighths)];
            canvas.Set(column, line, block, Neutral);
        }
    }

    private void DrawCurve(CurveLayer layer)
    {
        int step = 0;
        for (int i = 1; i < layer.X.Length; i++)
        {
            DrawSegment(layer, i, ref step);
        }

        if (layer.Glyph >= 0 && format.IsAscii)
        {
            for (int i = 0; i < layer.X.Length; i++)
            {
                Dot(layer.X[i], layer.Y[i], layer.Color, 'o');
            }
        }
    }

    private void DrawSegment(CurveLayer layer, int end, ref int step)
    {
        double x0 = panel.X.Share(layer.X[end - 1]) * canvas.DotWidth;
        double y0 = (1 - panel.Y.Share(layer.Y[end - 1])) * canvas.DotHeight;
        double x1 = panel.X.Share(layer.X[end]) * canvas.DotWidth;
        double y1 = (1 - panel.Y.Share(layer.Y[end])) * canvas.DotHeight;
        if (!Clip(ref x0, ref y0, ref x1, ref y1))
        {
            return;
        }

        int count = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(x1 - x0), Math.Abs(y1 - y0))));
        for (int i = 0; i < count; i++, step++)
        {
            if (IsDrawn(layer.Dash, step))
            {
                double share = (double)i / count;
                canvas.Dot((int)(x0 + ((x1 - x0) * share)), (int)(y0 + ((y1 - y0) * share)), Suited(layer.Color), layer.Dash == LineDash.Solid ? '*' : '.');
            }
        }
    }

    private bool IsDrawn(LineDash dash, int step) => dash switch
    {
        LineDash.Dashed => format.IsAscii ? step % 2 == 0 : step % 7 < 4,
        LineDash.Dotted => step % 3 == 0,
        _ => true,
    };

    /// <summary>The part of a segment within the canvas (Liang and Barsky, ACM Transactions on Graphics 3 (1984) 1-22).</summary>
    private bool Clip(ref double x0, ref double y0, ref double x1, ref double y1)
    {
        double first = 0;
        double last = 1;
        double dx = x1 - x0;
        double dy = y1 - y0;
        double edge = 1e-9;
        bool inside = Cut(-dx, x0, ref first, ref last) && Cut(dx, canvas.DotWidth - edge - x0, ref first, ref last)
            && Cut(-dy, y0, ref first, ref last) && Cut(dy, canvas.DotHeight - edge - y0, ref first, ref last);
        (x1, y1) = (x0 + (last * dx), y0 + (last * dy));
        (x0, y0) = (x0 + (first * dx), y0 + (first * dy));
        return inside;
    }

    private static bool Cut(double direction, double distance, ref double first, ref double last)
    {
        if (double.IsNaN(direction) || double.IsInfinity(direction))
        {
            return false;
        }

        if (direction == 0)
        {
            return distance >= 0;
        }

        double share = distance / direction;
        first = direction < 0 ? Math.Max(first, share) : first;
        last = direction > 0 ? Math.Min(last, share) : last;
        return first <= last;
    }

    private void DrawPoints(PointsLayer layer)
    {
        // many dots of one kind are a cloud; marks tell kinds apart where there are no colours, and single points are to be seen
        bool asDots = IsColored && !format.IsAscii && layer.X.Length > 1;
        for (int i = 0; i < layer.X.Length; i++)
        {
            if (double.IsNaN(layer.X[i]) || double.IsNaN(layer.Y[i]))
            {
                continue;
            }

            if (asDots)
            {
                Dot(layer.X[i], layer.Y[i], layer.Color, layer.Mark);
            }
            else
            {
                canvas.Set(Column(layer.X[i]), Line(layer.Y[i]), layer.Mark, Suited(layer.Color));
            }
        }
    }

    private void Dot(double x, double y, int color, char mark) => canvas.Dot(
        (int)Math.Floor(Math.Max(-1, Math.Min(1.1, panel.X.Share(x))) * canvas.DotWidth),
        (int)Math.Floor((1 - Math.Max(-0.1, Math.Min(2, panel.Y.Share(y)))) * canvas.DotHeight),
        Suited(color),
        mark);

    private int Suited(int color) => HasGround ? color : ToTerminal(color);
}
