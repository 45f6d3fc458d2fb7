using System;
using System.IO;

namespace GmmTools.Files;

/// <summary>What a path that is to be written stands for.</summary>
internal sealed class OutputTarget
{
    private const int MaxLinks = 40;

    private OutputTarget(string path, bool isReplaced, UnixFileStatus? status)
    {
        Path = path;
        IsReplaced = isReplaced;
        Status = status;
    }

    /// <summary>The file; links are resolved.</summary>
    public string Path { get; }

    /// <summary>Whether it is a regular file or none yet, which is replaced as a whole; devices and pipes are written through.</summary>
    public bool IsReplaced { get; }

    /// <summary>Mode and owner of the file that is there, where the system has such.</summary>
    public UnixFileStatus? Status { get; }

    /// <summary>Finds out.</summary>
    /// <param name="path">A path.</param>
    public static OutputTarget Find(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        return UnixFileStatus.IsUnix ? FindOnUnix(full) : FindOnWindows(full);
    }

    private static OutputTarget FindOnUnix(string path)
    {
        UnixFileStatus? status = UnixFileStatus.Find(path);
        if (status is { IsRegular: false })
        {
            return new OutputTarget(path, false, status);
        }

        string target = path;
        for (int i = 0; i < MaxLinks && UnixFileStatus.ReadLink(target) is string link; i++)
        {
            if (IsOfProcess(target))
            {
                // a file that another program has open, such as /dev/stdout: it would keep writing to the one that was replaced
                return new OutputTarget(path, false, status);
            }

            target = System.IO.Path.GetFullPath(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target)!, link));
        }

        return new OutputTarget(target, true, status);
    }

    private static bool IsOfProcess(string path) => path.StartsWith("/proc/", StringComparison.Ordinal);

    private static OutputTarget FindOnWindows(string path)
    {
        if (path.StartsWith(@"\\.\", StringComparison.Ordinal))
        {
            return new OutputTarget(path, false, null);
        }

        if (!File.Exists(path) || !File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint))
        {
            return new OutputTarget(path, true, null);
        }

#if NET
        return new OutputTarget(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path, true, null);
#else
        return new OutputTarget(path, false, null);
#endif
    }
}
