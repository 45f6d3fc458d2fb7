using System;
using System.Collections.Generic;

namespace GmmTools.Observations.Views;

/// <summary>Views of some of the rows, such as those of a class.</summary>
public static class RowFilter
{
    /// <summary>A view of some rows with the weights that they have. None is copied: the others count 0 times.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="keep">Whether to keep a row, by its number, from 0 in the order in which rows are enumerated, and its d numbers, NaN where
    /// a cell is missing.</param>
    /// <returns>The view.</returns>
    /// <exception cref="InvalidObservationException">The rows cannot be enumerated (RowsNotEnumerable), or none is kept (NoRows).</exception>
    public static IObservations Filter(this IObservations rows, Func<long, double[], bool> keep)
    {
        List<double> weights = [];
        bool any = false;
        foreach ((double[] row, double weight) in rows.EnumerateWeighted())
        {
            bool kept = keep(weights.Count, row);
            any |= kept;
            weights.Add(kept ? weight : 0);
        }

        return any ? rows.Reweight(weights) : throw new InvalidObservationException("NoRows", "There are no rows left: the filter leaves all of them out.");
    }
}
