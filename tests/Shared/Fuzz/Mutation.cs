using System;
using System.Collections.Generic;

namespace GmmTools.Shared.Fuzz;

/// <summary>Small changes of bytes: what a bad disk, a cut transfer or a hostile hand does to a file.</summary>
internal static class Mutation
{
    private static readonly byte[] Edges = [0, 1, 0x7f, 0x80, 0xff, 0xfe];

    /// <summary>A copy with one to eight changes.</summary>
    public static byte[] Apply(byte[] original, Random random)
    {
        List<byte> bytes = [.. original];
        int count = 1 << random.Next(4);
        for (int i = 0; i < count && bytes.Count > 0; i++)
        {
            Change(bytes, random);
        }

        return [.. bytes];
    }

    private static void Change(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count);
        int length = Math.Min(1 << random.Next(7), bytes.Count - at);
        switch (random.Next(7))
        {
            case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1: bytes[at] = Edges[random.Next(Edges.Length)]; break;
            case 2: bytes[at] = (byte)random.Next(256); break;
            case 3: bytes.RemoveRange(at, length); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
            case 5: bytes.RemoveRange(at, bytes.Count - at); break;
            default: Copy(bytes, random, at, length); break;
        }
    }

    private static void Copy(List<byte> bytes, Random random, int at, int length)
    {
        List<byte> piece = bytes.GetRange(random.Next(bytes.Count - length + 1), length);
        for (int i = 0; i < length; i++)
        {
            bytes[at + i] = piece[i];
        }
    }
}
