using System;
using System.Globalization;
using System.Text;

namespace GmmTools.Plots.Text;

/// <summary>Colours as terminals understand them: ECMA-48, SGR 38 and 48.</summary>
internal static class Ansi
{
    /// <summary>Ends all colours.</summary>
    public const string Reset = "\u001b[0m";

    private const int None = -1;

    /// <summary>The steps of the colour cube of xterm.</summary>
    private static readonly int[] Steps = [0, 95, 135, 175, 215, 255];

    /// <summary>Changes colours where they differ from those in force.</summary>
    /// <param name="text">What is written to.</param>
    /// <param name="colors">The colours that there are.</param>
    /// <param name="foreground">The colour in force, 0xRRGGBB or −1; changed.</param>
    /// <param name="newForeground">The colour wanted.</param>
    /// <param name="background">The colour behind, likewise; changed.</param>
    /// <param name="newBackground">The colour wanted behind.</param>
    public static void Change(
        StringBuilder text, TextColors colors, ref int foreground, int newForeground, ref int background, int newBackground)
    {
        if (colors == TextColors.None || (foreground == newForeground && background == newBackground))
        {
            return;
        }

        bool ends = (newForeground == None && foreground != None) || (newBackground == None && background != None);
        if (ends)
        {
            text.Append(Reset);
            (foreground, background) = (None, None);
        }

        if (newForeground != foreground)
        {
            Append(text, colors, 38, newForeground);
            foreground = newForeground;
        }

        if (newBackground != background)
        {
            Append(text, colors, 48, newBackground);
            background = newBackground;
        }
    }

    /// <summary>A text in a colour.</summary>
    /// <param name="text">The text.</param>
    /// <param name="color">The colour.</param>
    /// <param name="colors">The colours that there are.</param>
    public static string Paint(string text, int color, TextColors colors)
    {
        if (colors == TextColors.None)
        {
            return text;
        }

        StringBuilder painted = new();
        Append(painted, colors, 38, color);
        return painted.Append(text).Append(Reset).ToString();
    }

    private static void Append(StringBuilder text, TextColors colors, int code, int color)
    {
        int red = color >> 16;
        int green = (color >> 8) & 0xFF;
        int blue = color & 0xFF;
        string value = colors == TextColors.Full
            ? FormattableString.Invariant($"2;{red};{green};{blue}")
            : "5;" + (16 + (36 * Nearest(red)) + (6 * Nearest(green)) + Nearest(blue)).ToString(CultureInfo.InvariantCulture);
        text.Append("\u001b[").Append(code.ToString(CultureInfo.InvariantCulture)).Append(';').Append(value).Append('m');
    }

    private static int Nearest(int value)
    {
        int nearest = 0;
        for (int i = 1; i < Steps.Length; i++)
        {
            nearest = Math.Abs(Steps[i] - value) < Math.Abs(Steps[nearest] - value) ? i : nearest;
        }

        return nearest;
    }
}
