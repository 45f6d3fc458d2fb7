using System;
using System.Collections.Generic;
using System.Linq;

namespace GmmTools.Observations;

/// <summary>What is asked of every row before it is kept, and how a row that is at fault is told: once, for all ways in.</summary>
internal sealed class RowChecks
{
    /// <summary>Says that nothing came.</summary>
    public const string NoRows = "There are no rows. Check the file, the query or the filter in front of this command.";

    private readonly bool _weighted;

    /// <param name="property">Names of the columns.</param>
    /// <param name="weighted">Whether rows carry weights.</param>
    /// <param name="rowNumber">Number of the row that is checked, from 1.</param>
    /// <exception cref="InvalidObservationException">There are no columns (NoColumns).</exception>
    public RowChecks(IEnumerable<string> property, bool weighted, Func<long> rowNumber)
    {
        Property = property.ToArray();
        if (Property.Length == 0)
        {
            throw new InvalidObservationException("NoColumns", "No column was chosen. Name at least one numeric column.");
        }

        _weighted = weighted;
        RowNumber = rowNumber;
        DescribeRow = () => FormattableString.Invariant($"Row {RowNumber()}");
    }

    /// <summary>Names of the columns.</summary>
    public string[] Property { get; }

    /// <summary>Number of the row that is checked, from 1.</summary>
    public Func<long> RowNumber { get; set; }

    /// <summary>Names the row that is checked; by default "Row 17".</summary>
    public Func<string> DescribeRow { get; set; }

    /// <summary>Whether numbers are all finite and can be squared; a quick answer for many, and now and then a false no.</summary>
    public static bool AreOrdinary(double[] values, int count)
    {
        // a number times zero is zero, unless it is not finite: then it is NaN, and the sum as well
        const double Reach = 1e4;
        double first = 0;
        double second = 0;
        int i = 0;
        for (; i < count - 1; i += 2)
        {
            double even = Reach * values[i];
            double odd = Reach * values[i + 1];
            first += even * even * 0;
            second += odd * odd * 0;
        }

        double last = i < count ? Reach * values[i] : 0;
        return !double.IsNaN(first + second + (last * last * 0));
    }

    /// <summary>Checks that a row has a number for each column.</summary>
    public void CheckLength(double[] row)
    {
        if (row.Length != Property.Length)
        {
            throw new ArgumentException($"The row has {Counted.Of(row.Length, "number")}, but the table has {Counted.Of(Property.Length, "column")}.", nameof(row));
        }
    }

    /// <summary>Checks the weight of a row.</summary>
    /// <exception cref="InvalidObservationException">It is no finite number of at least 0 (InvalidRowWeight).</exception>
    public void CheckWeight(double weight)
    {
        if (!(weight >= 0) || double.IsInfinity(weight) || (!_weighted && weight != 1))
        {
            string fault = double.IsNaN(weight) ? "has no weight" : FormattableString.Invariant($"has the weight {weight:R}");
            throw new InvalidObservationException(
                "InvalidRowWeight",
                $"{DescribeRow()} {fault}. A weight says how often a row counts: it is a finite number, at least 0, and 0 leaves the row out.",
                RowNumber(),
                null,
                weight);
        }
    }

    /// <summary>Counts the cells that are missing.</summary>
    /// <exception cref="InvalidObservationException">A number is infinite (InfiniteValue).</exception>
    public int CountMissing(double[] row)
    {
        int missing = 0;
        for (int j = 0; j < row.Length; j++)
        {
            if (double.IsNaN(row[j]))
            {
                missing++;
            }
            else if (double.IsInfinity(row[j]))
            {
                throw Fault(row, j);
            }
        }

        return missing;
    }

    /// <summary>Checks that the numbers of a row that is to be summed over can be squared; one that is only scored may have any size.</summary>
    /// <exception cref="InvalidObservationException">A number is too large (InfiniteValue).</exception>
    public void CheckSquares(double[] row)
    {
        for (int j = 0; j < row.Length; j++)
        {
            if (SquareLimits.IsTooLarge(row[j]))
            {
                throw SquareLimits.TooLarge($"{DescribeRow()}, column '{Property[j]}'", row[j], RowNumber(), Property[j]);
            }
        }
    }

    /// <summary>The error for a cell that is no finite number.</summary>
    public InvalidObservationException Fault(double[] row, int column) => new(
        double.IsNaN(row[column]) ? "NotANumber" : "InfiniteValue",
        $"{DescribeRow()}, column '{Property[column]}' is {(double.IsNaN(row[column]) ? "NaN" : "infinite or too large")}. Remove or correct the row.",
        RowNumber(),
        Property[column],
        row[column]);
}
