using System;
using System.IO;
using System.Linq;

namespace GmmTools.Files;

/// <summary>Tells a disk that is full from other failures.</summary>
internal static class DiskFailure
{
    /// <summary>ENOSPC and EDQUOT; ERROR_HANDLE_DISK_FULL and ERROR_DISK_FULL.</summary>
    private static readonly int[] FullCodes = Path.DirectorySeparatorChar == '/' ? [28, 122] : [39, 112];

    /// <summary>Whether there is no room.</summary>
    /// <param name="exception">What the system raised.</param>
    public static bool IsFull(Exception exception) => exception is IOException && FullCodes.Contains(exception.HResult & 0xFFFF);
}
