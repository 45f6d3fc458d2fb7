using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Connectors.Cells;
using GmmTools.Estimation.Fitting;

namespace GmmTools.Binding;

/// <summary>What is told about columns that were chosen by default.</summary>
internal static class ColumnText
{
    private const string SameNumber = "the same number in every row";

    /// <summary>Says which columns are left out, and why.</summary>
    /// <param name="choice">The choice.</param>
    public static string DescribeLeftOut(ColumnChoice choice)
    {
        string[] reasons =
        [
            .. Group(choice.Incomplete, "missing in some rows"),
            .. Group(choice.Constant, SameNumber),
            .. choice.Repeated.GroupBy(pair => pair.Value).Select(group => $"{List(group.Select(pair => pair.Key))} (equal to {group.Key})"),
            .. Group(choice.Dependent, choice.Dependent.Count == 1 ? "exactly or nearly a linear combination of other columns" : "exactly or nearly linear combinations of other columns"),
        ];
        return DescribeLeftOut(string.Join("; ", reasons));
    }

    /// <summary>Says which columns of a database are left out.</summary>
    /// <param name="constant">Columns of one value.</param>
    public static string DescribeLeftOut(IReadOnlyList<string> constant) => DescribeLeftOut(Group(constant, SameNumber).First());

    private static string DescribeLeftOut(string reasons) =>
        $"Columns that cannot be fitted were left out: {reasons}. To choose the columns yourself, name them with -Property.";

    /// <summary>Says which columns seem to hold codes; null where none does.</summary>
    /// <param name="codes">The columns, each with its number of values.</param>
    /// <param name="rowCount">Number of rows.</param>
    public static string? DescribeCodes(IReadOnlyList<KeyValuePair<string, int>> codes, long rowCount)
    {
        if (codes.Count == 0)
        {
            return null;
        }

        string columns = List(codes.Select(code => FormattableString.Invariant($"{code.Key} ({code.Value})")));
        string arguments = List(codes.Select(code => CellText.AsArgument(code.Key)));
        return FormattableString.Invariant($"These columns have few distinct values for {Counted.Of(rowCount, "row")} and may hold codes rather than measurements: {columns}; leave them out with -ExcludeProperty {arguments}, or name all columns to be fitted with -Property.");
    }

    private static IEnumerable<string> Group(IReadOnlyList<string> names, string reason) => names.Count == 0 ? [] : [$"{List(names)} ({reason})"];

    private static string List(IEnumerable<string> names) => ColumnSelector.List([.. names]);
}
