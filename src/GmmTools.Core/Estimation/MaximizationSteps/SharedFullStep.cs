using System;
using GmmTools.Mixtures;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>EEE: Σ = Σₖ Sₖ / n for all components.</summary>
internal sealed class SharedFullStep : MaximizationStep
{
    public override CovarianceModel Model => CovarianceModel.EEE;

    public override bool SharesCovariance => true;

    public override bool IsBelowFloor(MixtureParameters mixture, int component, CovarianceFloor floor) =>
        floor.IsFullBelow(mixture, component);

    public override void RaiseToFloor(MixtureParameters mixture, int component, CovarianceFloor floor) =>
        floor.RaiseFull(mixture, component);

    protected override void EstimateCovariances(SufficientStatistics statistics, MixtureParameters result)
    {
        int length = statistics.ScatterLength;
        for (int i = 0; i < length; i++)
        {
            double sum = 0;
            for (int k = 0; k < statistics.ComponentCount; k++)
            {
                sum += statistics.Scatters[(k * length) + i];
            }

            result.Covariances[i] = sum / statistics.TotalWeight;
        }

        for (int k = 1; k < statistics.ComponentCount; k++)
        {
            Array.Copy(result.Covariances, 0, result.Covariances, k * length, length);
        }
    }
}
