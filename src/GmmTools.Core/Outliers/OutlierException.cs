namespace GmmTools.Outliers;

/// <summary>A level cannot be found as it was asked for.</summary>
public sealed class OutlierException : GmmToolsException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">Stable PascalCase identifier of the failure.</param>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="offendingValue">The value at fault, or null.</param>
    public OutlierException(string errorId, string message, object? offendingValue = null)
        : base(errorId, message, offendingValue, null)
    {
    }
}
