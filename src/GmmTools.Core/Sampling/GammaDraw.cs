using System;
using GmmTools.Numerics;

namespace GmmTools.Sampling;

/// <summary>Gamma numbers by rejection: Marsaglia and Tsang, ACM Transactions on Mathematical Software 26 (2000) 363-372.</summary>
internal static class GammaDraw
{
    /// <summary>√(ν/χ²) with ν degrees of freedom: what a normal row is multiplied by to be one of multivariate t.</summary>
    /// <param name="degreesOfFreedom">ν.</param>
    /// <param name="seed">What the number is a function of, beside ν.</param>
    public static double Scale(double degreesOfFreedom, ulong seed) => Math.Sqrt(0.5 * degreesOfFreedom / Next(0.5 * degreesOfFreedom, new SplitMix64(seed)));

    /// <summary>A gamma number.</summary>
    /// <param name="shape">Its shape, above 0; its scale is 1.</param>
    /// <param name="random">What it is a function of.</param>
    public static double Next(double shape, SplitMix64 random)
    {
        if (shape < 1)
        {
            // a gamma number of shape a is one of shape a + 1 times u^(1/a)
            return Next(shape + 1, random) * Math.Pow(1 - random.NextDouble(), 1 / shape);
        }

        double d = shape - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double z = random.NextNormal();
            double root = 1 + (c * z);
            double v = root * root * root;
            if (root > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * z * z) + (d * (1 - v + Math.Log(v))))
            {
                return d * v;
            }
        }
    }
}
