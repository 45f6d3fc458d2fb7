using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>
/// VEE: Σₖ = λₖ·C, |C| = 1. Alternates between C ∝ Σₖ Sₖ/λₖ and λₖ = tr(Sₖ·C⁻¹) / (nₖ·d). The likelihood that is left after
/// maximising over C is concave in log λ, so that there is one optimum only.
/// </summary>
internal sealed class ProportionalStep : MaximizationStep
{
    /// <summary>The most rounds of the inner iteration: of a first M-step, and of those that go on from the one before, which EM itself
    /// brings to the end; and the change of log λₖ at which it has converged.</summary>
    private const int MaxRounds = 500;
    private const int MaxFurtherRounds = 4;
    private const double Converged = 1e-10;

    /// <summary>The least volume as a share of the mean variance: what is less has collapsed.</summary>
    private const double MinShare = 1e-40;
    private const double Tiny = 1e-280;

    private double _minVolume;
    private double[] _volumes = [];
    private double[] _common = [];
    private double[] _factor = [];
    private double[] _inverseFactor = [];
    private double[] _inverse = [];

    public ProportionalStep()
        : base(CovarianceModel.VEE)
    {
    }

    protected override void EstimateCovariances(SufficientStatistics statistics, MixtureParameters? previous, MixtureParameters result)
    {
        Resize(statistics);
        double total = 0;
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            total += Trace(statistics, k);
        }

        _minVolume = Math.Max(MinShare * total / (statistics.TotalWeight * statistics.Dimension), Tiny);
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            _volumes[k] = previous is null
                ? Trace(statistics, k) / (statistics.Weights[k] * statistics.Dimension)
                : Math.Exp(previous.LogDeterminant(k) / statistics.Dimension);
        }

        int maxRounds = previous is null ? MaxRounds : MaxFurtherRounds;
        bool converged = false;
        bool regular = true;
        for (int round = 0; round < maxRounds && regular && !converged; round++)
        {
            regular = TryUpdateCommon(statistics);
            converged = regular && UpdateVolumes(statistics) <= Converged;
        }

        ReachedCap = regular && !converged;
        for (int i = 0; i < result.Covariances.Length; i++)
        {
            result.Covariances[i] = _volumes[i / _common.Length] * _common[i % _common.Length];
        }
    }

    private static double Trace(SufficientStatistics statistics, int component)
    {
        double sum = 0;
        for (int j = 0; j < statistics.Dimension; j++)
        {
            sum += statistics.Scatters[(component * statistics.ScatterLength) + PackedMatrix.Index(j, j)];
        }

        return sum;
    }

    /// <summary>C and its inverse; false when it is singular, which the covariance floor will find.</summary>
    private bool TryUpdateCommon(SufficientStatistics statistics)
    {
        int dimension = statistics.Dimension;
        for (int i = 0; i < _common.Length; i++)
        {
            double sum = 0;
            for (int k = 0; k < statistics.ComponentCount; k++)
            {
                sum += statistics.Scatters[(k * _common.Length) + i] / Math.Max(_volumes[k], _minVolume);
            }

            _common[i] = sum;
        }

        if (!PackedMatrix.TryCholesky(_common, 0, _factor, 0, dimension))
        {
            return false;
        }

        double scale = Math.Exp(-2 * PackedMatrix.SumLogDiagonal(_factor, 0, dimension) / dimension);
        PackedMatrix.InvertLower(_factor, 0, _inverseFactor, 0, dimension);
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int m = i; m < dimension; m++)
                {
                    sum += _inverseFactor[PackedMatrix.Index(m, i)] * _inverseFactor[PackedMatrix.Index(m, j)];
                }

                // entries off the diagonal count twice in the trace
                _inverse[PackedMatrix.Index(i, j)] = (i == j ? 1 : 2) * sum / scale;
                _common[PackedMatrix.Index(i, j)] *= scale;
            }
        }

        return true;
    }

    /// <summary>Returns the largest relative change.</summary>
    private double UpdateVolumes(SufficientStatistics statistics)
    {
        double largest = 0;
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            double trace = 0;
            for (int i = 0; i < _inverse.Length; i++)
            {
                trace += statistics.Scatters[(k * _inverse.Length) + i] * _inverse[i];
            }

            double volume = trace / (statistics.Weights[k] * statistics.Dimension);
            largest = Math.Max(largest, Math.Abs(volume - _volumes[k]) / Math.Max(volume, _minVolume));
            _volumes[k] = volume;
        }

        return largest;
    }

    private void Resize(SufficientStatistics statistics)
    {
        Array.Resize(ref _volumes, statistics.ComponentCount);
        Array.Resize(ref _common, statistics.ScatterLength);
        Array.Resize(ref _factor, statistics.ScatterLength);
        Array.Resize(ref _inverseFactor, statistics.ScatterLength);
        Array.Resize(ref _inverse, statistics.ScatterLength);
    }
}
