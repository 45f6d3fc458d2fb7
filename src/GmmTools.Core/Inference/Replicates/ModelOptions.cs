using System.Linq;
using GmmTools.Estimation;
using GmmTools.Mixtures;

namespace GmmTools.Inference.Replicates;

/// <summary>Options that estimate a mixture again.</summary>
internal static class ModelOptions
{
    /// <summary>Options that start from a mixture.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="made">The options that made it; null where only the mixture is known.</param>
    public static EmOptions ContinueFrom(GaussianMixture mixture, FitOptions? made) => (made ?? Assume(mixture)).ContinueFrom(mixture);

    private static FitOptions Assume(GaussianMixture mixture) => new(
        new EmOptions
        {
            ComponentCount = mixture.ComponentCount,
            CovarianceModel = mixture.CovarianceModel,
            Noise = mixture.Noise is not null,
            Tail = mixture.Tail,
            CommonDegreesOfFreedom = mixture.Parameters.DegreesOfFreedom is double[] degrees && degrees.Length > 1 && degrees.Distinct().Count() == 1,
        },
        1);
}
