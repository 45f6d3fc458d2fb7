using GmmTools.Mixtures;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>VII: one variance per component, λₖ = tr(Sₖ) / (d·nₖ).</summary>
internal sealed class SphericalStep : MaximizationStep
{
    public override CovarianceModel Model => CovarianceModel.VII;

    public override bool IsBelowFloor(MixtureParameters mixture, int component, CovarianceFloor floor) =>
        floor.IsSphericalBelow(mixture, component);

    public override void RaiseToFloor(MixtureParameters mixture, int component, CovarianceFloor floor) =>
        floor.RaiseSpherical(mixture, component);

    protected override void EstimateCovariances(SufficientStatistics statistics, MixtureParameters result)
    {
        int dimension = statistics.Dimension;
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            double trace = 0;
            for (int j = 0; j < dimension; j++)
            {
                trace += statistics.Scatters[(k * dimension) + j];
            }

            double variance = trace / (dimension * statistics.Weights[k]);
            for (int j = 0; j < dimension; j++)
            {
                result.Covariances[(k * dimension) + j] = variance;
            }
        }
    }
}
