using System;
using System.IO;
using System.Security;
using System.Text;
using GmmTools.Observations;
using Sylvan.Data.Csv;

namespace GmmTools.Connectors;

/// <summary>Names the file in whatever keeps it from being read.</summary>
internal static class FileGuard
{
    /// <summary>Reads something of a file.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="access">Reads it.</param>
    /// <exception cref="InvalidObservationException">FileNotFound, AccessDenied, UnreadableFile.</exception>
    public static T Read<T>(string path, Func<T> access)
    {
        try
        {
            return access();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Error("FileNotFound", $"There is no file '{path}'. Check the path.", path, exception);
        }
        catch (Exception exception) when (Directory.Exists(path))
        {
            // the system says that access is denied
            throw Error("UnreadableFile", $"'{path}' cannot be read: it is a folder. Name the files in it.", path, exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or SecurityException)
        {
            throw Error("AccessDenied", $"'{path}' cannot be read: access is denied. Ask for permission to read it, or choose another path.", path, exception);
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw Error("UnreadableFile", $"'{path}' cannot be read: {exception.Message}", path, exception);
        }
    }

    private static bool IsFailure(Exception exception) =>
        exception is IOException or InvalidDataException or NotSupportedException or DecoderFallbackException
            || (exception is ArgumentException and not CsvConfigurationException);

    private static InvalidObservationException Error(string errorId, string message, string path, Exception cause) =>
        new(errorId, message, offendingValue: path, innerException: cause);
}
