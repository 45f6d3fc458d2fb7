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

    /// <summary>Σ ← Σₖ wₖ·Σₖ, written so that equal matrices stay as they are.</summary>
    public override void Conform(MixtureParameters mixture)
    {
        int length = mixture.CovarianceLength;
        for (int i = 0; i < length; i++)
        {
            double first = mixture.Covariances[i];
            double change = 0;
            for (int k = 1; k < mixture.ComponentCount; k++)
            {
                change += mixture.Weights[k] * (mixture.Covariances[(k * length) + i] - first);
            }

            mixture.Covariances[i] = first + change;
        }

        CopyFirst(mixture);
    }

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

        CopyFirst(result);
    }

    private static void CopyFirst(MixtureParameters mixture)
    {
        for (int k = 1; k < mixture.ComponentCount; k++)
        {
            Array.Copy(mixture.Covariances, 0, mixture.Covariances, k * mixture.CovarianceLength, mixture.CovarianceLength);
        }
    }
}
