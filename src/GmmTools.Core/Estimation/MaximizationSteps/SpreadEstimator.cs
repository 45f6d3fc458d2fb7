using System;
using GmmTools.Mixtures;
using GmmTools.Numerics;

namespace GmmTools.Estimation.MaximizationSteps;

/// <summary>
/// Volume and shape of the components in coordinates in which their covariances are diagonal: variances λₖ·aₖⱼ, Πⱼ aₖⱼ = 1, from
/// the sums of squares bₖⱼ along the axes. Celeux and Govaert (1995), section 4.
/// </summary>
internal sealed class SpreadEstimator
{
    /// <summary>The most rounds of the inner iteration: of a first M-step, and of those that go on from the one before, which EM itself
    /// brings to the end; and the change of log λₖ at which it has converged.</summary>
    private const int MaxRounds = 500;
    private const int MaxFurtherRounds = 4;
    private const double Converged = 1e-10;

    /// <summary>Keeps what has collapsed from dividing by zero.</summary>
    private const double Tiny = 1e-280;

    /// <summary>The least volume as a share of the mean variance, and the least axis of a unit volume: what is less has collapsed.</summary>
    private const double MinShare = 1e-40;

    private readonly char _volume;
    private readonly char _shape;
    private double[] _volumes = [];
    private double[] _axes = [];
    private double _minVolume;

    /// <param name="model">The model; its orientation does not matter here.</param>
    public SpreadEstimator(CovarianceModel model)
    {
        _volume = model.VolumeLetter();
        _shape = model.ShapeLetter();
    }

    /// <summary>Estimates the variances.</summary>
    /// <param name="statistics">The statistics, for weights and sizes.</param>
    /// <param name="sums">Sums of squares bₖⱼ along the axes, K × d.</param>
    /// <param name="previous">The mixture of the E-step, factorised, for the first volumes; or null.</param>
    /// <param name="variances">The result, K × d.</param>
    /// <returns>False when the inner iteration reached its cap.</returns>
    public bool Estimate(SufficientStatistics statistics, double[] sums, MixtureParameters? previous, double[] variances)
    {
        switch (_volume, _shape)
        {
            case ('E', 'I'):
                FillSphere(statistics, sums, variances);
                return true;
            case ('V', 'I'):
                FillSpheres(statistics, sums, variances);
                return true;
            case ('E', 'E'):
                FillShared(statistics, sums, variances);
                return true;
            case ('E', 'V'):
                FillEqualVolumes(statistics, sums, variances);
                return true;
            case ('V', 'V'):
                FillFree(statistics, sums, variances);
                return true;
            default:
                return FillEqualShapes(statistics, sums, previous, variances);
        }
    }

    /// <summary>log (Πⱼ bⱼ)^(1/d).</summary>
    private static double MeanLog(double[] values, int offset, int count)
    {
        double sum = 0;
        for (int j = 0; j < count; j++)
        {
            sum += Math.Log(Math.Max(values[offset + j], Tiny));
        }

        return sum / count;
    }

    private static double MeanVariance(SufficientStatistics statistics, double[] sums)
    {
        double total = 0;
        for (int i = 0; i < statistics.ComponentCount * statistics.Dimension; i++)
        {
            total += sums[i];
        }

        return total / (statistics.TotalWeight * statistics.Dimension);
    }

    /// <summary>λ = Σₖ tr Sₖ / (n·d).</summary>
    private static void FillSphere(SufficientStatistics statistics, double[] sums, double[] variances)
    {
        double variance = MeanVariance(statistics, sums);
        for (int i = 0; i < variances.Length; i++)
        {
            variances[i] = variance;
        }
    }

