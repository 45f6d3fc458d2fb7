using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.Management.Automation;

namespace GmmTools.Binding.Rows;

/// <summary>Takes whole tables apart into rows: matrices, lists of lists, data tables, and lists that were given by argument.</summary>
internal static class RowSource
{
    /// <summary>Whether something is one row however it was given; a quick answer for the most frequent kinds.</summary>
    /// <param name="bare">What a user gave, without wrapping.</param>
    public static bool IsRow(object bare) => bare is PSCustomObject or string or Hashtable or DataRow or double or int;

    /// <summary>The rows of what a user gave.</summary>
    /// <param name="input">A row or a table.</param>
    /// <param name="fromPipeline">Whether it came through the pipeline, where a list is one row and not a table of rows.</param>
    public static IEnumerable<PSObject?> Enumerate(PSObject? input, bool fromPipeline)
    {
        object? bare = input?.BaseObject;
        return bare switch
        {
            null => fromPipeline ? [null] : [],
            PSCustomObject or string or IDictionary or DataRow or DataRowView => [input],
            Array { Rank: 2 } matrix => EnumerateMatrix(matrix),
            DataTable table => Wrap(table.Rows),
            DataView view => Wrap(view),
            IList list when fromPipeline && !IsTable(list) => [input],
            IEnumerable rows => Wrap(rows),
            _ => [input],
        };
    }

    /// <summary>A list of cells is a row; a list of rows is a table.</summary>
    private static bool IsTable(IList list)
    {
        object? first = list.Count == 0 ? null : list[0];
        object? bare = Bare.Of(first);
        return bare is not null and not DBNull && RowAccessor.KindOf(bare) != RowKind.Cell;
    }

    private static IEnumerable<PSObject?> Wrap(IEnumerable rows)
    {
        foreach (object? row in rows)
        {
            yield return row is null ? null : PSObject.AsPSObject(row);
        }
    }

    private static IEnumerable<PSObject?> EnumerateMatrix(Array matrix)
    {
        int firstRow = matrix.GetLowerBound(0);
        int firstColumn = matrix.GetLowerBound(1);
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            object?[] row = new object?[matrix.GetLength(1)];
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = matrix.GetValue(firstRow + i, firstColumn + j);
            }

            yield return PSObject.AsPSObject(row);
        }
    }
}
