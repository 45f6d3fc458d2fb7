using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>VVV: Σₖ = Sₖ / nₖ.</summary>
internal sealed class FullStep : MaximizationStep
{
    public FullStep()
        : base(CovarianceModel.VVV)
    {
    }

    protected override void EstimateCovariances(SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result) =>
        DivideByWeights(statistics, result);
}
