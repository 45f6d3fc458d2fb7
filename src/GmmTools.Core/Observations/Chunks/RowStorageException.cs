using System;

namespace GmmTools.Observations.Chunks;

/// <summary>Rows that exceed the memory allowed to them cannot be kept in a temporary file either.</summary>
public sealed class RowStorageException : GmmToolsException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="folder">The folder of the file.</param>
    /// <param name="innerException">The cause, or null.</param>
    public RowStorageException(string errorId, string message, string folder, Exception? innerException = null)
        : base(errorId, message, folder, innerException)
    {
    }
}
