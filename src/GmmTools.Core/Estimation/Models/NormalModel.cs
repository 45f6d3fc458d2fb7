using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Models;

/// <summary>A mixture of normal components that maximises the likelihood.</summary>
/// <param name="model">The covariance model.</param>
/// <param name="componentCount">Number of components, K.</param>
/// <param name="keepsWeights">Whether the mixing weights of a start are kept as they are.</param>
internal sealed class NormalModel(CovarianceModel model, int componentCount, bool keepsWeights = false)
    : EstimationModel(MaximizationStep.Create(model), componentCount, keepsWeights)
{
    /// <inheritdoc/>
    public override void Maximize(
        SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result, double[]? fixedWeights) =>
        Covariances.Maximize(statistics, previous, result, fixedWeights);
}
