using System;
using MathNet.Numerics.Distributions;

namespace GmmTools.Inference;

/// <summary>
/// Intervals of parameters whose estimates are nearly normal: estimate ± z standard errors, on a scale that suits the parameter. Weights on the scale of
/// log w/(1 − w), variances and densities on that of the logarithm: no interval leaves the domain of its parameter.
/// </summary>
internal static class NormalInterval
{
    /// <summary>A parameter with its interval.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="estimate">Its value.</param>
    /// <param name="error">Its standard error.</param>
    /// <param name="level">The level of the interval.</param>
    public static ParameterUncertainty Create(ParameterName name, double estimate, double error, double level)
    {
        double z = Normal.InvCDF(0, 1, 0.5 * (1 + level));
        (double lower, double upper) = error == 0 ? (estimate, estimate) : name.Parameter switch
        {
            ParameterName.Weight => (Share(estimate, -z * error), Share(estimate, z * error)),
            ParameterName.Variance or ParameterName.Density => (estimate * Math.Exp(-z * error / estimate), estimate * Math.Exp(z * error / estimate)),
            _ => (estimate - (z * error), estimate + (z * error)),
        };
        return new ParameterUncertainty(name)
        {
            Estimate = estimate,
            StandardError = error,
            Lower = lower,
            Upper = upper,
            Level = level,
            Method = UncertaintyMethod.Information,
        };
    }

    private static double Share(double estimate, double step)
    {
        double odds = estimate / (1 - estimate) * Math.Exp(step / (estimate * (1 - estimate)));
        return double.IsInfinity(odds) ? 1 : odds / (1 + odds);
    }
}
