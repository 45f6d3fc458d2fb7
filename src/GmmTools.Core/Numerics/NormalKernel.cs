using System;
#if NET
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif

namespace GmmTools.Numerics;

/// <summary>Standard normal numbers by Box and Muller's transform, many at a time where the machine has vectors.</summary>
internal static class NormalKernel
{
    /// <summary>
    /// Fills rows of normal pairs. The pair p of row i takes the numbers i·drawsPerRow + 2 + 2p and the next of the stream, the
    /// first number of each row being left to the caller.
    /// </summary>
    public static void Fill(double[] normals, int rowCount, int pairsPerRow, ulong state, int drawsPerRow)
    {
        int done = 0;
#if NET
        if (Vector512.IsHardwareAccelerated)
        {
            done = FillVectors(normals, rowCount, pairsPerRow, state, drawsPerRow);
        }
#endif
        for (int pair = done; pair < rowCount * pairsPerRow; pair++)
        {
            ulong index = PairIndex(pair, pairsPerRow, drawsPerRow);
            double radius = Radius(SplitMix64.Mix(unchecked(state + (index * SplitMix64.Increment))));
            double angle = 2 * Math.PI * SplitMix64.ToUnitInterval(SplitMix64.Mix(unchecked(state + ((index + 1) * SplitMix64.Increment))));
            normals[2 * pair] = radius * Math.Cos(angle);
            normals[(2 * pair) + 1] = radius * Math.Sin(angle);
        }
    }

    private static ulong PairIndex(int pair, int pairsPerRow, int drawsPerRow) =>
        (((ulong)(pair / pairsPerRow)) * (ulong)drawsPerRow) + 2 + (2 * (ulong)(pair % pairsPerRow));

    private static double Radius(ulong bits) => Math.Sqrt(-2 * Math.Log(1 - SplitMix64.ToUnitInterval(bits)));

#if NET
    private static int FillVectors(double[] normals, int rowCount, int pairsPerRow, ulong state, int drawsPerRow)
    {
        int vectors = rowCount * pairsPerRow / Vector512<double>.Count;
        Span<ulong> indices = stackalloc ulong[Vector512<ulong>.Count];
        ref double target = ref MemoryMarshal.GetArrayDataReference(normals);
        for (int v = 0; v < vectors; v++)
        {
            int first = v * Vector512<double>.Count;
            for (int lane = 0; lane < indices.Length; lane++)
            {
                indices[lane] = PairIndex(first + lane, pairsPerRow, drawsPerRow);
            }

            Vector512<ulong> index = Vector512.Create<ulong>(indices);
            Vector512<double> u = ToUnitInterval(Mix(state, index));
            Vector512<double> radius = Vector512.Sqrt(-2 * Vector512.Log(Vector512<double>.One - u));
            Vector512<double> turn = ToUnitInterval(Mix(state, index + Vector512<ulong>.One));
            (Vector512<double> sin, Vector512<double> cos) = Vector512.SinCos(2 * Math.PI * turn);
            Interleave(radius * cos, radius * sin, ref target, 2 * first);
        }

        return vectors * Vector512<double>.Count;
    }

    private static Vector512<ulong> Mix(ulong state, Vector512<ulong> index)
    {
        Vector512<ulong> value = Vector512.Create(state) + (index * Vector512.Create(SplitMix64.Increment));
        value = (value ^ (value >>> 30)) * Vector512.Create(0xBF58476D1CE4E5B9UL);
        value = (value ^ (value >>> 27)) * Vector512.Create(0x94D049BB133111EBUL);
        return value ^ (value >>> 31);
    }

    private static Vector512<double> ToUnitInterval(Vector512<ulong> bits) =>
        Vector512.ConvertToDouble(bits >>> 11) * Vector512.Create(1.0 / (1UL << 53));

    private static void Interleave(Vector512<double> even, Vector512<double> odd, ref double target, int offset)
    {
        Vector512<long> low = Vector512.Create(0L, 8, 1, 9, 2, 10, 3, 11);
        Vector512<long> high = Vector512.Create(4L, 12, 5, 13, 6, 14, 7, 15);
        System.Runtime.Intrinsics.X86.Avx512F.PermuteVar8x64x2(even, low, odd).StoreUnsafe(ref target, (nuint)offset);
        System.Runtime.Intrinsics.X86.Avx512F.PermuteVar8x64x2(even, high, odd).StoreUnsafe(ref target, (nuint)offset + 8);
    }
#endif
}
