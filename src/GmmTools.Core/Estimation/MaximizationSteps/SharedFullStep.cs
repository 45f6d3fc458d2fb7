using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>EEE: Σ = Σₖ Sₖ / n for all components.</summary>
internal sealed class SharedFullStep : MaximizationStep
{
    public SharedFullStep()
        : base(CovarianceModel.EEE)
    {
    }

    protected override void EstimateCovariances(SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result)
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
}
