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

    /// <summary>λₖ ← mean of the variances, written so that equal variances stay as they are.</summary>
    public override void Conform(MixtureParameters mixture)
    {
        int dimension = mixture.Dimension;
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            double first = mixture.Covariances[k * dimension];
            double change = 0;
            for (int j = 1; j < dimension; j++)
            {
                change += mixture.Covariances[(k * dimension) + j] - first;
            }

            for (int j = 0; j < dimension; j++)
            {
                mixture.Covariances[(k * dimension) + j] = first + (change / dimension);
            }
        }
    }

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
