using System;

namespace GmmTools.Observations;

/// <summary>
/// The numbers that an estimation can be made from: those whose squares, summed over many rows, neither overflow nor vanish. Single rows of
/// any size can be scored all the same.
/// </summary>
internal static class SquareLimits
{
    /// <summary>The largest absolute value.</summary>
    public const double MaxMagnitude = 1e150;

    /// <summary>The least range of a column: squares of what is far below it keep their digits.</summary>
    public const double MinRange = 1e-130;

    /// <summary>The largest sum of squares.</summary>
    private const double MaxSum = 1e304;

    /// <summary>Whether a value is too large to be squared.</summary>
    public static bool IsTooLarge(double value) => Math.Abs(value) > MaxMagnitude;

    /// <summary>Whether a column is spread too widely for squares of so much weight to be summed.</summary>
    public static bool IsTooWide(double minimum, double maximum, double totalWeight)
    {
        double range = maximum - minimum;
        return IsTooLarge(minimum) || IsTooLarge(maximum) || !(totalWeight * range * range <= MaxSum);
    }

    /// <summary>The error that a value is too large.</summary>
    /// <param name="place">Names the row and the column, or the column alone, at the beginning of the sentence.</param>
    /// <param name="value">The value.</param>
    /// <param name="row">Number of the row, from 1, or null.</param>
    /// <param name="column">Name of the column.</param>
    public static InvalidObservationException TooLarge(string place, double value, long? row, string column) => new(
        "InfiniteValue",
        FormattableString.Invariant($"{place} is {value:R}, which is too large to be squared. Remove or correct the row, or divide the column by a large number."),
        row,
        column,
        value);

    /// <summary>The error that a column is spread too little.</summary>
    public static InvalidObservationException TooNarrow(double minimum, double maximum, string column) => new(
        "InfiniteValue",
        FormattableString.Invariant($"Column '{column}' ranges from {minimum:R} to {maximum:R}, a spread of {maximum - minimum:R}, which is too small to be squared. Multiply the column by a large number."),
        column: column,
        offendingValue: maximum - minimum);
}
