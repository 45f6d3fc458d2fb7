using System.Threading;
using GmmTools.Mixtures;

namespace GmmTools.Outliers;

/// <summary>How often rows of a mixture are as improbable as a given row, or more so: the distribution of the log-density.</summary>
public abstract class DensityTail
{
    private protected DensityTail()
    {
    }

    /// <summary>The distribution under a mixture: exact for one component (by χ², or of multivariate t by Fisher's F) and in one
    /// column, found by importance sampling else.</summary>
    /// <param name="mixture">The mixture.</param>
    /// <param name="sampleCount">Number of rows drawn.</param>
    /// <param name="seed">Seed of the drawing.</param>
    /// <param name="threadCount">The most threads to use; the result does not depend on it.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    /// <returns>The distribution.</returns>
    /// <exception cref="InvalidMixtureException">The mixture has noise (NoiseNotSupported).</exception>
    public static DensityTail Of(GaussianMixture mixture, int sampleCount, ulong seed, int threadCount, CancellationToken cancellationToken)
    {
        mixture.RefuseNoise("The distribution of the log-density");
        return mixture.ComponentCount == 1
            ? new ComponentDensityTail(mixture.Parameters)
            : mixture.Dimension == 1 && mixture.ComponentCount <= UnivariateDensityTail.MaxComponents
            ? new UnivariateDensityTail(mixture)
            : SampledDensityTail.Draw(mixture, sampleCount, seed, threadCount, cancellationToken);
    }

    /// <summary>How the distribution was found: ChiSquare, FisherF, Univariate, Sampling or Training.</summary>
    public abstract string Method { get; }

    /// <summary>Number of rows that it rests on; 0 when it is exact.</summary>
    public abstract int SampleCount { get; }

    /// <summary>The probability that a row has this log-density or a lower one.</summary>
    /// <param name="logDensity">A log-density, natural logarithm.</param>
    /// <returns>A probability.</returns>
    public abstract double Probability(double logDensity);

    /// <summary>The level that rows undercut at the given rate.</summary>
    /// <param name="rate">The rate, above 0 and below 1.</param>
    /// <returns>A log-density, natural logarithm.</returns>
    public abstract double Level(double rate);

    /// <summary>Standard error of the rate at which rows undercut the level for it; 0 when the level is exact.</summary>
    /// <param name="rate">The rate that was asked for.</param>
    /// <returns>A standard error, in units of the rate.</returns>
    public abstract double RateError(double rate);
}
