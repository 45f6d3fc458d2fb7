using System;
using System.Collections.Generic;
using GmmTools.Observations;

namespace GmmTools.Estimation;

/// <summary>
/// What is known of each row's component before a fit: K numbers of at least 0 per row, or a label, in the order of the rows. They are kept as
/// they came, a label as one number, where <see cref="ResponsibilitiesBuilder"/> put them, in memory or in a file; nothing of n × K numbers
/// is made of labels.
/// </summary>
public sealed class RowResponsibilities
{
    private readonly IEnumerable<double[]> _rows;

    private RowResponsibilities(int componentCount, long count, IEnumerable<double[]> rows)
    {
        ComponentCount = componentCount;
        Count = count;
        _rows = rows;
    }

    /// <summary>Number of components, K.</summary>
    public int ComponentCount { get; }

    /// <summary>Number of rows, n.</summary>
    public long Count { get; }

    /// <summary>The responsibilities of a matrix, which is not copied.</summary>
    /// <param name="matrix">n × K numbers of at least 0; each row is divided by its sum when it is used.</param>
    /// <returns>The responsibilities.</returns>
    public static RowResponsibilities FromMatrix(double[,] matrix) => new(
        (matrix ?? throw new ArgumentNullException(nameof(matrix))).GetLength(1), matrix.GetLength(0), RowsOf(matrix));

    /// <summary>The responsibilities, row by row; from several threads at once, too.</summary>
    /// <returns>K numbers at a time, overwritten by the next row.</returns>
    public IEnumerable<double[]> EnumerateRows() => _rows;

    /// <summary>Responsibilities of no rows.</summary>
    internal static RowResponsibilities None(int componentCount) => new(componentCount, 0, []);

    /// <summary>Responsibilities that are rows of a table of K columns.</summary>
    internal static RowResponsibilities OfRows(ChunkedObservations rows) => new(rows.Property.Count, rows.Count, rows.EnumerateRows());

    /// <summary>Labels, numbers from 0 in a table of one column.</summary>
    internal static RowResponsibilities OfLabels(ChunkedObservations labels, int componentCount) =>
        new(componentCount, labels.Count, RowsOf(labels, componentCount));

    private static IEnumerable<double[]> RowsOf(double[,] matrix)
    {
        double[] row = new double[matrix.GetLength(1)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int k = 0; k < row.Length; k++)
            {
                row[k] = matrix[i, k];
            }

            yield return row;
        }
    }

    private static IEnumerable<double[]> RowsOf(ChunkedObservations labels, int componentCount)
    {
        double[] row = new double[componentCount];
        foreach (double[] label in labels.EnumerateRows())
        {
            row[(int)label[0]] = 1;
            yield return row;
            row[(int)label[0]] = 0;
        }
    }
}
