using System;

namespace GmmTools.Connectors.Drivers;

/// <summary>A driver that cannot be fetched, kept or loaded.</summary>
public sealed class DriverException : GmmToolsException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="offendingValue">The value at fault, or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    public DriverException(string errorId, string message, object? offendingValue = null, Exception? innerException = null)
        : base(errorId, message, offendingValue, innerException)
    {
    }
}
