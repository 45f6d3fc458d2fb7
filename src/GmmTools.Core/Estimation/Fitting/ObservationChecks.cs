using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation.Models;
using GmmTools.Observations;

namespace GmmTools.Estimation.Fitting;

/// <summary>The checks that rows have to pass before an estimation, each with a remedy.</summary>
internal static class ObservationChecks
{
    /// <summary>Enough rows, and no column that is constant or whose squares are no numbers.</summary>
    public static void CheckRows(IObservations observations, EmOptions options)
    {
        if (observations.Count < options.ComponentCount)
        {
            throw new EstimationException(
                "TooFewRows",
                FormattableString.Invariant($"{Counted.Of(observations.Count, "row")} cannot determine {Counted.Of(options.ComponentCount, "component")}. Use more rows or fewer components."),
                options.ComponentCount);
        }

        if (observations.TotalWeight < options.ComponentCount)
        {
            throw new EstimationException(
                "TooLittleWeight",
                FormattableString.Invariant($"The weights of the rows sum to {observations.TotalWeight:R}, too little to determine {Counted.Of(options.ComponentCount, "component")}: a weight says how often a row counts. Multiply the weights so that they sum to the number of observations."),
                observations.TotalWeight);
        }

        if (options.InitialMixture is not null && options.InitialMixture.Dimension != observations.Property.Count)
        {
            throw new EstimationException(
                "InitialModelMismatch",
                FormattableString.Invariant($"The initial mixture has {Counted.Of(options.InitialMixture.Dimension, "column")}, but the rows have {observations.Property.Count}. Choose the same columns."),
                options.InitialMixture);
        }

        for (int j = 0; j < observations.Property.Count; j++)
        {
            if (observations.Minimum[j] > observations.Maximum[j])
            {
                throw new InvalidObservationException(
                    "EmptyColumn",
                    $"Column '{observations.Property[j]}' is missing in every row. Leave it out.",
                    column: observations.Property[j]);
            }

            if (observations.Minimum[j] == observations.Maximum[j])
            {
                throw Constant(observations, j);
            }

            CheckSquares(observations, j);
        }
    }

    /// <summary>One constant column with its value; of several all names, so that they can be left out at once.</summary>
    private static InvalidObservationException Constant(IObservations observations, int first)
    {
        string[] names =
        [
            .. Enumerable.Range(0, observations.Property.Count)
                .Where(j => observations.Minimum[j] == observations.Maximum[j]).Select(j => observations.Property[j]),
        ];
        return new InvalidObservationException(
            "ConstantColumn",
            names.Length == 1
                ? FormattableString.Invariant($"Column '{names[0]}' is {observations.Minimum[first]:R} in every row, so it has no density. Leave it out.")
                : $"Columns {Quoted(names)} have the same number in every row, so they have no density. Leave them out.",
            column: names[0],
            offendingValue: observations.Minimum[first]);
    }

    private static string Quoted(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    /// <summary>No column whose squares overflow or vanish.</summary>
    private static void CheckSquares(IObservations observations, int column)
    {
        double minimum = observations.Minimum[column];
        double maximum = observations.Maximum[column];
        if (SquareLimits.IsTooWide(minimum, maximum, observations.TotalWeight))
        {
            double value = Math.Abs(minimum) > Math.Abs(maximum) ? minimum : maximum;
            throw SquareLimits.TooLarge($"Column '{observations.Property[column]}'", value, null, observations.Property[column]);
        }

        if (maximum - minimum < SquareLimits.MinRange)
        {
            throw SquareLimits.TooNarrow(minimum, maximum, observations.Property[column]);
        }
    }

    /// <summary>No column that is a linear combination of others.</summary>
    public static void CheckColumns(IObservations observations, PooledMoments pooled)
    {
        int first = pooled.FindDependentColumn();
        if (first < 0)
        {
            return;
        }

        string[] names = [.. pooled.FindDependentColumns().DefaultIfEmpty(first).Select(column => observations.Property[column])];
        string subject = names.Length == 1
            ? $"Column '{names[0]}' is a linear combination of the columns before it"
            : $"Columns {Quoted(names)} are linear combinations of the columns before them";
        string remedy = names.Length == 1 ? "Leave it out" : "Leave them out";
        throw new InvalidObservationException(
            "DependentColumn",
            $"{subject} (or there are too few rows), so there is no density. {remedy}, or use a diagonal covariance model.",
            column: names[0]);
    }
}
