using System;
using GmmTools.Estimation.Models;
using GmmTools.Numerics;
using GmmTools.Observations;

namespace GmmTools.Estimation.Initialization;

/// <summary>Rows as points in coordinates that do not depend on the columns' units, row by row.</summary>
internal static class UnitFreePoints
{
    /// <summary>Each column divided by its standard deviation.</summary>
    public static double[] Scale(InMemoryObservations rows, PooledMoments pooled) => Map(rows, pooled, (row, points, offset) =>
    {
        for (int j = 0; j < row.Length; j++)
        {
            points[offset + j] = (row[j] - pooled.Mean[j]) / Math.Sqrt(pooled.Variance(j));
        }
    });

    /// <summary>Coordinates in which the rows' covariance is the identity; scaled only, where just the variances are known.</summary>
    public static double[] Whiten(InMemoryObservations rows, PooledMoments pooled) =>
        pooled.Shape == CovarianceShape.Full ? Map(rows, pooled, pooled.WhitenRow) : Scale(rows, pooled);

    private static double[] Map(InMemoryObservations rows, PooledMoments pooled, Action<double[], double[], int> mapRow)
    {
        double[] points = new double[rows.Count * pooled.Dimension];
        double[] row = new double[pooled.Dimension];
        for (int i = 0; i < rows.Count; i++)
        {
            rows.CopyRow(i, row);
            mapRow(row, points, i * pooled.Dimension);
        }

        return points;
    }
}
