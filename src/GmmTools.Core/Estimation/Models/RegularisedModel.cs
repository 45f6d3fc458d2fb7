using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Models;

/// <summary>
/// A mixture of normal components to whose variances a number is added in each M-step, in the units of the rows, as other programs do to keep covariances
/// from collapsing. It is not the maximum of anything, so that the log-likelihood may fall on the way.
/// </summary>
internal sealed class RegularisedModel : EstimationModel
{
    private readonly double _addition;

    /// <param name="model">The covariance model, one that a sphere can be added to.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="addition">What is added to each variance, above 0.</param>
    /// <param name="keepsWeights">Whether the mixing weights of a start are kept as they are.</param>
    public RegularisedModel(CovarianceModel model, int componentCount, double addition, bool keepsWeights)
        : base(MaximizationStep.Create(model), componentCount, keepsWeights)
    {
        _addition = addition;
    }

    /// <inheritdoc/>
    public override bool HasCoordinates => false;

    /// <inheritdoc/>
    public override bool IsBounded => true;

    /// <inheritdoc/>
    public override bool IsMonotone => false;

    /// <inheritdoc/>
    public override void Maximize(
        SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result, double[]? fixedWeights)
    {
        Covariances.Maximize(statistics, previous, result, fixedWeights);
        for (int k = 0; k < result.ComponentCount; k++)
        {
            for (int j = 0; j < result.Dimension; j++)
            {
                result.Covariances[result.CovarianceIndex(k, j, j)] += _addition;
            }
        }
    }
}
