using GmmTools.Estimation.MaximizationSteps;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.Models;

/// <summary>A mixture of normal components that maximises the posterior under a conjugate prior.</summary>
internal sealed class PenalisedModel : EstimationModel
{
    private readonly ConjugatePrior _prior;
    private SufficientStatistics? _augmented;

    /// <param name="model">The covariance model.</param>
    /// <param name="componentCount">Number of components, K.</param>
    /// <param name="pooled">Moments of all rows.</param>
    /// <param name="totalWeight">Sum of the row weights.</param>
    /// <param name="keepsWeights">Whether the mixing weights of a start are kept as they are.</param>
    public PenalisedModel(CovarianceModel model, int componentCount, PooledMoments pooled, double totalWeight, bool keepsWeights = false)
        : base(MaximizationStep.Create(model), componentCount, keepsWeights)
    {
        _prior = new ConjugatePrior(model, componentCount, pooled, totalWeight);
    }

    /// <inheritdoc/>
    public override bool IsBounded => true;

    /// <inheritdoc/>
    public override double LogPenalty(MixtureParameters mixture) => _prior.LogDensity(mixture);

    /// <inheritdoc/>
    public override void Maximize(
        SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result, double[]? fixedWeights)
    {
        MaximizationStep.MaximizeLocations(statistics, previous, result, fixedWeights);
        _augmented ??= new SufficientStatistics(statistics.ComponentCount, statistics.Dimension, statistics.Shape);
        _augmented.Clear(statistics.Centres);
        _augmented.Add(statistics);
        _prior.Augment(_augmented, result);
        Covariances.MaximizeSpreads(_augmented, previous, result);
    }
}
