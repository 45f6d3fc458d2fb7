using GmmTools.Mixtures;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>VVI: the variances of each column, Σₖ = diag(Sₖ) / nₖ.</summary>
internal sealed class DiagonalStep : MaximizationStep
{
    public override CovarianceModel Model => CovarianceModel.VVI;

    public override bool IsBelowFloor(MixtureParameters mixture, int component, CovarianceFloor floor) =>
        floor.IsDiagonalBelow(mixture, component);

    public override void RaiseToFloor(MixtureParameters mixture, int component, CovarianceFloor floor) =>
        floor.RaiseDiagonal(mixture, component);

    protected override void EstimateCovariances(SufficientStatistics statistics, MixtureParameters result) =>
        DivideByWeights(statistics, result);
}
