using System;

namespace GmmTools.Mixtures;

/// <summary>The given parameters are not those of a Gaussian mixture.</summary>
public sealed class InvalidMixtureException : GmmToolsException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="offendingValue">The value at fault, or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    public InvalidMixtureException(string errorId, string message, object? offendingValue = null, Exception? innerException = null)
        : base(errorId, message, offendingValue, innerException)
    {
    }
}
