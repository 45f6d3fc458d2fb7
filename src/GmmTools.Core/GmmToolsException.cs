using System;

namespace GmmTools;

/// <summary>Base of the errors that the library raises: each names what failed and where; the program that shows it adds what to do in its
/// own words.</summary>
public abstract class GmmToolsException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure, for scripts.</param>
    /// <param name="message">A sentence that says what is wrong, and what to do where that needs no words of the program that shows it.</param>
    /// <param name="offendingValue">The value at fault, or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    protected GmmToolsException(string errorId, string message, object? offendingValue, Exception? innerException)
        : base(VisibleText.InMessage(message), innerException)
    {
        ErrorId = errorId;
        OffendingValue = offendingValue;
    }

    /// <summary>Stable PascalCase identifier of the failure.</summary>
    public string ErrorId { get; }

    /// <summary>The value at fault, or null.</summary>
    public object? OffendingValue { get; }

    /// <summary>Which remedy fits, where the identifier alone does not tell; null when it does.</summary>
    public Remedy? Remedy { get; set; }

    /// <summary>The name that was probably meant in place of the one that is at fault, or null.</summary>
    public string? Suggestion { get; set; }

    /// <summary>What to do in the words of the program that shows the error, which sets it: it becomes the end of <see cref="Message"/>.
    /// Null until then.</summary>
    public string? Advice { get; set; }

    /// <summary>What is wrong, and what to do as far as it is known.</summary>
    public override string Message => Advice is null ? base.Message : base.Message + " " + VisibleText.InMessage(Advice);
}
