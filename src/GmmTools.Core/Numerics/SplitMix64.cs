using System;

namespace GmmTools.Numerics;

/// <summary>
/// The SplitMix64 generator: the n-th number is a hash of seed + n·γ, so a stream can be read in order or at any place,
/// one by one or many at a time. Steele, Lea and Flood, OOPSLA 2014.
/// </summary>
internal sealed class SplitMix64
{
    /// <summary>The increment γ: 2⁶⁴ divided by the golden ratio, odd.</summary>
    public const ulong Increment = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Starts the stream of a seed.</summary>
    public SplitMix64(ulong seed)
    {
        _state = StreamStart(seed);
    }

    /// <summary>State before the first number: hashed, so that neighbouring seeds give streams far apart.</summary>
    public static ulong StreamStart(ulong seed) => Mix(seed ^ 0x5851F42D4C957F2D);

    /// <summary>A seed for an independent part of the work, such as the n-th start.</summary>
    public static ulong Derive(ulong seed, ulong part) => Mix(StreamStart(seed) + (part * 0xD1342543DE82EF95) + 1);

    /// <summary>The finalising hash (variant 13 of Stafford).</summary>
    public static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }

    /// <summary>53 uniform bits as a number in [0, 1).</summary>
    public static double ToUnitInterval(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    /// <summary>The next 64 uniform bits.</summary>
    public ulong NextBits() => Mix(unchecked(_state += Increment));

    /// <summary>The next number, uniform in [0, 1).</summary>
    public double NextDouble() => ToUnitInterval(NextBits());

    /// <summary>A whole number, uniform in [0, bound); the bias of 2⁻⁵³·bound is below any notice.</summary>
    public int NextIndex(int bound) => (int)(NextDouble() * bound);

    /// <summary>A standard normal number, by Box and Muller's transform.</summary>
    public double NextNormal()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    /// <summary>A random permutation of 0..count−1 (Fisher and Yates).</summary>
    public int[] NextPermutation(int count)
    {
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (int i = count - 1; i > 0; i--)
        {
            int j = NextIndex(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
