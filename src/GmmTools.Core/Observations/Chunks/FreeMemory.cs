using System;
using System.Globalization;
using System.IO;
using System.Linq;

namespace GmmTools.Observations.Chunks;

/// <summary>How much memory the system could still give.</summary>
internal static class FreeMemory
{
    private const string LinuxFile = "/proc/meminfo";

    /// <summary>Bytes, or null where the system does not say.</summary>
    public static long? Find()
    {
        long? system = FindLinux();
#if NET
        // a container may allow less than the machine has
        GCMemoryInfo info = GC.GetGCMemoryInfo();
        long allowed = info.TotalAvailableMemoryBytes;
        if (allowed > 0)
        {
            long left = Math.Max(0, allowed - (system is null ? info.MemoryLoadBytes : Environment.WorkingSet));
            return Math.Min(system ?? left, left);
        }
#endif
        return system;
    }

    private static long? FindLinux()
    {
        const int Kilobyte = 1024;
        try
        {
            string? line = File.Exists(LinuxFile)
                ? File.ReadLines(LinuxFile).FirstOrDefault(text => text.StartsWith("MemAvailable:", StringComparison.Ordinal))
                : null;
            string[] parts = line?.Split([' '], StringSplitOptions.RemoveEmptyEntries) ?? [];
            return parts.Length > 1 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes)
                ? kilobytes * Kilobyte
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
