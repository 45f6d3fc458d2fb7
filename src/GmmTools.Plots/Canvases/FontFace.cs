using System;
using System.Collections.Generic;
using System.IO;

namespace GmmTools.Plots.Canvases;

/// <summary>A font: the widths and outlines of its glyphs, in units of its size. From any thread.</summary>
internal sealed class FontFace
{
    /// <summary>A glyph may be made of others, these of others again; not without end.</summary>
    private const int MaxDepth = 6;

    [Flags]
    private enum PartFlags
    {
        WideArguments = 1,
        Offsets = 2,
        Scale = 8,
        More = 0x20,
        TwoScales = 0x40,
        Matrix = 0x80,
    }

    private readonly CharacterMap _characters;
    private readonly byte[] _widths;
    private readonly byte[] _outlines;
    private readonly byte[] _places;
    private readonly bool _hasWidePlaces;
    private readonly int _widthCount;
    private readonly double _unit;

    /// <param name="file">The file.</param>
    /// <exception cref="InvalidDataException">It has no outlines that can be read.</exception>
    public FontFace(FontFile file)
    {
        _characters = new CharacterMap(file.Table("cmap"));
        byte[] head = file.Table("head");
        _unit = 1.0 / FontFile.U16(head, 18);
        _hasWidePlaces = FontFile.U16(head, 50) == 1;
        _widthCount = FontFile.U16(file.Table("hhea"), 34);
        _widths = file.Table("hmtx");
        _places = file.Table("loca");
        _outlines = file.Table("glyf");
    }

    /// <summary>The glyph of a character; 0 where there is none.</summary>
    /// <param name="character">Its number in Unicode.</param>
    public int Glyph(int character) => _characters.Glyph(character);

    /// <summary>From the beginning of a glyph to that of the next.</summary>
    /// <param name="glyph">The glyph.</param>
    public double Advance(int glyph) => _unit * FontFile.U16(_widths, 4 * Math.Min(glyph, _widthCount - 1));

    /// <summary>The outlines of a glyph: closed, y downwards from the base line; holes go the other way round.</summary>
    /// <param name="glyph">The glyph.</param>
    public List<Spot[]> Outline(int glyph)
    {
        List<Spot[]> contours = [];
        AddGlyph(contours, glyph, _unit, 0, 0, -_unit, 0, 0, MaxDepth);
        return contours;
    }

    private int PlaceOf(int glyph) => _hasWidePlaces ? (int)FontFile.U32(_places, 4 * glyph) : 2 * FontFile.U16(_places, 2 * glyph);

    private void AddGlyph(List<Spot[]> contours, int glyph, double xx, double xy, double yx, double yy, double x, double y, int depth)
    {
        int place = PlaceOf(glyph);
        if (place >= PlaceOf(glyph + 1) || depth == 0)
        {
            return;
        }

        int count = FontFile.S16(_outlines, place);
        if (count < 0)
        {
            AddParts(contours, place + 10, xx, xy, yx, yy, x, y, depth - 1);
            return;
        }

        foreach (GlyphPoint[] contour in Read(place, count))
        {
            contours.Add(Flatten(Array.ConvertAll(
                contour, point => (new Spot((xx * point.X) + (yx * point.Y) + x, (xy * point.X) + (yy * point.Y) + y), point.IsOnCurve))));
        }
    }

    private void AddParts(List<Spot[]> contours, int place, double xx, double xy, double yx, double yy, double x, double y, int depth)
    {
        PartFlags flags;
        do
        {
            flags = (PartFlags)FontFile.U16(_outlines, place);
            int part = FontFile.U16(_outlines, place + 2);
            place += 4;
            bool isWide = flags.HasFlag(PartFlags.WideArguments);
            double right = isWide ? FontFile.S16(_outlines, place) : (sbyte)_outlines[place];
            double up = isWide ? FontFile.S16(_outlines, place + 2) : (sbyte)_outlines[place + 1];
            place += isWide ? 4 : 2;
            if (!flags.HasFlag(PartFlags.Offsets))
            {
                // points that are to meet: hardly any font has these
                (right, up) = (0, 0);
            }

            (double a, double b, double c, double d) = (1, 0, 0, 1);
            if (flags.HasFlag(PartFlags.Scale))
            {
                a = d = Fraction(place);
                place += 2;
            }
            else if (flags.HasFlag(PartFlags.TwoScales))
            {
                (a, d) = (Fraction(place), Fraction(place + 2));
                place += 4;
            }
            else if (flags.HasFlag(PartFlags.Matrix))
            {
                (a, b, c, d) = (Fraction(place), Fraction(place + 2), Fraction(place + 4), Fraction(place + 6));
                place += 8;
            }

            AddGlyph(
                contours,
                part,
                (xx * a) + (yx * b),
                (xy * a) + (yy * b),
                (xx * c) + (yx * d),
                (xy * c) + (yy * d),
                x + (xx * right) + (yx * up),
                y + (xy * right) + (yy * up),
                depth);
        }
        while (flags.HasFlag(PartFlags.More));
    }

