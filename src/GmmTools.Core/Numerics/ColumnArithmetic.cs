#if NET
using System;
using System.Numerics;
using System.Runtime.InteropServices;
#endif

namespace GmmTools.Numerics;

/// <summary>Arithmetic over parts of arrays.</summary>
internal static class ColumnArithmetic
{
    /// <summary>sumᵢ += factor·(valueᵢ − shift) for some consecutive numbers.</summary>
    /// <param name="sums">The sums.</param>
    /// <param name="sumOffset">Where they begin.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="values">The values.</param>
    /// <param name="valueOffset">Where they begin.</param>
    /// <param name="shift">What is taken from each value.</param>
    /// <param name="count">How many there are.</param>
    public static void AddScaledDifference(
        double[] sums, int sumOffset, double factor, double[] values, int valueOffset, double shift, int count)
    {
        int done = 0;
#if NET
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(sums.AsSpan(sumOffset, count));
        ReadOnlySpan<Vector<double>> sources = MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan(valueOffset, count));
        Vector<double> shifts = new(shift);
        for (int v = 0; v < targets.Length; v++)
        {
            targets[v] += factor * (sources[v] - shifts);
        }

        done = targets.Length * Vector<double>.Count;
#endif
        for (int i = done; i < count; i++)
        {
            sums[sumOffset + i] += factor * (values[valueOffset + i] - shift);
        }
    }
}
