using System.Collections.Generic;
using System.Threading;
using GmmTools.Comparison;
using GmmTools.Mixtures;
using GmmTools.Outliers;
using GmmTools.Scoring;

namespace GmmTools.Validation;

/// <summary>Values of formulas, computed with 40 digits: what a mixture of few components comes to by hand, and quantiles that tables have.</summary>
internal static class ClosedForms
{
    private const string Source = "formula";

    public static IEnumerable<PublishedValue> List() =>
    [
        new(Source, "faithful", "VVV,1", "log-likelihood", "-1289.79674505261379", 14, bench => bench.Fit("faithful", CovarianceModel.VVV, 1).LogLikelihood, 15),
        new(Source, "iris", "VVV,1", "log-likelihood", "-379.914630122269338", 14, bench => bench.Fit("iris", CovarianceModel.VVV, 1).LogLikelihood, 15),
        new(Source, "x = 0", "N(0,1)", "log-density", "-0.918938533204673", 14, _ => new MixtureScorer(Normal(0, 1)).Score([0])),
        new(Source, "x = (1,1)", "N, r = 0.5", "log-density", "-2.36070269685012", 14, _ => new MixtureScorer(Correlated()).Score([1, 1])),
        new(Source, "x = 0.5", "N(0 or 2, 1)", "responsibility", "0.731058578630005", 14, _ => Responsibility()),
        new(Source, "x = 1", "N(0,1)", "probability below", "0.841344746068543", 14, _ => new UnivariateMixture(Normal(0, 1)).Cdf(1)),
        new(Source, "p = 0.975", "N(0,1)", "quantile", "1.95996398454005", 13, _ => new UnivariateMixture(Normal(0, 1)).Quantile(0.975)),
        new(Source, "p = 0.975", "t, 1 degree", "quantile", "12.7062047361747", 12, _ => new UnivariateMixture(Student(1)).Quantile(0.975)),
        new(Source, "p = 0.975", "t, 2 degrees", "quantile", "4.30265272974946", 12, _ => new UnivariateMixture(Student(2)).Quantile(0.975)),
        new(Source, "p = 0.975", "t, 4 degrees", "quantile", "2.77644510519779", 12, _ => new UnivariateMixture(Student(4)).Quantile(0.975)),
        new(Source, "1 % tail", "N, r = 0.5", "log-density", "-6.29920621617155", 13, bench => Level(bench.Stop)),
        new(Source, "N(0,1)", "N(1,4)", "Kullback-Leibler", "0.443147180559945", 13, bench => Divergence(bench.Stop).KullbackLeiblerVariational),
        new(Source, "N(0,1)", "N(1,4)", "L2 distance", "0.316660284718095", 13, bench => Divergence(bench.Stop).L2Distance),
        new(Source, "N(0,1)", "N(1,4)", "Hellinger", "0.386257087763267", 13, bench => Pair(bench.Stop).Distance),
        new(Source, "N(0,1)", "N(1,4)", "Wasserstein", "1.41421356237310", 13, bench => Pair(bench.Stop).Wasserstein),
    ];

    private static GaussianMixture Normal(double mean, double variance) => GaussianMixture.Create([1], [[mean]], [new[,] { { variance } }]);

    private static GaussianMixture Student(double degrees) =>
        GaussianMixture.Create([1], [[0.0]], [new[,] { { 1.0 } }], degreesOfFreedom: [degrees]);

    private static GaussianMixture Correlated() => GaussianMixture.Create([1], [[0.0, 0]], [new[,] { { 1, 0.5 }, { 0.5, 1 } }]);

    private static double Responsibility()
    {
        MixtureScorer scorer = new(GaussianMixture.Create([0.5, 0.5], [[0.0], [2]], [new[,] { { 1.0 } }, new[,] { { 1.0 } }]));
        scorer.Score([0.5]);
        return scorer.Responsibilities[0];
    }

    /// <summary>The density below which 1 % of the rows are.</summary>
    private static double Level(CancellationToken stop) =>
        new OutlierDetector(Correlated(), new OutlierOptions { FalseAlarmRate = 0.01 }, stop).Level.LogDensity;

    private static MixtureDivergence Divergence(CancellationToken stop) =>
        MixtureDivergence.Measure(Normal(0, 1), Normal(1, 4), new DivergenceOptions { SampleCount = 1000 }, stop);

    private static ComponentPair Pair(CancellationToken stop) => MixtureComparison.Compare(Normal(0, 1), Normal(1, 4), cancellationToken: stop).Pairs[0];
}
