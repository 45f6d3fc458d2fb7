using System;

namespace GmmTools.Plots.Figures;

/// <summary>Colours for values between 0 and 1, through equally spaced stops.</summary>
internal sealed class ColorMap
{
    private readonly int[] _stops;

    private ColorMap(params int[] stops)
    {
        _stops = stops;
    }

    /// <summary>Viridis of S. van der Walt and N. Smith (2015): equal steps look equal, with any colour vision and in grey.</summary>
    public static ColorMap Viridis { get; } = new(
        0x440154, 0x482475, 0x414487, 0x355F8D, 0x2A788E, 0x21918C, 0x22A884, 0x44BF70, 0x7AD151, 0xBDDF26, 0xFDE725);

    /// <summary>White to blue, for what is drawn under points: the sequence Blues of C. Brewer's ColorBrewer.</summary>
    public static ColorMap Blues { get; } = new(
        0xFFFFFF, 0xDEEBF7, 0xC6DBEF, 0x9ECAE1, 0x6BAED6, 0x4292C6, 0x2171B5, 0x08519C, 0x08306B);

    /// <summary>Grey to orange to dark red, for what should worry: after the sequence OrRd of ColorBrewer.</summary>
    public static ColorMap Warning { get; } = new(0xC4C4C4, 0xFDBB84, 0xFC8D59, 0xEF6548, 0xD7301F, 0x990000);

    /// <summary>White to dark red, for what should worry and lies under points: after the sequence OrRd of ColorBrewer.</summary>
    public static ColorMap Heat { get; } = new(0xFFFFFF, 0xFEE8C8, 0xFDD49E, 0xFDBB84, 0xFC8D59, 0xEF6548, 0xD7301F, 0x990000);

    /// <summary>For each of some classes two colours, a pale and a stronger tint of its own.</summary>
    /// <param name="count">Number of classes.</param>
    public static ColorMap Tints(int count)
    {
        int[] stops = new int[2 * count];
        for (int c = 0; c < count; c++)
        {
            ColorMap own = new(0xFFFFFF, Palette.Color(c));
            (stops[2 * c], stops[(2 * c) + 1]) = (own.Color(0.04), own.Color(0.4));
        }

        return new ColorMap(stops);
    }

    /// <summary>The colour of a share.</summary>
    /// <param name="share">0 to 1; beyond, the colour of the end.</param>
    /// <returns>0xRRGGBB.</returns>
    public int Color(double share)
    {
        double place = (double.IsNaN(share) ? 0 : Math.Max(0, Math.Min(1, share))) * (_stops.Length - 1);
        int index = Math.Min((int)place, _stops.Length - 2);
        double weight = place - index;
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8)
        {
            double from = (_stops[index] >> shift) & 0xFF;
            double to = (_stops[index + 1] >> shift) & 0xFF;
            color |= (int)Math.Round(from + ((to - from) * weight)) << shift;
        }

        return color;
    }
}
