using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>EII, VII, EEI, VEI, EVI and VVI: ellipsoids along the axes, from the diagonals of the scatters alone.</summary>
internal sealed class AlignedStep : MaximizationStep
{
    private readonly SpreadEstimator _spread;

    public AlignedStep(CovarianceModel model)
        : base(model)
    {
        _spread = new SpreadEstimator(model);
    }

    protected override void EstimateCovariances(SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result) =>
        ReachedCap = !_spread.Estimate(statistics, statistics.Scatters, previous, result.Covariances);
}
