using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;
using GmmTools.Observations.Intake;

namespace GmmTools.Connectors.Sessions;

/// <summary>Rows of a file on their way from a session.</summary>
/// <param name="File">The file, by its name there.</param>
/// <param name="Rows">The rows, numbered from 1 in their file, without weights.</param>
internal sealed record SessionBlock(string File, RowBlock Rows)
{
    /// <summary>Writes rows, or reads some.</summary>
    /// <param name="state">The message.</param>
    /// <param name="block">The rows to write; null to read some.</param>
    /// <param name="dimension">Number of columns.</param>
    public static SessionBlock Exchange(StateExchange state, SessionBlock? block, int dimension)
    {
        string file = state.Text(block?.File ?? string.Empty);
        long[] numbers = new long[state.ItemCount(block?.Rows.Count ?? 0, "the number of rows", dimension + 1)];
        state.Check(numbers.Length > 0, "it has no rows");
        string[] names = new string[state.ItemCount(block?.Rows.ExtraNames.Count ?? 0, "the number of columns")];
        for (int j = 0; j < names.Length; j++)
        {
            names[j] = state.Text(block?.Rows.ExtraNames[j] ?? string.Empty);
        }

        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = state.Integer(block?.Rows.RowNumbers[i] ?? 0);
        }

        double[] values = block?.Rows.Values ?? new double[numbers.Length * dimension];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = state.FiniteOrUnknown(values[i], "a cell");
        }

        object?[][]? extra = names.Length == 0 ? null : [.. numbers.Select((_, i) => ExchangeCells(state, block?.Rows.Extra![i], names.Length))];
        return block ?? new SessionBlock(file, new RowBlock(new RowChunk(values, numbers.Length, null), Array.Exists(values, double.IsNaN), numbers, names, extra));
    }

    /// <summary>The rows, with other cells beside them.</summary>
    /// <param name="names">Names of the columns that are added.</param>
    /// <param name="find">Finds the cells of a row, by its number in the file.</param>
    public RowBlock With(IReadOnlyList<string> names, Func<long, IEnumerable<object?>> find) => new(
        Rows.Chunk,
        Rows.HasGaps,
        [.. Rows.RowNumbers],
        [.. Rows.ExtraNames, .. names],
        [.. Rows.RowNumbers.Select((number, i) => (IReadOnlyList<object?>)[.. Rows.Extra?[i] ?? [], .. find(number)])]);

    private static object?[] ExchangeCells(StateExchange state, IReadOnlyList<object?>? cells, int count) =>
        [.. Enumerable.Range(0, count).Select(j => SessionCells.Exchange(state, cells?[j]))];
}
