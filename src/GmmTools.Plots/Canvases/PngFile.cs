using System;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;

namespace GmmTools.Plots.Canvases;

/// <summary>
/// Makes PNG files: Portable Network Graphics Specification, third edition (W3C, 2025). True colour, eight bits each. Shades are smaller where each
/// row has the filter whose differences are smallest (section 12.7), lines and letters without filters: the smaller one is taken.
/// </summary>
internal static class PngFile
{
    private const int Channels = 3;
    private const double InchesPerMetre = 1 / 0.0254;
    private const uint AdlerModulus = 65521;

    /// <summary>Bytes after which the sums of Adler-32 still fit.</summary>
    private const int AdlerLength = 3800;

    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly uint[] CrcTable = CreateCrcTable();

    /// <summary>A file.</summary>
    /// <param name="pixels">The pixels, row after row, 0xRRGGBB.</param>
    /// <param name="width">Pixels of a row.</param>
    /// <param name="dpi">Pixels per inch; 0 where there is no saying.</param>
    public static byte[] Encode(int[] pixels, int width, int dpi)
    {
        using MemoryStream file = new();
        file.Write(Signature, 0, Signature.Length);
        WriteChunk(file, "IHDR", [.. BigEndian((uint)width), .. BigEndian((uint)(pixels.Length / width)), 8, 2, 0, 0, 0]);
        if (dpi > 0)
        {
            byte[] perMetre = BigEndian((uint)Math.Round(dpi * InchesPerMetre));
            WriteChunk(file, "pHYs", [.. perMetre, .. perMetre, 1]);
        }

        byte[] plain = Compress(Filter(pixels, width, isPlain: true));
        byte[] filtered = Compress(Filter(pixels, width, isPlain: false));
        WriteChunk(file, "IDAT", plain.Length <= filtered.Length ? plain : filtered);
        WriteChunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>The rows as differences, each behind the number of its filter.</summary>
    private static byte[] Filter(int[] pixels, int width, bool isPlain)
    {
        int length = Channels * width;
        int height = pixels.Length / width;
        byte[] filtered = new byte[height * (length + 1)];
        byte[] above = new byte[length];
        byte[] row = new byte[length];
        byte[][] tried = [new byte[length], new byte[length], new byte[length], new byte[length], new byte[length]];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                int pixel = pixels[(y * width) + x];
                row[Channels * x] = (byte)(pixel >> 16);
                row[(Channels * x) + 1] = (byte)(pixel >> 8);
                row[(Channels * x) + 2] = (byte)pixel;
            }

            int best = isPlain ? 0 : Choose(row, above, tried);
            filtered[y * (length + 1)] = (byte)best;
            Array.Copy(isPlain ? row : tried[best], 0, filtered, (y * (length + 1)) + 1, length);
            (row, above) = (above, row);
        }

        return filtered;
    }

    private static int Choose(byte[] row, byte[] above, byte[][] tried)
    {
        long[] sums = new long[tried.Length];
        for (int i = 0; i < row.Length; i++)
        {
            int value = row[i];
            int left = i < Channels ? 0 : row[i - Channels];
            int corner = i < Channels ? 0 : above[i - Channels];
            Try(0, i, value);
            Try(1, i, value - left);
            Try(2, i, value - above[i]);
            Try(3, i, value - ((left + above[i]) / 2));
            Try(4, i, value - Paeth(left, above[i], corner));
        }

        return Array.IndexOf(sums, sums.Min());

        void Try(int filter, int place, int difference)
        {
            tried[filter][place] = (byte)difference;
            sums[filter] += Math.Abs((int)(sbyte)difference);
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        int toLeft = Math.Abs(above - corner);
        int toAbove = Math.Abs(left - corner);
        int toCorner = Math.Abs(left + above - (2 * corner));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    /// <summary>A zlib stream (RFC 1950), which .NET Framework has no class for.</summary>
    private static byte[] Compress(byte[] bytes)
    {
        using MemoryStream stream = new();
        stream.WriteByte(0x78);
        stream.WriteByte(0x9C);
        using (DeflateStream deflate = new(stream, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(bytes, 0, bytes.Length);
        }

        byte[] sum = BigEndian(Adler(bytes));
        stream.Write(sum, 0, sum.Length);
        return stream.ToArray();
    }

    private static uint Adler(byte[] bytes)
    {
        uint low = 1;
        uint high = 0;
        for (int first = 0; first < bytes.Length; first += AdlerLength)
        {
            for (int i = first; i < bytes.Length && i < first + AdlerLength; i++)
            {
                low += bytes[i];
                high += low;
            }

            low %= AdlerModulus;
            high %= AdlerModulus;
        }

        return (high << 16) | low;
    }

    private static void WriteChunk(MemoryStream file, string type, byte[] data)
    {
        byte[] checkedBytes = [.. Encoding.ASCII.GetBytes(type), .. data];
        byte[] chunk = [.. BigEndian((uint)data.Length), .. checkedBytes, .. BigEndian(Crc(checkedBytes))];
        file.Write(chunk, 0, chunk.Length);
    }

    private static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    /// <summary>CRC-32 of ISO 3309.</summary>
    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc = CrcTable[(crc ^ value) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] CreateCrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) == 1 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            }

            table[i] = value;
        }

        return table;
    }
}
