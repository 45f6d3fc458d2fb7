using System;
using System.Collections.Generic;

namespace GmmTools.Plots.Canvases;

/// <summary>Areas with straight sides.</summary>
internal static class Polygon
{
    /// <summary>The part of an area within a box: I. Sutherland and G. Hodgman, Communications of the ACM 17 (1974) 32-42.</summary>
    /// <param name="outline">The corners of the area.</param>
    /// <param name="box">The box.</param>
    public static IReadOnlyList<Spot> Clip(IReadOnlyList<Spot> outline, Box box)
    {
        List<Spot> left = Cut(outline, spot => spot.X - box.Left);
        List<Spot> right = Cut(left, spot => box.Right - spot.X);
        return Cut(Cut(right, spot => spot.Y - box.Top), spot => box.Bottom - spot.Y);
    }

    /// <summary>Clockwise, whichever way round the corners were.</summary>
    /// <param name="outline">The corners.</param>
    public static IReadOnlyList<Spot> Clockwise(params Spot[] outline)
    {
        double area = 0;
        for (int i = 0; i < outline.Length; i++)
        {
            Spot next = outline[(i + 1) % outline.Length];
            area += (outline[i].X * next.Y) - (next.X * outline[i].Y);
        }

        if (area < 0)
        {
            Array.Reverse(outline);
        }

        return outline;
    }

    /// <summary>A circle as an area.</summary>
    /// <param name="centre">Its centre.</param>
    /// <param name="radius">Its radius.</param>
    /// <param name="isHole">Whether it goes the other way round.</param>
    public static Spot[] Circle(Spot centre, double radius, bool isHole = false)
    {
        const double MaxSide = 1.5;
        int count = Math.Max(12, (int)Math.Ceiling(2 * Math.PI * radius / MaxSide));
        Spot[] corners = new Spot[count];
        for (int i = 0; i < count; i++)
        {
            double angle = (isHole ? -2 : 2) * Math.PI * i / count;
            corners[i] = new Spot(centre.X + (radius * Math.Cos(angle)), centre.Y + (radius * Math.Sin(angle)));
        }

        return corners;
    }

    /// <summary>What lies where a distance is not negative.</summary>
    private static List<Spot> Cut(IReadOnlyList<Spot> outline, Func<Spot, double> distance)
    {
        List<Spot> kept = new(outline.Count + 4);
        for (int i = 0; i < outline.Count; i++)
        {
            Spot from = outline[i];
            Spot to = outline[(i + 1) % outline.Count];
            double first = distance(from);
            double second = distance(to);
            if (first >= 0)
            {
                kept.Add(from);
            }

            if ((first >= 0) != (second >= 0))
            {
                double share = first / (first - second);
                kept.Add(new Spot(from.X + (share * (to.X - from.X)), from.Y + (share * (to.Y - from.Y))));
            }
        }

        return kept;
    }
}
