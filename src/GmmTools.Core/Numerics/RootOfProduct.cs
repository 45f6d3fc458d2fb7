using System;

namespace GmmTools.Numerics;

/// <summary>√(a·b) of variances, also where their product overflows or vanishes.</summary>
internal static class RootOfProduct
{
    /// <summary>Products below it have lost digits.</summary>
    private const double MinProduct = 1e-290;

    /// <param name="a">A number of at least 0.</param>
    /// <param name="b">Another.</param>
    public static double Of(double a, double b)
    {
        double product = a * b;
        return product >= MinProduct && !double.IsInfinity(product) ? Math.Sqrt(product) : Math.Sqrt(a) * Math.Sqrt(b);
    }
}
