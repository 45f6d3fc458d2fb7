#if NET
using System;

namespace GmmTools.Numerics;

/// <summary>Doubles that the garbage collector neither moves nor places across cache lines: scratch of a kernel.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Alignment = 64;

    // keeps the memory alive as long as the pointer is reachable
    private readonly double[] _array;

    public AlignedBuffer(int length)
    {
        _array = GC.AllocateArray<double>(length + (Alignment / sizeof(double)), pinned: true);
        fixed (double* start = _array)
        {
            Pointer = (double*)(((nuint)start + Alignment - 1) & ~((nuint)Alignment - 1));
        }

        Length = length;
    }

    public double* Pointer { get; }

    public int Length { get; }

    public Span<double> Span => new(Pointer, Length);
}
#endif
