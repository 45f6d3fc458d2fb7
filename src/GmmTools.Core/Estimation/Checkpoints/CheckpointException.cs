using System;

namespace GmmTools.Estimation.Checkpoints;

/// <summary>A checkpoint cannot be written, cannot be read, or belongs to another fit.</summary>
public sealed class CheckpointException : GmmToolsException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="path">The file.</param>
    /// <param name="innerException">The cause, or null.</param>
    public CheckpointException(string errorId, string message, string path, Exception? innerException = null)
        : base(errorId, message, path, innerException)
    {
    }
}
