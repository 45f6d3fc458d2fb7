using GmmTools.Mixtures;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>VVV: Σₖ = Sₖ / nₖ.</summary>
internal sealed class FullStep : MaximizationStep
{
    public override CovarianceModel Model => CovarianceModel.VVV;

    public override bool IsBelowFloor(MixtureParameters mixture, int component, CovarianceFloor floor) =>
        floor.IsFullBelow(mixture, component);

    public override void RaiseToFloor(MixtureParameters mixture, int component, CovarianceFloor floor) =>
        floor.RaiseFull(mixture, component);

    protected override void EstimateCovariances(SufficientStatistics statistics, MixtureParameters result) =>
        DivideByWeights(statistics, result);
}
