using System;
using System.Collections.Generic;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Validation;

/// <summary>
/// Values that the vignette of mclust 6.0.0 prints: Scrucca, Fop, Murphy and Raftery, The R Journal 8 (2016) 289-317, and its vignette A quick tour of mclust.
/// Its BIC is 2·logL − p·ln n. Its EM stops when a log-likelihood changes by 1e-5 of itself, so that five digits are sure to be those of the maximum. The
/// galaxies are those of R's package MASS, of which number 78 is 26690.
/// </summary>
internal static class VignetteValues
{
    private const string Source = "mclust 6.0.0 vignette";
    private const int SureDigits = 5;

    public static IEnumerable<PublishedValue> List() =>
    [
        .. Fit("diabetes", CovarianceModel.VVV, 3, "-2303.496", "-4751.316"),
        .. Fit("faithful", CovarianceModel.EEE, 3, "-1126.326", "-2314.316"),
        .. Fit("galaxies", CovarianceModel.VVV, 3, "-203.1792", "-441.6122", 1000),
        .. Fit("acidity", CovarianceModel.EEE, 2, "-185.9493", "-392.0723"),
    ];

    /// <summary>The log-likelihood and BIC of a fit.</summary>
    /// <param name="data">The data.</param>
    /// <param name="model">The covariance model.</param>
    /// <param name="componentCount">The number of components.</param>
    /// <param name="logLikelihood">The log-likelihood as it is printed.</param>
    /// <param name="bic">BIC as it is printed.</param>
    /// <param name="unit">What the vignette divides one column of numbers by.</param>
    private static IEnumerable<PublishedValue> Fit(
        string data, CovarianceModel model, int componentCount, string logLikelihood, string bic, double unit = 1)
    {
        // a density in units a thousand times as large is a thousand times as large
        yield return Value(data, model, componentCount, "log-likelihood", logLikelihood, fit => fit.LogLikelihood + (fit.RowCount * Math.Log(unit)));
        yield return Value(data, model, componentCount, "BIC", bic, fit => (2 * fit.RowCount * Math.Log(unit)) - fit.Bic);
    }

    private static PublishedValue Value(
        string data, CovarianceModel model, int componentCount, string quantity, string published, Func<EmFit, double> find) => new(
            Source, data, FormattableString.Invariant($"{model},{componentCount}"), quantity, published, SureDigits, bench => find(bench.Fit(data, model, componentCount)));
}
