using System;
using System.Threading;
using GmmTools.Mixtures;

namespace GmmTools.Comparison;

/// <summary>How far one mixture is from another as a distribution, however their components are matched. Divergences are in nats.</summary>
public sealed class MixtureDivergence
{
    private MixtureDivergence(GaussianMixture reference, GaussianMixture difference, DivergenceOptions options, CancellationToken cancellationToken)
    {
        SampleCount = options.SampleCount;
        SampledDivergence forward = SampledDivergence.Draw(
            reference, difference, options.SampleCount, options.Seed, options.ThreadCount, cancellationToken);
        SampledDivergence backward = SampledDivergence.Draw(
            difference, reference, options.SampleCount, unchecked(options.Seed + 1), options.ThreadCount, cancellationToken);
        VariationalDivergence bounds = new(reference.Parameters, difference.Parameters, cancellationToken);
        KullbackLeibler = forward.Mean;
        KullbackLeiblerError = forward.Error;
        KullbackLeiblerLower = bounds.Lower;
        KullbackLeiblerUpper = bounds.Upper;
        KullbackLeiblerVariational = bounds.Approximation;
        ReverseKullbackLeibler = backward.Mean;
        ReverseKullbackLeiblerError = backward.Error;
        JensenShannon = 0.5 * (forward.SharedMean + backward.SharedMean);
        JensenShannonError = 0.5 * Math.Sqrt((forward.SharedError * forward.SharedError) + (backward.SharedError * backward.SharedError));
        L2Distance = MeasureL2(reference.Parameters, difference.Parameters, cancellationToken);
    }

    /// <summary>Kullback and Leibler's divergence of the reference from the other mixture, E log f/g over rows of the reference; sampled.</summary>
    public double KullbackLeibler { get; }

    /// <summary>Standard error of it.</summary>
    public double KullbackLeiblerError { get; }

    /// <summary>Lower bound of it in closed form (Durrieu, Thiran and Kelly 2012).</summary>
    public double KullbackLeiblerLower { get; }

    /// <summary>Variational upper bound of it (Hershey and Olsen 2007).</summary>
    public double KullbackLeiblerUpper { get; }

    /// <summary>Variational approximation of it (Hershey and Olsen 2007): no bound, but often close.</summary>
    public double KullbackLeiblerVariational { get; }

    /// <summary>The divergence of the other mixture from the reference; sampled.</summary>
    public double ReverseKullbackLeibler { get; }

    /// <summary>Standard error of it.</summary>
    public double ReverseKullbackLeiblerError { get; }

    /// <summary>Jensen and Shannon's divergence, from 0 to log 2; sampled.</summary>
    public double JensenShannon { get; }

    /// <summary>Standard error of it.</summary>
    public double JensenShannonError { get; }

    /// <summary>√∫(f − g)², in closed form; in units of the square root of a density.</summary>
    public double L2Distance { get; }

    /// <summary>Rows drawn from each mixture.</summary>
    public int SampleCount { get; }

    /// <summary>Measures.</summary>
    /// <param name="reference">The mixture that is held to be true.</param>
    /// <param name="difference">The mixture compared with it, of the same columns in the same order.</param>
    /// <param name="options">How divergences are sampled.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The divergences.</returns>
    /// <exception cref="InvalidMixtureException">The mixtures have different numbers of columns (DimensionMismatch), or the sample is too
    /// small (InvalidSampleCount).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static MixtureDivergence Measure(
        GaussianMixture reference, GaussianMixture difference, DivergenceOptions options, CancellationToken cancellationToken)
    {
        MixtureComparison.CheckDimensions(reference, difference);
        if (options.SampleCount < 1000)
        {
            throw new InvalidMixtureException(
                "InvalidSampleCount",
                FormattableString.Invariant($"A sample of {Counted.Of(options.SampleCount, "row")} is too small to measure divergences. Draw at least 1000."),
                options.SampleCount);
        }

        return new MixtureDivergence(reference, difference, options, cancellationToken);
    }

    /// <summary>√(∫f² − 2∫fg + ∫g²), every product being a normal density; relative to the largest of all, so that none overflows.</summary>
    private static double MeasureL2(MixtureParameters f, MixtureParameters g, CancellationToken cancellationToken)
    {
        double[,] ff = LogOverlaps(f, f, cancellationToken);
        double[,] fg = LogOverlaps(f, g, cancellationToken);
        double[,] gg = LogOverlaps(g, g, cancellationToken);
        double largest = Math.Max(Largest(ff), Largest(gg));
        double squares = Sum(ff, largest) - (2 * Sum(fg, largest)) + Sum(gg, largest);
        return Math.Sqrt(Math.Max(0, squares)) * Math.Exp(0.5 * largest);
    }

    private static double[,] LogOverlaps(MixtureParameters first, MixtureParameters second, CancellationToken cancellationToken)
    {
        NormalPairs pairs = new(first, second);
        double[,] overlaps = new double[first.ComponentCount, second.ComponentCount];
        for (int i = 0; i < first.ComponentCount; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (int j = 0; j < second.ComponentCount; j++)
            {
                overlaps[i, j] = Math.Log(first.Weights[i]) + Math.Log(second.Weights[j]) + pairs.LogOverlap(i, j);
            }
        }

        return overlaps;
    }

    private static double Largest(double[,] exponents)
    {
        double largest = double.NegativeInfinity;
        foreach (double exponent in exponents)
        {
            largest = Math.Max(largest, exponent);
        }

        return largest;
    }

    private static double Sum(double[,] exponents, double largest)
    {
        double sum = 0;
        foreach (double exponent in exponents)
        {
            sum += Math.Exp(exponent - largest);
        }

        return sum;
    }
}
