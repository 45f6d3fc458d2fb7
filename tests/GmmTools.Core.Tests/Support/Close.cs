using System;
using Xunit;

namespace GmmTools.Core.Tests.Support;

/// <summary>Comparisons with a stated tolerance that say what they compared.</summary>
internal static class Close
{
    /// <summary>|expected − actual| ≤ tolerance·|expected|.</summary>
    public static void Relative(double expected, double actual, double tolerance, string what = "value") =>
        Absolute(expected, actual, tolerance * Math.Abs(expected), what);

    /// <summary>|expected − actual| ≤ tolerance.</summary>
    public static void Absolute(double expected, double actual, double tolerance, string what = "value") =>
        Assert.True(
            Math.Abs(expected - actual) <= tolerance,
            FormattableString.Invariant($"{what}: expected {expected:R} ± {tolerance:G3}, got {actual:R} (off by {actual - expected:G3})"));

    /// <summary>actual ≥ least − slack.</summary>
    public static void AtLeast(double least, double actual, double slack, string what = "value") =>
        Assert.True(
            actual >= least - slack,
            FormattableString.Invariant($"{what}: expected at least {least:R} − {slack:G3}, got {actual:R} (short by {least - actual:G3})"));

    /// <summary>Every entry within tolerance times the largest expected entry.</summary>
    public static void AllRelative(double[] expected, double[] actual, double tolerance, string what = "values")
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = 0;
        foreach (double value in expected)
        {
            scale = Math.Max(scale, Math.Abs(value));
        }

        for (int i = 0; i < expected.Length; i++)
        {
            Absolute(expected[i], actual[i], tolerance * scale, FormattableString.Invariant($"{what}[{i}]"));
        }
    }
}
