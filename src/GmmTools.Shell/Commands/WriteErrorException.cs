using System;

namespace GmmTools.Shell.Commands;

/// <summary>The exception of an error that has only a text.</summary>
public sealed class WriteErrorException : Exception
{
    /// <summary>An error without a text.</summary>
    public WriteErrorException()
    {
    }

    /// <summary>An error with a text.</summary>
    public WriteErrorException(string? message)
        : base(message)
    {
    }

    /// <summary>An error with a text and a cause.</summary>
    public WriteErrorException(string? message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
