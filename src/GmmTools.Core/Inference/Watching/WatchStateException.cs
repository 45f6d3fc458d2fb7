using System;

namespace GmmTools.Inference.Watching;

/// <summary>The state of watching cannot be written, cannot be read, or belongs to another baseline.</summary>
public sealed class WatchStateException : GmmToolsException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="path">The file.</param>
    /// <param name="innerException">The cause, or null.</param>
    public WatchStateException(string errorId, string message, string path, Exception? innerException = null)
        : base(errorId, message, path, innerException)
    {
    }
}
