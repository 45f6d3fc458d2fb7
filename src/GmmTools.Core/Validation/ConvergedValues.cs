using System;
using System.Collections.Generic;
using System.Linq;
using GmmTools.Estimation;
using GmmTools.Inference;
using GmmTools.Mixtures;
using GmmTools.Observations;

namespace GmmTools.Validation;

/// <summary>
/// Values that other programs find: R 4.2.2 and mclust 6.0.0, whose EM begins at labels here as there (the species of iris; for Old Faithful, whether the wait
/// was above 68 minutes) and is run to the end of doubles. EVE and VVE are left out, since mclust ends their M-steps early.
/// </summary>
internal static class ConvergedValues
{
    private const string Mclust = "mclust 6.0.0 converged";

    public static IEnumerable<PublishedValue> List() =>
    [
        Fit("iris", CovarianceModel.EII, "-401.802176"),
        Fit("iris", CovarianceModel.VII, "-384.314095"),
        Fit("iris", CovarianceModel.EEI, "-361.425522"),
        Fit("iris", CovarianceModel.VEI, "-339.468727"),
        Fit("iris", CovarianceModel.EVI, "-340.085581"),
        Fit("iris", CovarianceModel.VVI, "-306.860461"),
        Fit("iris", CovarianceModel.EEE, "-256.354043"),
        Fit("iris", CovarianceModel.VEE, "-237.560163"),
        Fit("iris", CovarianceModel.EEV, "-214.850379"),
        Fit("iris", CovarianceModel.VEV, "-186.073283"),
        Fit("iris", CovarianceModel.EVV, "-205.535881"),
        Fit("iris", CovarianceModel.VVV, "-180.185477"),
        Fit("faithful", CovarianceModel.EEE, "-1140.186759"),
        Fit("faithful", CovarianceModel.VVV, "-1130.263960"),
        Fit("iris", CovarianceModel.VVV, "-192.695284", prior: true),
        Fit("faithful", CovarianceModel.VVV, "-1130.509264", prior: true),
        new(Mclust, "diabetes", "VVV,3", "adjusted Rand", "0.664018139236871", 15, bench => bench.AdjustedRandIndex("diabetes", bench.Fit("diabetes", CovarianceModel.VVV, 3))),
        new(Mclust, "iris", "VVV,3", "adjusted Rand", "0.903874231774812", 15, bench => bench.AdjustedRandIndex("iris", bench.Fit("iris", CovarianceModel.VVV, 3))),
        Error("weight 2", "0.0290891104", one => one.Parameter == "Weight" && one.Component == 2),
        Error("eruptions 1", "0.0314031362", one => one.Parameter == "Mean" && one.Component == 1 && one.Column == "x1"),
        Error("waiting 1", "0.456185991", one => one.Parameter == "Mean" && one.Component == 1 && one.Column == "x2"),
    ];

    private static PublishedValue Fit(string data, CovarianceModel model, string logLikelihood, bool prior = false) => new(
        Mclust,
        data,
        FormattableString.Invariant($"{model},{(data == "iris" ? 3 : 2)}{(prior ? " prior" : string.Empty)}"),
        "log-likelihood",
        logLikelihood,
        8,
        bench => bench.FitFromLabels(data, model, prior).LogLikelihood);

    /// <summary>A standard error, of a weight or of the mean of a column in a component, from the curvature of the log-likelihood, which R's numDeriv finds from differences.</summary>
    private static PublishedValue Error(string quantity, string published, Func<ParameterUncertainty, bool> isMeant) => new(
        "R 4.2.2 numDeriv",
        "faithful",
        "VVV,2",
        $"error, {quantity}",
        published,
        6,
        bench => Information(bench).Single(isMeant).StandardError);

    private static IReadOnlyList<ParameterUncertainty> Information(Workbench bench)
    {
        EmFit fit = bench.FitFromLabels("faithful", CovarianceModel.VVV);
        UncertaintyOptions options = new() { Method = UncertaintyMethod.Information };
        return new MixtureUncertainty(options).Measure(fit.Mixture, fit.Options, InMemoryObservations.FromMatrix(ReferenceData.Rows("faithful")), bench.Stop).Parameters;
    }
}
