using System;
using System.Collections.Generic;

namespace GmmTools.Plots.Kinds;

/// <summary>
/// Lines of equal value over a grid: marching squares (W. Lorensen and H. Cline, Marching cubes, Computer Graphics 21 (1987) 163-169,
/// in the plane). Each square of the grid gives up to two segments, which are then joined where they meet.
/// </summary>
internal static class Contours
{
    /// <summary>The lines of one level.</summary>
    /// <param name="x">Places of the columns.</param>
    /// <param name="y">Places of the rows.</param>
    /// <param name="values">A row for each y, a column for each x.</param>
    /// <param name="level">The level.</param>
    /// <returns>Lines, closed ones ending where they begin.</returns>
    public static List<(double[] X, double[] Y)> Trace(double[] x, double[] y, double[,] values, double level)
    {
        // a node is a place on an edge of the grid; most are met by two segments
        Dictionary<long, List<long>> neighbours = [];
        for (int i = 0; i + 1 < y.Length; i++)
        {
            for (int j = 0; j + 1 < x.Length; j++)
            {
                AddSquare(neighbours, values, level, i, j);
            }
        }

        List<(double[] X, double[] Y)> lines = [];
        foreach (List<long> nodes in Join(neighbours))
        {
            double[] lineX = new double[nodes.Count];
            double[] lineY = new double[nodes.Count];
            for (int n = 0; n < nodes.Count; n++)
            {
                (lineX[n], lineY[n]) = Locate(nodes[n], x, y, values, level);
            }

            lines.Add((lineX, lineY));
        }

        return lines;
    }

    /// <summary>Nodes 2·(i·width + j): on the edge to the right of grid point (i, j); + 1: on the edge above it.</summary>
    private static void AddSquare(Dictionary<long, List<long>> neighbours, double[,] values, double level, int i, int j)
    {
        int width = values.GetLength(1);
        long bottom = 2 * (((long)i * width) + j);
        long left = bottom + 1;
        long right = left + 2;
        long top = bottom + (2 * width);
        bool a = values[i, j] > level;
        bool b = values[i, j + 1] > level;
        bool c = values[i + 1, j + 1] > level;
        bool d = values[i + 1, j] > level;
        if (a == c && b == d && a != b)
        {
            // a saddle: the middle decides which corners hang together
            bool middle = (values[i, j] + values[i, j + 1] + values[i + 1, j + 1] + values[i + 1, j]) / 4 > level;
            Connect(neighbours, left, middle == a ? top : bottom);
            Connect(neighbours, right, middle == a ? bottom : top);
            return;
        }

        List<long> crossed = [];
        AddIf(crossed, a != b, bottom);
        AddIf(crossed, b != c, right);
        AddIf(crossed, c != d, top);
        AddIf(crossed, d != a, left);
        if (crossed.Count == 2)
        {
            Connect(neighbours, crossed[0], crossed[1]);
        }
    }

    private static void AddIf(List<long> crossed, bool condition, long node)
    {
        if (condition)
        {
            crossed.Add(node);
        }
    }

    private static void Connect(Dictionary<long, List<long>> neighbours, long first, long second)
    {
        NeighboursOf(neighbours, first).Add(second);
        NeighboursOf(neighbours, second).Add(first);
    }

    private static List<long> NeighboursOf(Dictionary<long, List<long>> neighbours, long node)
    {
        if (!neighbours.TryGetValue(node, out List<long>? list))
        {
            list = [];
            neighbours.Add(node, list);
        }

        return list;
    }

    /// <summary>Lines that end at the border first, then rings.</summary>
    private static IEnumerable<List<long>> Join(Dictionary<long, List<long>> neighbours)
    {
        foreach (bool open in new[] { true, false })
        {
            foreach (long start in new List<long>(neighbours.Keys))
            {
                List<long> next = neighbours[start];
                if (next.Count > 0 && (!open || next.Count == 1))
                {
                    yield return Walk(neighbours, start);
                }
            }
        }
    }

    private static List<long> Walk(Dictionary<long, List<long>> neighbours, long start)
    {
        List<long> line = [start];
        long at = start;
        while (neighbours[at].Count > 0)
        {
            long next = neighbours[at][0];
            neighbours[at].RemoveAt(0);
            neighbours[next].Remove(at);
            line.Add(next);
            at = next;
        }

        return line;
    }

    private static (double X, double Y) Locate(long node, double[] x, double[] y, double[,] values, double level)
    {
        bool up = node % 2 == 1;
        int i = (int)(node / 2 / x.Length);
        int j = (int)(node / 2 % x.Length);
        double from = values[i, j];
        double to = up ? values[i + 1, j] : values[i, j + 1];
        double share = Math.Max(0, Math.Min(1, (level - from) / (to - from)));
        share = double.IsNaN(share) ? 0.5 : share;
        return up ? (x[j], y[i] + (share * (y[i + 1] - y[i]))) : (x[j] + (share * (x[j + 1] - x[j])), y[i]);
    }
}
