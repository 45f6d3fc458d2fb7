using System;
using System.Threading;
using GmmTools.Mixtures;

namespace GmmTools.Comparison;

/// <summary>
/// The Hellinger distance of components where one of them is of multivariate t, for which there is no closed form: its square is the mean over rows of
/// either component of (√f − √g)²/(f + g), which is from 0 to 1. It is 0 for equal components, however few rows are drawn.
/// </summary>
internal sealed class SampledHellinger
{
    /// <summary>Rows drawn from each component to match them.</summary>
    private const int MatchingCount = 4096;

    private readonly GaussianMixture[] _first;
    private readonly GaussianMixture[] _second;
    private readonly GaussianMixture _reference;
    private readonly GaussianMixture _difference;
    private readonly DivergenceOptions _options;
    private readonly CancellationToken _cancellationToken;

    public SampledHellinger(GaussianMixture reference, GaussianMixture difference, DivergenceOptions options, CancellationToken cancellationToken)
    {
        _reference = reference;
        _difference = difference;
        _options = options;
        _cancellationToken = cancellationToken;
        _first = Split(reference);
        _second = Split(difference);
    }

    /// <summary>The distances of all pairs, good enough to match them by.</summary>
    public double[,] MeasureAll()
    {
        double[,] distances = new double[_first.Length, _second.Length];
        for (int i = 0; i < _first.Length; i++)
        {
            for (int j = 0; j < _second.Length; j++)
            {
                distances[i, j] = Measure(i, j, Math.Min(MatchingCount, _options.SampleCount)).Distance;
            }
        }

        return distances;
    }

    /// <summary>A pair with its distances.</summary>
    public ComponentPair MeasurePair(int i, int j)
    {
        (double distance, double error) = Measure(i, j, _options.SampleCount);
        return new ComponentPair(_reference.Components[i], _difference.Components[j], distance, FindWasserstein(i, j)) { DistanceError = error };
    }

    /// <summary>That of distributions of one family, which differ by an affine map only: it depends on their covariances as that of normal ones does.
    /// Gelbrich, Mathematische Nachrichten 147 (1990) 185-203. Of others there is none in closed form.</summary>
    private double FindWasserstein(int i, int j)
    {
        double? degrees = _reference.Components[i].DegreesOfFreedom;
        return degrees > 2 && degrees == _difference.Components[j].DegreesOfFreedom
            ? Wasserstein.Distance(_reference.Parameters, i, _difference.Parameters, j, degrees.Value / (degrees.Value - 2))
            : double.NaN;
    }

    private (double Distance, double Error) Measure(int i, int j, int sampleCount)
    {
        SampledDivergence forward = Draw(_first[i], _second[j], sampleCount, _options.Seed);
        SampledDivergence backward = Draw(_second[j], _first[i], sampleCount, unchecked(_options.Seed + 1));
        double square = 0.5 * (forward.RootMean + backward.RootMean);
        double error = 0.5 * Math.Sqrt((forward.RootError * forward.RootError) + (backward.RootError * backward.RootError));
        double distance = Math.Sqrt(square);
        return (distance, error == 0 ? 0 : error / (2 * distance));
    }

    private SampledDivergence Draw(GaussianMixture from, GaussianMixture other, int sampleCount, ulong seed) =>
        SampledDivergence.Draw(from, other, sampleCount, seed, _options.ThreadCount, _cancellationToken);

    private static GaussianMixture[] Split(GaussianMixture mixture)
    {
        GaussianMixture[] alone = new GaussianMixture[mixture.ComponentCount];
        for (int k = 0; k < alone.Length; k++)
        {
            MixtureParameters source = mixture.Parameters;
            MixtureParameters own = new(1, source.Dimension, source.Shape)
            {
                DegreesOfFreedom = source.DegreesOfFreedom is double[] degrees ? [degrees[k]] : null,
            };
            own.Weights[0] = 1;
            Array.Copy(source.Means, k * source.Dimension, own.Means, 0, source.Dimension);
            Array.Copy(source.Covariances, k * source.CovarianceLength, own.Covariances, 0, source.CovarianceLength);
            alone[k] = new GaussianMixture(own, mixture.Property, mixture.CovarianceModel);
        }

        return alone;
    }
}
