using System;

namespace GmmTools.Observations;

/// <summary>The given rows cannot be used: a cell, a column or the table as a whole is at fault.</summary>
public sealed class InvalidObservationException : GmmToolsException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="row">Number of the row, from 1, or null when no single row is at fault.</param>
    /// <param name="column">Name of the column, or null.</param>
    /// <param name="offendingValue">The value at fault, or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    public InvalidObservationException(
        string errorId,
        string message,
        long? row = null,
        string? column = null,
        object? offendingValue = null,
        Exception? innerException = null)
        : base(errorId, message, offendingValue, innerException)
    {
        Row = row;
        Column = column;
    }

    /// <summary>Number of the row at fault, from 1, or null.</summary>
    public long? Row { get; }

    /// <summary>Name of the column at fault, or null.</summary>
    public string? Column { get; }
}
