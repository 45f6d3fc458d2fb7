using System;
using System.Collections.Generic;

namespace GmmTools.Plots.Canvases;

/// <summary>
/// How much of each pixel an area covers: each edge adds its signed area to the pixels that it passes and, to the one right of them, what it covers of
/// the rest of the row, so that sums along a row are the coverage. Areas that have all one direction and lie side by side join without a seam.
/// </summary>
internal sealed class Coverage
{
    private readonly int _width;
    private readonly int _height;
    private double[] _sums = [];
    private Box _clip;
    private int _left;
    private int _top;
    private int _columns;
    private int _rows;

    /// <param name="width">Pixels of a row.</param>
    /// <param name="height">Rows.</param>
    public Coverage(int width, int height)
    {
        _width = width;
        _height = height;
    }

    /// <summary>Begins with the pixels that areas can reach.</summary>
    /// <param name="areas">The areas.</param>
    /// <param name="clip">What lies beyond does not count.</param>
    /// <returns>Whether there are any.</returns>
    public bool Begin(IReadOnlyList<IReadOnlyList<Spot>> areas, Box clip)
    {
        (double left, double top, double right, double bottom) = (double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);
        foreach (IReadOnlyList<Spot> area in areas)
        {
            foreach (Spot spot in area)
            {
                (left, right) = (Math.Min(left, spot.X), Math.Max(right, spot.X));
                (top, bottom) = (Math.Min(top, spot.Y), Math.Max(bottom, spot.Y));
            }
        }

        _clip = new Box(
            Math.Max(Math.Max(0, clip.Left), left), Math.Max(Math.Max(0, clip.Top), top), Math.Min(Math.Min(_width, clip.Right), right), Math.Min(Math.Min(_height, clip.Bottom), bottom));
        if (!(_clip.Width > 0) || !(_clip.Height > 0))
        {
            return false;
        }

        _left = (int)Math.Floor(_clip.Left);
        _top = (int)Math.Floor(_clip.Top);
        _columns = (int)Math.Ceiling(_clip.Right) - _left + 2;
        _rows = (int)Math.Ceiling(_clip.Bottom) - _top;
        int length = _columns * _rows;
        if (_sums.Length < length)
        {
            _sums = new double[length];
        }

        Array.Clear(_sums, 0, length);
        return true;
    }

    /// <summary>Adds an area.</summary>
    /// <param name="outline">Its corners; holes go the other way round.</param>
    public void Add(IReadOnlyList<Spot> outline)
    {
        IReadOnlyList<Spot> inside = Polygon.Clip(outline, _clip);
        for (int i = 0; i < inside.Count; i++)
        {
            AddEdge(inside[i], inside[(i + 1) % inside.Count]);
        }
    }

    /// <summary>Hands out what is covered.</summary>
    /// <param name="paint">Takes column, row and the share of the pixel.</param>
    public void Paint(Action<int, int, double> paint)
    {
        const double Nothing = 1e-3;
        for (int row = 0; row < _rows; row++)
        {
            double sum = 0;
            for (int column = 0; column < _columns; column++)
            {
                sum += _sums[(row * _columns) + column];
                double covered = Math.Min(1, Math.Abs(sum));
                if (covered > Nothing)
                {
                    paint(_left + column, _top + row, covered);
                }
            }
        }
    }

    private void AddEdge(Spot from, Spot to)
    {
        if (from.Y == to.Y)
        {
            return;
        }

        double direction = from.Y < to.Y ? 1 : -1;
        (Spot upper, Spot lower) = from.Y < to.Y ? (from, to) : (to, from);
        double slope = (lower.X - upper.X) / (lower.Y - upper.Y);
        double x = upper.X - _left;
        double y = upper.Y - _top;
        double end = lower.Y - _top;
        for (int row = (int)y; row < _rows && row < end; row++)
        {
            double height = Math.Min(row + 1, end) - Math.Max(row, y);
            double next = x + (slope * height);
            AddRow(row * _columns, Math.Min(x, next), Math.Max(x, next), direction * height);
            x = next;
        }
    }

    /// <summary>What an edge from one place to another within a row covers.</summary>
    private void AddRow(int start, double first, double last, double height)
    {
        int from = Math.Max(0, (int)first);
        int to = Math.Min(_columns - 2, (int)last);
        if (from >= to)
        {
            double middle = (0.5 * (first + last)) - from;
            _sums[start + from] += height * (1 - middle);
            _sums[start + from + 1] += height * middle;
            return;
        }

        // the area left of the edge grows with the square in the first and last pixel, evenly between
        double share = height / (last - first);
        double before = 0;
        for (int column = from; column <= to; column++)
        {
            double entered = Math.Max(first, column);
            double left = Math.Min(last, column + 1);
            double passed = share * (left - entered);
            double within = passed * (1 - ((0.5 * (entered + left)) - column));
            _sums[start + column] += within + before;
            before = passed - within;
        }

        _sums[start + to + 1] += before;
    }
}
