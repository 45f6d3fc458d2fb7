using System;

namespace GmmTools;

/// <summary>Base of the errors that the library raises: each names what failed, where, and what to do about it.</summary>
public abstract class GmmToolsException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure, for scripts.</param>
    /// <param name="message">A sentence that says what is wrong and what to do.</param>
    /// <param name="offendingValue">The value at fault, or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    protected GmmToolsException(string errorId, string message, object? offendingValue, Exception? innerException)
        : base(message, innerException)
    {
        ErrorId = errorId;
        OffendingValue = offendingValue;
    }

    /// <summary>Stable PascalCase identifier of the failure.</summary>
    public string ErrorId { get; }

    /// <summary>The value at fault, or null.</summary>
    public object? OffendingValue { get; }
}
