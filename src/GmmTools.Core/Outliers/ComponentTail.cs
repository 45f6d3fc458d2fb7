using System;
using GmmTools.Mixtures;
using GmmTools.Numerics.Kernels;
using MathNet.Numerics;

namespace GmmTools.Outliers;

/// <summary>
/// How often rows of one component are farther out than a squared distance q: by χ² with d degrees of freedom where it is normal; where it is
/// multivariate t, q/d has Fisher's F distribution with d and ν degrees of freedom.
/// </summary>
internal static class ComponentTail
{
    private const int MaxHalvings = 200;

    /// <summary>The probability that a row of a component has the given log-density wₖ·φₖ(x) or less.</summary>
    public static double Probability(MixtureParameters mixture, int component, double logDensity)
    {
        double below = mixture.LogNormalizers[component] - logDensity;
        if (mixture.DegreesOfFreedom is not double[] degrees)
        {
            return ChiSquare.UpperTail(2 * below, mixture.Dimension);
        }

        double nu = degrees[component];
        return below <= 0 ? 1 : Beyond(Math.Exp(-below / StudentDensity.Exponent(nu, mixture.Dimension)), nu, mixture.Dimension);
    }

    /// <summary>The log-density wₖ·φₖ(x) that rows of a component undercut at a rate.</summary>
    public static double Level(MixtureParameters mixture, int component, double rate)
    {
        if (mixture.DegreesOfFreedom is not double[] degrees)
        {
            return mixture.LogNormalizers[component] - (0.5 * ChiSquare.UpperQuantile(rate, mixture.Dimension));
        }

        // −log(1 + q/ν) between 0 and where doubles end
        double nu = degrees[component];
        double low = -700, high = 0;
        for (int i = 0; i < MaxHalvings && high - low > 1e-15 * Math.Abs(low); i++)
        {
            double middle = low + (0.5 * (high - low));
            (low, high) = Beyond(Math.Exp(middle), nu, mixture.Dimension) > rate ? (low, middle) : (middle, high);
        }

        return mixture.LogNormalizers[component] + (StudentDensity.Exponent(nu, mixture.Dimension) * low);
    }

    /// <summary>P(1/(1 + q/ν) ≤ y), a beta distribution.</summary>
    private static double Beyond(double y, double degreesOfFreedom, int dimension) =>
        SpecialFunctions.BetaRegularized(0.5 * degreesOfFreedom, 0.5 * dimension, y);
}