    private double Fraction(int place) => FontFile.S16(_outlines, place) / 16384.0;

    private IEnumerable<GlyphPoint[]> Read(int place, int contourCount)
    {
        int[] ends = new int[contourCount];
        for (int i = 0; i < contourCount; i++)
        {
            ends[i] = FontFile.U16(_outlines, place + 10 + (2 * i));
        }

        int count = contourCount == 0 ? 0 : ends[contourCount - 1] + 1;
        int next = place + 10 + (2 * contourCount);
        next += 2 + FontFile.U16(_outlines, next);
        byte[] flags = ReadFlags(count, ref next);
        int[] x = ReadPlaces(flags, 0x02, 0x10, ref next);
        int[] y = ReadPlaces(flags, 0x04, 0x20, ref next);
        int first = 0;
        foreach (int end in ends)
        {
            GlyphPoint[] contour = new GlyphPoint[Math.Max(0, end + 1 - first)];
            for (int i = 0; i < contour.Length; i++)
            {
                contour[i] = new GlyphPoint(x[first + i], y[first + i], (flags[first + i] & 1) == 1);
            }

            first = end + 1;
            yield return contour;
        }
    }

    private byte[] ReadFlags(int count, ref int next)
    {
        const int Repeated = 0x08;
        byte[] flags = new byte[count];
        for (int i = 0; i < count; i++)
        {
            flags[i] = _outlines[next++];
            if ((flags[i] & Repeated) != 0)
            {
                for (int repeat = _outlines[next++]; repeat > 0 && i + 1 < count; repeat--, i++)
                {
                    flags[i + 1] = flags[i];
                }
            }
        }

        return flags;
    }

    private int[] ReadPlaces(byte[] flags, int isShort, int isSame, ref int next)
    {
        int[] places = new int[flags.Length];
        int value = 0;
        for (int i = 0; i < flags.Length; i++)
        {
            bool same = (flags[i] & isSame) != 0;
            if ((flags[i] & isShort) != 0)
            {
                value += same ? _outlines[next] : -_outlines[next];
                next++;
            }
            else if (!same)
            {
                value += FontFile.S16(_outlines, next);
                next += 2;
            }

            places[i] = value;
        }

        return places;
    }

    /// <summary>A contour of straight lines: between two points off the curve lies one on it, half-way, and they bend it as parabolas.</summary>
    private static Spot[] Flatten((Spot Spot, bool IsOnCurve)[] points)
    {
        const int Pieces = 6;
        List<Spot> spots = [];
        for (int i = 0; i < points.Length; i++)
        {
            (Spot at, bool isOnCurve) = points[i];
            if (isOnCurve)
            {
                spots.Add(at);
                continue;
            }

            (Spot before, bool isBefore) = points[(i + points.Length - 1) % points.Length];
            (Spot after, bool isAfter) = points[(i + 1) % points.Length];
            Spot from = isBefore ? before : Middle(before, at);
            Spot to = isAfter ? after : Middle(at, after);
            for (int piece = isBefore ? 1 : 0; piece < (isAfter ? Pieces : Pieces + 1); piece++)
            {
                double t = (double)piece / Pieces;
                double u = 1 - t;
                spots.Add(new Spot((u * u * from.X) + (2 * u * t * at.X) + (t * t * to.X), (u * u * from.Y) + (2 * u * t * at.Y) + (t * t * to.Y)));
            }
        }

        return [.. spots];
    }

    private static Spot Middle(Spot left, Spot right) => new(0.5 * (left.X + right.X), 0.5 * (left.Y + right.Y));

    private readonly record struct GlyphPoint(int X, int Y, bool IsOnCurve);
}
