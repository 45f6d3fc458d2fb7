using System;

namespace GmmTools.Files;

/// <summary>A file cannot be written.</summary>
public sealed class OutputException : GmmToolsException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">DiskFull, AccessDenied, PathNotFound or UnwritableFile.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="path">The file, as the caller named it.</param>
    /// <param name="innerException">The cause, or null.</param>
    public OutputException(string errorId, string message, string path, Exception? innerException = null)
        : base(errorId, message, path, innerException)
    {
    }
}
