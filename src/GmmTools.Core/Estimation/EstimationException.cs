using System;

namespace GmmTools.Estimation;

/// <summary>The mixture that was asked for cannot be estimated from the given observations.</summary>
public sealed class EstimationException : GmmToolsException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="offendingValue">The value at fault, or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    public EstimationException(string errorId, string message, object? offendingValue = null, Exception? innerException = null)
        : base(errorId, message, offendingValue, innerException)
    {
    }

    /// <summary>Checks an option.</summary>
    /// <exception cref="EstimationException">The condition does not hold.</exception>
    internal static void Require(bool condition, string errorId, object? value, string message)
    {
        if (!condition)
        {
            throw new EstimationException(errorId, message, value);
        }
    }
}
