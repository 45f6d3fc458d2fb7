using System;
using System.Collections.Generic;

namespace GmmTools.Observations;

/// <summary>Visits rows one by one, where they can be had.</summary>
public static class RowEnumeration
{
    /// <summary>The rows and their weights in order.</summary>
    /// <param name="observations">Rows in memory or in a file.</param>
    /// <returns>d numbers at a time, NaN where a cell is missing, overwritten by the next row; and how often the row counts.</returns>
    /// <exception cref="NotSupportedException">The rows stay where they are, such as in a database.</exception>
    public static IEnumerable<(double[] Row, double Weight)> EnumerateWeighted(this IObservations observations) => observations switch
    {
        ChunkedObservations rows => rows.EnumerateWeighted(),
        PartialObservations rows => rows.EnumerateWeighted(),
        _ => throw new NotSupportedException("The rows stay where they are and cannot be visited one by one."),
    };
}
