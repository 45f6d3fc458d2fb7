using System;

namespace GmmTools.Estimation;

/// <summary>Information criteria in the form in which smaller is better.</summary>
public static class InformationCriteria
{
    /// <summary>Schwarz's criterion, −2·logL + p·ln n. Annals of Statistics 6 (1978) 461-464.</summary>
    /// <param name="logLikelihood">Log-likelihood.</param>
    /// <param name="parameterCount">Number of free parameters, p.</param>
    /// <param name="totalWeight">Number of observations (sum of the row weights), n.</param>
    /// <returns>The criterion.</returns>
    public static double Bic(double logLikelihood, int parameterCount, double totalWeight) =>
        (-2 * logLikelihood) + (parameterCount * Math.Log(totalWeight));

    /// <summary>Akaike's criterion, −2·logL + 2p. IEEE Transactions on Automatic Control 19 (1974) 716-723.</summary>
    /// <param name="logLikelihood">Log-likelihood.</param>
    /// <param name="parameterCount">Number of free parameters, p.</param>
    /// <returns>The criterion.</returns>
    public static double Aic(double logLikelihood, int parameterCount) => (-2 * logLikelihood) + (2.0 * parameterCount);

    /// <summary>Akaike's criterion corrected for few observations, AIC + 2p(p + 1)/(n − p − 1). Hurvich and Tsai, Biometrika 76 (1989) 297-307.</summary>
    /// <param name="logLikelihood">Log-likelihood.</param>
    /// <param name="parameterCount">Number of free parameters, p.</param>
    /// <param name="totalWeight">Number of observations, n.</param>
    /// <returns>The criterion; infinite when n is not above p + 1.</returns>
    public static double Aicc(double logLikelihood, int parameterCount, double totalWeight) => totalWeight > parameterCount + 1
        ? Aic(logLikelihood, parameterCount) + (2.0 * parameterCount * (parameterCount + 1) / (totalWeight - parameterCount - 1))
        : double.PositiveInfinity;

    /// <summary>Integrated completed likelihood, BIC + 2·entropy. Biernacki, Celeux and Govaert, IEEE PAMI 22 (2000) 719-725.</summary>
    /// <param name="logLikelihood">Log-likelihood.</param>
    /// <param name="parameterCount">Number of free parameters, p.</param>
    /// <param name="totalWeight">Number of observations, n.</param>
    /// <param name="entropy">−Σᵢ Σₖ rᵢₖ·log rᵢₖ.</param>
    /// <returns>The criterion.</returns>
    public static double Icl(double logLikelihood, int parameterCount, double totalWeight, double entropy) =>
        Bic(logLikelihood, parameterCount, totalWeight) + (2 * entropy);
}
