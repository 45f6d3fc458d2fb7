using System;
using MathNet.Numerics;

namespace GmmTools.Estimation.Models;

/// <summary>
/// The degrees of freedom that maximise the expected log-likelihood of scales: log x − ψ(x) = a with x = ½ν, held between bounds, beyond which
/// few rows say anything. The left side falls from ∞ to 0 and is nearly linear in 1/x, where a secant that keeps the root between its ends
/// (the Illinois rule: Dowell and Jarratt, BIT 11 (1971) 168-174) needs few steps.
/// </summary>
internal static class DegreesOfFreedomRoot
{
    /// <summary>The least degrees of freedom that are estimated: from here on a covariance is infinite.</summary>
    public const double Least = 2;

    /// <summary>The most that are estimated: a normal distribution for all that rows can tell.</summary>
    public const double Most = 200;
    private const int MaxSteps = 60;
    private const double Precision = 1e-14;

    /// <summary>The nearest degrees of freedom that may be estimated.</summary>
    public static double Bounded(double degreesOfFreedom) => Math.Min(Most, Math.Max(Least, degreesOfFreedom));

    /// <summary>The root of log ½ν − ψ(½ν) + 1 + m.</summary>
    /// <param name="meanLogWeight">m, the mean of log u − u over the rows, below −1.</param>
    public static double Find(double meanLogWeight)
    {
        double target = -1 - meanLogWeight;
        double low = 2 / Most, high = 2 / Least;
        double below = Excess(low, target), above = Excess(high, target);
        if (!(below < 0))
        {
            return Most;
        }

        if (!(above > 0))
        {
            return Least;
        }

        double last = double.NaN;
        for (int step = 0; step < MaxSteps && high - low > Precision * high; step++)
        {
            double place = low - (below * (high - low) / (above - below));
            double excess = Excess(place, target);
            if (excess == 0 || place == last)
            {
                return 2 / place;
            }

            if (excess < 0)
            {
                above *= last == low ? 0.5 : 1;
                (low, below) = (place, excess);
            }
            else
            {
                below *= last == high ? 0.5 : 1;
                (high, above) = (place, excess);
            }

            last = place;
        }

        return 4 / (low + high);
    }

    /// <summary>log x − ψ(x) − a at x = 1/t, which grows with t.</summary>
    private static double Excess(double t, double target) => -Math.Log(t) - SpecialFunctions.DiGamma(1 / t) - target;
}
