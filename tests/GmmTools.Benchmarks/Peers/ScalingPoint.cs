using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Benchmarks.Peers;

/// <summary>The time of an iteration of a problem, which is named for the size that varies: N, K or d.</summary>
internal sealed record ScalingPoint(PeerCase Problem, double Milliseconds)
{
    /// <summary>The size that varies.</summary>
    public int Size => Problem.Name switch
    {
        "N" => Problem.RowCount,
        "K" => Problem.ComponentCount,
        _ => Problem.Dimension,
    };

    /// <summary>The slope of the logarithm of time against that of size, by least squares.</summary>
    public static double Slope(IReadOnlyList<ScalingPoint> points)
    {
        double[] x = [.. points.Select(point => Math.Log(point.Size))];
        double[] y = [.. points.Select(point => Math.Log(point.Milliseconds))];
        double meanX = x.Average();
        double meanY = y.Average();
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }
}
