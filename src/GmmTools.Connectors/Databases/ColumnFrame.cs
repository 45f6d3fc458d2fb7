using System;
using GmmTools.Connectors.Databases.Dialects;

namespace GmmTools.Connectors.Databases;

/// <summary>
/// The coordinates that sums are taken in: uⱼ = (xⱼ − cⱼ)·sⱼ with cⱼ near the column's mean, so that data far from the origin loses nothing,
/// and sⱼ a power of two, which is 1 but for extreme units.
/// </summary>
internal sealed class ColumnFrame
{
    /// <summary>Ranges beyond this, or one over it, are scaled.</summary>
    private const double ExtremeRange = 1e30;

    private ColumnFrame(double[] origin, double[] factors)
    {
        Origin = origin;
        Factors = factors;
    }

    /// <summary>c.</summary>
    public double[] Origin { get; }

    /// <summary>s.</summary>
    public double[] Factors { get; }

    /// <param name="means">Means of the columns, roughly.</param>
    /// <param name="minimum">Smallest values.</param>
    /// <param name="maximum">Largest values.</param>
    public static ColumnFrame Create(double[] means, double[] minimum, double[] maximum)
    {
        double[] factors = new double[means.Length];
        double[] origin = new double[means.Length];
        for (int j = 0; j < factors.Length; j++)
        {
            double width = (0.5 * maximum[j]) - (0.5 * minimum[j]);
            factors[j] = width > ExtremeRange || (width > 0 && width < 1 / ExtremeRange) ? Math.Pow(2, -Math.Round(Math.Log(width, 2))) : 1;
            origin[j] = Near(means[j] >= minimum[j] && means[j] <= maximum[j] ? means[j] : minimum[j] + width, width);
        }

        return new ColumnFrame(origin, factors);
    }

    /// <summary>uⱼ as an expression.</summary>
    public string ToCoordinate(SqlDialect dialect, RowsSource source, int column)
    {
        string difference = $"{source.Value(column)}-{dialect.Number(Origin[column])}";
        return Factors[column] == 1 ? difference : $"({difference})*{dialect.Number(Factors[column])}";
    }

    /// <summary>A mean to a few digits of the column's width: an engine that averages in no fixed order is to give the same origin again.</summary>
    private static double Near(double mean, double width)
    {
        double step = Math.Pow(2, Math.Round(Math.Log(width, 2)) - 8);
        return step > 0 && !double.IsInfinity(mean / step) ? Math.Round(mean / step) * step : mean;
    }
}
