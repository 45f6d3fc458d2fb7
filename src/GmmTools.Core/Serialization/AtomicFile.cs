using System;
using System.IO;

namespace GmmTools.Serialization;

/// <summary>Replaces a file as a whole: whoever looks, and whoever pulls the plug, finds the old content or the new one.</summary>
internal static class AtomicFile
{
    private const string TemporarySuffix = ".tmp";

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string temporary = path + TemporarySuffix;
        try
        {
            using (FileStream stream = new(temporary, FileMode.Create, FileAccess.Write))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            if (File.Exists(path))
            {
                File.Replace(temporary, path, null);
            }
            else
            {
                File.Move(temporary, path);
            }
        }
        catch (IOException)
        {
            // half a file is of no use, and takes what little room there is
            DeleteTemporary(path);
            throw;
        }
    }

    /// <summary>Deletes a file, and what an interrupted writing may have left beside it.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(path + TemporarySuffix);
    }

    private static void DeleteTemporary(string path)
    {
        try
        {
            File.Delete(path + TemporarySuffix);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // the failure to write is what matters
        }
    }
}
