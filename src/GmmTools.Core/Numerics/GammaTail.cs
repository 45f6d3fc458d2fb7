using System;
using MathNet.Numerics;

namespace GmmTools.Numerics;

/// <summary>
/// Upper tails of the χ² and the normal distribution, to the relative accuracy of a small number as far as doubles reach. Far out the
/// regularized incomplete gamma function is x^a·e^(−x)/Γ(a), as a logarithm, times a continued fraction (NIST Digital Library of
/// Mathematical Functions, 8.9.2) by the method of Lentz, Applied Optics 15 (1976) 668-671.
/// </summary>
internal static class GammaTail
{
    private const int MaxTerms = 500;
    private const double Rounding = 1e-16;

    /// <summary>Standard deviations below the mean beyond which the normal distribution's tail is that of χ².</summary>
    private const double FarDeviations = 8;

    /// <summary>P(X &gt; value) of the χ² distribution.</summary>
    /// <param name="value">The value, above 0 and finite.</param>
    /// <param name="degrees">Degrees of freedom.</param>
    public static double ChiSquare(double value, int degrees)
    {
        double a = 0.5 * degrees;
        double x = 0.5 * value;
        return x > a + 20 + (3 * Math.Sqrt(a))
            ? Math.Exp((a * Math.Log(x)) - x - SpecialFunctions.GammaLn(a)) / Fraction(a, x)
            : SpecialFunctions.GammaUpperRegularized(a, x);
    }

    /// <summary>P(Z ≤ z) of the standard normal distribution.</summary>
    public static double Normal(double z) =>
        double.IsNegativeInfinity(z) ? 0
        : z < -FarDeviations ? 0.5 * ChiSquare(z * z, 1)
        : 0.5 * SpecialFunctions.Erfc(-z / Math.Sqrt(2));

    /// <summary>x + 1 − a − 1·(1 − a)/(x + 3 − a − 2·(2 − a)/(x + 5 − a − …)).</summary>
    private static double Fraction(double a, double x)
    {
        double partial = x + 1 - a;
        double value = partial;
        double numerator = value;
        double denominator = 0;
        for (int n = 1; n < MaxTerms; n++)
        {
            double coefficient = -n * (n - a);
            partial += 2;
            denominator = 1 / (partial + (coefficient * denominator));
            numerator = partial + (coefficient / numerator);
            double factor = numerator * denominator;
            value *= factor;
            if (Math.Abs(factor - 1) <= Rounding)
            {
                break;
            }
        }

        return value;
    }
}
