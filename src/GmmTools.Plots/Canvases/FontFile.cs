using System;
using System.Collections.Generic;
using System.IO;

namespace GmmTools.Plots.Canvases;

/// <summary>The tables of a font file: OpenType Specification 1.9 (Microsoft, 2021), TrueType outlines. Numbers are big-endian.</summary>
internal sealed class FontFile
{
    private const int TagLength = 4;
    private const uint Collection = 0x74746366;

    private readonly Func<Stream> _open;
    private readonly Dictionary<string, (long Offset, int Length)> _tables = [];

    /// <param name="open">Opens the file.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public FontFile(Func<Stream> open)
    {
        _open = open;
        using Stream stream = open();
        byte[] header = Read(stream, 0, 16);
        long start = U32(header, 0) == Collection ? U32(header, 12) : 0;
        int count = U16(Read(stream, start, 6), 4);
        byte[] directory = Read(stream, start + 12, count * 16);
        for (int i = 0; i < count; i++)
        {
            string tag = System.Text.Encoding.ASCII.GetString(directory, i * 16, TagLength);
            _tables[tag] = (U32(directory, (i * 16) + 8), (int)U32(directory, (i * 16) + 12));
        }
    }

    /// <summary>Whether it has outlines that can be read.</summary>
    public bool HasOutlines => _tables.ContainsKey("glyf") && _tables.ContainsKey("loca");

    /// <summary>The bytes of a table.</summary>
    /// <param name="tag">Its name.</param>
    public byte[] Table(string tag)
    {
        if (!_tables.TryGetValue(tag, out (long Offset, int Length) place))
        {
            throw new InvalidDataException($"The font has no table '{tag}'.");
        }

        using Stream stream = _open();
        return Read(stream, place.Offset, place.Length);
    }

    /// <summary>A number of two bytes.</summary>
    public static int U16(byte[] bytes, int place) => (bytes[place] << 8) | bytes[place + 1];

    /// <summary>A number of two bytes with a sign.</summary>
    public static int S16(byte[] bytes, int place) => (short)U16(bytes, place);

    /// <summary>A number of four bytes.</summary>
    public static uint U32(byte[] bytes, int place) => ((uint)U16(bytes, place) << 16) | (uint)U16(bytes, place + 2);

    private static byte[] Read(Stream stream, long offset, int length)
    {
        if (length < 0 || offset + length > stream.Length)
        {
            throw new InvalidDataException("The font ends before its tables do.");
        }

        byte[] bytes = new byte[length];
        stream.Position = offset;
        for (int done = 0; done < length;)
        {
            int read = stream.Read(bytes, done, length - done);
            done += read > 0 ? read : throw new InvalidDataException("The font ends before its tables do.");
        }

        return bytes;
    }
}
