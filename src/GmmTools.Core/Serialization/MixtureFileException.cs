using System;

namespace GmmTools.Serialization;

/// <summary>A file does not hold a mixture or a fit that can be used.</summary>
public sealed class MixtureFileException : GmmToolsException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">What is wrong, where in the text, and what to do.</param>
    /// <param name="offendingValue">The value or the place at fault, or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    public MixtureFileException(string errorId, string message, object? offendingValue = null, Exception? innerException = null)
        : base(errorId, message, offendingValue, innerException)
    {
    }

    /// <summary>What is wrong, and where in the text, without saying what the text was to be; null where that is not known.</summary>
    internal string? Fault { get; set; }
}
