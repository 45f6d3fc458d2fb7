using System;
using System.Linq;
using GmmTools.Mixtures;
using GmmTools.Numerics;
using GmmTools.Scoring;

namespace GmmTools.Inference.Watching;

/// <summary>What a baseline says of one row. Serves one thread.</summary>
internal sealed class WatchedRow
{
    /// <summary>The tails of new mass: so heavy that it lies anywhere.</summary>
    private const double BroadDegreesOfFreedom = 1;

    /// <summary>How wide new mass lies, in standard deviations of all rows: among them, and far from them.</summary>
    private static readonly double[] Scales = [1, 10];

    private readonly GaussianMixture _mixture;
    private readonly MixtureScorer _scorer;
    private readonly MixtureScorer[] _broad;
    private readonly double[] _broadRatios;
    private readonly double[] _shares;
    private readonly double[] _logShares;
    private readonly double[] _standardized;

    public WatchedRow(GaussianMixture mixture)
    {
        _mixture = mixture;
        _scorer = new MixtureScorer(mixture);
        _broad = [.. Scales.Select(scale => new MixtureScorer(Broad(mixture, scale)))];
        _broadRatios = new double[Scales.Length];
        _shares = new double[mixture.ComponentCount];
        _logShares = new double[mixture.ComponentCount];
        _standardized = new double[mixture.ComponentCount * mixture.Dimension];
    }

    /// <summary>Number of densities for new mass.</summary>
    public static int ScaleCount => Scales.Length;

    /// <summary>Takes the next row.</summary>
    /// <param name="row">d numbers in the order of the baseline; NaN where a cell is missing.</param>
    public void Set(double[] row)
    {
        double logDensity = _scorer.Score(row);
        NoiseShare = _scorer.NoiseProbability;
        for (int s = 0; s < _broad.Length; s++)
        {
            _broadRatios[s] = Math.Exp(_broad[s].Score(row) - logDensity);
        }

        int place = 0;
        for (int k = 0; k < _shares.Length; k++)
        {
            _shares[k] = _scorer.Responsibilities[k];
            _logShares[k] = Math.Log(_shares[k]);
            GaussianComponent of = _mixture.Components[k];
            for (int j = 0; j < row.Length; j++)
            {
                _standardized[place++] = (row[j] - of.Mean[j]) / of.StandardDeviation[j];
            }
        }
    }

    /// <summary>The probability of a component (from 0), or of noise (−1).</summary>
    public double Share(int component) => component < 0 ? NoiseShare : _shares[component];

    /// <summary>The logarithm of the probability of a component (from 0).</summary>
    public double LogShare(int component) => _logShares[component];

    /// <summary>A cell in standard deviations of a component from its mean; NaN where it is missing.</summary>
    public double Standardized(int component, int column) => _standardized[(component * _mixture.Dimension) + column];

    /// <summary>The density of new mass divided by that of the baseline.</summary>
    public double BroadRatio(int scale) => _broadRatios[scale];

    private double NoiseShare { get; set; }

    /// <summary>Multivariate Cauchy about the mean of all rows, with a multiple of their covariance.</summary>
    private static GaussianMixture Broad(GaussianMixture mixture, double scale)
    {
        MixtureParameters source = mixture.Sound.Parameters;
        int d = source.Dimension;
        MixtureParameters broad = new(1, d, CovarianceShape.Full) { DegreesOfFreedom = [BroadDegreesOfFreedom] };
        broad.Weights[0] = 1;
        for (int k = 0; k < source.ComponentCount; k++)
        {
            for (int j = 0; j < d; j++)
            {
                broad.Means[j] += source.Weights[k] * source.Means[(k * d) + j];
            }
        }

        for (int k = 0; k < source.ComponentCount; k++)
        {
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double between = (source.Means[(k * d) + i] - broad.Means[i]) * (source.Means[(k * d) + j] - broad.Means[j]);
                    broad.Covariances[broad.CovarianceIndex(0, i, j)] += scale * scale * source.Weights[k] * (source.Covariance(k, i, j) + between);
                }
            }
        }

        return new GaussianMixture(broad, mixture.Property);
    }
}
