using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace GmmTools.Plots.Text;

/// <summary>
/// Pixels as sixels: bands of six lines, in each of which every colour is drawn over the whole width (Digital Equipment Corporation,
/// VT330/VT340 programmer reference manual, volume 2, chapter 14). Colours are rounded to a cube of 6 × 7 × 6, which every such terminal
/// has room for.
/// </summary>
internal static class Sixel
{
    private const int BandHeight = 6;
    private const int Reds = 6;
    private const int Greens = 7;
    private const int Blues = 6;
    private const int FirstCharacter = '?';
    private const int ShortestRun = 4;

    /// <summary>Encodes a picture.</summary>
    /// <param name="pixels">Row after row, 0xRRGGBB.</param>
    /// <param name="width">Pixels of a row.</param>
    public static string Encode(int[] pixels, int width)
    {
        int height = pixels.Length / width;
        StringBuilder text = new();
        text.Append("\u001bP0;1;0q").Append(FormattableString.Invariant($"\"1;1;{width};{height}"));
        int[] indices = Array.ConvertAll(pixels, Index);
        foreach (int index in new SortedSet<int>(indices))
        {
            text.Append(Define(index));
        }

        for (int top = 0; top < height; top += BandHeight)
        {
            AppendBand(text, indices, width, top, Math.Min(BandHeight, height - top));
        }

        return text.Append("\u001b\\").ToString();
    }

    private static int Index(int color) =>
        (((Round(color >> 16, Reds) * Greens) + Round((color >> 8) & 0xFF, Greens)) * Blues) + Round(color & 0xFF, Blues);

    private static int Round(int value, int steps) => ((value * (steps - 1)) + 127) / 255;

    /// <summary>Colour registers hold percentages.</summary>
    private static string Define(int index)
    {
        int red = index / (Greens * Blues) * 100 / (Reds - 1);
        int green = index / Blues % Greens * 100 / (Greens - 1);
        int blue = index % Blues * 100 / (Blues - 1);
        return FormattableString.Invariant($"#{index};2;{red};{green};{blue}");
    }

    private static void AppendBand(StringBuilder text, int[] indices, int width, int top, int rows)
    {
        SortedDictionary<int, int[]> masks = [];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int index = indices[((top + row) * width) + column];
                if (!masks.TryGetValue(index, out int[]? mask))
                {
                    mask = new int[width];
                    masks.Add(index, mask);
                }

                mask[column] |= 1 << row;
            }
        }

        foreach (KeyValuePair<int, int[]> color in masks)
        {
            text.Append('#').Append(color.Key.ToString(CultureInfo.InvariantCulture));
            AppendRuns(text, color.Value);
            text.Append('$');
        }

        text.Append('-');
    }

    private static void AppendRuns(StringBuilder text, int[] mask)
    {
        for (int start = 0; start < mask.Length;)
        {
            int end = start + 1;
            while (end < mask.Length && mask[end] == mask[start])
            {
                end++;
            }

            char character = (char)(FirstCharacter + mask[start]);
            if (end - start >= ShortestRun)
            {
                text.Append('!').Append((end - start).ToString(CultureInfo.InvariantCulture)).Append(character);
            }
            else
            {
                text.Append(character, end - start);
            }

            start = end;
        }
    }
}
