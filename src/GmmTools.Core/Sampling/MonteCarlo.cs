using System;

namespace GmmTools.Sampling;

/// <summary>Tests whose null distribution is that of replicates.</summary>
internal static class MonteCarlo
{
    /// <summary>A rate such as 0.01 is no power of two.</summary>
    private const double Rounding = 1e-9;

    /// <summary>The fewest replicates with which a p-value can be as small as a rate, divided by a number of tests: it is at least 1/(B + 1).</summary>
    /// <param name="rate">The rate, above 0.</param>
    /// <param name="testCount">The number of tests.</param>
    public static double FewestReplicates(double rate, int testCount = 1) => Math.Ceiling((testCount / rate) - 1 - Rounding);
}
