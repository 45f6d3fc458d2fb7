using System;
using System.IO;
using System.Linq;

namespace GmmTools.Files;

/// <summary>
/// The one way in which files are written. A regular file is replaced as a whole: whoever looks, and whoever pulls the plug, finds the old
/// content or the new one, with the mode and as far as possible the owner that it had. Links are followed; devices and pipes are
/// written through.
/// </summary>
internal static class OutputFile
{
    private const string TemporarySuffix = ".tmp";

    /// <summary>A name must not become longer than file systems allow.</summary>
    private const int MaxNameCharacters = 40;

    private const int DefaultBuffer = 4096;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="OutputException">It cannot be written: DiskFull, AccessDenied, PathNotFound, UnwritableFile.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        string? temporary = null;
        try
        {
            OutputTarget target = OutputTarget.Find(path);
            if (!target.IsReplaced)
            {
                WriteThrough(target.Path, write);
                return;
            }

            temporary = TemporaryName(target.Path);
            WriteTemporary(temporary, target.Status, write);
            Replace(temporary, target.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Failure(path, temporary, exception);
        }
        finally
        {
            // half a file is of no use, and takes what little room there is
            if (temporary is not null && File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    /// <summary>Deletes a file that no other process writes to, and what interrupted writings have left beside it.</summary>
    /// <param name="path">The file.</param>
    public static void Delete(string path)
    {
        File.Delete(path);
        foreach (string temporary in FindTemporaries(OutputTarget.Find(path).Path))
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The file that is locked as long as another one, which is replaced all the while, is in use.</summary>
    /// <param name="path">The other file.</param>
    public static string LockName(string path)
    {
        string target = OutputTarget.Find(path).Path;
        return Path.Combine(FolderOf(target), TemporaryPrefix(target) + "lock");
    }

    /// <summary>A message of the system with the file that the user knows in place of the one behind it.</summary>
    public static string Rename(string message, string hidden, string path) => string.Join(path, message.Split([hidden], StringSplitOptions.None));

    /// <summary>The error for a file that cannot be written; it names the file that was asked for, not the temporary one.</summary>
    private static OutputException Failure(string path, string? temporary, Exception exception)
    {
        string reason = temporary is null ? exception.Message : Rename(exception.Message, temporary, path);
        return exception switch
        {
            _ when Directory.Exists(path) => new OutputException(
                "UnwritableFile", $"'{path}' cannot be written: it is a folder. Choose another path.", path, exception),
            UnauthorizedAccessException => new OutputException(
                "AccessDenied", $"'{path}' cannot be written: {reason} Choose another path, or ask for permission to write there.", path, exception),
            DirectoryNotFoundException => new OutputException(
                "PathNotFound", $"'{path}' cannot be written: {reason} Create the folder, or choose another path.", path, exception),
            _ when DiskFailure.IsFull(exception) => new OutputException(
                "DiskFull", $"'{path}' cannot be written: the disk is full. Make room there, or choose another path.", path, exception),
            _ => new OutputException("UnwritableFile", $"'{path}' cannot be written: {reason} Choose another path.", path, exception),
        };
    }

    private static void WriteThrough(string path, Action<Stream> write)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        write(stream);
        stream.Flush();
    }

    private static void WriteTemporary(string temporary, UnixFileStatus? status, Action<Stream> write)
    {
        using FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, DefaultBuffer);

        // before there is anything in it that others might read
        status?.ApplyTo(temporary);
        write(stream);
        stream.Flush(flushToDisk: true);
    }

    private static void Replace(string temporary, string path)
    {
        if (File.Exists(path) || !TryMove(temporary, path))
        {
            File.Replace(temporary, path, null);
        }
    }

    /// <summary>Gives a file its name, unless another writer of the same file was first.</summary>
    private static bool TryMove(string temporary, string path)
    {
        try
        {
            File.Move(temporary, path);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    /// <summary>A hidden name in the same folder, which no other process and no user has.</summary>
    private static string TemporaryName(string path) =>
        Path.Combine(FolderOf(path), $"{TemporaryPrefix(path)}{Guid.NewGuid():N}{TemporarySuffix}");

    private static string[] FindTemporaries(string path)
    {
        string prefix = TemporaryPrefix(path);
        return [.. Directory.EnumerateFiles(FolderOf(path)).Where(file => IsTemporary(Path.GetFileName(file), prefix))];
    }

    private static bool IsTemporary(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal)
        && name.EndsWith(TemporarySuffix, StringComparison.Ordinal)
        && Guid.TryParseExact(name.Substring(prefix.Length, Math.Max(0, name.Length - prefix.Length - TemporarySuffix.Length)), "N", out _);

    private static string TemporaryPrefix(string path)
    {
        string name = Path.GetFileName(path);
        return $".{name.Substring(0, Math.Min(name.Length, MaxNameCharacters))}.";
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(path) ?? path;
}
