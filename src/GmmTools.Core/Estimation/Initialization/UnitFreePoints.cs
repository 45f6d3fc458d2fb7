using System;
using System.Threading;
using GmmTools.Estimation.Models;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>Rows as points in coordinates that do not depend on the columns' units, row by row.</summary>
internal static class UnitFreePoints
{
    private const int RowsPerCheck = 64;

    /// <summary>Each column divided by its standard deviation.</summary>
    public static double[] Scale(InMemoryObservations rows, PooledMoments pooled, CancellationToken cancellationToken) => Map(rows, pooled, (row, points, offset) =>
    {
        for (int j = 0; j < row.Length; j++)
        {
            points[offset + j] = (row[j] - pooled.Mean[j]) / Math.Sqrt(pooled.Variance(j));
        }
    }, cancellationToken);

    /// <summary>Coordinates in which the rows' covariance is the identity; scaled only, where just the variances are known.</summary>
    public static double[] Whiten(InMemoryObservations rows, PooledMoments pooled, CancellationToken cancellationToken) =>
        pooled.Shape == CovarianceShape.Full ? Map(rows, pooled, pooled.WhitenRow, cancellationToken) : Scale(rows, pooled, cancellationToken);

    private static double[] Map(
        InMemoryObservations rows, PooledMoments pooled, Action<double[], double[], int> mapRow, CancellationToken cancellationToken)
    {
        double[] points = new double[rows.Count * pooled.Dimension];
        double[] row = new double[pooled.Dimension];
        for (int i = 0; i < rows.Count; i++)
        {
            if (i % RowsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            rows.CopyRow(i, row);
            mapRow(row, points, i * pooled.Dimension);
        }

        return points;
    }
}