    /// <summary>λₖ = tr Sₖ / (nₖ·d).</summary>
    private static void FillSpheres(SufficientStatistics statistics, double[] sums, double[] variances)
    {
        int dimension = statistics.Dimension;
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            double trace = 0;
            for (int j = 0; j < dimension; j++)
            {
                trace += sums[(k * dimension) + j];
            }

            double variance = trace / (dimension * statistics.Weights[k]);
            for (int j = 0; j < dimension; j++)
            {
                variances[(k * dimension) + j] = variance;
            }
        }
    }

    /// <summary>λaⱼ = Σₖ bₖⱼ / n.</summary>
    private static void FillShared(SufficientStatistics statistics, double[] sums, double[] variances)
    {
        int dimension = statistics.Dimension;
        for (int j = 0; j < dimension; j++)
        {
            double sum = 0;
            for (int k = 0; k < statistics.ComponentCount; k++)
            {
                sum += sums[(k * dimension) + j];
            }

            for (int k = 0; k < statistics.ComponentCount; k++)
            {
                variances[(k * dimension) + j] = sum / statistics.TotalWeight;
            }
        }
    }

    /// <summary>λₖaₖⱼ = bₖⱼ / nₖ.</summary>
    private static void FillFree(SufficientStatistics statistics, double[] sums, double[] variances)
    {
        for (int i = 0; i < variances.Length; i++)
        {
            variances[i] = sums[i] / statistics.Weights[i / statistics.Dimension];
        }
    }

    /// <summary>aₖⱼ = bₖⱼ / gₖ with gₖ = (Πⱼ bₖⱼ)^(1/d), and λ = Σₖ gₖ / n.</summary>
    private void FillEqualVolumes(SufficientStatistics statistics, double[] sums, double[] variances)
    {
        int dimension = statistics.Dimension;
        Resize(statistics);
        double total = 0;
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            _volumes[k] = Math.Exp(MeanLog(sums, k * dimension, dimension));
            total += _volumes[k];
        }

        double volume = total / statistics.TotalWeight;
        for (int i = 0; i < variances.Length; i++)
        {
            variances[i] = volume / _volumes[i / dimension] * sums[i];
        }
    }

    /// <summary>
    /// Alternates between aⱼ ∝ Σₖ bₖⱼ/λₖ and λₖ = Σⱼ bₖⱼ/aⱼ / (nₖ·d). The likelihood that is left after maximising over a is
    /// concave in log λ, so that there is one optimum only.
    /// </summary>
    private bool FillEqualShapes(SufficientStatistics statistics, double[] sums, MixtureParameters? previous, double[] variances)
    {
        int dimension = statistics.Dimension;
        Resize(statistics);
        _minVolume = Math.Max(MinShare * MeanVariance(statistics, sums), Tiny);
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            _volumes[k] = previous is null
                ? Math.Exp(MeanLog(sums, k * dimension, dimension)) / statistics.Weights[k]
                : Math.Exp(previous.LogDeterminant(k) / dimension);
        }

        int maxRounds = previous is null ? MaxRounds : MaxFurtherRounds;
        bool converged = false;
        for (int round = 0; round < maxRounds && !converged; round++)
        {
            UpdateAxes(statistics, sums);
            converged = UpdateVolumes(statistics, sums) <= Converged;
        }

        for (int i = 0; i < variances.Length; i++)
        {
            variances[i] = _volumes[i / dimension] * _axes[i % dimension];
        }

        return converged;
    }

    private void UpdateAxes(SufficientStatistics statistics, double[] sums)
    {
        int dimension = statistics.Dimension;
        for (int j = 0; j < dimension; j++)
        {
            double sum = 0;
            for (int k = 0; k < statistics.ComponentCount; k++)
            {
                sum += sums[(k * dimension) + j] / Math.Max(_volumes[k], _minVolume);
            }

            _axes[j] = sum;
        }

        double scale = Math.Exp(-MeanLog(_axes, 0, dimension));
        for (int j = 0; j < dimension; j++)
        {
            _axes[j] = Math.Max(_axes[j] * scale, MinShare);
        }
    }

    /// <summary>Returns the largest relative change.</summary>
    private double UpdateVolumes(SufficientStatistics statistics, double[] sums)
    {
        int dimension = statistics.Dimension;
        double largest = 0;
        for (int k = 0; k < statistics.ComponentCount; k++)
        {
            double sum = 0;
            for (int j = 0; j < dimension; j++)
            {
                sum += sums[(k * dimension) + j] / _axes[j];
            }

            double volume = sum / (statistics.Weights[k] * dimension);
            largest = Math.Max(largest, Math.Abs(volume - _volumes[k]) / Math.Max(volume, _minVolume));
            _volumes[k] = volume;
        }

        return largest;
    }

    private void Resize(SufficientStatistics statistics)
    {
        if (_volumes.Length != statistics.ComponentCount || _axes.Length != statistics.Dimension)
        {
            _volumes = new double[statistics.ComponentCount];
            _axes = new double[statistics.Dimension];
        }
    }
}
