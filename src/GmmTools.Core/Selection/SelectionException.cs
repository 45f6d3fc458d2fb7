using System;

namespace GmmTools.Selection;

/// <summary>None of the given fits can be chosen, or they cannot be compared with each other.</summary>
public sealed class SelectionException : GmmToolsException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="offendingValue">The value at fault, or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    public SelectionException(string errorId, string message, object? offendingValue = null, Exception? innerException = null)
        : base(errorId, message, offendingValue, innerException)
    {
    }
}
