using System;

namespace GmmTools.Binding;

/// <summary>
/// A call that the commands themselves find fault with. It cannot derive from the engine's base of errors, because PowerShell
/// looks at the types of this assembly before the engine can be found.
/// </summary>
internal sealed class CommandException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="target">The value at fault, or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    public CommandException(
        string errorId, string message, object? target = null, Exception? innerException = null)
        : base(VisibleText.InMessage(message), innerException)
    {
        ErrorId = errorId;
        Target = target;
    }

    /// <summary>Stable PascalCase identifier of the failure.</summary>
    public string ErrorId { get; }

    /// <summary>The value at fault, or null.</summary>
    public object? Target { get; }

    /// <summary>The name that was probably meant in place of the one that is at fault, or null.</summary>
    public string? Suggestion { get; set; }
}
