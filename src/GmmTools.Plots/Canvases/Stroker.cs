using System;
using System.Collections.Generic;

namespace GmmTools.Plots.Canvases;

/// <summary>Makes areas of lines: a rectangle for each piece and, where two meet, what lies outside between them, so that nothing is covered twice but
/// inside the bend.</summary>
internal static class Stroker
{
    /// <summary>Corners whose point would lie further out, as a multiple of half the width, are cut off.</summary>
    private const double MiterLimit = 2;

    /// <summary>The areas of a line.</summary>
    /// <param name="spots">What it goes through.</param>
    /// <param name="width">Its width.</param>
    /// <param name="pattern">Lengths of dash and gap in turns; empty for a line that goes through.</param>
    /// <param name="clip">Pieces that lie beyond are left out.</param>
    public static List<IReadOnlyList<Spot>> Outline(IReadOnlyList<Spot> spots, double width, double[] pattern, Box clip)
    {
        List<IReadOnlyList<Spot>> areas = [];
        Box near = clip.Grown(2 * width);
        foreach (List<Spot> piece in pattern.Length == 0 ? [[.. spots]] : Dashes(spots, pattern, near))
        {
            AddPiece(areas, Distinct(piece), 0.5 * width, near);
        }

        return areas;
    }

    /// <summary>The part of a straight line within a box: Y.-D. Liang and B. Barsky, ACM Transactions on Graphics 3 (1984) 1-22.</summary>
    /// <param name="from">Its beginning.</param>
    /// <param name="to">Its end.</param>
    /// <param name="box">The box.</param>
    /// <param name="first">The share of the line at which it enters.</param>
    /// <param name="last">The share at which it leaves.</param>
    /// <returns>Whether there is any.</returns>
    internal static bool TryClip(Spot from, Spot to, Box box, out double first, out double last)
    {
        (first, last) = (0, 1);
        double x = to.X - from.X;
        double y = to.Y - from.Y;
        return Cut(-x, from.X - box.Left, ref first, ref last) && Cut(x, box.Right - from.X, ref first, ref last)
            && Cut(-y, from.Y - box.Top, ref first, ref last) && Cut(y, box.Bottom - from.Y, ref first, ref last);
    }

    private static bool Cut(double way, double room, ref double first, ref double last)
    {
        if (way == 0)
        {
            return room >= 0;
        }

        double share = room / way;
        if (way < 0)
        {
            first = Math.Max(first, share);
        }
        else
        {
            last = Math.Min(last, share);
        }

        return first < last;
    }

    /// <summary>Without places where the line does not go on, and has no direction.</summary>
    private static List<Spot> Distinct(List<Spot> spots)
    {
        List<Spot> distinct = [];
        foreach (Spot spot in spots)
        {
            if (distinct.Count == 0 || distinct[distinct.Count - 1] != spot)
            {
                distinct.Add(spot);
            }
        }

        return distinct;
    }

    private static IEnumerable<List<Spot>> Dashes(IReadOnlyList<Spot> spots, double[] pattern, Box near)
    {
        double period = 0;
        Array.ForEach(pattern, length => period += length);
        double walked = 0;
        List<Spot> dash = [];
        for (int i = 0; i + 1 < spots.Count; i++)
        {
            Spot from = spots[i];
            Spot to = spots[i + 1];
            double length = Distance(from, to);
            if (!TryClip(from, to, near, out double first, out double last))
            {
                walked += length;
                continue;
            }

            for (double at = first * length, end = last * length; at < end;)
            {
                (bool isDash, double left) = Phase((walked + at) % period, pattern);
                double next = Math.Min(end, at + left);
                if (isDash)
                {
                    if (dash.Count == 0)
                    {
                        dash.Add(Between(from, to, at / length));
                    }

                    dash.Add(Between(from, to, next / length));
                }

                if (dash.Count > 0 && (!isDash || next < end || last < 1))
                {
                    yield return dash;
                    dash = [];
                }

                at = next > at ? next : end;
            }

            walked += length;
        }

        if (dash.Count > 1)
        {
            yield return dash;
        }
    }

    /// <summary>Whether there is a dash at a place of the pattern, and how far that goes on.</summary>
    private static (bool IsDash, double Left) Phase(double place, double[] pattern)
    {
        double end = 0;
        for (int i = 0; i < pattern.Length; i++)
        {
            end += pattern[i];
            if (place < end)
            {
                return (i % 2 == 0, end - place);
            }
        }

        return (true, pattern[0]);
    }

    private static void AddPiece(List<IReadOnlyList<Spot>> areas, List<Spot> piece, double half, Box near)
    {
        for (int i = 0; i + 1 < piece.Count; i++)
        {
            Spot from = piece[i];
            Spot to = piece[i + 1];
            if (TryClip(from, to, near, out double first, out double last))
            {
                Spot side = Side(from, to, half);
                Spot begin = Between(from, to, first);
                Spot end = Between(from, to, last);
                areas.Add(Polygon.Clockwise(Plus(begin, side), Plus(end, side), Minus(end, side), Minus(begin, side)));
            }

            if (i + 2 < piece.Count)
            {
                AddJoin(areas, from, to, piece[i + 2], half);
            }
        }
    }

    private static void AddJoin(List<IReadOnlyList<Spot>> areas, Spot from, Spot at, Spot to, double half)
    {
        Spot before = Side(from, at, half);
        Spot after = Side(at, to, half);
        double turn = (before.X * after.Y) - (before.Y * after.X);
        if (turn == 0)
        {
            return;
        }

        // outside is where the line does not turn to
        (Spot first, Spot second) = turn > 0 ? (Minus(at, before), Minus(at, after)) : (Plus(at, before), Plus(at, after));
        Spot middle = new(0.5 * (first.X + second.X), 0.5 * (first.Y + second.Y));
        double depth = Distance(at, middle);
        double reach = half * half / depth;
        if (depth > 0 && reach <= MiterLimit * half)
        {
            areas.Add(Polygon.Clockwise(at, first, Between(at, middle, reach / depth), second));
            return;
        }

        areas.Add(Polygon.Clockwise(at, first, second));
    }

    /// <summary>From a line to its edge.</summary>
    private static Spot Side(Spot from, Spot to, double half)
    {
        double length = Distance(from, to);
        return new Spot(-(to.Y - from.Y) / length * half, (to.X - from.X) / length * half);
    }

    private static double Distance(Spot from, Spot to) => Math.Sqrt(((to.X - from.X) * (to.X - from.X)) + ((to.Y - from.Y) * (to.Y - from.Y)));

    private static Spot Between(Spot from, Spot to, double share) => new(from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y)));

    private static Spot Plus(Spot left, Spot right) => new(left.X + right.X, left.Y + right.Y);

    private static Spot Minus(Spot left, Spot right) => new(left.X - right.X, left.Y - right.Y);
}
