using System;
using System.Buffers.Binary;
using System.Text;

namespace GmmTools.Plots.Pictures;

/// <summary>Writes the resolution into a PNG file: the chunk pHYs (Portable Network Graphics specification, section 11.3.4.3).</summary>
internal static class PngResolution
{
    /// <summary>The signature and the chunk IHDR, which comes first and is always as long.</summary>
    private const int HeaderLength = 33;
    private const double InchesPerMetre = 1 / 0.0254;

    /// <summary>A copy of a file with its resolution.</summary>
    /// <param name="png">The file, without such a chunk.</param>
    /// <param name="dpi">Pixels per inch.</param>
    public static byte[] Set(byte[] png, int dpi)
    {
        byte[] chunk = new byte[21];
        int perMetre = (int)Math.Round(dpi * InchesPerMetre);
        BinaryPrimitives.WriteInt32BigEndian(chunk, 9);
        Encoding.ASCII.GetBytes("pHYs").CopyTo(chunk, 4);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(8), perMetre);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(12), perMetre);
        chunk[16] = 1;
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(17), Checksum(chunk.AsSpan(4, 13)));
        return [.. png.AsSpan(0, HeaderLength), .. chunk, .. png.AsSpan(HeaderLength)];
    }

    /// <summary>CRC-32 as PNG uses it, ISO 3309.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
