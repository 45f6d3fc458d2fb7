#if NET
using System;
using System.IO;
using static GmmTools.Connectors.Parquet.CompactReader;

namespace GmmTools.Connectors.Parquet;

/// <summary>Checks the heads of a column's pages, which the library believes as it believes the footer.</summary>
internal static class ParquetPages
{
    private const int FirstHeadLength = 1 << 10;
    private const int LongestHead = 1 << 24;

    /// <summary>A page this large may be compressed from whatever it likes; a larger one not from next to nothing.</summary>
    private const long LargePage = 1 << 28;
    private const long MaxCompression = 5000;

    /// <summary>Goes from page to page.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="chunk">Where the column stands.</param>
    /// <exception cref="InvalidDataException">A page is not what it should be.</exception>
    public static void Check(Stream stream, ColumnChunk chunk)
    {
        long position = chunk.Start;
        long end = chunk.Start + chunk.Length;
        long cells = 0;
        while (cells < chunk.CellCount)
        {
            Page page = ReadHead(stream, position, end);
            position += page.HeadLength + page.Compressed;
            cells += page.CellCount;
            bool possible = page.Uncompressed <= Math.Max(LargePage, page.Compressed * MaxCompression);
            if (page.Compressed < 0 || page.Uncompressed < 0 || page.CellCount < 0 || position > end || cells > chunk.CellCount || !possible)
            {
                throw new InvalidDataException("A page in it does not have the size that it states.");
            }
        }
    }

    private static Page ReadHead(Stream stream, long position, long end)
    {
        for (int length = FirstHeadLength; ; length *= 4)
        {
            byte[] bytes = new byte[Math.Min(length, end - position)];
            stream.Position = position;
            stream.ReadExactly(bytes);
            try
            {
                return ReadHead(new CompactReader(bytes));
            }
            catch (EndOfStreamException) when (bytes.Length < end - position && length < LongestHead)
            {
                // the head is longer than the piece of it
            }
        }
    }

    private static Page ReadHead(CompactReader reader)
    {
        long uncompressed = -1;
        long compressed = -1;
        long cells = 0;
        reader.ReadStruct((id, kind) =>
        {
            switch (id)
            {
                case 1:
                    reader.ReadInteger(kind, Kind.Int32);
                    return true;
                case 2:
                    uncompressed = reader.ReadInteger(kind, Kind.Int32);
                    return true;
                case 3:
                    compressed = reader.ReadInteger(kind, Kind.Int32);
                    return true;
                case 5 or 8:
                    Require(kind, Kind.Struct);
                    cells = ReadCellCount(reader);
                    return true;
                default:
                    return false;
            }
        });
        return new Page(reader.Position, uncompressed, compressed, cells);
    }

    private static long ReadCellCount(CompactReader reader)
    {
        long cells = -1;
        reader.ReadStruct((id, kind) =>
        {
            if (id != 1)
            {
                return false;
            }

            cells = reader.ReadInteger(kind, Kind.Int32);
            return true;
        });
        return cells;
    }

    private readonly record struct Page(int HeadLength, long Uncompressed, long Compressed, long CellCount);
}
#endif
