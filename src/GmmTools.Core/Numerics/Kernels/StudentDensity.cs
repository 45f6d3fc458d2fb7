using System;
using MathNet.Numerics;

namespace GmmTools.Numerics.Kernels;

/// <summary>What the density of multivariate t has beside that of a normal distribution of the same centre and matrix.</summary>
internal static class StudentDensity
{
    /// <summary>From here on half a step of the logarithm of the gamma function is taken from its series, since differences of large numbers have
    /// few digits.</summary>
    private const double LargeArgument = 50;

    /// <summary>
    /// log Γ(½(ν + d)) − log Γ(½ν) − ½d·log ½ν: what log-densities at the centre are above the normal ones; 0 as ν → ∞.
    /// </summary>
    public static double LogRatio(double degreesOfFreedom, int dimension)
    {
        double x = 0.5 * degreesOfFreedom;
        double half = dimension % 2 == 0 ? 0 : 0.5;
        double sum = half > 0 ? HalfStep(x) : 0;
        for (int i = 0; i < dimension / 2; i++)
        {
            double share = (half + i) / x;

            // log(1 + share), with the digits that the sum loses
            double one = 1 + share;
            sum += Math.Log(one) + ((share - (one - 1)) / one);
        }

        return sum;
    }

    /// <summary>½(ν + d): how fast log-densities fall with log(1 + q/ν).</summary>
    public static double Exponent(double degreesOfFreedom, int dimension) => 0.5 * (degreesOfFreedom + dimension);

    /// <summary>ψ(½(ν + d)) − log ½ν.</summary>
    public static double LogWeightAtCentre(double degreesOfFreedom, int dimension) =>
        SpecialFunctions.DiGamma(0.5 * (degreesOfFreedom + dimension)) - Math.Log(0.5 * degreesOfFreedom);

    /// <summary>½ν·log ½ν − log Γ(½ν): what each scale has in the expected log-likelihood of scales, beside ½ν·(log u − u).</summary>
    public static double LogScaleFactor(double degreesOfFreedom) =>
        (0.5 * degreesOfFreedom * Math.Log(0.5 * degreesOfFreedom)) - SpecialFunctions.GammaLn(0.5 * degreesOfFreedom);

    /// <summary>log Γ(x + ½) − log Γ(x) − ½·log x. The series: Abramowitz and Stegun, Handbook of Mathematical Functions, 6.1.40 and 6.1.47.</summary>
    private static double HalfStep(double x)
    {
        if (x < LargeArgument)
        {
            return SpecialFunctions.GammaLn(x + 0.5) - SpecialFunctions.GammaLn(x) - (0.5 * Math.Log(x));
        }

        double square = 1 / (x * x);
        return -1 / (8 * x) * (1 - (square / 24 * (1 - (square * 3 / 10))));
    }
}
