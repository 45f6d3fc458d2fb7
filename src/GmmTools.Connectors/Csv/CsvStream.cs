using System.IO;

namespace GmmTools.Connectors.Csv;

/// <summary>The bytes of a text file; those of a gzip file come decompressed.</summary>
internal static class CsvStream
{
    /// <summary>Opens a file; a log may still be written to while it is read.</summary>
    /// <param name="path">The file.</param>
    public static Stream Open(string path)
    {
        FileStream stream = new(
            path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.SequentialScan);
        try
        {
            return IsCompressed(stream) ? new GzipText(stream) : stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file and passes over its beginning.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Number of bytes, decompressed.</param>
    public static Stream Open(string path, long offset)
    {
        Stream stream = Open(path);
        if (stream.CanSeek)
        {
            stream.Position = offset;
            return stream;
        }

        byte[] buffer = new byte[1 << 16];
        while (offset > 0)
        {
            int read = stream.Read(buffer, 0, (int)System.Math.Min(offset, buffer.Length));
            if (read == 0)
            {
                break;
            }

            offset -= read;
        }

        return stream;
    }

#if NET
    /// <summary>Where a line begins, in bytes.</summary>
    /// <param name="path">The file, in an encoding that has ASCII characters as single bytes.</param>
    /// <param name="lines">Number of lines before it.</param>
    /// <returns>The offset, or null when the file ends before, or one of these lines ends in a carriage return alone.</returns>
    public static long? FindLine(string path, long lines)
    {
        using Stream stream = Open(path);
        byte[] buffer = new byte[1 << 16];
        long offset = 0;
        bool afterReturn = false;
        while (lines > 0)
        {
            int length = stream.Read(buffer, 0, buffer.Length);
            for (int i = 0; i < length && lines > 0; i++)
            {
                bool feed = buffer[i] == '\n';
                if (afterReturn && !feed)
                {
                    return null;
                }

                lines -= feed ? 1 : 0;
                afterReturn = buffer[i] == '\r';
                offset++;
            }

            if (length == 0)
            {
                return null;
            }
        }

        return offset;
    }
#endif

    /// <summary>No text begins with the two bytes that a gzip file begins with, whatever its name.</summary>
    private static bool IsCompressed(FileStream stream)
    {
        if (!stream.CanSeek)
        {
            return false;
        }

        bool compressed = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        return compressed;
    }
}
