#if NET
using System;
using System.Numerics;
using System.Runtime.InteropServices;
#endif

namespace GmmTools.Numerics.Dense;

/// <summary>Arithmetic over parts of arrays. Few numbers are taken one after the other, so that small matrices round as in a plain loop.</summary>
internal static unsafe class RowArithmetic
{
    /// <summary>Σ leftᵢ·rightᵢ over some consecutive numbers.</summary>
    public static double Dot(double[] left, int leftOffset, double[] right, int rightOffset, int count)
    {
        if (count >= DenseKernel.MinOrder)
        {
            fixed (double* first = &left[leftOffset], second = &right[rightOffset])
            {
                return DenseKernel.Instance.Dot(first, second, count);
            }
        }

        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += left[leftOffset + i] * right[rightOffset + i];
        }

        return sum;
    }

    /// <summary>Σ (leftᵢ − rightᵢ)² over some consecutive numbers.</summary>
    public static double SquaredDistance(double[] left, int leftOffset, double[] right, int rightOffset, int count)
    {
        int done = 0;
        double sum = 0;
#if NET
        if (count >= DenseKernel.MinOrder)
        {
            ReadOnlySpan<Vector<double>> first = MemoryMarshal.Cast<double, Vector<double>>(left.AsSpan(leftOffset, count));
            ReadOnlySpan<Vector<double>> second = MemoryMarshal.Cast<double, Vector<double>>(right.AsSpan(rightOffset, count));
            Vector<double> sums = Vector<double>.Zero;
            for (int v = 0; v < first.Length; v++)
            {
                Vector<double> difference = first[v] - second[v];
                sums += difference * difference;
            }

            done = first.Length * Vector<double>.Count;
            sum = Vector.Sum(sums);
        }
#endif
        for (int i = done; i < count; i++)
        {
            double difference = left[leftOffset + i] - right[rightOffset + i];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>targetᵢ += factor·sourceᵢ for some consecutive numbers.</summary>
    public static void Add(double[] target, int targetOffset, double factor, double[] source, int sourceOffset, int count)
    {
        if (count >= DenseKernel.MinOrder)
        {
            fixed (double* first = &target[targetOffset], second = &source[sourceOffset])
            {
                DenseKernel.Instance.Add(first, factor, second, count);
            }

            return;
        }

        for (int i = 0; i < count; i++)
        {
            target[targetOffset + i] += factor * source[sourceOffset + i];
        }
    }

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

    /// <summary>sumᵢ += factor·(valueᵢ − centreᵢ) for some consecutive numbers, the values being the first of theirs.</summary>
    public static void AddDifferences(
        double[] sums, int sumOffset, double factor, double[] values, double[] centres, int centreOffset, int count)
    {
        int done = 0;
#if NET
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(sums.AsSpan(sumOffset, count));
        ReadOnlySpan<Vector<double>> sources = MemoryMarshal.Cast<double, Vector<double>>(values.AsSpan(0, count));
        ReadOnlySpan<Vector<double>> shifts = MemoryMarshal.Cast<double, Vector<double>>(centres.AsSpan(centreOffset, count));
        for (int v = 0; v < targets.Length; v++)
        {
            targets[v] += factor * (sources[v] - shifts[v]);
        }

        done = targets.Length * Vector<double>.Count;
#endif
        for (int i = done; i < count; i++)
        {
            sums[sumOffset + i] += factor * (values[i] - centres[centreOffset + i]);
        }
    }
}
