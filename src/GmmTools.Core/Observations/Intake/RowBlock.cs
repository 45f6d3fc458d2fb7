using System.Collections.Generic;
using System.Linq;
using GmmTools.Numerics;

namespace GmmTools.Observations.Intake;

/// <summary>Some consecutive rows on their way through, such as rows that are scored while their file is read.</summary>
public sealed class RowBlock
{
    internal RowBlock(
        RowChunk chunk,
        bool hasGaps,
        long[] rowNumbers,
        IReadOnlyList<string> extraNames,
        IReadOnlyList<IReadOnlyList<object?>>? extra)
    {
        ExtraNames = extraNames;
        Chunk = chunk;
        HasGaps = hasGaps;
        RowNumbers = rowNumbers;
        Extra = extra;
    }

    /// <summary>Number of rows.</summary>
    public int Count => Chunk.Count;

    /// <summary>Values: column j of row i stands at j·<see cref="Count"/> + i; NaN where a cell is missing.</summary>
    public double[] Values => Chunk.Values;

    /// <summary>How often each row counts, or null when every row counts once.</summary>
    public double[]? Weights => Chunk.Weights;

    /// <summary>Whether any cell is missing.</summary>
    public bool HasGaps { get; }

    /// <summary>The place of each row among all that were read, from 1.</summary>
    public IReadOnlyList<long> RowNumbers { get; }

    /// <summary>Names of the columns that go with the rows without being part of them.</summary>
    public IReadOnlyList<string> ExtraNames { get; }

    /// <summary>For each row the cells that go with it; null when there are none.</summary>
    public IReadOnlyList<IReadOnlyList<object?>>? Extra { get; }

    /// <summary>The rows as kernels take them.</summary>
    internal RowChunk Chunk { get; }

    /// <summary>A block of one row.</summary>
    /// <param name="row">d numbers, NaN where a cell is missing; copied.</param>
    /// <param name="number">The row's place among all that were read, from 1.</param>
    /// <returns>The block.</returns>
    public static RowBlock FromRow(double[] row, long number) => FromRow(row, number, [], null);

    /// <summary>A block of one row with cells that go with it.</summary>
    /// <param name="row">d numbers, NaN where a cell is missing; copied.</param>
    /// <param name="number">The row's place among all that were read, from 1.</param>
    /// <param name="extraNames">Names of the columns that go with the row.</param>
    /// <param name="extra">One cell for each of them; null where there are none.</param>
    /// <returns>The block.</returns>
    public static RowBlock FromRow(double[] row, long number, IReadOnlyList<string> extraNames, IReadOnlyList<object?>? extra) => new(
        new RowChunk((double[])row.Clone(), 1, null),
        System.Array.Exists(row, double.IsNaN),
        [number],
        extraNames,
        extra is null ? null : [extra]);

    /// <summary>A block of rows that lie one after the other.</summary>
    /// <param name="rows">count × d numbers, row after row, NaN where a cell is missing; copied.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="dimension">Number of columns, d.</param>
    /// <returns>The block; its rows are numbered from 1.</returns>
    public static RowBlock FromRows(double[] rows, int count, int dimension)
    {
        RowBlockBuilder builder = new(dimension, count, null);
        if (!System.Array.Exists(rows, double.IsNaN))
        {
            builder.AddRows(rows, count, 1);
            return builder.Take();
        }

        double[] row = new double[dimension];
        for (int i = 0; i < count; i++)
        {
            System.Array.Copy(rows, i * dimension, row, 0, dimension);
            builder.Add(row, i + 1);
        }

        return builder.Take();
    }

    /// <summary>A block of some of the rows.</summary>
    /// <param name="rows">The rows, from 0.</param>
    /// <returns>The block; its rows keep their numbers and what goes with them.</returns>
    public RowBlock Take(IReadOnlyList<int> rows)
    {
        _ = rows ?? throw new System.ArgumentNullException(nameof(rows));
        int dimension = Values.Length / Count;
        double[] values = new double[rows.Count * dimension];
        for (int j = 0; j < dimension; j++)
        {
            for (int i = 0; i < rows.Count; i++)
            {
                values[(j * rows.Count) + i] = Values[(j * Count) + rows[i]];
            }
        }

        double[]? weights = Weights is null ? null : [.. rows.Select(row => Weights[row])];
        return new RowBlock(
            new RowChunk(values, rows.Count, weights),
            System.Array.Exists(values, double.IsNaN),
            [.. rows.Select(row => RowNumbers[row])],
            ExtraNames,
            Extra is null ? null : [.. rows.Select(row => Extra[row])]);
    }

    /// <summary>The same rows, which are not copied, with other weights.</summary>
    internal RowBlock WithWeights(double[] weights) => new(Chunk.WithWeights(weights), HasGaps, [.. RowNumbers], ExtraNames, Extra);

    /// <summary>Copies one row.</summary>
    /// <param name="index">The row, from 0.</param>
    /// <param name="target">d numbers, overwritten.</param>
    public void CopyRow(int index, double[] target) => Chunk.CopyRow(index, target);
}
