using System;

namespace GmmTools.Outliers;

/// <summary>
/// Rows that are known to be sound: a new row that is exchangeable with them is among the k least probable of all n + 1 with probability
/// k/(n + 1), whether the mixture fits them or not. Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World (2005).
/// </summary>
internal sealed class TrainingDensityTail : DensityTail
{
    private readonly double[] _logDensities;

    public TrainingDensityTail(double[] logDensities)
    {
        _logDensities = logDensities;
        Array.Sort(_logDensities);
    }

    public override string Method => "Training";

    public override int SampleCount => _logDensities.Length;

    public override double Probability(double logDensity)
    {
        int low = 0;
        int high = _logDensities.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _logDensities[middle] <= logDensity ? (middle + 1, high) : (low, middle);
        }

        return (low + 1.0) / (_logDensities.Length + 1);
    }

    /// <summary>The k-th smallest of the log-densities, k = ⌊rate·(n + 1)⌋; −∞ when there are too few rows for the rate.</summary>
    public override double Level(double rate)
    {
        int k = (int)Math.Floor((rate * (_logDensities.Length + 1)) * (1 + 1e-12));
        return k < 1 ? double.NegativeInfinity : _logDensities[Math.Min(k, _logDensities.Length) - 1];
    }

    /// <summary>The rate at a level from n rows has a beta distribution: its standard deviation is about √(rate·(1 − rate)/n).</summary>
    public override double RateError(double rate) => Math.Sqrt(rate * (1 - rate) / (_logDensities.Length + 2));
}
