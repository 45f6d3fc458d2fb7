using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>EVV: Σₖ = λ·Sₖ / |Sₖ|^(1/d), λ = Σₖ |Sₖ|^(1/d) / n.</summary>
internal sealed class EqualVolumeStep : MaximizationStep
{
    private double[] _factor = [];
    private double[] _volumes = [];

    public EqualVolumeStep()
        : base(CovarianceModel.EVV)
    {
    }

    protected override void EstimateCovariances(SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result)
    {
        Array.Resize(ref _factor, statistics.ScatterLength);
        Array.Resize(ref _volumes, statistics.ComponentCount);
        double total = 0;
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            // a singular scatter has no volume: what follows is not finite, which the covariance floor finds
            _volumes[k] = PackedMatrix.TryCholesky(statistics.Scatters, k * statistics.ScatterLength, _factor, 0, statistics.Dimension)
                ? Math.Exp(2 * PackedMatrix.SumLogDiagonal(_factor, 0, statistics.Dimension) / statistics.Dimension)
                : 0;
            total += _volumes[k];
        }

        double volume = total / statistics.TotalWeight;
        for (int i = 0; i < statistics.Scatters.Length; i++)
        {
            result.Covariances[i] = volume / _volumes[i / statistics.ScatterLength] * statistics.Scatters[i];
        }
    }
}
