using GmmTools.Numerics;

namespace GmmTools.Outliers;

/// <summary>The upper tail of the χ² distribution: squared distances of normal vectors from their mean.</summary>
internal static class ChiSquare
{
    private const int MaxSteps = 200;

    /// <summary>P(X &gt; value) for d degrees of freedom, with the relative accuracy of a small number.</summary>
    public static double UpperTail(double value, int degrees) =>
        value <= 0 ? 1
        : double.IsPositiveInfinity(value) ? 0
        : GammaTail.ChiSquare(value, degrees);

    /// <summary>The value that is exceeded with the given probability, by halving an interval until nothing is between its ends.</summary>
    public static double UpperQuantile(double probability, int degrees)
    {
        double low = 0;
        double high = degrees;
        while (UpperTail(high, degrees) > probability)
        {
            low = high;
            high *= 2;
        }

        for (int i = 0; i < MaxSteps; i++)
        {
            double middle = low + (0.5 * (high - low));
            if (middle <= low || middle >= high)
            {
                break;
            }

            if (UpperTail(middle, degrees) > probability)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }
}
