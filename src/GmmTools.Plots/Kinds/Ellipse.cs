using System;
using GmmTools.Mixtures;
using GmmTools.Plots.Figures;

namespace GmmTools.Plots.Kinds;

/// <summary>The points of a component at a Mahalanobis distance from its mean: μ + radius·L·u, with Σ = L·Lᵀ and u on the unit circle.</summary>
internal static class Ellipse
{
    private const int PointCount = 121;

    /// <summary>The ellipse.</summary>
    /// <param name="component">A component of a mixture of two columns.</param>
    /// <param name="radius">The distance, in standard deviations.</param>
    /// <param name="x">The axis of the first column.</param>
    /// <param name="y">The axis of the second column.</param>
    /// <returns>Places on the axes; the last point is the first.</returns>
    public static (double[] X, double[] Y) Trace(GaussianComponent component, double radius, Axis x, Axis y)
    {
        double l11 = Math.Sqrt(component.Covariance[0, 0]);
        double l21 = component.Covariance[1, 0] / l11;
        double l22 = Math.Sqrt(Math.Max(0, component.Covariance[1, 1] - (l21 * l21)));
        double[] placesX = new double[PointCount];
        double[] placesY = new double[PointCount];
        for (int i = 0; i < PointCount; i++)
        {
            double angle = 2 * Math.PI * i / (PointCount - 1);
            double u = radius * Math.Cos(angle);
            double v = radius * Math.Sin(angle);
            placesX[i] = x.ToPlace(component.Mean[0] + (l11 * u));
            placesY[i] = y.ToPlace(component.Mean[1] + (l21 * u) + (l22 * v));
        }

        return (placesX, placesY);
    }
}
