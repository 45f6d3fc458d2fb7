using System;
using System.Linq;
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
        (KullbackLeibler, KullbackLeiblerError) = Expect(forward, reference, difference);
        (ReverseKullbackLeibler, ReverseKullbackLeiblerError) = Expect(backward, difference, reference);
        JensenShannon = 0.5 * (forward.SharedMean + backward.SharedMean);
        JensenShannonError = 0.5 * Math.Sqrt((forward.SharedError * forward.SharedError) + (backward.SharedError * backward.SharedError));
        if (reference.Tail == Tail.Student || difference.Tail == Tail.Student)
        {
            (L2Distance, L2DistanceError) = SampleL2(forward, backward);
            (KullbackLeiblerLower, KullbackLeiblerUpper, KullbackLeiblerVariational) = (double.NaN, double.NaN, double.NaN);
            return;
        }

        VariationalDivergence bounds = new(reference.Parameters, difference.Parameters, cancellationToken);
        KullbackLeiblerLower = bounds.Lower;
        KullbackLeiblerUpper = bounds.Upper;
        KullbackLeiblerVariational = bounds.Approximation;
        L2Distance = MeasureL2(reference.Parameters, difference.Parameters, cancellationToken);
    }

    /// <summary>Kullback and Leibler's divergence of the reference from the other mixture, E log f/g over rows of the reference; sampled. Infinite for
    /// multivariate t of 2 degrees of freedom or fewer from normal components.</summary>
    public double KullbackLeibler { get; }

    /// <summary>Standard error of it; NaN where the divergence is infinite, and for multivariate t of 4 degrees of freedom or fewer from normal components:
    /// single rows then count for too much to tell.</summary>
    public double KullbackLeiblerError { get; }

    /// <summary>Lower bound of it in closed form (Durrieu, Thiran and Kelly 2012); NaN unless all components are normal, as the next two.</summary>
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

    /// <summary>√∫(f − g)², in closed form where all components are normal, else sampled; in units of the square root of a density.</summary>
    public double L2Distance { get; }

    /// <summary>Standard error of it; 0 where it is in closed form.</summary>
    public double L2DistanceError { get; }

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

    /// <summary>E log f/g over rows of f. Where f has the tails of t and g normal ones, the ratio grows with the squared distance, whose mean is infinite for
    /// 2 degrees of freedom, and its variance for 4.</summary>
    private static (double Mean, double Error) Expect(SampledDivergence sampled, GaussianMixture f, GaussianMixture g)
    {
        if (f.Tail == Tail.Normal || g.Tail == Tail.Student)
        {
            return (sampled.Mean, sampled.Error);
        }

        double least = f.Components.Where(component => component.Weight > 0).Min(component => component.DegreesOfFreedom!.Value);
        return least <= 2 ? (double.PositiveInfinity, double.NaN)
            : least <= 4 ? (sampled.Mean, double.NaN)
            : (sampled.Mean, sampled.Error);
    }

    /// <summary>∫(f − g)² = E(f − g) over rows of f + E(g − f) over rows of g.</summary>
    private static (double Distance, double Error) SampleL2(SampledDivergence forward, SampledDivergence backward)
    {
        double largest = Math.Max(forward.LogExcessUnit, backward.LogExcessUnit);
        double unit = Math.Exp(forward.LogExcessUnit - largest);
        double backwardUnit = Math.Exp(backward.LogExcessUnit - largest);
        double squares = Math.Max(0, (unit * forward.ExcessMean) + (backwardUnit * backward.ExcessMean));
        double first = unit * forward.ExcessError;
        double second = backwardUnit * backward.ExcessError;
        double error = Math.Sqrt((first * first) + (second * second));
        double scale = Math.Exp(0.5 * largest);
        double distance = Math.Sqrt(squares);

        // of a root; where that is no more than its error, the root of the error
        return (scale * distance, scale * (squares > error ? error / (2 * distance) : Math.Sqrt(error)));
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
