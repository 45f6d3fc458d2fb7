#if NET
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace GmmTools.Numerics;

/// <summary>
/// Doubles that the garbage collector neither moves nor places across cache lines: scratch of a kernel. What is disposed of serves again: such
/// memory counts as that of large objects, and when thousands of short fits ask for it anew, the collector looks through the whole heap for each few of them.
/// </summary>
internal sealed unsafe class AlignedBuffer : IDisposable
{
    private const int Alignment = 64;

    /// <summary>Longer arrays are not kept: beside the rows that they serve their making costs nothing.</summary>
    private const int MaxKeptLength = 1 << 17;

    /// <summary>Arrays kept of each length, some for each thread of a large machine.</summary>
    private const int MaxKept = 256;

    /// <summary>Arrays of each length that a thread keeps for itself: those of two kernels, so that threads do not wait for each other.</summary>
    private const int MaxOwn = 8;

    // by the logarithm of their length
    private static readonly Stack<double[]>[] Kept = CreateStacks();

    [ThreadStatic]
    private static Stack<double[]>[]? _own;

    // keeps the memory alive as long as the pointer is reachable
    private double[]? _array;

    /// <param name="length">Numbers, all 0 at first.</param>
    public AlignedBuffer(int length)
    {
        _array = Rent(length + (Alignment / sizeof(double)));
        fixed (double* start = _array)
        {
            Pointer = (double*)(((nuint)start + Alignment - 1) & ~((nuint)Alignment - 1));
        }

        Length = length;
    }

    public double* Pointer { get; private set; }

    public int Length { get; }

    public Span<double> Span => new(Pointer, Length);

    /// <summary>Gives the memory back. Nobody may be using it, and nobody may use it from here on.</summary>
    public void Dispose()
    {
        Pointer = null;
        double[]? array = _array;
        _array = null;
        if (array is null || array.Length > MaxKeptLength)
        {
            return;
        }

        Stack<double[]> own = OwnOf(array.Length);
        if (own.Count < MaxOwn)
        {
            own.Push(array);
            return;
        }

        Stack<double[]> kept = KeptOf(array.Length);
        lock (kept)
        {
            if (kept.Count < MaxKept)
            {
                kept.Push(array);
            }
        }
    }

    private static double[] Rent(int length)
    {
        if (length > MaxKeptLength)
        {
            return GC.AllocateArray<double>(length, pinned: true);
        }

        int rounded = (int)BitOperations.RoundUpToPowerOf2((uint)length);
        if (!OwnOf(rounded).TryPop(out double[]? array) && !TryTake(rounded, out array))
        {
            return GC.AllocateArray<double>(rounded, pinned: true);
        }

        Array.Clear(array);
        return array;
    }

    private static bool TryTake(int length, [NotNullWhen(true)] out double[]? array)
    {
        Stack<double[]> kept = KeptOf(length);
        lock (kept)
        {
            return kept.TryPop(out array);
        }
    }

    private static Stack<double[]> OwnOf(int length) => (_own ??= CreateStacks())[BitOperations.Log2((uint)length)];

    private static Stack<double[]> KeptOf(int length) => Kept[BitOperations.Log2((uint)length)];

    private static Stack<double[]>[] CreateStacks()
    {
        Stack<double[]>[] stacks = new Stack<double[]>[BitOperations.Log2(MaxKeptLength) + 1];
        for (int i = 0; i < stacks.Length; i++)
        {
            stacks[i] = new Stack<double[]>();
        }

        return stacks;
    }
}
#endif
