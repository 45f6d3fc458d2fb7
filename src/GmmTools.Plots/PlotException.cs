using System;

namespace GmmTools.Plots;

/// <summary>A picture that cannot be drawn.</summary>
public sealed class PlotException : GmmToolsException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">A sentence that says what is wrong and what to do.</param>
    /// <param name="offendingValue">The value at fault, or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    public PlotException(string errorId, string message, object? offendingValue = null, Exception? innerException = null)
        : base(errorId, message, offendingValue, innerException)
    {
    }
}
