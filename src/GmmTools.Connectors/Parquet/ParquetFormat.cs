using System;
using System.IO;

namespace GmmTools.Connectors.Parquet;

/// <summary>Tells Parquet files from others.</summary>
internal static class ParquetFormat
{
    private static readonly byte[] Mark = [(byte)'P', (byte)'A', (byte)'R', (byte)'1'];

    /// <summary>Whether a file begins as a Parquet file does, or is named like one.</summary>
    /// <param name="path">The file.</param>
    public static bool IsParquet(string path) => HasExtension(path) || FileGuard.Read(path, () => HasMark(path));

    /// <summary>Whether a file is named like a Parquet file.</summary>
    /// <param name="path">The file.</param>
    public static bool HasExtension(string path) => path.EndsWith(".parquet", StringComparison.OrdinalIgnoreCase);

    private static bool HasMark(string path)
    {
        // a pipe has no length, and what is read of it is gone
        FileInfo file = new(path);
        if (!file.Exists || file.Length < Mark.Length)
        {
            return false;
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        return Array.TrueForAll(Mark, expected => stream.ReadByte() == expected);
    }
}
