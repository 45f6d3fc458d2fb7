using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Models;

/// <summary>A mixture of normal components that maximises the likelihood.</summary>
/// <param name="model">The covariance model.</param>
internal sealed class NormalModel(CovarianceModel model) : EstimationModel(MaximizationStep.Create(model))
{
    /// <inheritdoc/>
    public override void Maximize(
        SufficientStatistics statistics, MixtureParameters previous, MixtureParameters result, double[]? fixedWeights) =>
        Covariances.Maximize(statistics, previous, result, fixedWeights);
}
