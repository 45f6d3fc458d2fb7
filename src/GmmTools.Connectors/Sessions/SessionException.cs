using System;

namespace GmmTools.Connectors.Sessions;

/// <summary>Something that a session with another machine or process cannot do, or no longer.</summary>
public sealed class SessionException : GmmToolsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="offendingValue">The value at fault, such as the name of the session, or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    public SessionException(string errorId, string message, object? offendingValue = null, Exception? innerException = null)
        : base(errorId, message, offendingValue, innerException)
    {
    }
}
